from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.coding.coding import CodingRefused
from surveys.coding.drawing import (
    SampleRefused,
    end_sample,
    leave_out_lost,
    open_sample,
    sample_size,
    sample_standings,
)
from surveys.storage import tables
from tests.coding import give
from tests.sampled import FIRST, SECOND, comments_to_sample, escalate


@pytest.mark.parametrize(
    ("coded_comments", "drawn"),
    [(0, 0), (1, 1), (49, 49), (50, 50), (51, 50), (500, 50), (501, 51), (1_000, 100), (99_999, 10_000)],
)
def test_a_second_coder_gets_fifty_or_a_tenth_or_all(coded_comments: int, drawn: int) -> None:
    assert sample_size(coded_comments) == drawn


def test_what_is_drawn_was_coded_and_nobody_escalated_it(session: Session) -> None:
    at = comments_to_sample(session, 70)
    for comment in at.comments[:60]:
        give(session, at.frame, comment, {"Waiting": "negative"})
    escalate(session, at.comments[0])
    session.delete(session.get_one(tables.CommentState, at.comments[1].ref))
    session.flush()
    drawn = at.drawn(at.draw())
    assert len(drawn) == 50
    assert set(drawn) <= set(at.comments[2:60])


def test_every_comment_is_as_likely_to_be_drawn_as_any_other(session: Session) -> None:
    at = comments_to_sample(session, 60)
    at.say_all([{}] * 60)
    times = dict.fromkeys(at.comments, 0)
    for seed in range(60):
        sample = at.draw(seed=seed)
        for comment in at.drawn(sample):
            times[comment] += 1
        end_sample(session, sample=sample)
    # 50 of 60 on average, with a standard deviation of 2.9, of which nobody should be more than five away.
    assert all(35 < drawn < 60 for drawn in times.values())
    assert len(set(times.values())) > 1


def test_whoever_coded_one_of_the_comments_is_refused_and_told_why(session: Session) -> None:
    at = comments_to_sample(session, 3)
    at.say_all([{"Waiting": "negative"}] * 3)
    give(session, at.frame, at.comments[1], {"Staff": "positive"}, by=SECOND)
    with pytest.raises(SampleRefused, match=r"second@example\.org coded 1 of these comments already"):
        at.draw()
    at.draw(coder="third@example.org")


def test_nothing_can_be_drawn_before_something_is_coded(session: Session) -> None:
    at = comments_to_sample(session, 2)
    with pytest.raises(SampleRefused, match="No comment is coded"):
        at.draw()


def test_only_one_second_coder_works_at_a_time(session: Session) -> None:
    at = comments_to_sample(session, 4)
    at.say_all([{}] * 4)
    sample = at.draw()
    assert open_sample(session, frame_id=at.frame.id, coder=SECOND) is sample
    assert open_sample(session, frame_id=at.frame.id, coder=FIRST) is None
    with pytest.raises(SampleRefused, match="at work"):
        at.draw(coder="third@example.org")
    at.finish(sample, {})
    assert open_sample(session, frame_id=at.frame.id) is None
    assert at.draw(coder="third@example.org").round == 2


def test_a_sample_is_coded_by_its_second_coder_alone_until_it_is_finished(session: Session) -> None:
    at = comments_to_sample(session, 4)
    for comment in at.comments[:3]:
        give(session, at.frame, comment, {"Waiting": "negative"}, by=FIRST)
    sample = at.draw()
    with pytest.raises(CodingRefused, match="second coder alone"):
        give(session, at.frame, at.comments[0], {}, by=FIRST, round_number=1)
    # What the second coder would see beside this comment are codes of others.
    with pytest.raises(CodingRefused, match="codes nothing else"):
        give(session, at.frame, at.comments[3], {}, by=SECOND)
    at.finish(sample, {})
    with pytest.raises(CodingRefused, match="until it is finished"):
        at.say_again(at.comments[0], {"Waiting": "negative"})
    give(session, at.frame, at.comments[3], {}, by=SECOND)


def test_the_same_person_gets_no_comment_twice(session: Session) -> None:
    at = comments_to_sample(session, 60)
    at.say_all([{}] * 60)
    first = at.draw()
    at.finish(first, {})
    second = at.draw(seed=1)
    assert len(at.drawn(second)) == 10
    assert not set(at.drawn(first)) & set(at.drawn(second))


def test_a_comment_escalated_meanwhile_can_be_left_out(session: Session) -> None:
    at = comments_to_sample(session, 3)
    at.say_all([{"Waiting": "negative"}] * 3)
    sample = at.draw()
    escalate(session, at.comments[0])
    for comment in at.comments[1:]:
        at.say_again(comment, {})
    (standing,) = sample_standings(session, frame_id=at.frame.id)
    assert (standing.comments, standing.coded, standing.lost, standing.finished_at) == (3, 2, 1, None)
    assert leave_out_lost(session, sample=sample) == 1
    found = at.measured()
    assert found.codes[0].only_first == 2


def test_a_finished_sample_stays_and_an_unfinished_one_goes_with_its_codes(session: Session) -> None:
    at = comments_to_sample(session, 2)
    at.say_all([{"Waiting": "negative"}] * 2)
    sample = at.draw()
    at.say_again(at.comments[0], {"Staff": "positive"})
    end_sample(session, sample=sample)
    assert sample_standings(session, frame_id=at.frame.id) == ()
    assert not session.scalars(select(tables.CodedComment).where(tables.CodedComment.round == 1)).all()
    again = at.draw()
    at.finish(again, {})
    with pytest.raises(SampleRefused, match="finished"):
        end_sample(session, sample=again)
