"""The board report as a PDF once its results exist, against WeasyPrint alone on the same HTML, each in a warm process.

Two processes, because Engage changes how WeasyPrint draws words and tags pages, and the floor must not have that.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from weasyprint import HTML

from engage import migrations
from engage.unit_of_work import Database
from reports.board_report import board_report_html
from reports.language_tags import name_languages
from reports.page_digests import with_page_digests
from reports.page_furniture import mark_furniture_as_decoration
from reports.provenance import attachment
from reports.rendering import render
from reports.request import disclosed_results
from reports.svg_text import draw_words_whole
from reports.tabulation import Figure, Results
from surveys.questionnaire import Questionnaire
from tests.factories import NOW
from tests.reports.answered_survey import an_answered_survey, shipped_questionnaire

_PATIENTS, _STAFF = 300, 60
_ROUNDS = 4
_TURNS = 3


def figures() -> list[tuple[str, float, float]]:
    """(what is measured, the value found, the value to reach): processor time; imports and starting a child apart."""
    # In turns, so that a busy machine slows both alike.
    turns = [(_child("whole"), _child("floor")) for _ in range(_TURNS)]
    whole, floor = (min(times) for times in zip(*turns, strict=True))
    return [
        ("Board report as a PDF, in times WeasyPrint on the same HTML", whole / floor, 1.3),
        ("Peak memory of its results, its pages and the PDF in one process with imports, in MB", _child("peak"), 400),
    ]


def _child(what: str) -> float:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.report", what], check=True, stdout=subprocess.PIPE, text=True
    )
    return float(done.stdout)


def _measure(what: str) -> float:
    """Processor seconds of the whole report or of its floor, the least of some rounds; or peak memory in MB."""
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

    if what == "floor":
        return _least_seconds(floor)
    draw_words_whole()
    name_languages()
    mark_furniture_as_decoration()
    if what == "whole":
        return _least_seconds(whole)
    whole()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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


def _least_seconds(work: Callable[[], None]) -> float:
    work()
    return min(_seconds(work) for _ in range(_ROUNDS))


def _seconds(work: Callable[[], None]) -> float:
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    print(_measure(sys.argv[1]) if len(sys.argv) == 2 else figures())
