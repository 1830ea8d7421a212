"""The officer's page for trying a survey: two phones side by side, their own phone, and "I have tried it"."""

from __future__ import annotations

import datetime

from flask import Blueprint, Response, abort, make_response, redirect, request

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import PreviewLinkMade, record
from engage.languages import direction, own_name
from engage.respond.arriving import languages_of
from engage.security_headers import CONTENT_SECURITY_POLICY
from engage.services import services
from engage.studio.editions.names import both_names
from engage.studio.going_live.standing import was_tried
from engage.studio.opening import Opened, open_design
from engage.studio.preview.forms import PreviewForm
from engage.studio.preview.links import make_link
from engage.studio.preview.page_names import ALL, LEAFLET, START, edit_address, named, question_page
from engage.studio.preview.qr import qr_picture
from engage.studio.preview.reading import OFFICER, missing_texts, with_gaps_marked
from engage.studio.preview.trying import note_tried
from surveys.qr_codes import typed_address
from surveys.routing import journey

blueprint = Blueprint("preview_officer", __name__, url_prefix="/staff/surveys/<slug>/preview")

WITH_OWN_FRAMES = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
SHOWN = {START: "The survey", ALL: "Everything on one page", LEAFLET: "About the themes"}
OWN_PHONE = datetime.timedelta(days=1)


@blueprint.get("")
@requires("design_surveys")
def preview(slug: str) -> Response:
    """The survey on two phones, in the language and from the page that the address names."""
    return _page(open_design(slug))


@blueprint.post("/phone")
@requires("design_surveys")
def phone(slug: str) -> Response:
    """A link for the officer's own phone. It is shown once, because only its hash is kept."""
    opened, who, at = open_design(slug), staff(), clock.now()
    if not PreviewForm().is_sent():
        abort(400)
    reader = who.name or who.email
    with services().database.writing() as session:
        survey = session.merge(opened.survey, load=False)
        token = make_link(session, survey=survey, reader=reader, role=OFFICER, lasts=OWN_PHONE, at=at, by=who.email)
        event = PreviewLinkMade(slug, reader, OFFICER)
        record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
    return _page(opened, token=token)


@blueprint.post("/tried")
@requires("design_surveys")
def tried(slug: str) -> Response:
    """The officer has tried the survey as the page showed it."""
    opened, form = open_design(slug), PreviewForm()
    if not form.is_sent():
        abort(400)
    if not _is_tried(opened):
        if int(form.revision.data or 0) != opened.design.revision:
            return _page(opened, changed=True)
        note_tried(opened.survey, opened.design)
    return make_response(redirect(f"/staff/surveys/{slug}/preview", 303))


def _is_tried(opened: Opened) -> bool:
    with services().database.reading() as session:
        return was_tried(session, opened.survey, opened.design)


def _page(opened: Opened, *, token: str | None = None, changed: bool = False) -> Response:
    design, questionnaire = opened.design, opened.design.questionnaire
    slug, languages = opened.survey.slug, languages_of(questionnaire)
    wanted = request.args.get("language", "")
    language = wanted if wanted in languages else questionnaire.language
    marked = with_gaps_marked(questionnaire)
    pages = {**SHOWN, **{question_page(page.id): named(marked, question_page(page.id)) for page in journey(marked)}}
    wanted = request.args.get("page", START)
    shown = wanted if wanted in pages else START
    base = services().settings.base_url
    link = f"{base}/preview/{token}" if token else None
    form = PreviewForm(formdata=None, data={"revision": str(design.revision)})
    page = staff_page(
        "studio/preview/preview.html",
        survey=opened.survey,
        design=design,
        form=form,
        languages=[(code, both_names(code), direction(code), own_name(code)) for code in languages],
        language=language,
        pages=pages,
        shown=shown,
        edit=edit_address(slug, marked, shown),
        frame="/".join((f"/staff/surveys/{slug}/preview/try/{language}", *(() if shown == START else (shown,)))),
        missing=missing_texts(questionnaire),
        link=link,
        typed=f"{typed_address(base)}/preview/{token}" if token else None,
        picture=qr_picture(link) if link else None,
        is_tried=_is_tried(opened),
        changed=changed,
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = WITH_OWN_FRAMES
    return response
