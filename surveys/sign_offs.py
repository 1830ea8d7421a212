"""Named approvals: a reader who finds a survey clear, a person who answers for an edition in another language."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.designing import Content, designs_at
from surveys.editions import further_languages, words_signed_for, words_to_show
from surveys.storage import tables

PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class EditionSignOff:
    """Who approved an edition last. ``is_current``: they saw every word in its language that people would read now."""

    language: str
    name: str
    role: str
    signed_at: datetime.datetime
    is_current: bool


def edition_subject(language: str) -> str:
    """The subject of a sign-off of the edition in this language."""
    return f"edition:{language}"


def sign_off(
    session: Session,
    *,
    survey: tables.Survey,
    subject: str,
    name: str,
    role: str,
    revision: int,
    at: datetime.datetime,
) -> tables.SignOff:
    """Note that a named person approves the subject as it is at this revision. Earlier approvals stay on record."""
    row = tables.SignOff(
        survey_id=survey.id,
        organisation_id=survey.organisation_id,
        subject=subject,
        name=name,
        role=role,
        revision=revision,
        signed_at=at,
    )
    session.add(row)
    session.flush()
    return row


def sign_offs_of(session: Session, *, survey: tables.Survey, subject: str) -> list[tables.SignOff]:
    """Every approval of the subject, newest first."""
    row = tables.SignOff
    query = select(row).where(row.survey_id == survey.id, row.subject == subject)
    return list(session.scalars(query.order_by(row.id.desc())))


def edition_sign_offs(session: Session, *, survey: tables.Survey, content: Content) -> dict[str, EditionSignOff]:
    """The latest approval of each further language of ``content`` that has one, by language.

    A translation that was changed after it makes it out of date; one that was taken out does not.
    """
    languages = {edition_subject(language): language for language in further_languages(content.questionnaire)}
    row = tables.SignOff
    query = select(row).where(row.survey_id == survey.id, row.subject.in_(languages)).order_by(row.id)
    latest = {languages[found.subject]: found for found in session.scalars(query)} if languages else {}
    designs = designs_at(session, survey=survey, revisions={found.revision for found in latest.values()})
    return {
        language: EditionSignOff(
            language,
            found.name,
            found.role,
            found.signed_at,
            found.revision in designs and _covers(designs[found.revision].content, content, language),
        )
        for language, found in latest.items()
    }


def signed_languages(session: Session, *, survey: tables.Survey, content: Content) -> frozenset[str]:
    """The languages of ``content`` in which a named person approved every word that people would read now."""
    found = edition_sign_offs(session, survey=survey, content=content)
    return frozenset(language for language, latest in found.items() if latest.is_current)


def _covers(then: Content, now: Content, language: str) -> bool:
    shown = words_to_show(now.questionnaire, now.preparation.edition(language))
    # Nobody has approved what has no words yet.
    return bool(shown) and shown <= words_signed_for(then.questionnaire, then.preparation.edition(language))
