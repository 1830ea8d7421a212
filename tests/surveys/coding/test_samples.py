from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from surveys.coding.agreement import agreement, verdict
from surveys.coding.changing import add_code, split_code
from surveys.coding.drawing import sample_standings
from surveys.coding.frames import CodeText
from surveys.coding.merging import merge_codes, retire_code
from surveys.coding.samples import agreement_tables, disagreements
from tests.coding import give
from tests.factories import NOW
from tests.sampled import BOSS, FIRST, HOUR, Said, comments_to_sample, escalate


def test_nobody_sees_the_second_codes_before_the_last_is_given(session: Session) -> None:
    at = comments_to_sample(session, 3)
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
    at = comments_to_sample(session, 40)
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
    at = comments_to_sample(session, 40)
    at.say_all([{"Waiting": "negative"}] * 40)
    sample = at.draw()
    measured = at.finish(sample, at.by_ref([{"Waiting": "negative"}] * 20 + [{}] * 20))
    assert measured.codes[0].only_first == 20
    differing = disagreements(session, sample=sample)
    assert [one.ref for one in differing] == [one.ref for one in at.comments[20:]]
    give(session, at.frame, at.comments[20], {"Staff": "positive"}, by=BOSS, at=NOW + 4 * HOUR)
    assert at.measured().codes == measured.codes
    wait, staff = at.code("Waiting").id, at.code("Staff").id
    (recoded, *_) = disagreements(session, sample=sample)
    assert (recoded.first, recoded.second, recoded.now) == ({wait: "negative"}, {}, {staff: "positive"})


def test_codes_that_were_merged_count_as_the_one_that_stands_for_them(session: Session) -> None:
    at = comments_to_sample(session, 3, "Waiting", "Queues", "Staff")
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
    at = comments_to_sample(session, 2)
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
    at = comments_to_sample(session, 2)
    at.say_all([{}, {}])
    sample = at.draw()
    for hours, name in enumerate(("Signs", "Lifts"), start=1):
        add_code(session, frame=at.frame, text=CodeText(name), at=NOW + hours * 0.9 * HOUR, by=FIRST)
    assert at.finish(sample, {}).changes == 1


def test_an_escalated_comment_is_no_longer_among_the_disagreements(session: Session) -> None:
    at = comments_to_sample(session, 2)
    at.say_all([{"Waiting": "negative"}] * 2)
    sample = at.draw()
    found = at.finish(sample, {})
    escalate(session, at.comments[0])
    assert [one.ref for one in disagreements(session, sample=sample)] == [at.comments[1].ref]
    assert at.measured().codes == found.codes


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
