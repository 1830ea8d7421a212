"""The checks as a whole: the flyer, what is left alone, what is accepted."""

from __future__ import annotations

import time
from dataclasses import replace

from hypothesis import given, settings

from surveys.editions.texts import with_each_text
from surveys.library import library_files
from surveys.library.starting import starting_points
from surveys.preparation import Acceptance, Preparation
from surveys.questionnaire import (
    Questionnaire,
    Text,
)
from surveys.questionnaire_file import read_questionnaire
from surveys.wording import CHECKS, check_wording, findings, is_accepted
from tests.factories import words
from tests.surveys.strategies import questionnaires
from tests.surveys.wording.flyer import flyer
from tests.surveys.wording.subjects import (
    READY,
    SHIPPED,
    TODAY,
    found,
    places,
)


def test_the_flyer_raises_what_it_must() -> None:
    survey = flyer()
    assert {f"themes.theme-{number}.title" for number in (1, 3, 5, 6, 7, 8)} <= places(6, survey)
    hard = {place for place in places(2, survey) if place.endswith(".explanation")}
    assert hard == {"themes.theme-6.explanation", "themes.theme-7.explanation"}
    about_themes = {place.split(".")[1] for place in places(5, survey) if place.startswith("themes.")}
    assert {f"theme-{number}" for number in (1, 3, 4, 5, 6, 7, 8)} <= about_themes
    assert any("workshop" in one.message for one in found(17, survey))
    assert {one.severity for one in found(6, survey)} == {"should"}


def test_the_shipped_surveys_and_starting_points_are_left_alone() -> None:
    for file in library_files().values():
        noisy = [one for one in findings(read_questionnaire(file.read_bytes()), None) if one.severity != "info"]
        assert noisy == []
    for start in starting_points():
        noisy = [one for one in findings(start.questionnaire, None) if one.check not in (1, 16, 19)]
        assert [one for one in noisy if one.severity != "info"] == []


def test_every_check_of_the_table_has_a_reason() -> None:
    assert sorted(CHECKS) == list(range(1, 20))
    assert all(check.reason.endswith(".") for check in CHECKS.values())


def test_english_is_checked_alone_and_that_is_said() -> None:
    welsh = Text((("cy", "Organisational transformation and utilisation; do you agree?"),))
    survey = replace(SHIPPED, language="cy", languages=("cy",), title=welsh)
    told = [one for one in findings(survey, READY) if one.place == "languages"]
    assert ["cy" in one.message for one in told] == [True]
    assert not [one for one in findings(survey, READY) if one.place == "title" and one.check in (2, 5, 6, 7, 8)]


def test_an_acceptance_ends_with_the_words_that_were_accepted() -> None:
    theme = replace(SHIPPED.themes[0], plain_title=words("Tests and results"))
    (one,) = (one for one in found(6, replace(SHIPPED, themes=(theme,))) if one.severity == "should")
    accepted = (Acceptance(6, one.place, "Both are one thing.", "sam@example.org", TODAY, one.digest),)
    assert is_accepted(one, accepted)
    changed = replace(theme, plain_title=words("Tests and treatment"))
    (other,) = (one for one in found(6, replace(SHIPPED, themes=(changed,))) if one.severity == "should")
    assert is_accepted(other, accepted) is None


def test_what_must_be_fixed_cannot_be_accepted() -> None:
    (one,) = found(16, SHIPPED, replace(READY, outcome_on=None), today=TODAY)
    key = Acceptance(one.check, one.place, "No.", "sam@example.org", TODAY, one.digest)
    assert is_accepted(one, (key,)) is None


@given(questionnaires())
@settings(max_examples=60, deadline=None)
def test_any_questionnaire_can_be_checked(survey: Questionnaire) -> None:
    for one in findings(survey, Preparation(), today=TODAY, colour="#808080"):
        assert one.message.strip()
        assert one.place
        assert one.where
    check_wording(survey)


def test_a_large_survey_is_checked_within_a_second() -> None:
    themes = tuple(replace(theme, id=f"{theme.id}-{copy}") for copy in range(12) for theme in SHIPPED.themes)
    survey = replace(SHIPPED, themes=themes)
    findings(flyer(), READY)
    begun = time.process_time()
    findings(survey, READY, today=TODAY)
    assert time.process_time() - begun < 1


@given(questionnaires())
@settings(max_examples=20, deadline=None)
def test_a_design_without_any_words_can_be_checked(survey: Questionnaire) -> None:
    blank = with_each_text(survey, lambda key, where, text: Text(((survey.language, ""),)))
    assert {one.severity for one in findings(blank, Preparation()) if one.check == 1} == {"must"}
