"""Taking passages out, lifting masks and undoing both, in the database and its search index."""

import datetime

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from surveys.comments.moderating import (
    Moderated,
    ModeratedMeanwhile,
    lift_mask,
    open_for_moderation,
    redact,
    undo,
)
from surveys.comments.moderation_log import counts_by_reason, moderation_log
from surveys.storage import tables
from tests.commented import Commented, a_comment, a_commented_survey
from tests.factories import NOW

BY = "moderator@example.org"
SAID = "Zebedee on ward 4 was rude. Zebedee, write to z@example.org!"


def opened(session: Session, at: Commented, screened: tables.ScreenedComment) -> Moderated:
    found = open_for_moderation(session, survey=at.survey, ref=screened.ref, changing=True)
    assert found is not None
    return found


def taken_out(session: Session, moderated: Moderated, words: str, *which: int, reason: str = "names somebody") -> int:
    return redact(session, moderated, words=words, occurrences=which or (0,), reason=reason, at=NOW, by=BY)


def found_by_search(session: Session, word: str) -> int:
    if session.get_bind().dialect.name == "sqlite":
        query = text("SELECT count(*) FROM comment_search WHERE comment_search MATCH :word")
    else:
        query = text(
            "SELECT count(*) FROM screened_comment "
            "WHERE to_tsvector('simple', words) @@ plainto_tsquery('simple', :word)"
        )
    return int(session.execute(query, {"word": word}).scalar_one())


def test_words_taken_out_are_gone_for_everybody_and_from_the_search(session: Session) -> None:
    at = a_commented_survey(session)
    screened = a_comment(session, at, SAID)
    assert found_by_search(session, "zebedee") == 1
    assert taken_out(session, opened(session, at, screened), "Zebedee", 0, 1) == 2
    assert screened.words == "[…] on ward 4 was rude. […], write to [email address]!"
    assert found_by_search(session, "zebedee") == 0
    assert found_by_search(session, "rude") == 1


def test_one_of_several_places_can_be_taken_out_and_put_back(session: Session) -> None:
    at = a_commented_survey(session)
    screened = a_comment(session, at, SAID)
    taken_out(session, opened(session, at, screened), "Zebedee", 1)
    assert screened.words == "Zebedee on ward 4 was rude. […], write to [email address]!"
    (passage,) = opened(session, at, screened).passages
    assert (
        undo(session, opened(session, at, screened), passage_id=passage.id, at=NOW, by="other@example.org") == "redact"
    )
    assert screened.words == SAID.replace("z@example.org", "[email address]")
    assert (passage.undone_at, passage.undone_by) == (NOW, "other@example.org")
    assert found_by_search(session, "zebedee") == 1


def test_a_wrong_mask_is_lifted_and_masked_again_without_touching_other_passages(session: Session) -> None:
    at = a_commented_survey(session)
    screened = a_comment(session, at, "Write to a@example.org or b@example.org about Zebedee.")
    taken_out(session, opened(session, at, screened), "Zebedee")
    preview = opened(session, at, screened).without_mask(1)
    assert "".join(piece.words for piece in preview) == "Write to [email address] or b@example.org about […]."
    assert screened.words == "Write to [email address] or [email address] about […]."
    assert lift_mask(session, opened(session, at, screened), number=1, at=NOW, by=BY) == "email"
    assert screened.words == "Write to [email address] or b@example.org about […]."
    lifted = opened(session, at, screened).passages[-1]
    undo(session, opened(session, at, screened), passage_id=lifted.id, at=NOW, by=BY)
    assert screened.words == "Write to [email address] or [email address] about […]."


def test_taking_out_part_of_a_masked_detail_takes_out_all_of_it(session: Session) -> None:
    at = a_commented_survey(session)
    screened = a_comment(session, at, "Write to a@example.org soon.")
    taken_out(session, opened(session, at, screened), "address] soon")
    assert screened.words == "Write to […]."
    assert opened(session, at, screened).masks_in_place() == {}
    with pytest.raises(ModeratedMeanwhile):
        lift_mask(session, opened(session, at, screened), number=0, at=NOW, by=BY)


def test_what_is_not_there_any_more_changes_nothing(session: Session) -> None:
    at = a_commented_survey(session)
    screened = a_comment(session, at, SAID)
    before = screened.words
    for words, which in (("Dougal", (0,)), ("Zebedee", (2,)), ("Zebedee", ())):
        with pytest.raises(ModeratedMeanwhile):
            redact(
                session,
                opened(session, at, screened),
                words=words,
                occurrences=which,
                reason="abusive",
                at=NOW,
                by=BY,
            )
    with pytest.raises(ValueError, match="not a reason"):
        taken_out(session, opened(session, at, screened), "Zebedee", reason="not nice")
    with pytest.raises(ModeratedMeanwhile):
        lift_mask(session, opened(session, at, screened), number=7, at=NOW, by=BY)
    with pytest.raises(ModeratedMeanwhile):
        undo(session, opened(session, at, screened), passage_id=12345, at=NOW, by=BY)
    assert screened.words == before
    assert session.scalar(select(func.count()).select_from(tables.CommentPassage)) == 0


def test_a_decision_can_be_undone_once(session: Session) -> None:
    at = a_commented_survey(session)
    screened = a_comment(session, at, SAID)
    taken_out(session, opened(session, at, screened), "rude")
    (passage,) = opened(session, at, screened).passages
    undo(session, opened(session, at, screened), passage_id=passage.id, at=NOW, by=BY)
    with pytest.raises(ModeratedMeanwhile):
        undo(session, opened(session, at, screened), passage_id=passage.id, at=NOW, by="late@example.org")
    assert passage.undone_by == BY


def test_the_log_has_every_decision_and_none_of_the_words(session: Session) -> None:
    at = a_commented_survey(session)
    screened = a_comment(session, at, SAID)
    taken_out(session, opened(session, at, screened), "Zebedee", 0, 1)
    taken_out(session, opened(session, at, screened), "rude", reason="abusive")
    lift_mask(session, opened(session, at, screened), number=0, at=NOW + datetime.timedelta(days=1), by=BY)
    undone = opened(session, at, screened).passages[2]
    undo(session, opened(session, at, screened), passage_id=undone.id, at=NOW, by=BY)
    log = moderation_log(session, survey=at.survey)
    assert [(one.action, one.reason, one.undone_at is None) for one in log] == [
        ("show", "not identifying", True),
        ("redact", "abusive", False),
        ("redact", "names somebody", True),
        ("redact", "names somebody", True),
    ]
    assert {one.question for one in log} == {"Waiting less: Would you like to say more?"}
    assert counts_by_reason(log) == {"names somebody": 2, "not identifying": 1}
    assert not any(word in repr(log) for word in ("Zebedee", "rude", "z@example.org"))


def test_a_comment_of_another_survey_is_not_found(session: Session) -> None:
    at = a_commented_survey(session)
    screened = a_comment(session, at, SAID)
    other = tables.Survey(id=at.survey.id + 1, organisation_id=at.survey.organisation_id, slug="other", created_at=NOW)
    assert open_for_moderation(session, survey=other, ref=screened.ref) is None
    assert open_for_moderation(session, survey=at.survey, ref=bytes(16)) is None
