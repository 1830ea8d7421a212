from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.coding.changing import add_code, move_code, reword_code, split_code, waiting_for_recoding
from surveys.coding.frames import (
    CodeText,
    FrameRefused,
    change_frame,
    live_codes,
    make_frame,
    open_questions,
)
from surveys.storage import tables
from tests.coding import CODER, a_frame, code_named, give, had
from tests.commented import a_comment, a_commented_survey
from tests.factories import NOW


def names(session: Session, frame: tables.CodeFrame) -> list[str]:
    return [one.name for one in live_codes(session, frame_id=frame.id)]


def changes(session: Session, frame: tables.CodeFrame) -> list[str]:
    change = tables.CodeFrameChange
    return [one.change["what"] for one in session.scalars(select(change).where(change.frame_id == frame.id))]


def test_a_question_asked_about_every_theme_is_offered_once(session: Session) -> None:
    survey = a_commented_survey(session).survey
    assert [(one.id, one.in_themes) for one in open_questions(session, survey=survey)] == [
        ("comment", True),
        ("missing", False),
    ]


@pytest.mark.parametrize(
    ("name", "questions", "codes", "told"),
    [
        ("", ["comment"], [], "Give the frame a name"),
        ("x" * 201, ["comment"], [], "200 characters"),
        ("Themes", ["visits"], [], "at least one"),
        ("Themes", ["comment"], ["Waiting", "waiting "], "already"),
        ("Themes", ["comment"], [" "], "Give the code a name"),
    ],
)
def test_a_frame_that_cannot_be_is_refused_with_the_remedy(
    session: Session, name: str, questions: list[str], codes: list[str], told: str
) -> None:
    survey = a_commented_survey(session).survey
    texts = [CodeText(one) for one in codes]
    with pytest.raises(FrameRefused, match=told):
        make_frame(session, survey=survey, name=name, questions=questions, codes=texts, at=NOW, by=CODER)


def test_keys_come_from_names_and_stay(session: Session) -> None:
    frame = a_frame(session, a_commented_survey(session), "Time to be seen", "time, to be seen!", "انتظار")
    assert [one.key for one in live_codes(session, frame_id=frame.id)] == [
        "time-to-be-seen",
        "time-to-be-seen-2",
        "code",
    ]
    code = code_named(session, frame, "Time to be seen")
    reword_code(session, code=code, text=CodeText("Waiting times"), same_meaning=True, at=NOW, by=CODER)
    assert (code.key, code.name) == ("time-to-be-seen", "Waiting times")


def test_until_a_comment_is_coded_changes_leave_no_trace(session: Session) -> None:
    frame = a_frame(session, a_commented_survey(session))
    add_code(session, frame=frame, text=CodeText("Food"), at=NOW, by=CODER)
    waiting = code_named(session, frame, "Waiting")
    reword_code(session, code=waiting, text=CodeText("Delays"), same_meaning=False, at=NOW, by=CODER)
    parts = [CodeText("Nurses"), CodeText("Doctors")]
    split_code(session, code=code_named(session, frame, "Staff"), into=parts, at=NOW, by=CODER)
    assert names(session, frame) == ["Delays", "Nurses", "Doctors", "Parking", "Food"]
    assert (frame.version, changes(session, frame)) == (1, [])
    assert session.scalar(select(tables.Code).where(tables.Code.name == "Staff")) is None


def test_after_the_first_coding_every_change_raises_the_version(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at)
    give(session, frame, a_comment(session, at, "Too slow"), {"Waiting": "negative"})
    food = add_code(session, frame=frame, text=CodeText("Food"), at=NOW, by=CODER)
    assert (frame.version, food.added_in) == (2, 2)
    reword_code(session, code=food, text=CodeText("Meals"), same_meaning=True, at=NOW, by=CODER)
    move_code(session, code=food, up=True)
    assert names(session, frame) == ["Waiting", "Staff", "Meals", "Parking"]
    assert (frame.version, changes(session, frame)) == (3, ["add", "reword"])
    change_frame(session, frame=frame, name="Points", questions=["comment", "missing"], at=NOW, by=CODER)
    assert (frame.version, frame.name) == (4, "Points")
    with pytest.raises(FrameRefused, match="no question can be taken away"):
        change_frame(session, frame=frame, name="Points", questions=["missing"], at=NOW, by=CODER)


def test_saving_a_code_as_it_is_changes_nothing(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at)
    give(session, frame, a_comment(session, at, "Too slow"), {"Waiting": "negative"})
    code = code_named(session, frame, "Waiting")
    reword_code(session, code=code, text=CodeText("Waiting", code.definition), same_meaning=True, at=NOW, by=CODER)
    assert frame.version == 1


def test_the_comments_of_a_split_code_keep_it_until_each_is_coded_again(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at)
    nurse, doctor = (a_comment(session, at, words) for words in ("Lovely nurse", "Rude doctor"))
    for comment in (nurse, doctor):
        give(session, frame, comment, {"Staff": "mixed", "Waiting": "neutral"})
    staff = code_named(session, frame, "Staff")
    parts = [CodeText("Nurses"), CodeText("Staff")]
    split_code(session, code=staff, into=parts, at=NOW, by=CODER)
    assert names(session, frame) == ["Waiting", "Nurses", "Staff", "Parking"]
    assert waiting_for_recoding(session, frame_id=frame.id) == {staff.id: 2}
    give(session, frame, nurse, {"Nurses": "positive"})
    assert waiting_for_recoding(session, frame_id=frame.id) == {staff.id: 1}
    assert (had(session, frame, nurse), staff.retired_in) == ({"Nurses": "positive"}, 2)
    split, recoded = session.scalars(select(tables.CodeFrameChange).order_by(tables.CodeFrameChange.id))
    assert (split.change["what"], split.change["moved"], split.version) == ("split", 2, 2)
    nurses = code_named(session, frame, "Nurses")
    assert recoded.change["what"] == "recode"
    assert recoded.change["codes"] == [staff.id]
    assert recoded.change["after"] == [[nurses.id, "positive"]]


def test_a_code_that_means_something_else_is_another_code(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at)
    give(session, frame, a_comment(session, at, "Too slow"), {"Waiting": "negative"})
    old = code_named(session, frame, "Waiting")
    new = reword_code(session, code=old, text=CodeText("Waiting", "On the day"), same_meaning=False, at=NOW, by=CODER)
    assert (old.retired_in, new.added_in, new.position, new.key) == (2, 2, 1, "waiting-2")
    assert waiting_for_recoding(session, frame_id=frame.id) == {old.id: 1}
    with pytest.raises(FrameRefused, match="retired"):
        reword_code(session, code=old, text=CodeText("Delays"), same_meaning=True, at=NOW, by=CODER)
