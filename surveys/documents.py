"""What people can read before they answer: a summary and an easy read summary, each a PDF or a link.

They belong to the survey and not to a version of its questionnaire, so that a better summary reaches everybody at
once. What is taken away stays stored until the survey goes, so that taking it away can be undone.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.storage import tables

Purpose = Literal["summary", "easy_read"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
MOST_BYTES = 5 * 1024 * 1024
PDF, LINK = "application/pdf", "text/uri-list"
LONGEST_TITLE, LONGEST_LINK = 200, 500


class DocumentRefused(ValueError):
    """The file or link cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Document:
    """Something to read, without its content. ``name`` is its last part of an address; ``link`` is "" for a file."""

    id: int
    purpose: Purpose
    title: str
    file: str
    link: str
    size: int
    mark: str

    @property
    def name(self) -> str:
        """What stands at the end of the file's address."""
        return f"{self.purpose.replace('_', '-')}.pdf"


def check_pdf(content: bytes) -> None:
    """DocumentRefused unless this is a PDF of at most 5 MB, by what it holds and not by its name."""
    if len(content) > MOST_BYTES:
        raise DocumentRefused(
            "The file has more than 5 MB. Make it smaller, or put it on your website and give a link."
        )
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise DocumentRefused("The file is no complete PDF. Save the document as PDF and choose that file.")
    if b"/JavaScript" in content or b"/Launch" in content:
        raise DocumentRefused("The PDF holds a program. Save it again as a plain PDF, without forms or buttons.")


def check_link(address: str) -> None:
    """DocumentRefused unless this is a whole https address."""
    if len(address) > LONGEST_LINK or not re.fullmatch(r"https://[^\s/@]+\.[^\s/@]+(/\S*)?", address):
        raise DocumentRefused("Write the whole address of the page or file. It begins with https://")


def put_document(
    session: Session,
    *,
    survey: tables.Survey,
    purpose: Purpose,
    title: str,
    file: str = "",
    content: bytes = b"",
    link: str = "",
    at: datetime.datetime,
    by: str,
) -> None:
    """Offer this to read, in the place of what the survey offered for the same purpose. Raises DocumentRefused."""
    if link:
        check_link(link)
    else:
        check_pdf(content)
    remove_document(session, survey=survey, purpose=purpose, at=at)
    held = link.encode() if link else content
    session.add(
        tables.SurveyFile(
            survey_id=survey.id,
            organisation_id=survey.organisation_id,
            purpose=purpose,
            name=(link or file)[:200],
            title=title[:LONGEST_TITLE],
            media_type=LINK if link else PDF,
            sha256=hashlib.sha256(held).hexdigest(),
            content=held,
            added_at=at,
            added_by=by,
            removed_at=None,
        )
    )
    session.flush()


def retitle_document(session: Session, *, survey: tables.Survey, purpose: Purpose, title: str) -> bool:
    """Call what is offered for this purpose by another title; False where there is nothing."""
    found = _rows(session, survey, purpose, removed=False)
    for row in found:
        row.title = title[:LONGEST_TITLE]
    session.flush()
    return bool(found)


def remove_document(session: Session, *, survey: tables.Survey, purpose: Purpose, at: datetime.datetime) -> str | None:
    """Take away what is offered for this purpose; its name, or None where there was nothing."""
    found = _rows(session, survey, purpose, removed=False)
    for row in found:
        row.removed_at = at
    session.flush()
    return found[0].name if found else None


def restore_document(session: Session, *, survey: tables.Survey, purpose: Purpose, at: datetime.datetime) -> str | None:
    """Offer again what was taken away last, in the place of what there is now; its name, or None."""
    found = _rows(session, survey, purpose, removed=True)
    if not found:
        return None
    remove_document(session, survey=survey, purpose=purpose, at=at)
    found[0].removed_at = None
    session.flush()
    return found[0].name


def documents_of(session: Session, *, survey_id: int) -> tuple[Document, ...]:
    """What the survey offers to read, the summary first. One query, without the contents."""
    return _found(session, survey_id, removed=False)


def removed_documents(session: Session, *, survey_id: int) -> tuple[Document, ...]:
    """What was taken away last, for each purpose."""
    newest: dict[str, Document] = {}
    for document in _found(session, survey_id, removed=True):
        newest.setdefault(document.purpose, document)
    return tuple(newest.values())


def document_content(session: Session, *, document: Document) -> bytes:
    """The PDF itself."""
    return session.scalars(select(tables.SurveyFile.content).where(tables.SurveyFile.id == document.id)).one()


def _found(session: Session, survey_id: int, *, removed: bool) -> tuple[Document, ...]:
    row = tables.SurveyFile
    query = select(row.id, row.purpose, row.title, row.name, row.media_type, row.sha256, func.length(row.content))
    when = row.removed_at.is_not(None) if removed else row.removed_at.is_(None)
    query = query.where(row.survey_id == survey_id, row.purpose.in_(PURPOSES), when)
    found = session.execute(query.order_by(row.removed_at.desc(), row.id.desc())).all()
    documents = [
        Document(
            id=id_,
            purpose="summary" if purpose == "summary" else "easy_read",
            title=title,
            file="" if kind == LINK else name,
            link=name if kind == LINK else "",
            size=size,
            mark=sha256[:12],
        )
        for id_, purpose, title, name, kind, sha256, size in found
    ]
    return tuple(sorted(documents, key=lambda document: PURPOSES.index(document.purpose)))


def _rows(session: Session, survey: tables.Survey, purpose: Purpose, *, removed: bool) -> list[tables.SurveyFile]:
    row = tables.SurveyFile
    when = row.removed_at.is_not(None) if removed else row.removed_at.is_(None)
    query = select(row).where(row.survey_id == survey.id, row.purpose == purpose, when)
    return list(session.scalars(query.order_by(row.removed_at.desc(), row.id.desc())))
