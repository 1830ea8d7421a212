"""The questionnaire that officers work on before it is published, and what its first readers say about it."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from surveys.storage.tables.declaring import HASH, Base


class DesignRevision(Base):
    """A survey's design after one change: its questionnaire, in which texts may still be blank, and its preparation.

    The highest ``revision`` is the design as it is now. ``before`` is the revision that undoing the change leads to.
    """

    __tablename__ = "design_revision"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    before: Mapped[int | None]
    document: Mapped[str] = mapped_column(Text)
    preparation: Mapped[dict[str, Any]] = mapped_column(JSON)
    change: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[datetime.datetime]
    changed_by: Mapped[str] = mapped_column(String(254))


class SurveyFile(Base):
    """A file that belongs to a survey: the strategy document it came from, or a summary to read on its start page."""

    __tablename__ = "survey_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    added_at: Mapped[datetime.datetime]
    added_by: Mapped[str] = mapped_column(String(254))
    removed_at: Mapped[datetime.datetime | None]


class PreviewLink(Base):
    """A link by which one named person reads a survey before it is published; only the hash of its token is kept."""

    __tablename__ = "preview_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(HASH, unique=True)
    reader: Mapped[str] = mapped_column(String(200))
    reader_role: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime.datetime]
    made_by: Mapped[str] = mapped_column(String(254))
    expires_at: Mapped[datetime.datetime]
    ended_at: Mapped[datetime.datetime | None]


class ReaderNote(Base):
    """What a reader of a preview wrote about one of its pages."""

    __tablename__ = "reader_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    page: Mapped[str] = mapped_column(String(121))
    text: Mapped[str] = mapped_column(Text)
    reader: Mapped[str] = mapped_column(String(200))
    reader_role: Mapped[str] = mapped_column(String(40))
    revision: Mapped[int]
    written_at: Mapped[datetime.datetime]
    settled_at: Mapped[datetime.datetime | None]
    settled_by: Mapped[str | None] = mapped_column(String(254))


class SignOff(Base):
    """A named person's approval of one thing at one revision: ``subject`` is "preview" or "edition:LANGUAGE"."""

    __tablename__ = "sign_off"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    subject: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(40))
    revision: Mapped[int]
    signed_at: Mapped[datetime.datetime]


class PageCount(Base):
    """How many visits reached a page of a survey at a collector on a day; a count only, never a visit."""

    __tablename__ = "page_count"
    __table_args__ = ({"sqlite_with_rowid": False},)

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    collector_id: Mapped[int] = mapped_column(ForeignKey("collector.id"), primary_key=True)
    counted_on: Mapped[datetime.date] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(String(80), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    count: Mapped[int]
