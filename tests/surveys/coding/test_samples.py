from __future__ import annotations

import datetime
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.coding.agreement import agreement, verdict
from surveys.coding.changing import add_code, split_code
from surveys.coding.coding import CodingRefused, Sentiment
from surveys.coding.drawing import (
    SampleRefused,
    draw_sample,
    end_sample,
    leave_out_lost,
    open_sample,
    sample_size,
    sample_standings,
    sampled_comments,
)
from surveys.coding.frames import CodeText
from surveys.coding.merging import merge_codes, retire_code
from surveys.coding.samples import SampleAgreement, agreement_tables, disagreements
from surveys.comments.screening import screen_new
from surveys.storage import tables
from tests.coding import a_frame, code_named, give
from tests.commented import STAFF, a_commented_survey
from tests.factories import NOW, a_response, some_answers

FIRST, SECOND, BOSS = "first@example.org", "second@example.org", "boss@example.org"
HOUR = datetime.timedelta(hours=1)
Said = Mapping[str, Sentiment]


@dataclass(frozen=True)
class Coded:
    """A frame, and comments of its survey that somebody has read, in the order of their random names."""

    session: Session
    frame: tables.CodeFrame
    comments: list[tables.ScreenedComment]

    def code(self, name: str) -> tables.Code:
        return code_named(self.session, self.frame, name)

    def say_all(self, said: Sequence[Said]) -> None:
        for comment, one in zip(self.comments, said, strict=True):
            give(self.session, self.frame, comment, one, by=FIRST)

    def draw(self, coder: str = SECOND, seed: int = 1) -> tables.CodingSample:
        return draw_sample(
            self.session, frame=self.frame, coder=coder, by=BOSS, at=NOW + HOUR, chance=random.Random(seed)
        )

    def drawn(self, sample: tables.CodingSample) -> list[tables.ScreenedComment]:
        where = sampled_comments(frame_id=self.frame.id, round_number=sample.round)
        return list(self.session.scalars(select(tables.ScreenedComment).where(where)))

    def say_again(self, comment: tables.ScreenedComment, said: Said, *, hours: float = 2) -> None:
        give(self.session, self.frame, comment, said, by=SECOND, round_number=1, at=NOW + hours * HOUR)

    def finish(self, sample: tables.CodingSample, said: Mapping[bytes, Said]) -> SampleAgreement:
        more = {"round_number": sample.round, "by": sample.coder, "at": NOW + 2 * HOUR}
        for comment in self.drawn(sample):
            give(self.session, self.frame, comment, said.get(comment.ref, {}), **more)
        return self.measured()

    def measured(self) -> SampleAgreement:
        return agreement_tables(self.session, frame_id=self.frame.id)[0]

    def by_ref(self, said: Sequence[Said]) -> dict[bytes, Said]:
        return {comment.ref: one for comment, one in zip(self.comments, said, strict=True)}


def commented(session: Session, comments: int, *names: str) -> Coded:
    at = a_commented_survey(session)
    for number in range(comments):
        a_response(session, at.collector, some_answers(waiting__comment=f"Comment number {number} of many."))
    screen_new(session, survey=at.survey, most=comments)
    found = list(session.scalars(select(tables.ScreenedComment).order_by(tables.ScreenedComment.ref)))
    session.add_all(
        tables.CommentState(
            ref=one.ref,
            survey_id=at.survey.id,
            organisation_id=at.survey.organisation_id,
            state="no action",
            read_at=NOW,
            read_by=STAFF,
            state_at=NOW,
            state_by=STAFF,
        )
        for one in found
    )
    session.flush()
    return Coded(session, a_frame(session, at, *names), found)


def escalate(session: Session, comment: tables.ScreenedComment) -> None:
    session.get_one(tables.CommentState, comment.ref).state = "escalated"
    session.flush()


@pytest.mark.parametrize(
    ("coded_comments", "drawn"),
    [(0, 0), (1, 1), (49, 49), (50, 50), (51, 50), (500, 50), (501, 51), (1_000, 100), (99_999, 10_000)],
)
def test_a_second_coder_gets_fifty_or_a_tenth_or_all(coded_comments: int, drawn: int) -> None:
    assert sample_size(coded_comments) == drawn


def test_what_is_drawn_was_coded_and_nobody_escalated_it(session: Session) -> None:
    at = commented(session, 70)
    for comment in at.comments[:60]:
        give(session, at.frame, comment, {"Waiting": "negative"})
    escalate(session, at.comments[0])
    session.delete(session.get_one(tables.CommentState, at.comments[1].ref))
    session.flush()
    drawn = at.drawn(at.draw())
    assert len(drawn) == 50
    assert set(drawn) <= set(at.comments[2:60])


def test_every_comment_is_as_likely_to_be_drawn_as_any_other(session: Session) -> None:
    at = commented(session, 60)
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
    at = commented(session, 3)
    at.say_all([{"Waiting": "negative"}] * 3)
    give(session, at.frame, at.comments[1], {"Staff": "positive"}, by=SECOND)
    with pytest.raises(SampleRefused, match=r"second@example\.org coded 1 of these comments already"):
        at.draw()
    at.draw(coder="third@example.org")


def test_nothing_can_be_drawn_before_something_is_coded(session: Session) -> None:
    at = commented(session, 2)
    with pytest.raises(SampleRefused, match="No comment is coded"):
        at.draw()


def test_only_one_second_coder_works_at_a_time(session: Session) -> None:
    at = commented(session, 4)
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
    at = commented(session, 4)
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
    at = commented(session, 60)
    at.say_all([{}] * 60)
    first = at.draw()
    at.finish(first, {})
    second = at.draw(seed=1)
    assert len(at.drawn(second)) == 10
    assert not set(at.drawn(first)) & set(at.drawn(second))


def test_nobody_sees_the_second_codes_before_the_last_is_given(session: Session) -> None:
    at = commented(session, 3)
    at.say_all([{"Waiting": "negative"}] * 3)
    sample = at.draw()
    for comment in at.comments[:2]:
        at.say_again(comment, {"Staff": "positive"})
    assert agreement_tables(session, frame_id=at.frame.id) == ()
    assert disagreements(session, sample=sample) == ()
    (standing,) = sample_standings(session, frame_id=at.frame.id)
    assert (standing.comments, standing.coded, standing.lost, standing.finished_at) == (3, 2, 0, None)
    at.say_again(at.comments[2], {"Staff": "positive"}, hours=3)
    (standing,) = sample_standings(session, frame_id=at.frame.id)
    assert standing.finished_at == NOW + 3 * HOUR
    assert len(disagreements(session, sample=sample)) == 3


def test_each_code_has_its_own_table_and_figures(session: Session) -> None:
    at = commented(session, 40)
    first = [{"Waiting": "negative", "Staff": "positive"}] * 20 + [{"Waiting": "mixed"}] * 10 + [{}] * 10
    at.say_all(first)
    second: list[Said] = [
        *[{"Waiting": "negative", "Staff": "positive"}] * 15,
        *[{"Waiting": "negative", "Staff": "neutral"}] * 3,
        *[{"Waiting": "positive"}] * 2,
        *[{}] * 10,
        *[{"Waiting": "negative"}] * 2,
        *[{}] * 8,
    ]
    found = at.finish(at.draw(), at.by_ref(second))
    wait, staff, food = found.codes
    assert (wait.both, wait.only_first, wait.only_second, wait.neither) == (20, 10, 2, 8)
    assert wait.figures == agreement([[20, 10], [2, 8]])
    assert wait.verdict == "recode"
    assert (staff.both, staff.only_first, staff.only_second, staff.neither) == (18, 2, 0, 20)
    assert staff.figures.kappa == pytest.approx(0.9)
    assert staff.verdict == "strong"
    assert (food.figures.percent, food.figures.kappa, food.verdict) == (100, None, "not defined")
    # 20 comments got "Waiting" from both, 18 of them with the same sentiment; 18 got "Staff", 15 with the same.
    assert (found.shared, found.same_sentiment) == (38, 33)


def test_recoding_afterwards_leaves_alone_what_was_measured(session: Session) -> None:
    at = commented(session, 40)
    at.say_all([{"Waiting": "negative"}] * 40)
    sample = at.draw()
    measured = at.finish(sample, at.by_ref([{"Waiting": "negative"}] * 20 + [{}] * 20))
    assert measured.codes[0].only_first == 20
    differing = disagreements(session, sample=sample)
    assert [one.comment for one in differing] == at.comments[20:]
    give(session, at.frame, at.comments[20], {"Staff": "positive"}, by=BOSS, at=NOW + 4 * HOUR)
    assert at.measured().codes == measured.codes
    wait, staff = at.code("Waiting").id, at.code("Staff").id
    (recoded, *_) = disagreements(session, sample=sample)
    assert (recoded.first, recoded.second, recoded.now) == ({wait: "negative"}, {}, {staff: "positive"})


def test_codes_that_were_merged_count_as_the_one_that_stands_for_them(session: Session) -> None:
    at = commented(session, 3, "Waiting", "Queues", "Staff")
    at.say_all([{"Waiting": "negative"}, {"Waiting": "negative", "Queues": "positive"}, {"Staff": "positive"}])
    said: list[Said] = [{"Queues": "negative"}, {"Queues": "negative"}, {"Staff": "positive"}]
    sample = at.draw()
    at.finish(sample, at.by_ref(said))
    assert len(disagreements(session, sample=sample)) == 2
    merge_codes(session, kept=at.code("Waiting"), merged=[at.code("Queues")], at=NOW + 3 * HOUR, by=FIRST)
    found = at.measured()
    assert [(one.code.name, one.both, one.only_first, one.only_second) for one in found.codes] == [
        ("Waiting", 2, 0, 0),
        ("Staff", 1, 0, 0),
    ]
    assert (found.shared, found.same_sentiment) == (3, 2)
    assert disagreements(session, sample=sample) == ()


def test_codes_that_were_split_or_added_since_are_not_judged(session: Session) -> None:
    at = commented(session, 2)
    at.say_all([{"Waiting": "negative"}, {"Staff": "negative"}])
    sample = at.draw()
    at.finish(sample, {at.comments[1].ref: {"Staff": "negative"}})
    later = {"at": NOW + 3 * HOUR, "by": FIRST}
    split_code(session, code=at.code("Waiting"), into=[CodeText("Waiting at home"), CodeText("Waiting there")], **later)
    add_code(session, frame=at.frame, text=CodeText("Signs"), **later)
    retire_code(session, code=at.code("Parking"), **later)
    found = at.measured()
    assert [one.code.name for one in found.codes] == ["Staff"]
    assert disagreements(session, sample=sample) == ()
    assert found.changes == 0


def test_a_change_of_the_codes_while_the_second_coder_was_at_work_is_told(session: Session) -> None:
    at = commented(session, 2)
    at.say_all([{}, {}])
    sample = at.draw()
    for hours, name in enumerate(("Signs", "Lifts"), start=1):
        add_code(session, frame=at.frame, text=CodeText(name), at=NOW + hours * 0.9 * HOUR, by=FIRST)
    assert at.finish(sample, {}).changes == 1


def test_a_comment_escalated_meanwhile_can_be_left_out(session: Session) -> None:
    at = commented(session, 3)
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


def test_an_escalated_comment_is_no_longer_among_the_disagreements(session: Session) -> None:
    at = commented(session, 2)
    at.say_all([{"Waiting": "negative"}] * 2)
    sample = at.draw()
    found = at.finish(sample, {})
    escalate(session, at.comments[0])
    assert [one.comment for one in disagreements(session, sample=sample)] == at.comments[1:]
    assert at.measured().codes == found.codes


def test_a_finished_sample_stays_and_an_unfinished_one_goes_with_its_codes(session: Session) -> None:
    at = commented(session, 2)
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


counts = st.integers(0, 60)


@given(counts, counts, counts, counts)
def test_a_verdict_never_rests_on_few_comments(both: int, first: int, second: int, neither: int) -> None:
    figures = agreement([[both, first], [second, neither]])
    if figures is None:
        return
    given_to = both + first + second
    said = verdict(figures, given=given_to)
    if figures.kappa is None:
        assert said == "not defined"
    elif figures.comments < 30 or given_to < 5:
        assert said == "too few"
    else:
        assert said == ("strong" if figures.kappa >= 0.795 else "usable" if figures.kappa >= 0.595 else "recode")
