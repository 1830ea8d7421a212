"""Results that another organisation shares: read-only, as they were last published there."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, make_response, send_file
from sqlalchemy.orm import Session

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import FileDownloaded, record
from engage.insight.snapshots import newest_report_job, newest_snapshot
from engage.queue import result_files
from engage.services import services
from surveys.sharing import SharedSurvey, shared_survey
from surveys.storage import tables

blueprint = Blueprint("shared", __name__, url_prefix="/staff")


@blueprint.get("/shared/<owner>/<slug>")
@requires("see_results")
def results(owner: str, slug: str) -> Response:
    settings = services().settings
    with services().database.reading() as session:
        survey, shared = _shared(session, owner, slug)
        reader_id = None if shared.scope == "all" else staff().organisation_id
        snapshot = newest_snapshot(session, survey=survey, reader_id=reader_id)
        made = newest_report_job(session, survey=survey, finished=True) if shared.scope == "all" else None
        files = [(name, result_files.TITLES[name]) for name in result_files.names(settings, made)] if made else []
    page = staff_page(
        "insight/shared.html",
        survey=shared,
        figures=snapshot.document["page"] if snapshot else None,
        made_at=snapshot.made_at.astimezone(ZoneInfo(settings.time_zone)) if snapshot else None,
        files=files,
    )
    return make_response(page)


@blueprint.get("/shared/<owner>/<slug>/<file>")
@requires("see_results")
def download(owner: str, slug: str, file: str) -> Response:
    who, settings = staff(), services().settings
    with services().database.writing() as session:
        survey, shared = _shared(session, owner, slug)
        made = newest_report_job(session, survey=survey, finished=True)
        if shared.scope != "all" or made is None:
            abort(404)
        path = result_files.path_of(settings, made, file) or abort(404)
        event = FileDownloaded(slug, file)
        record(session, event, organisation_id=survey.organisation_id, by=who.email, at=clock.now())
    return send_file(path, as_attachment=True, download_name=f"{slug}-{file}", max_age=0)


def _shared(session: Session, owner: str, slug: str) -> tuple[tables.Survey, SharedSurvey]:
    """A survey that is shared with the signed-in person's organisation; anything else ends the request with 404."""
    own = staff().organisation_id
    return shared_survey(session, organisation_id=own, owner_slug=owner, slug=slug) or abort(404)
