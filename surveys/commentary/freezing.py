"""The files of a final report: kept as they were when it was made final, and never changed."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.commentary.editions import row_of
from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class FrozenFile:
    """One file of a final report; ``edition`` is that of its commentary."""

    edition: int
    name: str
    media_type: str
    sha256: str
    made_at: datetime.datetime


def freeze(
    session: Session,
    *,
    survey: tables.Survey,
    number: int,
    files: Iterable[tuple[str, str, bytes]],
    at: datetime.datetime,
) -> dict[str, str]:
    """Keep each (name, media type, content) with the edition; returns SHA-256 by name. LookupError without it."""
    commentary = row_of(session, survey=survey, number=number)
    if commentary is None:
        raise LookupError(f"the survey {survey.slug!r} has no edition {number} of a commentary")
    kept = [
        tables.FrozenReport(
            commentary_id=commentary.id,
            organisation_id=survey.organisation_id,
            name=name,
            media_type=media_type,
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            made_at=at,
        )
        for name, media_type, content in files
    ]
    session.add_all(kept)
    session.flush()
    return {one.name: one.sha256 for one in kept}


def frozen_files(session: Session, *, survey: tables.Survey) -> tuple[FrozenFile, ...]:
    """The files of every final report of the survey, newest edition first, in the order in which they were made."""
    file, commentary = tables.FrozenReport, tables.Commentary
    query = (
        select(commentary.edition, file.name, file.media_type, file.sha256, file.made_at)
        .join(commentary, commentary.id == file.commentary_id)
        .where(commentary.survey_id == survey.id)
        .order_by(commentary.edition.desc(), file.id)
    )
    return tuple(FrozenFile(*found) for found in session.execute(query))


def kept_as(
    session: Session, *, sha256: str, organisation: str | None = None
) -> tuple[tables.Survey, FrozenFile] | None:
    """The file of a final report with this digest, and its survey; None where none was kept.

    ``organisation``: a slug; only among its final reports.
    """
    file, commentary, survey = tables.FrozenReport, tables.Commentary, tables.Survey
    query = (
        select(survey, commentary.edition, file.name, file.media_type, file.sha256, file.made_at)
        .join(commentary, commentary.id == file.commentary_id)
        .join(survey, survey.id == commentary.survey_id)
        .where(file.sha256 == sha256)
        .order_by(file.id)
    )
    if organisation is not None:
        owner = tables.Organisation
        query = query.join(owner, owner.id == survey.organisation_id).where(owner.slug == organisation.strip().lower())
    found = session.execute(query).first()
    return (found[0], FrozenFile(*found[1:])) if found else None


def frozen_content(session: Session, *, survey: tables.Survey, number: int, name: str) -> tables.FrozenReport | None:
    """One file of a final report with its content; None where there is none of this name."""
    file, commentary = tables.FrozenReport, tables.Commentary
    return session.scalar(
        select(file)
        .join(commentary, commentary.id == file.commentary_id)
        .where(commentary.survey_id == survey.id, commentary.edition == number, file.name == name)
    )
