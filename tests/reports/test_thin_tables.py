"""A table of hidden figures becomes a name in a sentence, and the key to the words stands once."""

from __future__ import annotations

import dataclasses

import pytest

from reports.board_report import board_report_html
from reports.findings import findings
from reports.report_tables import Heading, table
from reports.survey_figures import SurveyFigures
from reports.tabulation import Breakdown, Figure, Shown, Suppressed
from reports.thin_tables import notes_of, who_answered_tables, with_figures
from reports.words import Words
from tests.reports.answered_survey import shipped_questionnaire
from tests.reports.conftest import Answered

HIDDEN = Suppressed("small base")
EN = Words("en")


def breakdown(field: str, *people: Figure) -> Breakdown[Figure]:
    counts = {str(place): one for place, one in enumerate(people)}
    return Breakdown(field, f"Question {field}", counts, {value: value for value in counts}, Shown(120), Shown(10))


@pytest.mark.parametrize(
    ("field", "people", "printed"),
    [
        ("ethnic_group", (Shown(80), HIDDEN, HIDDEN, HIDDEN), True),
        ("ethnic_group", (HIDDEN, HIDDEN), False),
        ("ethnic_group_white", (Shown(80), Shown(12), HIDDEN, Shown(0)), True),
        ("ethnic_group_white", (Shown(80), HIDDEN, Shown(0)), False),
        ("ethnic_group_asian", (HIDDEN, HIDDEN, Shown(0)), False),
    ],
)
def test_a_question_that_follows_on_another_is_only_named_where_little_can_be_shown(
    cancer_survey: Answered, field: str, people: tuple[Figure, ...], printed: bool
) -> None:
    results = dataclasses.replace(cancer_survey.results, who_answered=(breakdown(field, *people),))
    survey = SurveyFigures(results, cancer_survey.questionnaire, "en")
    tables = who_answered_tables(survey)
    assert [one.caption for one in tables.shown] == ([f"Question {field}"] if printed else [])
    assert tables.left_out == (() if printed else (f"Question {field}",))
    html = board_report_html(results, cancer_survey.questionnaire, language="en")
    assert (f"“Question {field}”" in html) == (not printed)


def test_a_field_can_be_left_out_without_a_word(cancer_survey: Answered) -> None:
    survey = SurveyFigures(cancer_survey.results, cancer_survey.questionnaire, "en")
    fields = [one.field for one in survey.results.who_answered]
    tables = who_answered_tables(survey, leave_out=fields)
    assert (tables.shown, tables.left_out) == ((), ())


def test_the_annex_on_who_answered_is_there_only_where_people_differ(cancer_survey: Answered) -> None:
    alike: Breakdown[Figure] = Breakdown(
        "language", "Language", {"en": Shown(190)}, {"en": "English"}, Shown(190), Shown(0)
    )
    for others, there in (((), False), ((breakdown("ethnic_group", Shown(80), Shown(40)),), True)):
        results = dataclasses.replace(cancer_survey.results, who_answered=(alike, *others))
        html = board_report_html(results, cancer_survey.questionnaire, language="en")
        assert (". Who answered, in full" in html) == there
        assert "The same for everybody: Language (English)" in html


def test_each_word_is_explained_once_however_many_tables_use_it() -> None:
    first = table(EN, "First", ("Answer", "People"), [(Heading("a"), ["too few"]), (Heading("b"), ["5"])])
    second = table(EN, "Second", ("Answer", "People"), [(Heading("a"), ["too few"]), (Heading("b"), ["–"])])
    assert len(notes_of(EN, [first, second])) == 2
    assert with_figures(EN, [first, second]).left_out == ("Second",)
    assert with_figures(EN, [first, second]).shown == (first,)


def test_where_nobody_answered_nothing_is_found(cancer_survey: Answered) -> None:
    everybody = cancer_survey.results.everybody
    themes = tuple(
        dataclasses.replace(one, unclear_count=Shown(0), unclear_base=Shown(0), rank=None, chosen_count=Shown(0))
        for one in everybody.themes
    )
    nobody = dataclasses.replace(everybody, responses=Shown(0), themes=themes, questions=())
    results = dataclasses.replace(
        cancer_survey.results, everybody=nobody, audiences=(), who_answered=(), differences=(), period=None
    )
    assert findings(SurveyFigures(results, cancer_survey.questionnaire, "en")) == ()
    assert "Nobody has answered yet." in board_report_html(results, cancer_survey.questionnaire, language="en")


def test_sections_are_numbered_without_a_gap(cancer_survey: Answered) -> None:
    whole = shipped_questionnaire()
    pages = tuple(
        page for page in whole.pages if not any(getattr(one, "purpose", None) == "clarity" for one in page.questions)
    )
    html = board_report_html(cancer_survey.results, dataclasses.replace(whole, pages=pages), language="en")
    assert "5. Differences between groups" in html
    assert "Hard to understand" not in html
