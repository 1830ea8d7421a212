from __future__ import annotations

from sqlalchemy.orm import Session

from surveys.coding.similar import MOST_FOUND, similar_comments
from surveys.storage import tables
from tests.coding import a_frame
from tests.commented import a_comment, a_commented_survey

OTHERS = (
    "The food was cold again",
    "Lovely nurses on the ward",
    "Months on the waiting list",
    "Please open on Saturdays",
    "Somebody should answer the telephone",
    "I could not find the entrance",
    "The letter came late",
    "More benches in the corridor",
)


def test_comments_with_the_same_rare_words_come_first(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at)
    for words in OTHERS:
        a_comment(session, at, words)
    here = a_comment(session, at, "Parking costs too much for a short visit")
    near = a_comment(session, at, "PARKING: it costs more than my lunch")
    less = a_comment(session, at, "No parking anywhere near the entrance")
    found = similar_comments(session, frame=frame, ref=here.ref)
    assert [one.ref for one in found[:2]] == [near.ref, less.ref]
    assert found[0].shared == ("costs", "parking")
    assert all(0 < one.likeness <= 1 for one in found)
    assert here.ref not in {one.ref for one in found}


def test_words_that_many_have_and_masks_make_nothing_alike(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at)
    refs = [a_comment(session, at, f"The staff rang 01132 432 799 about {one}").ref for one in ("me", "it", "us")]
    for words in OTHERS:
        a_comment(session, at, f"The staff: {words}")
    found = similar_comments(session, frame=frame, ref=refs[0])
    shared = {word for one in found for word in one.shared}
    assert not shared & {"the", "staff", "phone", "number"}


def test_comments_that_were_passed_on_are_not_among_them(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at)
    for words in OTHERS:
        a_comment(session, at, words)
    here, gone = a_comment(session, at, "Parking costs money"), a_comment(session, at, "Parking costs much")
    session.get_one(tables.CommentState, gone.ref).state = "escalated"
    session.flush()
    assert gone.ref not in {one.ref for one in similar_comments(session, frame=frame, ref=here.ref)}
    assert similar_comments(session, frame=frame, ref=gone.ref) == ()


def test_no_more_are_shown_than_somebody_reads(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at)
    for number in range(MOST_FOUND + 3):
        a_comment(session, at, f"Parking {number}")
    for place in range(6 * MOST_FOUND):
        a_comment(session, at, OTHERS[place % len(OTHERS)])
    here = a_comment(session, at, "Parking please")
    assert len(similar_comments(session, frame=frame, ref=here.ref)) == MOST_FOUND
