from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.coding.changing import add_code, reword_code, split_code
from surveys.coding.coding import SENTIMENTS, Sentiment, coding_of
from surveys.coding.frames import CodeText, FrameRefused, live_codes
from surveys.coding.merging import joined_sentiment, merge_codes, retire_code, undo_change, undo_fault
from surveys.storage import tables
from tests.coding import CODER, a_frame, code_named, give, had, mentions
from tests.commented import a_comment, a_commented_survey
from tests.factories import NOW

CODES = ("Waiting", "Staff", "Parking", "Food")
codings = st.lists(st.dictionaries(st.sampled_from(CODES), st.sampled_from(SENTIMENTS)), min_size=1, max_size=5)


def newest(session: Session, frame: tables.CodeFrame) -> tables.CodeFrameChange:
    change = tables.CodeFrameChange
    return session.scalars(select(change).where(change.frame_id == frame.id).order_by(change.id.desc())).first()  # type: ignore[return-value]  # There is one in these tests.


def commented_people(session: Session, frame: tables.CodeFrame) -> int:
    coded = tables.CodedComment
    return session.scalar(select(func.count()).where(coded.frame_id == frame.id, coded.round == 0)) or 0


def coded_frame(session: Session, said: list[Mapping[str, Sentiment]]) -> tables.CodeFrame:
    at = a_commented_survey(session)
    frame = a_frame(session, at, *CODES)
    for number, one in enumerate(said):
        give(session, frame, a_comment(session, at, f"Comment {number}"), one)
    return frame


@pytest.mark.parametrize(
    ("sentiments", "joined"),
    [
        (["neutral", "neutral"], "neutral"),
        (["neutral", "negative"], "negative"),
        (["positive", "positive"], "positive"),
        (["positive", "negative"], "mixed"),
        (["mixed", "positive"], "mixed"),
    ],
)
def test_sentiments_that_conflict_are_mixed(sentiments: list[str], joined: str) -> None:
    assert joined_sentiment(sentiments) == joined


def test_merged_mentions_move_to_the_kept_code_once_each(session: Session) -> None:
    frame = coded_frame(
        session, [{"Waiting": "negative", "Staff": "positive"}, {"Staff": "neutral"}, {"Food": "mixed"}]
    )
    waiting, staff = (code_named(session, frame, name) for name in ("Waiting", "Staff"))
    assert merge_codes(session, kept=waiting, merged=[staff], at=NOW, by=CODER) == 2
    assert sorted((name, said) for (_, _, name), said in mentions(session, frame).items()) == [
        ("Food", "mixed"),
        ("Waiting", "mixed"),
        ("Waiting", "neutral"),
    ]
    assert (staff.retired_in, staff.merged_into_id, frame.version) == (2, waiting.id, 2)
    with pytest.raises(FrameRefused, match="retired"):
        merge_codes(session, kept=waiting, merged=[staff], at=NOW, by=CODER)
    with pytest.raises(FrameRefused, match="at least one other"):
        merge_codes(session, kept=waiting, merged=[waiting], at=NOW, by=CODER)


def test_the_comments_of_a_retired_code_stay_coded(session: Session) -> None:
    frame = coded_frame(session, [{"Parking": "negative"}, {"Parking": "mixed", "Food": "neutral"}])
    assert retire_code(session, code=code_named(session, frame, "Parking"), at=NOW, by=CODER) == 2
    assert (commented_people(session, frame), len(mentions(session, frame))) == (2, 1)


@settings(max_examples=30, deadline=None)
@given(codings, st.permutations(CODES), st.integers(2, 4), st.booleans())
def test_merging_and_retiring_keep_everybody_and_undoing_restores_exactly(
    empty_sqlite_database: Database, said: list[Mapping[str, Sentiment]], order: list[str], several: int, merge: bool
) -> None:
    with Session(empty_sqlite_database.writing_engine) as session:
        frame = coded_frame(session, said)
        before, people = mentions(session, frame), commented_people(session, frame)
        kept, *others = (code_named(session, frame, name) for name in order[:several])
        if merge:
            merge_codes(session, kept=kept, merged=others, at=NOW, by=CODER)
        else:
            retire_code(session, code=kept, at=NOW, by=CODER)
        after = mentions(session, frame)
        codings = {(ref, number, name) for ref, number, name in before}
        renamed = {
            (ref, number, kept.name if name in {one.name for one in others} else name) for ref, number, name in codings
        }
        assert set(after) == (renamed if merge else {one for one in codings if one[2] != kept.name})
        assert commented_people(session, frame) == people == len(said)
        undone = undo_change(session, change=newest(session, frame), at=NOW, by=CODER)
        assert undone.left == 0
        assert mentions(session, frame) == before
        assert {one.name for one in live_codes(session, frame_id=frame.id)} == set(CODES)


def test_a_comment_coded_again_after_the_merge_keeps_what_it_got_then(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at, *CODES)
    first, second = (a_comment(session, at, words) for words in ("Slow", "Slower"))
    for comment in (first, second):
        give(session, frame, comment, {"Waiting": "negative", "Staff": "neutral"})
    merge_codes(
        session,
        kept=code_named(session, frame, "Staff"),
        merged=[code_named(session, frame, "Waiting")],
        at=NOW,
        by=CODER,
    )
    give(session, frame, second, {"Staff": "positive"})
    undone = undo_change(session, change=newest(session, frame), at=NOW, by=CODER)
    assert (undone.restored, undone.left) == (1, 1)
    assert had(session, frame, first) == {"Waiting": "negative", "Staff": "neutral"}
    assert had(session, frame, second) == {"Staff": "positive"}


def test_changes_are_taken_back_in_turn_and_once(session: Session) -> None:
    frame = coded_frame(session, [{"Waiting": "negative", "Staff": "positive", "Food": "neutral"}])
    before = mentions(session, frame)
    waiting, staff, food = (code_named(session, frame, name) for name in ("Waiting", "Staff", "Food"))
    merge_codes(session, kept=waiting, merged=[staff], at=NOW, by=CODER)
    first = newest(session, frame)
    merge_codes(session, kept=food, merged=[waiting], at=NOW, by=CODER)
    second = newest(session, frame)
    assert "first" in (undo_fault(session, change=first) or "")
    with pytest.raises(FrameRefused, match="Take that back first"):
        undo_change(session, change=first, at=NOW, by=CODER)
    undo_change(session, change=second, at=NOW, by=CODER)
    undo_change(session, change=first, at=NOW, by=CODER)
    assert mentions(session, frame) == before
    assert undo_fault(session, change=first) == "It was taken back already."


def test_a_name_that_is_taken_by_now_stands_in_the_way_of_undoing(session: Session) -> None:
    frame = coded_frame(session, [{"Parking": "negative"}])
    retire_code(session, code=code_named(session, frame, "Parking"), at=NOW, by=CODER)
    change = newest(session, frame)
    parking = add_code(session, frame=frame, text=CodeText("Parking"), at=NOW, by=CODER)
    assert "same name" in (undo_fault(session, change=change) or "")
    reword_code(session, code=parking, text=CodeText("Car parks"), same_meaning=True, at=NOW, by=CODER)
    assert undo_fault(session, change=change) is None


def test_a_split_or_a_new_code_cannot_be_taken_back(session: Session) -> None:
    frame = coded_frame(session, [{"Staff": "negative"}])
    parts = [CodeText("Nurses"), CodeText("Doctors")]
    split_code(session, code=code_named(session, frame, "Staff"), into=parts, at=NOW, by=CODER)
    assert "Only a merge" in (undo_fault(session, change=newest(session, frame)) or "")


def test_suggestions_of_a_merged_code_go_with_it(session: Session) -> None:
    frame = coded_frame(session, [{"Waiting": "negative"}])
    staff = code_named(session, frame, "Staff")
    ref = next(iter(mentions(session, frame)))[0]
    session.add(
        tables.CodeSuggestion(ref=ref, code_id=staff.id, organisation_id=frame.organisation_id, probability=0.9)
    )
    merge_codes(session, kept=code_named(session, frame, "Waiting"), merged=[staff], at=NOW, by=CODER)
    assert session.scalars(select(tables.CodeSuggestion)).all() == []
    assert coding_of(session, frame_id=frame.id, ref=ref) is not None
