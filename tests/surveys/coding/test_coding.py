from __future__ import annotations

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.coding.coding import (
    Choice,
    CodedMeanwhile,
    CodingRefused,
    Sentiment,
    clear_coding,
    code_comment,
    coding_of,
    find_comment,
)
from surveys.coding.frames import find_frame
from surveys.coding.merging import retire_code
from surveys.coding.to_code import (
    Progress,
    Wanted,
    Which,
    coded_before,
    languages_to_code,
    next_comment,
    progress,
    whole,
)
from surveys.storage import tables
from tests.coding import CODER, a_frame, code_named, give, had
from tests.commented import Commented, a_comment, a_commented_survey
from tests.factories import NOW

OTHER = "other@example.org"
MINUTE = datetime.timedelta(minutes=1)


def choices(session: Session, frame: tables.CodeFrame, **said: Sentiment) -> list[Choice]:
    return [Choice(code_named(session, frame, name).id, sentiment) for name, sentiment in said.items()]


def walked(session: Session, frame: tables.CodeFrame, *, by: str = CODER, which: Which = "uncoded") -> list[bytes]:
    """Refs in the order in which somebody gets them who skips every one, until the first comes round again."""
    met: list[bytes] = []
    ref = next_comment(session, frame=frame, by=by, wanted=Wanted(which=which))
    while ref is not None and ref not in met:
        met.append(ref)
        ref = next_comment(session, frame=frame, by=by, wanted=Wanted(which=which), after=ref)
    return met


def escalate(session: Session, comment: tables.ScreenedComment) -> None:
    session.get_one(tables.CommentState, comment.ref).state = "escalated"
    session.flush()


def test_a_comment_has_several_codes_each_with_its_sentiment(session: Session) -> None:
    at = a_commented_survey(session)
    frame, comment = a_frame(session, at), a_comment(session, at, "Kind nurses, long wait")
    give(session, frame, comment, {"Staff": "positive", "Waiting": "negative"})
    give(session, frame, comment, {"Staff": "mixed"}, at=NOW + MINUTE, by=OTHER)
    coding = coding_of(session, frame_id=frame.id, ref=comment.ref)
    assert coding is not None
    assert (coding.by, coding.at, coding.frame_version) == (OTHER, NOW + MINUTE, 1)
    assert had(session, frame, comment) == {"Staff": "mixed"}


def test_a_comment_that_no_code_fits_is_coded(session: Session) -> None:
    at = a_commented_survey(session)
    frame, comment = a_frame(session, at), a_comment(session, at, "???")
    give(session, frame, comment, {})
    assert next_comment(session, frame=frame, by=CODER) is None
    assert progress(session, frame=frame) == {"waiting.comment": Progress(1, 1)}
    coding = coding_of(session, frame_id=frame.id, ref=comment.ref)
    assert coding is not None
    assert coding.choices == ()
    clear_coding(session, frame=frame, ref=comment.ref, seen=coding.seen)
    assert next_comment(session, frame=frame, by=CODER) == comment.ref


def test_what_cannot_be_given_is_refused_and_what_was_given_stays(session: Session) -> None:
    at = a_commented_survey(session)
    frame, comment = a_frame(session, at), a_comment(session, at, "Slow")
    others = a_frame(session, at, name="Others")
    give(session, frame, comment, {"Waiting": "negative"})
    coding = coding_of(session, frame_id=frame.id, ref=comment.ref)
    assert coding is not None
    retired = choices(session, frame, Parking="neutral")
    retire_code(session, code=code_named(session, frame, "Parking"), at=NOW, by=CODER)
    twice = choices(session, frame, Staff="neutral") * 2
    odd = [Choice(code_named(session, frame, "Staff").id, "angry")]  # type: ignore[arg-type]  # What a form could send.
    for wrong in (retired, twice, odd, choices(session, others, Staff="neutral")):
        with pytest.raises(CodingRefused):
            code_comment(session, frame=frame, ref=comment.ref, choices=wrong, seen=coding.seen, at=NOW, by=CODER)
    assert had(session, frame, comment) == {"Waiting": "negative"}


def test_whoever_codes_second_is_told_and_takes_nothing_away(database: Database) -> None:
    with database.writing() as session:
        at = a_commented_survey(session)
        frame_id, survey_id = a_frame(session, at).id, at.survey.id
        ref = a_comment(session, at, "Slow").ref
    for number, (sender, seen) in enumerate([(CODER, ""), (OTHER, ""), (OTHER, "0" * 16)]):
        with database.writing() as session:
            frame = find_frame(session, survey_id=survey_id, frame_id=frame_id)
            assert frame is not None
            said = choices(session, frame, Waiting="negative" if sender == CODER else "positive")
            if number == 0:
                code_comment(session, frame=frame, ref=ref, choices=said, seen=seen, at=NOW, by=sender)
                continue
            with pytest.raises(CodedMeanwhile):
                code_comment(session, frame=frame, ref=ref, choices=said, seen=seen, at=NOW, by=sender)
            with pytest.raises(CodedMeanwhile):
                clear_coding(session, frame=frame, ref=ref, seen=seen)
    with database.reading() as session:
        coding = coding_of(session, frame_id=frame_id, ref=ref)
        assert coding is not None
        assert [one.sentiment for one in coding.choices] == ["negative"]


def test_only_comments_that_somebody_read_are_offered_and_escalated_ones_no_more(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at)
    read, risky = a_comment(session, at, "Slow"), a_comment(session, at, "He hit me")
    a_comment(session, at, "Nobody has read this", read=False)
    assert set(walked(session, frame)) == {read.ref, risky.ref}
    escalate(session, risky)
    assert walked(session, frame) == [read.ref]
    assert find_comment(session, frame=frame, ref=risky.ref) is None
    with pytest.raises(CodingRefused, match="passed on"):
        give(session, frame, risky, {"Staff": "negative"})
    assert whole(progress(session, frame=frame)) == Progress(0, 1)


def test_everybody_goes_round_all_comments_from_a_place_of_their_own(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at)
    refs = {a_comment(session, at, f"Comment {number}").ref for number in range(12)}
    rounds = {by: walked(session, frame, by=by) for by in (CODER, OTHER, "third@example.org", "fourth@example.org")}
    assert all(set(one) == refs for one in rounds.values())
    assert walked(session, frame) == rounds[CODER]
    assert len({one[0] for one in rounds.values()}) > 1


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), {"waiting", "staff", "arabic", "missing"}),
        (Wanted(theme="staff"), {"staff"}),
        (Wanted(question="comment"), {"waiting", "staff", "arabic"}),
        (Wanted(question="missing"), {"missing"}),
        (Wanted(language="ar"), {"arabic"}),
        (Wanted(theme="digital"), set()),
        (Wanted(which="recode"), set()),
        (Wanted(which="all"), {"waiting", "staff", "arabic", "missing", "coded"}),
    ],
)
def test_comments_are_filtered(session: Session, wanted: Wanted, expected: set[str]) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at, questions=("comment", "missing"))
    known = _one_of_each(session, at, frame)
    met = set()
    ref = next_comment(session, frame=frame, by=CODER, wanted=wanted)
    while ref is not None and known[ref] not in met:
        met.add(known[ref])
        ref = next_comment(session, frame=frame, by=CODER, wanted=wanted, after=ref)
    assert met == expected
    assert languages_to_code(session, frame=frame) == ["ar", "en"]


def _one_of_each(session: Session, at: Commented, frame: tables.CodeFrame) -> dict[bytes, str]:
    comments = {
        "waiting": a_comment(session, at, "Slow"),
        "staff": a_comment(session, at, "Kind", theme="staff"),
        "arabic": a_comment(session, at, "بطيء", language="ar"),
        "missing": a_comment(session, at, "Parking"),
        "coded": a_comment(session, at, "Coded"),
    }
    comment = session.get_one(
        tables.Comment, (at.survey.id, comments["missing"].response_key, comments["missing"].item_key)
    )
    session.add(_elsewhere(comment, "missing"))
    session.flush()
    comments["missing"].item_key = "missing"
    give(session, frame, comments["coded"], {"Waiting": "neutral"})
    return {comment.ref: name for name, comment in comments.items()}


def _elsewhere(comment: tables.Comment, item_key: str) -> tables.Comment:
    return tables.Comment(
        survey_id=comment.survey_id,
        response_key=comment.response_key,
        item_key=item_key,
        organisation_id=comment.organisation_id,
        text=comment.text,
        language=comment.language,
        may_quote=comment.may_quote,
    )


def test_a_question_whose_name_ends_alike_is_another_one(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at)
    comment = a_comment(session, at, "Slow")
    row = session.get_one(tables.Comment, (at.survey.id, comment.response_key, comment.item_key))
    session.add(_elsewhere(row, "waiting.further_comment"))
    session.flush()
    comment.item_key = "waiting.further_comment"
    session.flush()
    assert next_comment(session, frame=frame, by=CODER) is None


def test_going_back_leads_through_what_the_same_person_coded(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at)
    first, second, others = (a_comment(session, at, words) for words in ("One", "Two", "Three"))
    assert coded_before(session, frame=frame, by=CODER) is None
    give(session, frame, first, {"Waiting": "neutral"}, at=NOW)
    give(session, frame, second, {}, at=NOW + MINUTE)
    give(session, frame, others, {}, at=NOW + 2 * MINUTE, by=OTHER)
    assert coded_before(session, frame=frame, by=CODER) == second.ref
    assert coded_before(session, frame=frame, by=CODER, ref=others.ref) == second.ref
    assert coded_before(session, frame=frame, by=CODER, ref=second.ref) == first.ref
    assert coded_before(session, frame=frame, by=CODER, ref=first.ref) is None


def test_a_second_coders_round_is_kept_apart(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at)
    drawn, other = a_comment(session, at, "Slow"), a_comment(session, at, "Not drawn")
    for comment in (drawn, other):
        give(session, frame, comment, {"Waiting": "negative"})
    owner = frame.organisation_id
    session.add(
        tables.CodingSample(
            frame_id=frame.id, round=1, organisation_id=owner, coder=OTHER, drawn_at=NOW, drawn_by=CODER
        )
    )
    session.flush()
    session.add(
        tables.CodingSampleComment(frame_id=frame.id, round=1, ref=drawn.ref, organisation_id=owner, first_codes=[])
    )
    session.flush()
    assert next_comment(session, frame=frame, by=OTHER, round_number=1) == drawn.ref
    assert coding_of(session, frame_id=frame.id, ref=drawn.ref, round_number=1) is None
    give(session, frame, drawn, {"Staff": "positive"}, by=OTHER, round_number=1)
    assert next_comment(session, frame=frame, by=OTHER, round_number=1) is None
    assert whole(progress(session, frame=frame, round_number=1)) == Progress(1, 1)
    assert had(session, frame, drawn) == {"Waiting": "negative"}
    with pytest.raises(CodingRefused):
        give(session, frame, other, {"Staff": "positive"}, by=OTHER, round_number=1)


def test_of_two_who_save_at_the_same_moment_one_is_told(database: Database) -> None:
    with database.writing() as session:
        at = a_commented_survey(session)
        frame = a_frame(session, at)
        frame_id, ref = frame.id, a_comment(session, at, "Slow").ref
        said = {CODER: choices(session, frame, Waiting="negative"), OTHER: choices(session, frame, Staff="positive")}
    ready = threading.Barrier(len(said))

    def save(by: str) -> bool:
        ready.wait(timeout=10)
        try:
            with database.writing() as session:
                here = session.get_one(tables.CodeFrame, frame_id)
                code_comment(session, frame=here, ref=ref, choices=said[by], seen="", at=NOW, by=by)
        except CodedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor() as pool:
        saved = dict(zip(said, pool.map(save, said), strict=True))
    assert sorted(saved.values()) == [False, True]
    with database.reading() as session:
        coding = coding_of(session, frame_id=frame_id, ref=ref)
        assert coding is not None
        assert saved[coding.by]
        assert coding.choices == tuple(said[coding.by])
