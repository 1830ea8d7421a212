"""Who reads the survey before it is published: links, notes and sign-offs."""

from __future__ import annotations

import datetime

from flask import Blueprint, Response, abort, make_response, redirect

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import PreviewLinkEnded, PreviewLinkMade, record
from engage.services import services
from engage.studio.opening import Opened, open_design
from engage.studio.preview.forms import NumberForm, ReaderForm
from engage.studio.preview.links import end_link, links_of, make_link, state_of
from engage.studio.preview.notes import notes_of, settle_note
from engage.studio.preview.page_names import edit_address, is_page, named
from engage.studio.preview.qr import qr_picture
from engage.studio.preview.reading import with_gaps_marked
from surveys.qr_codes import typed_address
from surveys.questionnaire import Questionnaire
from surveys.sign_offs import PREVIEW, sign_offs_of

blueprint = Blueprint("preview_readers", __name__, url_prefix="/staff/surveys/<slug>/readers")


@blueprint.route("", methods=["GET", "POST"])
@requires("design_surveys")
def readers(slug: str) -> Response:
    """Everything that readers have said; a link can be made for one more."""
    opened, form = open_design(slug), ReaderForm()
    if not form.is_sent():
        return _page(opened, form)
    who, at = staff(), clock.now()
    reader, role = form.reader.data or "", form.role.data or ""
    with services().database.writing() as session:
        token = make_link(
            session,
            survey=session.merge(opened.survey, load=False),
            reader=reader,
            role=role,
            lasts=datetime.timedelta(days=form.days.data or 1),
            at=at,
            by=who.email,
        )
        event = PreviewLinkMade(slug, reader, role)
        record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
    # The address is shown in this one reply, because only its hash is kept.
    return _page(opened, ReaderForm(formdata=None), token=token, reader=reader)


@blueprint.post("/end")
@requires("design_surveys")
def end(slug: str) -> Response:
    """A link opens nothing from now on."""
    opened, number, who, at = open_design(slug), _number(), staff(), clock.now()
    with services().database.writing() as session:
        survey = session.merge(opened.survey, load=False)
        reader = end_link(session, survey=survey, link_id=number, at=at) or abort(404)
        record(session, PreviewLinkEnded(slug, reader), organisation_id=who.organisation_id, by=who.email, at=at)
    return _back(slug)


@blueprint.post("/settle")
@requires("design_surveys")
def settle(slug: str) -> Response:
    """A note is dealt with."""
    return _settled(slug, settled=True)


@blueprint.post("/reopen")
@requires("design_surveys")
def reopen(slug: str) -> Response:
    """A note is not dealt with after all."""
    return _settled(slug, settled=False)


def _settled(slug: str, *, settled: bool) -> Response:
    opened, number = open_design(slug), _number()
    with services().database.writing() as session:
        survey = session.merge(opened.survey, load=False)
        if not settle_note(session, survey=survey, note_id=number, settled=settled, at=clock.now(), by=staff().email):
            abort(404)
    return _back(slug)


def _number() -> int:
    form = NumberForm()
    if not form.is_sent():
        abort(400)
    return int(form.number.data or 0)


def _back(slug: str) -> Response:
    return make_response(redirect(f"/staff/surveys/{slug}/readers", 303))


def _page(opened: Opened, form: ReaderForm, *, token: str | None = None, reader: str = "") -> Response:
    questionnaire, base, at = with_gaps_marked(opened.design.questionnaire), services().settings.base_url, clock.now()
    with services().database.reading() as session:
        notes = notes_of(session, survey=opened.survey)
        links = [(link, state_of(link, at)) for link in links_of(session, survey=opened.survey)]
        signed = sign_offs_of(session, survey=opened.survey, subject=PREVIEW)
        session.expunge_all()
    about = {note.page: _about(opened.survey.slug, questionnaire, note.page) for note in notes}
    errors = {name: found[0] for name, found in form.errors.items() if name and found}
    link = f"{base}/preview/{token}" if token else None
    page = staff_page(
        "studio/preview/readers.html",
        survey=opened.survey,
        design=opened.design,
        form=form,
        errors=errors,
        links=links,
        signed=signed,
        open_notes=[(note, *about[note.page]) for note in notes if note.settled_at is None],
        settled_notes=[(note, *about[note.page]) for note in notes if note.settled_at is not None],
        link=link,
        typed=f"{typed_address(base)}/preview/{token}" if token else None,
        picture=qr_picture(link) if link else None,
        reader=reader,
    )
    return make_response(page, 422 if errors else 200)


def _about(slug: str, questionnaire: Questionnaire, page: str) -> tuple[str, str | None]:
    """What the page of a note is called, and where it is edited."""
    if not is_page(questionnaire, page):
        return "A page that was taken out", None
    return named(questionnaire, page), edit_address(slug, questionnaire, page)
