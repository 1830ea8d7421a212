"""The page on which a strategy document is chosen or its text pasted, and the documents that were kept."""

from __future__ import annotations

from pathlib import PurePosixPath

from flask import Blueprint, Response, abort, make_response, redirect, request
from flask_wtf.file import FileField
from wtforms import TextAreaField

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import StrategyDocumentRead, record
from engage.services import services
from engage.studio.opening import Opened, open_design
from engage.studio.strategy_import.kept import find_review, find_source, keep_source, save_review, sources_of
from engage.studio.uploads import allow_upload, uploaded
from surveys.answers import clean_text
from surveys.strategy_documents import DocumentRefused, Reading, read_document
from surveys.strategy_documents.formats import KINDS, MOST_BYTES, TOO_LARGE
from surveys.strategy_documents.review import begin_review

blueprint = Blueprint("strategy_documents", __name__, url_prefix="/staff/surveys/<slug>/import")

MOST_PASTED = 2 * 1024 * 1024
PASTED = "pasted-text.txt"


class DocumentForm(StaffForm):
    document = FileField("Choose a document")
    pasted = TextAreaField("Or paste its text")


@blueprint.route("", methods=["GET", "POST"])
@requires("design_surveys")
def choose(slug: str) -> Response:
    # What is pasted comes in the same form, and may be longer than any other field.
    request.max_form_memory_size = MOST_PASTED
    readable = allow_upload(MOST_BYTES)
    opened = open_design(slug)
    form = DocumentForm() if readable else DocumentForm(formdata=None)
    if not readable:
        return _page(opened, form, TOO_LARGE)
    if not form.is_sent():
        return _page(opened, form)
    given = uploaded(form.document.data)
    pasted = clean_text(form.pasted.data or "")
    if given and pasted:
        return _page(opened, form, "Choose a document or paste its text, not both")
    if not given and not pasted:
        return _page(opened, form, "Choose a document, or paste its text into the box")
    name, content = given or (PASTED, pasted.encode())
    try:
        reading = read_document(content, name)
    except DocumentRefused as refused:
        return _page(opened, form, str(refused))
    _keep(opened, _plain_name(name), content, reading)
    return make_response(redirect(f"/staff/surveys/{slug}/import/review", 303))


@blueprint.get("/documents/<int:id_>")
@requires("design_surveys")
def download(slug: str, id_: int) -> Response:
    """The document exactly as it came. It is never shown in the browser, only saved."""
    opened = open_design(slug)
    if id_ > 2**31:
        abort(404)
    with services().database.reading() as session:
        found = find_source(session, survey=opened.survey, id_=id_) or abort(404)
        content, name = found.content, found.name
    response = make_response(content)
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _keep(opened: Opened, name: str, content: bytes, reading: Reading) -> None:
    who, at = staff(), clock.now()
    with services().database.writing() as session:
        survey = session.merge(opened.survey, load=False)
        media_type = KINDS[PurePosixPath(name.lower()).suffix]
        source = keep_source(
            session, survey=survey, name=name, media_type=media_type, content=content, at=at, by=who.email
        )
        before = find_review(session, survey=survey, to_change=True)
        number = before.number + 1 if before else 1
        review = begin_review(reading, source=source.id, name=name, number=number)
        save_review(session, survey=survey, review=review, at=at, by=who.email)
        event = StrategyDocumentRead(survey.slug, name, len(content), source.sha256, len(review.themes))
        record(session, event, organisation_id=survey.organisation_id, by=who.email, at=at)


def _plain_name(name: str) -> str:
    """The last part of the name, with its ending even where it is long."""
    path = PurePosixPath(clean_text(name.replace("\\", "/"), lines=False))
    return f"{path.stem[:150]}{path.suffix.lower()}"


def _page(opened: Opened, form: DocumentForm, problem: str = "") -> Response:
    # The chosen file itself cannot be kept: browsers never send a file twice by themselves.
    form.document.errors = [problem] if problem else []
    with services().database.reading() as session:
        sources = sources_of(session, survey=opened.survey)
        is_open = find_review(session, survey=opened.survey) is not None
    page = staff_page(
        "studio/strategy_import/choose.html",
        survey=opened.survey,
        design=opened.design,
        form=form,
        errors={"document": problem} if problem else {},
        sources=sources,
        is_open=is_open,
    )
    return make_response(page, 422 if problem else 200)
