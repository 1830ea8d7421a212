"""What people sent. Keys are random, dates have no time, and no column tells in which order answers arrived."""

from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from surveys.storage.tables.declaring import HASH, KEY, Base

# SQLite's hidden rowid would increase with every answer and so tell their order.
_NO_ROWID = {"sqlite_with_rowid": False}


class ImportBatch(Base):
    """Rows imported together. None of them counts anywhere until ``completed_at`` is set."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(255))
    started_at: Mapped[datetime.datetime]
    completed_at: Mapped[datetime.datetime | None]
    imported_by: Mapped[str] = mapped_column(String(254))
    rows: Mapped[int]


class Response(Base):
    """One person's closed answers as one byte each (``codes``, in the version's layout), and where they came in."""

    __tablename__ = "response"
    __table_args__ = (_NO_ROWID,)

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    collector_id: Mapped[int] = mapped_column(ForeignKey("collector.id"))
    submitted_on: Mapped[datetime.date]
    language: Mapped[str] = mapped_column(String(35))
    mode: Mapped[str] = mapped_column(String(20))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"))
    equality_key: Mapped[bytes | None] = mapped_column(KEY)
    codes: Mapped[bytes] = mapped_column(LargeBinary)


class ResponseDocument(Base):
    """The record itself: ``{"answers": {item: answer}, "theme_order": [...]}`` as JSON, closed answers only."""

    __tablename__ = "response_document"
    __table_args__ = (
        ForeignKeyConstraint(["survey_id", "key"], ["response.survey_id", "response.key"], ondelete="CASCADE"),
        _NO_ROWID,
    )

    survey_id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    answers: Mapped[str] = mapped_column(Text)


class Comment(Base):
    """One open answer. ``may_quote`` is the sender's own permission; None where it was not asked or not answered."""

    __tablename__ = "comment"
    __table_args__ = (
        ForeignKeyConstraint(["survey_id", "response_key"], ["response.survey_id", "response.key"], ondelete="CASCADE"),
        _NO_ROWID,
    )

    survey_id: Mapped[int] = mapped_column(primary_key=True)
    response_key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    item_key: Mapped[str] = mapped_column(String(121), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(35))
    may_quote: Mapped[bool | None]


class EqualityAnswer(Base):
    """Answers about the person, tied to a response by a random key alone; deleting a row leaves the response whole."""

    __tablename__ = "equality_answer"
    __table_args__ = (_NO_ROWID,)

    key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    bank_version: Mapped[str] = mapped_column(String(20))
    answers: Mapped[str] = mapped_column(Text)
    submitted_on: Mapped[datetime.date]


class Receipt(Base):
    """Proof that one form was sent, so that a second press of the button stores nothing. Purged after two days."""

    __tablename__ = "receipt"
    __table_args__ = (_NO_ROWID,)

    key_hash: Mapped[bytes] = mapped_column(HASH, primary_key=True)
    answers_digest: Mapped[bytes] = mapped_column(HASH)
    kept_on: Mapped[datetime.date]


class SignUp(Base):
    """An address left for a workshop or for the results: no time, no date, and no key in common with any answer.

    The key is a hash of the row itself, so that an address is kept once.
    """

    __tablename__ = "sign_up"
    __table_args__ = (_NO_ROWID,)

    key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    wants: Mapped[str] = mapped_column(String(60))
    contact: Mapped[str] = mapped_column(String(254))


class ForeignId(Base):
    """The hash of another system's response id, kept only to refuse the same row twice; it names no response here."""

    __tablename__ = "foreign_id"
    __table_args__ = (_NO_ROWID,)

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    id_hash: Mapped[bytes] = mapped_column(HASH, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
