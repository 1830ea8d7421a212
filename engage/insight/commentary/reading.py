"""Reading the commentary with its figures filled in, how it came to be, and the files of final reports."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, make_response

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import FileDownloaded, record
from engage.insight.commentary.opening import Opened, open_commentary
from engage.insight.commentary.writing import ADVICE
from engage.queue import jobs
from engage.queue.result_files import TITLES
from engage.services import services
from engage.studio.overview import own_survey
from surveys.commentary.freezing import frozen_content
from surveys.commentary.references import fill_in
from surveys.commentary.texts import FRONT, Recommendation, split_paragraphs

GONE = "[this figure no longer exists]"


@dataclass(frozen=True, slots=True)
class Advised:
    """What the page says of one theme: ``reason`` has its figures filled in, ``one`` is what is stored."""

    title: str
    advice: str
    reason: str
    one: Recommendation


@requires("see_results")
def read(slug: str) -> Response:
    """The newest edition as a report prints it, with its history and every final report."""
    opened = open_commentary(slug)
    page = staff_page(
        "insight/commentary/read.html",
        opened=opened,
        front=[
            (label, text) for key, label in FRONT.items() if (text := _filled(opened, opened.texts.front.get(key, "")))
        ],
        summary=split_paragraphs(_filled(opened, opened.texts.summary)),
        advised=[_advised(opened, theme_id, title) for theme_id, title in opened.themes.items()],
        titles=TITLES,
        state=_state_of_job(opened),
        may=staff().permissions,
    )
    return make_response(page)


@requires("see_results")
def download(slug: str, edition: int, file: str) -> Response:
    """One file of a final report, as it was frozen."""
    who = staff()
    with services().database.writing() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        found = frozen_content(session, survey=survey, number=edition, name=file) or abort(404)
        content, media_type = found.content, found.media_type
        record(session, FileDownloaded(slug, file), organisation_id=who.organisation_id, by=who.email, at=clock.now())
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-final-{edition}-{file}"'
    return response


def _advised(opened: Opened, theme_id: str, title: str) -> Advised:
    one = opened.texts.theme(theme_id)
    return Advised(title, ADVICE[one.advice or ""], _filled(opened, one.reason), one)


def _filled(opened: Opened, text: str) -> str:
    return fill_in(text, opened.known, gone=GONE)


def _state_of_job(opened: Opened) -> str | None:
    """How making the final report stands, where that is about the commentary as it is now."""
    job, edition = opened.job, opened.edition
    if job is None or edition is None:
        return None
    about = (job.parameters["edition"], job.parameters["row_version"])
    return jobs.state_of(job) if about == (edition.number, edition.row_version) else None
