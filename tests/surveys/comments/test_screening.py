"""Comments are screened once, and again when the rules change, without undoing what people decided."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.comments import screening
from surveys.comments.screening import (
    count_outdated,
    find_new,
    find_outdated,
    keep_again,
    keep_new,
    outdated_surveys,
    screen_new,
)
from surveys.comments.states import Decision, decide, raised_comments
from surveys.storage import tables
from surveys.triage import sort_comment
from tests.commented import a_comment, a_commented_survey
from tests.factories import NOW, a_response, some_answers


def screened(session: Session) -> list[tables.ScreenedComment]:
    return list(session.scalars(select(tables.ScreenedComment)))


def test_each_comment_is_screened_once_and_what_two_workers_find_is_kept_once(session: Session) -> None:
    at = a_commented_survey(session)
    for number in range(5):
        a_response(session, at.collector, some_answers(waiting__comment=f"Write to {number}@example.org"))
    mine, theirs = find_new(session, survey=at.survey), find_new(session, survey=at.survey)
    assert (keep_new(session, mine.found), keep_new(session, theirs.found)) == (5, 0)
    assert screen_new(session, survey=at.survey) == 0
    assert {row.words for row in screened(session)} == {"Write to [email address]"}
    assert {row.level for row in screened(session)} == {"identifying"}


def test_screening_goes_on_where_the_last_batch_ended(session: Session) -> None:
    at = a_commented_survey(session)
    for _ in range(5):
        a_response(session, at.collector, some_answers(missing="Signs"))
    first = find_new(session, survey=at.survey, most=4)
    assert first.end
    second = find_new(session, survey=at.survey, after=first.end)
    assert second.end
    assert find_new(session, survey=at.survey, after=second.end).end is None
    places = [(one.response_key, one.item_key) for one in (*first.found, *second.found)]
    assert len(places) == 10
    assert places == sorted(set(places))


def test_a_comment_that_the_rules_fail_on_keeps_no_other_from_being_screened(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = a_commented_survey(session)
    for text in ("Bring it down", "Shorter waits"):
        a_response(session, at.collector, some_answers(waiting__comment=text))
    sort = sort_comment

    def failing(text: str, *rest: object, **more: object) -> object:
        return 1 / 0 if text == "Bring it down" else sort(text, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(screening, "sort_comment", failing)
    met: list[Exception] = []
    keep_new(session, find_new(session, survey=at.survey, on_fault=met.append).found)
    assert [row.words for row in screened(session)] == ["Shorter waits"]
    assert [type(one) for one in met] == [ZeroDivisionError]
    with pytest.raises(ZeroDivisionError):
        find_new(session, survey=at.survey)


def test_changed_rules_screen_again_and_keep_what_people_decided(session: Session) -> None:
    at = a_commented_survey(session)
    comment = a_comment(session, at, "Ask Pemberton, the nurse from Hull", read=False)
    ref = comment.ref
    decide(session, comment=comment, decision=Decision("no action"), seen="", by="a@example.org", at=NOW)
    session.add(
        tables.CommentPassage(
            ref=ref,
            survey_id=at.survey.id,
            organisation_id=at.survey.organisation_id,
            action="redact",
            start=30,
            end=34,
            reason="place",
            made_at=NOW,
            made_by="a@example.org",
        )
    )
    session.add(
        tables.MaskingList(
            organisation_id=at.survey.organisation_id,
            hospital_number="",
            staff_names=["Pemberton"],
            changed_at=NOW,
            changed_by="a@example.org",
        )
    )
    session.flush()
    assert count_outdated(session, survey=at.survey) == 1
    assert outdated_surveys(session) == [at.survey.id]
    assert keep_again(session, find_outdated(session, survey=at.survey).found) == 1
    (again,) = screened(session)
    assert (again.ref, again.level) == (ref, "identifying")
    assert again.words == "Ask [name], the nurse from […]"
    assert session.get_one(tables.CommentState, ref).state == "no action"
    assert count_outdated(session, survey=at.survey) == 0
    assert outdated_surveys(session) == []
    assert find_outdated(session, survey=at.survey).end is None


def test_what_later_rules_take_for_possible_harm_is_listed_once_more(session: Session) -> None:
    at = a_commented_survey(session)
    aside = a_comment(session, at, "He hit me", read=False)
    known = a_comment(session, at, "She hit me", read=False)
    for comment in (aside, known):
        decide(session, comment=comment, decision=Decision("no action"), seen="", by="a@example.org", at=NOW)
    # As if the rules of that time had seen nothing in the first one.
    session.get_one(tables.CommentState, aside.ref).level = "rest"
    session.flush()
    raised = select(tables.ScreenedComment.ref).where(raised_comments(survey_id=at.survey.id))
    assert session.scalars(raised).all() == [aside.ref]
    assert session.get_one(tables.CommentState, aside.ref).state == "no action"
