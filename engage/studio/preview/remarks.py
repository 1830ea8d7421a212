"""What a reader leaves behind: a note about a page, and their name under the whole."""

from __future__ import annotations

from flask import Response, abort, request

from engage import clock
from engage.access.forms import StaffForm
from engage.audit.events import PreviewSignedOff, record
from engage.respond.posted import Posted, read_form
from engage.respond.replies import see_other, show, survey_page
from engage.services import services
from engage.studio.preview.notes import LONGEST_NOTE, add_note
from engage.studio.preview.page_names import START, THANK_YOU, is_page, path_of
from engage.studio.preview.reading import OFFICER, Preview, open_doorway
from surveys.answers.parsing import clean_text
from surveys.sign_offs import PREVIEW, sign_off


def write_note(preview: Preview, language: str) -> Response:
    """Keep the note and go back to the page that it is about."""
    posted = _posted(preview)
    page, text = posted.one("page"), clean_text(posted.one("note"))
    if not is_page(preview.questionnaire, page):
        abort(404)
    doorway = open_doorway(preview, language, page)
    if len(text) > LONGEST_NOTE:
        return _refused(
            preview,
            language,
            page,
            f"Your note has {len(text)} characters. Write at most {LONGEST_NOTE}. Go back to shorten it.",
        )
    if text:
        with services().database.writing() as session:
            kept = add_note(
                session,
                survey=session.merge(preview.survey, load=False),
                page=page,
                text=text,
                reader=preview.reader,
                role=preview.role,
                revision=preview.design.revision,
                at=clock.now(),
            )
        if not kept:
            return _refused(preview, language, page, "This survey has all the notes that it can have. Tell the sender.")
    return see_other(doorway.address(*path_of(page)) + "#notes")


def sign(preview: Preview, language: str) -> Response:
    """A named reader found the survey clear. Officers publish it; their word is another one."""
    if preview.role == OFFICER:
        abort(404)
    posted = _posted(preview)
    doorway = open_doorway(preview, language, START)
    if posted.one("clear-to-me") == "yes":
        at, survey = clock.now(), preview.survey
        with services().database.writing() as session:
            sign_off(
                session,
                survey=session.merge(survey, load=False),
                subject=PREVIEW,
                name=preview.reader,
                role=preview.role,
                revision=preview.design.revision,
                at=at,
            )
            event = PreviewSignedOff(survey.slug, preview.reader, preview.role)
            record(session, event, organisation_id=survey.organisation_id, by=preview.reader, at=at)
    page = posted.one("page")
    parts = path_of(page) if page in (START, THANK_YOU) else ()
    return see_other(doorway.address(*parts) + "#sign-off")


def _posted(preview: Preview) -> Posted:
    """What was sent; ends the request with 400 where a member of staff did not send it from their own session."""
    # In this order, because reading the form first leaves nothing for the other reader.
    posted = read_form(request)
    if preview.kind != "link" and not StaffForm().is_sent():
        abort(400)
    return posted


def _refused(preview: Preview, language: str, page: str, text: str) -> Response:
    doorway = open_doorway(preview, language, page)
    links = [{"address": doorway.address(*path_of(page)), "text": "Back to the page"}]
    html = survey_page(
        "respond/message.html", doorway, heading="Your note was not kept", paragraphs=[text], links=links
    )
    return show(html, 422)
