"""Where a report's figures come from: printed in its method note and attached to its PDF as JSON."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

from reports import labels
from reports.commentary import Written
from reports.commentary_json import commentary_to_json
from reports.documents import File
from reports.results_json import to_json
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Filters, Results
from surveys.questionnaire import Questionnaire

ATTACHMENT = "engage-provenance.json"
FORMAT = "engage-provenance-3"


def software() -> str:
    """The name and version of this software."""
    return f"Engage {version('engage')}"


def attachment(
    results: Results[Figure],
    questionnaire: Questionnaire,
    *,
    kind: str,
    language: str,
    commentary: Written | None = None,
) -> File:
    """The file inside a PDF: every disclosed figure with its versions, filters, data cut-off, fingerprint and rules.

    ``language`` is that of the document. ``commentary`` is carried too, with its edition, its state and a digest, where
    the document prints it.
    """
    document: dict[str, Any] = {
        "format": FORMAT,
        "software": software(),
        "kind": kind,
        "language": language,
        "results": to_json(results, questionnaire),
    }
    if commentary is not None:
        document["commentary"] = commentary_to_json(commentary)
    return File(
        ATTACHMENT,
        "application/json",
        json.dumps(document, ensure_ascii=False, sort_keys=True).encode(),
        "The figures of this report and where they come from",
    )


def statements(survey: SurveyFigures) -> list[tuple[str, str]]:
    """The same for people: a heading and a statement each."""
    results, words = survey.results, survey.words
    said = {
        "questionnaire": words(
            "statement_version",
            slug=results.survey_slug,
            versions=words("figure_list_joint").join(results.versions),
        ),
        "included": included(survey),
        "by": labels.field_label(words, survey.questionnaire, _field(results.filters), _field(results.filters)),
        "moment": words(
            "statement_day_and_time",
            day=words.date(results.generated_at.date()),
            time=f"{results.generated_at:%H:%M}",
        ),
        "fingerprint": words.set_apart(results.data_fingerprint),
        "small_numbers": _small_numbers(survey),
        "software": words.set_apart(software()),
    }
    return [(words(f"statement_{subject}"), statement) for subject, statement in said.items()]


def _field(filters: Filters) -> str:
    return filters.by or "audience"


def included(survey: SurveyFigures) -> str:
    """Which answers the figures are about: all, or those that every filter keeps."""
    words, filters = survey.words, survey.results.filters
    chosen = []
    for field, value in filters.where:
        named = labels.field_label(words, survey.questionnaire, field, field)
        chosen.append(
            words(
                "statement_is",
                field=named,
                value=labels.value_label(words, survey.questionnaire, field, value, value),
            )
        )
    if filters.since:
        chosen.append(words("statement_since", day=words.date(filters.since)))
    if filters.until:
        chosen.append(words("statement_until", day=words.date(filters.until)))
    return words("figure_list_apart").join(chosen) if chosen else words("statement_all")


def _small_numbers(survey: SurveyFigures) -> str:
    words, rules = survey.words, survey.results.rules
    return " ".join(
        (
            words("statement_small_base", base=rules.minimum_base, staff=rules.minimum_base_staff),
            words("statement_small_cell", cell=rules.minimum_cell),
            words("statement_kept_back"),
        )
    )
