"""Who reads a preview, and the doorway through which they see the respondents' own pages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

from flask import abort
from markupsafe import Markup

from engage.access.forms import StaffForm
from engage.respond.arriving import Doorway, languages_of, reception
from engage.services import services
from engage.studio.preview.notes import notes_of
from engage.studio.preview.page_names import edit_address, named
from surveys.collectors import ResolvedCollector
from surveys.designing import Design
from surveys.editions import places_of
from surveys.editions.texts import with_each_text
from surveys.questionnaire import Questionnaire, Text
from surveys.sign_offs import PREVIEW, sign_offs_of
from surveys.storage import tables

Kind = Literal["officer", "partner", "link"]

OFFICER = "officer"
"""The role of those who make the survey: on their own phone too they do not sign as its readers."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A survey's design as ``reader`` reads it. ``prefix``: where its pages stand, without slashes around.

    ``questionnaire`` is the design's with a mark wherever a text is still blank.
    """

    kind: Kind
    prefix: str
    survey: tables.Survey
    design: Design
    questionnaire: Questionnaire
    reader: str
    role: str

    def address(self, *parts: str) -> str:
        """A path below the preview."""
        return "/".join(("", self.prefix, *parts))

    def token(self) -> Markup:
        """The form token that ties a form to a session; a link needs none, because it is itself the secret."""
        return Markup() if self.kind == "link" else StaffForm(formdata=None).csrf_token(id=False)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a page of a preview: the warning above it, notes and sign-off below."""

    page: str
    name: str
    reader: str
    role: str
    edit: str | None
    notes: tuple[tables.ReaderNote, ...]
    is_staff: bool
    token: Markup
    note_address: str
    sign_address: str | None
    signed_at: datetime.datetime | None
    is_signed_now: bool
    above: str = "preview/above.html"
    below: str = "preview/below.html"


@dataclass(frozen=True, slots=True)
class PreviewDoorway(Doorway):
    """A doorway to a design: no collector leads there, and nothing comes out of it."""

    preview: Around = field(compare=False, repr=False)


def make_preview(kind: Kind, prefix: str, survey: tables.Survey, design: Design, reader: str, role: str) -> Preview:
    """The preview of a design for one reader."""
    return Preview(kind, prefix, survey, design, with_gaps_marked(design.questionnaire), reader, role)


def with_gaps_marked(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with a mark in the place of each text that is blank in its own language."""

    def marked(key: str, where: str, text: Text) -> Text:
        own = dict(text.by_language).get(questionnaire.language, "")
        if own.strip():
            return text
        others = tuple(pair for pair in text.by_language if pair[0] != questionnaire.language)
        return Text(((questionnaire.language, f"[Missing: {where}]"), *others))

    return with_each_text(questionnaire, marked)


def open_doorway(preview: Preview, language: str | None, page: str) -> PreviewDoorway:
    """The doorway to a page of the preview; ends the request with 404 for a language that the design has not."""
    questionnaire, survey = preview.questionnaire, preview.survey
    spoken = languages_of(questionnaire)
    language = language or questionnaire.language
    if language not in spoken:
        abort(404)
    desk = reception()
    collector = ResolvedCollector(
        id=0,
        code=preview.prefix,
        survey_id=survey.id,
        organisation_id=survey.organisation_id,
        slug=survey.slug,
        name="",
        place="",
        audience_id="",
        channel="",
        language=None,
        opens_at=None,
        closes_at=_closing(preview.design.preparation.closes_on, desk.zone),
        withdrawn_at=None,
        version_id=0,
    )
    logo = desk.logos.of(survey.organisation_id)
    return PreviewDoorway(collector, language, logo, questionnaire, _around(preview, language, page))


def _closing(closes_on: datetime.date | None, zone: datetime.tzinfo) -> datetime.datetime | None:
    if closes_on is None:
        return None
    return datetime.datetime.combine(closes_on + datetime.timedelta(days=1), datetime.time(), zone)


def _around(preview: Preview, language: str, page: str) -> Around:
    with services().database.reading() as session:
        notes = notes_of(session, survey=preview.survey, page=page)
        signed = [
            row
            for row in sign_offs_of(session, survey=preview.survey, subject=PREVIEW)
            if (row.name, row.role) == (preview.reader, preview.role)
        ]
        session.expunge_all()
    if preview.kind == "link":
        # Readers with a link see their own notes, not what other patients wrote.
        notes = [note for note in notes if (note.reader, note.reader_role) == (preview.reader, preview.role)]
    return Around(
        page=page,
        name=named(preview.questionnaire, page),
        reader=preview.reader,
        role=preview.role,
        edit=edit_address(preview.survey.slug, preview.questionnaire, page) if preview.kind == "officer" else None,
        notes=tuple(notes),
        is_staff=preview.kind == "officer",
        token=preview.token(),
        note_address=preview.address(language, "notes"),
        sign_address=None if preview.role == OFFICER else preview.address(language, "sign-off"),
        signed_at=signed[0].signed_at if signed else None,
        is_signed_now=bool(signed) and signed[0].revision == preview.design.revision,
    )


def missing_texts(questionnaire: Questionnaire) -> int:
    """How many texts of a design are still blank."""
    own = questionnaire.language
    return sum(not dict(found.text.by_language).get(own, "").strip() for found in places_of(questionnaire))
