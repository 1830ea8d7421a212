"""Where previews stand: for the officer, for patient partners, and below a link for everybody who has it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, Response, abort

from engage import clock
from engage.access.guards import public, requires
from engage.access.signed_in import staff
from engage.languages import DEFAULT
from engage.public_pages import page
from engage.respond.arriving import reception
from engage.respond.replies import show
from engage.security_headers import CONTENT_SECURITY_POLICY
from engage.services import services
from engage.studio.opening import open_design
from engage.studio.preview import after, pages, remarks
from engage.studio.preview.links import find_link, state_of
from engage.studio.preview.reading import Preview, make_preview
from surveys.designing import find_design
from surveys.documents import PDF, document_content
from surveys.storage import tables

blueprint = Blueprint("preview", __name__)

View = Callable[..., Response]
IN_OWN_FRAME = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


def show_document(preview: Preview, name: str) -> Response:
    """Something that the start page offers to read."""
    offered = reception().documents.of(preview.survey.id)
    found = next((one for one in offered if one.name == name and not one.link), None) or abort(404)
    with services().database.reading() as session:
        content = document_content(session, document=found)
    response = Response(content, mimetype=PDF)
    response.headers["Content-Disposition"] = f'inline; filename="{found.name}"'
    return response


def _by_officer(view: View) -> View:
    """In the frames of the officer's page, and nowhere else: no other site can put these pages into a frame."""

    @requires("design_surveys")
    @wraps(view)
    def shown(slug: str, **parts: str) -> Response:
        opened = open_design(slug)
        preview = make_preview(
            "officer", f"staff/surveys/{slug}/preview/try", opened.survey, opened.design, staff().name or staff().email,
            "officer",
        )  # fmt: skip
        response = _made(view, preview, parts)
        response.headers["Content-Security-Policy"] = IN_OWN_FRAME
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response

    return shown


def _by_partner(view: View) -> View:
    @requires("read_designs")
    @wraps(view)
    def shown(slug: str, **parts: str) -> Response:
        opened = open_design(slug)
        reader = staff().name or staff().email
        preview = make_preview(
            "partner", f"staff/previews/{slug}", opened.survey, opened.design, reader, "patient partner"
        )
        return _made(view, preview, parts)

    return shown


def _by_link(view: View) -> View:
    @public
    @wraps(view)
    def shown(token: str, **parts: str) -> Response:
        with services().database.reading() as session:
            link = find_link(session, token)
            if link is None:
                return _lost("This link does not work", "Check the address, or ask for a new link.", 404)
            if state_of(link, clock.now()) != "open":
                return _lost("This link has ended", "Ask the person who sent it for a new one.", 410)
            survey = session.get(tables.Survey, link.survey_id)
            design = find_design(session, survey=survey) if survey else None
            session.expunge_all()
        if survey is None or design is None:
            return _lost("This link does not work", "Ask the person who sent it for a new one.", 404)
        preview = make_preview("link", f"preview/{token}", survey, design, link.reader, link.reader_role)
        return _made(view, preview, parts)

    return shown


def _made(view: View, preview: Preview, parts: dict[str, str]) -> Response:
    try:
        return view(preview, **parts)
    except LookupError:
        # Something is asked about, or led to, that was taken out: the checks say what.
        text = "Some questions do not fit together yet. Open “Checks” to see what to put right."
        return _lost("This page cannot be shown yet", text, 409)


def _lost(heading: str, text: str, status: int) -> Response:
    html = page(
        "respond/message.html",
        DEFAULT,
        services().assets,
        heading=heading,
        paragraphs=[text],
        links=[],
    )
    return show(html, status)


_PAGES: tuple[tuple[str, str, View, View | None], ...] = (
    ("", "start", pages.show_start, pages.begin),
    ("/<language>", "start_in_language", pages.show_start, pages.begin),
    ("/<language>/leaflet", "leaflet", pages.show_leaflet, None),
    ("/<language>/all", "all", pages.show_all, pages.send_all),
    ("/<language>/page/<page_id>", "page", pages.show_page, pages.save_page),
    ("/<language>/check", "check", pages.show_check, pages.send_check),
    ("/<language>/later", "later", pages.show_later, None),
    ("/<language>/return", "return", pages.show_later, None),
    ("/<language>/sign-up", "sign_up", pages.show_sign_up, None),
    ("/<language>/after/test", "after", after.show_explainer, after.answer_explainer),
    ("/<language>/after/test/about-you/<page_id>", "about_you", after.show_about_you, after.save_about_you),
    ("/<language>/after/test/thank-you", "thank_you", after.show_thank_you, None),
    ("/documents/<name>", "document", show_document, None),
)
_REMARKS: tuple[tuple[str, str, View], ...] = (
    ("/<language>/notes", "note", remarks.write_note),
    ("/<language>/sign-off", "sign_off", remarks.sign),
)
_READERS = (
    ("/staff/surveys/<slug>/preview/try", "officer", _by_officer),
    ("/staff/previews/<slug>", "partner", _by_partner),
    ("/preview/<token>", "link", _by_link),
)

for _prefix, _reader, _opened_by in _READERS:
    for _path, _name, _show, _send in _PAGES:
        # Whoever types an address puts a slash behind it; only the first page's own links do not mind one.
        blueprint.add_url_rule(
            _prefix + _path, f"{_reader}_{_name}", _opened_by(_show), methods=["GET"], strict_slashes=bool(_path)
        )
        if _send is not None:
            blueprint.add_url_rule(_prefix + _path, f"{_reader}_{_name}_sent", _opened_by(_send), methods=["POST"])
    for _path, _name, _send in _REMARKS:
        blueprint.add_url_rule(_prefix + _path, f"{_reader}_{_name}", _opened_by(_send), methods=["POST"])
