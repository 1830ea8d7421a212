"""What people make of comments, and what happens when two act at once."""

import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.comments.states import (
    ActedMeanwhile,
    escalate,
    hand_over,
    mark_read,
    no_action,
    no_action_on_all,
    seen_of,
    take_back,
    usable_comments,
)
from surveys.storage import tables
from tests.commented import Commented, a_comment, a_commented_survey
from tests.factories import NOW, a_collector, a_questionnaire, a_survey

ANN, BEN = "ann@example.org", "ben@example.org"
LATER = NOW + datetime.timedelta(hours=2)


def test_the_first_decision_is_the_first_reading_and_stays_it(session: Session) -> None:
    comment = a_comment(session, a_commented_survey(session), "He hit me", read=False)
    first = no_action(session, comment=comment, seen="", by=ANN, at=NOW)
    assert (first.state, first.level, first.read_by, first.read_at) == ("no action", "harm", ANN, NOW)
    second = escalate(
        session, comment=comment, owner="Safeguarding", reference="INC-1", seen=seen_of(first), by=BEN, at=LATER
    )
    assert (second.state, second.owner, second.reference) == ("escalated", "Safeguarding", "INC-1")
    assert (second.read_by, second.read_at, second.state_by, second.state_at) == (ANN, NOW, BEN, LATER)


def test_an_escalated_comment_is_hidden_at_once_and_can_come_back(session: Session) -> None:
    at = a_commented_survey(session)
    comment = a_comment(session, at, "Long waits", read=False)

    def usable() -> list[bytes]:
        return list(session.scalars(select(tables.ScreenedComment.ref).where(usable_comments(survey_id=at.survey.id))))

    assert usable() == []
    state = mark_read(session, comment=comment, seen="", by=ANN, at=NOW)
    assert usable() == [comment.ref]
    state = escalate(session, comment=comment, owner="PALS", reference="", seen=seen_of(state), by=ANN, at=LATER)
    assert usable() == []
    back = mark_read(session, comment=comment, seen=seen_of(state), by=ANN, at=LATER + datetime.timedelta(hours=1))
    assert usable() == [comment.ref]
    assert back.owner == "PALS"


def test_the_second_of_two_is_told_what_the_first_did(session: Session) -> None:
    comment = a_comment(session, a_commented_survey(session), "Long waits", read=False)
    no_action(session, comment=comment, seen="", by=ANN, at=NOW)
    with pytest.raises(ActedMeanwhile) as met:
        escalate(session, comment=comment, owner="PALS", reference="", seen="", by=BEN, at=LATER)
    assert met.value.state
    assert (met.value.state.state, met.value.state.state_by) == ("no action", ANN)


def test_two_at_the_same_moment_decide_once(database: Database) -> None:
    """Each has its own transaction, and both saw a comment that nobody had read."""
    with database.writing() as session:
        ref = a_comment(session, a_commented_survey(session), "Long waits", read=False).ref
    outcomes = []
    with database.reading() as seen_before:
        old = seen_before.get_one(tables.ScreenedComment, ref)
        for who in (ANN, BEN):
            with database.writing() as session:
                comment = session.merge(old, load=False)
                try:
                    no_action(session, comment=comment, seen="", by=who, at=NOW)
                    outcomes.append("kept")
                except ActedMeanwhile:
                    outcomes.append("told")
    assert outcomes == ["kept", "told"]


def test_whoever_takes_a_comment_over_owns_it(session: Session) -> None:
    comment = a_comment(session, a_commented_survey(session), "Long waits", read=False)
    state = hand_over(session, comment=comment, owner=ANN, seen="", by=ANN, at=NOW)
    assert (state.state, state.owner) == ("read", ANN)
    state = escalate(session, comment=comment, owner=ANN, reference="INC-1", seen=seen_of(state), by=ANN, at=LATER)
    state = hand_over(session, comment=comment, owner=BEN, seen=seen_of(state), by=BEN, at=LATER)
    assert (state.state, state.owner, state.reference) == ("escalated", BEN, "INC-1")


def test_a_page_of_the_rest_is_put_aside_and_taken_back_except_where_somebody_acted(session: Session) -> None:
    at = a_commented_survey(session)
    rest = [a_comment(session, at, f"Signs {number}", read=False) for number in range(3)]
    harm = a_comment(session, at, "He hit me", read=False)
    elsewhere = a_survey(session, a_questionnaire(slug="another"))
    other = a_comment(session, Commented(elsewhere, a_collector(session, elsewhere)), "Elsewhere", read=False)
    refs = [one.ref for one in (*rest, harm, other)]
    assert no_action_on_all(session, survey=at.survey, refs=refs, levels=["rest"], by=ANN, at=NOW) == 3
    assert session.get(tables.CommentState, harm.ref) is None
    assert session.get(tables.CommentState, other.ref) is None
    touched = session.get_one(tables.CommentState, rest[0].ref)
    mark_read(session, comment=rest[0], seen=seen_of(touched), by=BEN, at=LATER)
    assert take_back(session, survey=at.survey, by=BEN, at=NOW) == 0
    assert take_back(session, survey=at.survey, by=ANN, at=NOW) == 2
    session.expire_all()
    assert session.get(tables.CommentState, rest[1].ref) is None
    assert session.get_one(tables.CommentState, rest[0].ref).state == "read"
