"""What a results page shows, as words in tables: made by the worker together with the snapshot and kept beside it.

A web process only prints it, so it needs neither figures nor the packages that work them out.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from reports import report_tables as tables
from reports.answer_tables import answers
from reports.disclosure import DisclosedResults
from reports.figure_references import figure_references
from reports.group_tables import compared_audiences, differences
from reports.printed_figures import count
from reports.survey_figures import SurveyFigures, asks_importance
from surveys.questionnaire import Questionnaire

Json = dict[str, Any]


def page_document(results: DisclosedResults, questionnaire: Questionnaire) -> Json:
    """The page as JSON: ``people`` per audience, then ``sections`` of tables whose cells are all ready to print."""
    # Staff pages are English, whichever language the survey itself is in.
    survey = SurveyFigures(results, questionnaire, "en")
    sections = [
        _section("What matters most", *([tables.what_matters(survey)] if survey.asks_choice else [])),
        _section(_about_ratings(survey), *_importance(survey)),
        _section("Differences between audiences", *_differences(survey)),
        _section("Who answered", *(tables.who_answered(survey, one) for one in results.who_answered)),
        _section("Comments", tables.comments(survey)),
        _section("Every question", *_every_question(survey), folded=True),
    ]
    return {
        "people": [[survey.label(group), count(survey.words, group.responses)] for group in survey.audiences]
        + [[survey.label(group), count(survey.words, group.responses)] for group in survey.hidden_audiences],
        "period": [day.isoformat() for day in results.period] if results.period else None,
        "versions": list(results.versions),
        "demonstration": results.demonstration,
        "rules": {
            "minimum_base": results.rules.minimum_base,
            "minimum_base_staff": results.rules.minimum_base_staff,
        },
        "sections": [section for section in sections if section["tables"]],
        # What an officer's commentary may name, so that a page can check and show it without working anything out.
        # It goes into the report, so its figures are said in the survey's own language.
        "references": [
            asdict(reference)
            for reference in figure_references(SurveyFigures(results, questionnaire, questionnaire.language))
        ],
    }


def _about_ratings(survey: SurveyFigures) -> str:
    rated = survey.importance is not None and not asks_importance(survey.importance)
    return "Answers and clarity" if rated else "Importance and clarity"


def _importance(survey: SurveyFigures) -> list[tables.Table]:
    found = [tables.at_a_glance(survey)] if survey.importance or survey.asks_clarity else []
    return found + [tables.importance(survey, group) for group in survey.audiences if survey.importance]


def _differences(survey: SurveyFigures) -> list[tables.Table]:
    return [differences(survey, *pair) for pair in compared_audiences(survey)]


def _every_question(survey: SurveyFigures) -> list[tables.Table]:
    found = (answers(survey, item) for item in survey.questionnaire.items)
    return [one for one in found if one is not None]


def _section(title: str, *shown: tables.Table, folded: bool = False) -> Json:
    return {
        "title": title,
        "folded": folded,
        "tables": [
            {
                "caption": one.caption,
                "columns": list(one.columns),
                "rows": [[heading.text, heading.beneath, list(cells)] for heading, cells in one.rows],
                "notes": list(one.notes),
            }
            for one in shown
            if one.rows
        ],
    }
