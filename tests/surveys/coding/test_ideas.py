from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveys.coding.changing import add_code
from surveys.coding.frames import CodeText, make_frame
from surveys.coding.ideas import Forward, IdeasRefused, idea_frame, ideas, with_ideas
from surveys.coding.merging import merge_codes
from surveys.comments.screening import screen_new
from surveys.library.starting import begin_questionnaire, starting_points
from surveys.questionnaire import Questionnaire
from surveys.questionnaire_file import read_questionnaire, to_yaml
from surveys.storage import tables
from surveys.wording import findings
from tests.coding import code_named, give
from tests.commented import STAFF
from tests.factories import NOW, a_response, some_answers, words
from tests.sampled import Sampled, comments_to_sample, escalate, read

SHORTER, QUIETER = "Shorter waits", "Quieter wards"


@pytest.fixture
def at(session: Session) -> Sampled:
    """Twelve people raised shorter waits, four quieter wards."""
    found = comments_to_sample(session, 14)
    survey = session.get_one(tables.Survey, found.frame.survey_id)
    texts = [CodeText(SHORTER, "Less time between the test and the result."), CodeText(QUIETER, "Sleep at night.")]
    frame = make_frame(
        session, survey=survey, name="Ideas", questions=["comment"], codes=texts, kind="ideas", at=NOW, by=STAFF
    )
    for number, comment in enumerate(found.comments):
        give(session, frame, comment, {SHORTER: "neutral"} if number < 12 else {})
        if number > 9:
            give(session, frame, comment, {QUIETER: "neutral"} | ({SHORTER: "neutral"} if number < 12 else {}))
    return replace(found, frame=frame)


def next_survey() -> Questionnaire:
    point = next(one for one in starting_points() if one.id == "strategy")
    return begin_questionnaire(point, title="What first?", audience="", organisation="North", standing_texts={})


def forward(at: Sampled, *names: str) -> list[Forward]:
    return [Forward(at.code(name), f"{name}, plainly", at.code(name).definition) for name in names]


def origins(at: Sampled, *names: str) -> list[str]:
    drafted = with_ideas(at.session, next_survey(), frame=at.frame, forward=forward(at, *names))
    return [theme.origin.in_language("en") for theme in drafted.themes if theme.origin]


def test_ideas_are_the_codes_of_their_own_frame_with_the_people_who_raised_them(session: Session, at: Sampled) -> None:
    survey = session.get_one(tables.Survey, at.frame.survey_id)
    assert idea_frame(session, survey=survey) is at.frame
    assert [(one.code.name, one.people) for one in ideas(session, frame=at.frame)] == [(SHORTER, 12), (QUIETER, None)]
    escalate(session, at.comments[0])
    assert ideas(session, frame=at.frame)[0].people == 11


def test_a_person_who_raises_an_idea_twice_counts_once(session: Session) -> None:
    at = comments_to_sample(session, 5, SHORTER)
    survey = session.get_one(tables.Survey, at.frame.survey_id)
    collector = session.scalars(select(tables.Collector).where(tables.Collector.survey_id == survey.id)).one()
    a_response(session, collector, some_answers(waiting__comment="Shorter waits.", digital__comment="Faster results."))
    screen_new(session, survey=survey)
    both = session.scalars(
        select(tables.ScreenedComment).where(tables.ScreenedComment.ref.not_in([one.ref for one in at.comments]))
    ).all()
    assert len(both) == 2
    for comment in both:
        read(session, comment)
    for comment in (*at.comments, *both):
        give(session, at.frame, comment, {SHORTER: "neutral"})
    assert ideas(session, frame=at.frame)[0].people == 6


def test_an_idea_becomes_a_theme_that_says_where_it_comes_from(session: Session, at: Sampled) -> None:
    drafted = with_ideas(session, next_survey(), frame=at.frame, forward=forward(at, QUIETER, SHORTER))
    second, first = drafted.themes
    assert (first.id, first.title, first.plain_title) == (
        "shorter-waits",
        words(SHORTER),
        words("Shorter waits, plainly"),
    )
    assert first.explanation == words("Less time between the test and the result.")
    assert first.origin == words("Suggested by 12 people in “What matters to you?”, November 2026")
    assert first.origin_idea == f"small-survey/{at.frame.id}/shorter-waits"
    assert second.origin == words("Suggested by fewer than 10 people in “What matters to you?”, November 2026")


def test_a_number_below_the_smallest_of_an_audience_is_never_told(session: Session, at: Sampled) -> None:
    assert "12 people" in origins(at, SHORTER)[0]
    session.execute(update(tables.Audience).values(minimum_base=13))
    assert origins(at, SHORTER) == ["Suggested by fewer than 13 people in “What matters to you?”, November 2026"]


def test_a_draft_with_ideas_can_be_kept_as_a_file_and_published_when_it_is_finished(
    session: Session, at: Sampled
) -> None:
    add_code(session, frame=at.frame, text=CodeText("Signs", "Find your way."), at=NOW, by=STAFF)
    drafted = with_ideas(session, next_survey(), frame=at.frame, forward=forward(at, SHORTER, QUIETER, "Signs"))
    about = replace(drafted.about, purpose=words("We plan."), closing=words("31 March 2027"))
    finished = replace(drafted, about=about, privacy=words("We do not ask for your name."))
    assert read_questionnaire(to_yaml(finished).encode()) == finished
    # People who answer never read where a theme comes from, so no check of wording looks at it.
    assert [one.place for one in findings(finished, None) if one.place.endswith(".origin")] == []


def test_what_cannot_go_forward_is_refused_and_says_why(session: Session, at: Sampled) -> None:
    def refused(*chosen: Forward) -> str:
        with pytest.raises(IdeasRefused) as found:
            with_ideas(session, next_survey(), frame=at.frame, forward=chosen)
        return str(found.value)

    (shorter,) = forward(at, SHORTER)
    assert "at least one" in refused()
    assert "only once" in refused(shorter, shorter)
    assert "At most 12" in refused(*[shorter] * 13)
    assert "Shorter waits" in refused(replace(shorter, plain_title=" "))
    assert "explanation" in refused(replace(shorter, explanation="\n"))


def test_ideas_that_are_merged_are_raised_by_all_their_people(session: Session, at: Sampled) -> None:
    kept, merged = code_named(session, at.frame, SHORTER), code_named(session, at.frame, QUIETER)
    merge_codes(session, kept=kept, merged=[merged], at=NOW, by=STAFF)
    assert [(one.code.name, one.people) for one in ideas(session, frame=at.frame)] == [(SHORTER, 14)]
