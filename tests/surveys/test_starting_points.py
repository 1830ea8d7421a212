"""Starting points: each is a sound questionnaire in which only the survey's own words are missing."""

import dataclasses

import pytest

from surveys.library.starting import StartingPoint, begin_questionnaire, starting_points
from surveys.questionnaire import About, Text, Theme
from surveys.questionnaire_file import blank_texts, read_questionnaire, read_unfinished, to_yaml
from surveys.questionnaire_rules import check_rules, check_unfinished
from surveys.wording import findings

POINTS = {point.id: point for point in starting_points()}


def begun(point: StartingPoint, **changes: str) -> object:
    given = {"title": "What matters?", "audience": "", "organisation": "North", **changes}
    return begin_questionnaire(point, **given, standing_texts={"contact": "Call PALS.", "paper": "Ask for a copy."})


def words(text: str) -> Text:
    return Text((("en", text),))


@pytest.mark.parametrize("name", POINTS)
def test_only_the_surveys_own_words_are_blank(name: str) -> None:
    questionnaire = begun(POINTS[name])
    blank = {place.split(".")[0] for place in blank_texts(questionnaire)}
    assert blank <= {"about", "themes"}
    assert check_unfinished(questionnaire) == []


@pytest.mark.parametrize("name", [name for name in POINTS if name != "blank"])
def test_with_its_own_words_it_can_be_published(name: str) -> None:
    questionnaire = begun(POINTS[name])
    texts = {"title": words("Care"), "plain_title": words("Care"), "explanation": words("What we want to do.")}
    themes = tuple(dataclasses.replace(theme, **texts) for theme in questionnaire.themes)
    if POINTS[name].imports_themes:
        themes = tuple(Theme(id=f"theme-{number}", **texts) for number in range(3))
        themes = tuple(
            dataclasses.replace(theme, plain_title=words(f"Care {number}")) for number, theme in enumerate(themes)
        )
    about = dataclasses.replace(questionnaire.about, purpose=words("We plan."), closing=words("31 March 2027"))
    finished = dataclasses.replace(questionnaire, themes=themes, about=about)
    assert check_rules(finished) == []
    assert read_questionnaire(to_yaml(finished).encode()) == finished


@pytest.mark.parametrize("name", POINTS)
def test_none_of_its_questions_is_faulted_by_the_checks(name: str) -> None:
    # Check 1 asks for the words that are still to be written; every other check is about what we ship.
    shipped = [one for one in findings(begun(POINTS[name]), None) if one.place.startswith(("questions", "scales"))]
    assert [one for one in shipped if one.severity == "must"] == []


def test_an_unfinished_survey_reads_back_as_it_was() -> None:
    questionnaire = begun(POINTS["strategy"])
    assert read_unfinished(to_yaml(questionnaire).encode()) == questionnaire


def test_standing_texts_come_first_and_suggestions_fill_the_rest() -> None:
    questionnaire = begun(POINTS["strategy"])
    about: About = questionnaire.about
    assert about.contact == words("Call PALS.")
    assert about.help_line is not None
    assert "999" in about.help_line.in_language("en")
    assert "North looks after your answers" in questionnaire.privacy.in_language("en")
    assert [(way.kind, way.text) for way in questionnaire.other_ways] == [("paper", words("Ask for a copy."))]


@pytest.mark.parametrize(("title", "slug"), [("Älter & wiser?", "alter-wiser"), ("你好", "survey")])
def test_the_slug_is_made_of_the_title(title: str, slug: str) -> None:
    assert begun(POINTS["blank"], title=title).slug == slug


def test_what_is_offered_says_how_long_it_takes() -> None:
    assert (POINTS["strategy"].minutes, POINTS["strategy"].pages) == (8, 13)
    assert POINTS["staff"].minutes == 2
    assert POINTS["blank"].pages == 0
