"""Surveys that ask again what an earlier one asked."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from surveys.organisations import add_organisation, ensure_root
from surveys.publishing import find_survey, publish
from surveys.storage import tables
from surveys.waves import (
    WaveRefused,
    compared_with_earlier,
    earlier_survey,
    link_wave,
    possible_earlier_surveys,
    remove_wave,
    waves_until,
)
from tests.factories import NOW, a_collector, a_questionnaire, a_response, a_survey, a_theme, words

BY = "officer@example.org"


def named(session: Session, slug: str) -> tables.Survey:
    return a_survey(session, a_questionnaire(slug=slug))


def follow(session: Session, later: tables.Survey, earlier: tables.Survey, **chosen: str) -> None:
    link_wave(session, survey=later, earlier=earlier, chosen=chosen, at=NOW, by=BY)  # type: ignore[arg-type]


def test_surveys_follow_one_another_in_a_line(session: Session) -> None:
    first, second, third = (named(session, slug) for slug in ("one", "two", "three"))
    follow(session, second, first, connection="new")
    follow(session, third, second)
    for survey in (first, second):
        a_response(session, a_collector(session, survey))
    assert [one.survey.slug for one in waves_until(session, survey=third, major=1)] == ["one", "two", "three"]
    assert [one.survey.slug for one in waves_until(session, survey=first, major=1)] == ["one"]
    assert remove_wave(session, survey=third)
    assert not remove_wave(session, survey=third)
    assert earlier_survey(session, survey=third) is None


def test_a_survey_that_nobody_answered_is_no_wave_and_what_was_said_of_it_says_nothing_of_others(
    session: Session,
) -> None:
    first, second, third = (named(session, slug) for slug in ("one", "two", "three"))
    follow(session, second, first, connection="new")
    follow(session, third, second, connection="similar")
    a_response(session, a_collector(session, first))
    waves = waves_until(session, survey=third, major=1)
    assert [one.survey.slug for one in waves] == ["one", "three"]
    assert waves[1].compared["connection"] == "same"
    a_response(session, a_collector(session, second))
    waves = waves_until(session, survey=third, major=1)
    assert [one.compared.get("connection") for one in waves] == [None, "new", "similar"]


def test_no_survey_comes_before_itself_however_long_the_line(session: Session) -> None:
    first, second, third = (named(session, slug) for slug in ("one", "two", "three"))
    follow(session, second, first)
    follow(session, third, second)
    assert possible_earlier_surveys(session, survey=first) == []
    assert {one.slug for one in possible_earlier_surveys(session, survey=third)} == {"one", "two"}
    for earlier in (first, second, third):
        with pytest.raises(WaveRefused, match="not follow this one itself"):
            follow(session, first, earlier)


def test_a_new_link_takes_the_place_of_the_one_before(session: Session) -> None:
    first, other, later = (named(session, slug) for slug in ("one", "other", "two"))
    follow(session, later, first, connection="new")
    follow(session, later, other)
    assert earlier_survey(session, survey=later) == other
    assert {one.comparability for one in compared_with_earlier(session, survey=later)} == {"same"}


def test_surveys_of_two_organisations_are_never_linked(session: Session) -> None:
    own = named(session, "one")
    trust = add_organisation(session, parent=ensure_root(session), name="Trust", kind="provider")
    publish(session, organisation=trust, questionnaire=a_questionnaire(slug="two"), at=NOW, by=BY)
    with pytest.raises(WaveRefused, match="of the same organisation"):
        follow(session, find_survey(session, slug="two"), own)


def test_what_a_person_says_of_a_question_is_kept_and_the_rest_follows_the_questionnaires(session: Session) -> None:
    small, earlier = a_questionnaire(), named(session, "one")
    later = a_survey(session, a_questionnaire(slug="two", themes=(*small.themes, a_theme("care", "Kinder care"))))
    follow(session, later, earlier, most_important="similar", connection="same")
    found = {one.key: one for one in compared_with_earlier(session, survey=later)}
    assert found["most_important"].comparability == "similar"
    link = session.get_one(tables.Wave, later.id)
    assert link.comparability == {"most_important": "similar"}
    with pytest.raises(WaveRefused, match=r"care.importance cannot be compared. It was not asked before"):
        follow(session, later, earlier, **{"care.importance": "similar"})
    with pytest.raises(WaveRefused, match=r"no question 'colour'; it has waiting.importance"):
        follow(session, later, earlier, colour="same")


def test_major_versions_that_people_answered_are_waves_and_others_are_not(session: Session) -> None:
    survey = a_survey(session)
    a_response(session, a_collector(session, survey))
    a_survey(session, a_questionnaire(title=words("What matters?")), same_meaning=True)
    a_survey(session, a_questionnaire(journey="themes_first"))
    a_survey(session, a_questionnaire(equality=("age",)))
    waves = waves_until(session, survey=survey, major=3)
    assert [one.version.number for one in waves] == ["1.1", "3.0"]
    assert set(waves[1].compared.values()) == {"same"}
    assert waves[0].compared == {}
    assert [one.version.number for one in waves_until(session, survey=survey, major=1)] == ["1.1"]
