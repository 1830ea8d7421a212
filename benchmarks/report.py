"""The board report as a PDF once its results exist, against WeasyPrint alone on the same HTML, in one warm process."""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from weasyprint import HTML

from engage import migrations
from engage.unit_of_work import Database
from reports.board_report import board_report_html
from reports.page_digests import with_page_digests
from reports.provenance import attachment
from reports.rendering import render
from reports.request import disclosed_results
from reports.tabulation import Figure, Results
from surveys.questionnaire import Questionnaire
from tests.factories import NOW
from tests.reports.answered_survey import an_answered_survey, shipped_questionnaire

_PATIENTS, _STAFF = 300, 60
_ROUNDS = 5


def figures() -> list[tuple[str, float, float]]:
    """(what is measured, the value found, the value to reach): processor time; imports and starting a child apart."""
    questionnaire = shipped_questionnaire(demonstration=True)
    results = _results(questionnaire)
    html = board_report_html(results, questionnaire, language="en")

    def whole() -> None:
        made = board_report_html(results, questionnaire, language="en")
        done = render([made], attachments=(attachment(results, questionnaire, kind="board", language="en"),))
        assert done, "any number of pages was allowed"
        with_page_digests(done[1])

    def floor() -> None:
        HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")

    whole()
    floor()
    ratios = [_seconds(whole) / _seconds(floor) for _ in range(_ROUNDS)]
    return [("Board report as a PDF, in times WeasyPrint on the same HTML", statistics.median(ratios), 1.3)]


def _results(questionnaire: Questionnaire) -> Results[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        urls = [f"sqlite:///{Path(folder) / name}.sqlite" for name in ("engage", "drafts")]
        migrations.upgrade(*urls)
        database = Database(*urls)
        with database.writing() as session:
            an_answered_survey(session, questionnaire, patients=_PATIENTS, staff=_STAFF)
        with database.reading() as session:
            results = disclosed_results(session, slug=questionnaire.slug, at=NOW)
        database.close()
        return results


def _seconds(work: Callable[[], None]) -> float:
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    print(figures())
