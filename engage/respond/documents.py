"""The files that a survey offers to read before answering."""

from __future__ import annotations

from flask import Response, abort, request

from engage.clock import now
from engage.respond.arriving import reception, require_open
from surveys.documents import PDF, document_content


def show_document(code: str, name: str) -> Response:
    """A PDF, shown by the browser and never run as anything else."""
    desk = reception()
    doorway = desk.find(code)
    require_open(doorway, now())
    offered = desk.documents.of(doorway.collector.survey_id)
    found = next((one for one in offered if one.name == name and not one.link), None) or abort(404)
    with desk.database.reading() as session:
        content = document_content(session, document=found)
    response = Response(content, mimetype=PDF)
    response.headers["Content-Disposition"] = f'inline; filename="{found.name}"'
    response.headers["Cache-Control"] = "private, max-age=300"
    response.set_etag(found.mark)
    response.make_conditional(request)
    return response
