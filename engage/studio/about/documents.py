"""A summary and an easy read summary for the start page: each a PDF or a link, put there, taken away, brought back."""

from __future__ import annotations

from flask import Response, abort, make_response, redirect, url_for
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField
from wtforms.validators import AnyOf, DataRequired, Length

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import DocumentAdded, DocumentRemoved, record
from engage.services import services
from engage.studio.opening import Opened, open_design
from engage.studio.uploads import allow_upload, uploaded
from surveys.documents import (
    LONGEST_LINK,
    LONGEST_TITLE,
    MOST_BYTES,
    PURPOSES,
    DocumentRefused,
    Purpose,
    documents_of,
    put_document,
    remove_document,
    removed_documents,
    restore_document,
    retitle_document,
)

# Read in full up to here, so that a file that is too large loses nothing else of the form.
READ_BYTES = 4 * MOST_BYTES
TITLES: dict[Purpose, str] = {"summary": "Read a summary", "easy_read": "Read an easy read summary"}
_TOO_LARGE = "The file has more than 5 MB. Make it smaller, or put it on your website and give a link."


class DocumentForm(StaffForm):
    purpose = HiddenField(validators=[AnyOf(PURPOSES)])
    title = StringField("Words of the link", [DataRequired("Write the words of the link"), Length(max=LONGEST_TITLE)])
    file = FileField("PDF from your computer")
    link = StringField(
        "Or a link to it",
        [Length(max=LONGEST_LINK, message=f"Use a link of {LONGEST_LINK} characters or fewer")],
    )


class ChangeForm(StaffForm):
    purpose = HiddenField(validators=[AnyOf(PURPOSES)])


@requires("design_surveys")
def documents(slug: str) -> Response:
    """Both forms, each with what there is now."""
    readable = allow_upload(READ_BYTES)
    opened = open_design(slug)
    if not readable:
        return _page(opened, DocumentForm(formdata=None), {"summary-file": _TOO_LARGE})
    form = DocumentForm()
    if not form.is_sent():
        problems = {f"{form.purpose.data}-{name}": str(found[0]) for name, found in form.errors.items() if found}
        return _page(opened, form, problems)
    given, link = uploaded(form.file.data), form.link.data or ""
    if given and link:
        return _page(opened, form, {f"{form.purpose.data}-link": "Give a file or a link, not both"})
    try:
        there = _put(opened, _purpose(form), form.title.data or "", given, link)
    except DocumentRefused as refused:
        return _page(opened, form, {f"{form.purpose.data}-{'link' if link else 'file'}": str(refused)})
    if not there:
        return _page(opened, form, {f"{form.purpose.data}-file": "Choose a PDF on your computer, or write a link"})
    return make_response(redirect(url_for("about.documents", slug=slug), 303))


@requires("design_surveys")
def remove(slug: str) -> Response:
    """Take it from the start page; it can be brought back."""
    return _change(slug, restores=False)


@requires("design_surveys")
def restore(slug: str) -> Response:
    """Put back what was taken away last."""
    return _change(slug, restores=True)


def _put(opened: Opened, purpose: Purpose, title: str, given: tuple[str, bytes] | None, link: str) -> bool:
    """Whether there is something to read now; without a new file or link the one that is there gets the title."""
    who, at = staff(), clock.now()
    with services().database.writing() as session:
        survey = session.merge(opened.survey, load=False)
        if not given and not link:
            return retitle_document(session, survey=survey, purpose=purpose, title=title)
        file, content = given or ("", b"")
        put_document(
            session,
            survey=survey,
            purpose=purpose,
            title=title,
            file=file,
            content=content,
            link=link,
            at=at,
            by=who.email,
        )
        event = DocumentAdded(survey.slug, purpose, (link or file)[:200])
        record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
    return True


def _change(slug: str, *, restores: bool) -> Response:
    form, opened = ChangeForm(), open_design(slug)
    if not form.is_sent():
        abort(400, "The form was not sent completely. Go back, reload the page and try again.")
    who, at, purpose = staff(), clock.now(), _purpose(form)
    with services().database.writing() as session:
        survey = session.merge(opened.survey, load=False)
        if restores:
            name = restore_document(session, survey=survey, purpose=purpose, at=at)
        else:
            name = remove_document(session, survey=survey, purpose=purpose, at=at)
        if name is not None:
            event = DocumentAdded(slug, purpose, name) if restores else DocumentRemoved(slug, purpose, name)
            record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
    return make_response(redirect(url_for("about.documents", slug=slug), 303))


def _purpose(form: DocumentForm | ChangeForm) -> Purpose:
    return "easy_read" if form.purpose.data == "easy_read" else "summary"


def _page(opened: Opened, sent: DocumentForm, problems: dict[str, str]) -> Response:
    """Both forms; the one that was sent keeps what was typed. The chosen file has to be chosen again."""
    with services().database.reading() as session:
        offered = {one.purpose: one for one in documents_of(session, survey_id=opened.survey.id)}
        removed = {one.purpose: one for one in removed_documents(session, survey_id=opened.survey.id)}
    slots = []
    for purpose in PURPOSES:
        now, was = offered.get(purpose), removed.get(purpose)
        typed = sent.is_submitted() and sent.purpose.data == purpose
        slots.append(
            {
                "purpose": purpose,
                "now": now,
                "removed": was if now is None else None,
                "title": sent.title.data if typed else now.title if now else TITLES[purpose],
                "link": sent.link.data if typed else "",
            }
        )
    page = staff_page(
        "studio/about/documents.html",
        survey=opened.survey,
        design=opened.design,
        slots=slots,
        form=sent,
        errors=problems,
    )
    return make_response(page, 422 if problems else 200)
