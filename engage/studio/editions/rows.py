"""What the pages of editions show: each language with its counts, its last change and who signed it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.languages import direction, own_name
from engage.studio.editions.names import both_names, english_name, has_buttons
from surveys.designing import Content
from surveys.editions import EditionStatus, edition_status, editions_to_publish, further_languages
from surveys.preparation import OutOfDate
from surveys.sign_offs import EditionSignOff, edition_sign_offs
from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class LastChange:
    at: datetime.datetime
    by: str


@dataclass(frozen=True, slots=True)
class EditionRow:
    """A further language of a survey. ``goes_out``: it would go public if the survey were published now."""

    language: str
    name: str
    english: str
    own: str
    direction: str
    has_buttons: bool
    status: EditionStatus
    when_out_of_date: OutOfDate
    changed: LastChange | None
    signed: EditionSignOff | None
    goes_out: bool

    @property
    def counts(self) -> str:
        """Its state in one line."""
        status = self.status
        if status.is_whole:
            return f"All {_texts(status.total)} ready"
        parts = (
            f"{_texts(status.out_of_date)} out of date" if status.out_of_date else "",
            f"{_texts(status.missing)} missing" if status.missing else "",
            f"{status.ready} ready",
        )
        return ", ".join(part for part in parts if part)


def edition_rows(session: Session, *, survey: tables.Survey, content: Content) -> list[EditionRow]:
    """Every further language, in the order in which people are offered them."""
    questionnaire, preparation = content.questionnaire, content.preparation
    signed = edition_sign_offs(session, survey=survey, content=content)
    current = [language for language, latest in signed.items() if latest.is_current]
    going = editions_to_publish(questionnaire, preparation, signed_off=current)
    changed = _last_changes(session, survey) if further_languages(questionnaire) else {}
    return [
        EditionRow(
            language=language,
            name=both_names(language),
            english=english_name(language),
            own=own_name(language),
            direction=direction(language),
            has_buttons=has_buttons(language),
            status=edition_status(questionnaire, preparation.edition(language)),
            when_out_of_date=preparation.edition(language).when_out_of_date,
            changed=changed.get(english_name(language)),
            signed=signed.get(language),
            goes_out=language in going,
        )
        for language in further_languages(questionnaire)
    ]


def says(language: str, what: str) -> str:
    """The words for a change of an edition. They begin with its language, by which its last change is found."""
    return f"{english_name(language)}: {what}"


def _last_changes(session: Session, survey: tables.Survey) -> dict[str, LastChange]:
    """The last change of each edition that is still kept, by the language's name in English."""
    row = tables.DesignRevision
    query = select(row.change, row.changed_at, row.changed_by).where(row.survey_id == survey.id)
    found: dict[str, LastChange] = {}
    for change, at, by in session.execute(query.order_by(row.revision.desc())):
        name, colon, _ = change.partition(": ")
        if colon:
            found.setdefault(name, LastChange(at, by))
    return found


def _texts(number: int) -> str:
    return f"{number} text" if number == 1 else f"{number} texts"
