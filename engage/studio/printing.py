"""The job that makes a poster or a leaflet of one collector."""

from __future__ import annotations

from typing import get_args

from engage.queue import result_files
from engage.queue.work import JobRefused
from engage.settings import Settings
from engage.unit_of_work import Database
from reports.documents import DocumentFailed
from reports.leaflet import leaflet_pdf
from reports.poster import Size, invitation_for, poster_pdf
from surveys.storage import tables


def make_printed(settings: Settings, database: Database, job: tables.Job) -> None:
    """Make what ``job.parameters`` ask for: ``collector_id`` and ``what``, poster-a5, -a4, -a3 or leaflet."""
    what = str(job.parameters["what"])
    with database.reading() as session:
        collector = session.get(tables.Collector, job.parameters["collector_id"])
        if collector is None or collector.organisation_id != job.organisation_id:
            raise JobRefused("The collector does not exist any more.")
        invitation = invitation_for(
            session, collector=collector, base_url=settings.base_url, time_zone=settings.time_zone, language=None
        )
    try:
        if what == "leaflet":
            pdf = leaflet_pdf(invitation)
        else:
            pdf = poster_pdf(invitation, size=_size(what))
    except DocumentFailed as failed:
        raise JobRefused(str(failed)) from failed
    result_files.write(settings, job, f"{what}.pdf", pdf)


def _size(what: str) -> Size:
    for size in get_args(Size):
        if what == f"poster-{size}":
            found: Size = size
            return found
    raise JobRefused(f"{what!r} cannot be printed.")
