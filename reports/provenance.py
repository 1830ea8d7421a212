"""Where a report's figures come from: printed in its method note and attached to its PDF as JSON."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

from reports.commentary import Written, carried
from reports.documents import File
from reports.results_json import to_json
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Results
from surveys.questionnaire import Questionnaire

ATTACHMENT = "engage-provenance.json"
FORMAT = "engage-provenance-1"


def software() -> str:
    """The name and version of this software."""
    return f"Engage {version('engage')}"


def attachment(
    results: Results[Figure], questionnaire: Questionnaire, *, kind: str, commentary: Written | None = None
) -> File:
    """The file inside a PDF: every disclosed figure with its versions, filters, data cut-off, fingerprint and rules.

    ``commentary`` is carried too, with its edition, its state and a digest, where the document prints it.
    """
    document: dict[str, Any] = {
        "format": FORMAT,
        "software": software(),
        "kind": kind,
        "results": to_json(results, questionnaire),
    }
    if commentary is not None:
        document["commentary"] = carried(commentary)
    return File(
        ATTACHMENT,
        "application/json",
        json.dumps(document, ensure_ascii=False, sort_keys=True).encode(),
        "The figures of this report and where they come from",
    )


def statements(survey: SurveyFigures) -> list[tuple[str, str]]:
    """The same for people: a heading and a statement each."""
    results = survey.results
    filters = results.filters
    chosen = [f"{field} is {value}" for field, value in filters.where]
    if filters.since:
        chosen.append(f"from {survey.words.date(filters.since)}")
    if filters.until:
        chosen.append(f"until {survey.words.date(filters.until)}")
    rules = results.rules
    small_numbers = (
        f"Nothing is shown about fewer than {rules.minimum_base} people, or {rules.minimum_base_staff} staff. "
        f"In breakdowns by place or background, fewer than {rules.minimum_cell} people are hidden too. "
        "Other numbers are kept back where they would give a hidden one away."
    )
    return [
        ("Questionnaire", f"{results.survey_slug}, version {', '.join(results.versions)}"),
        ("Answers included", "; ".join(chosen) if chosen else "all"),
        ("Broken down by", filters.by or "audience"),
        ("Data as they were on", f"{survey.words.date(results.generated_at.date())}, {results.generated_at:%H:%M} UTC"),
        ("Fingerprint of the data", results.data_fingerprint),
        ("Small numbers", small_numbers),
        ("Made with", software()),
    ]
