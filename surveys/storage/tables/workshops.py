"""What workshops said about the themes of a survey, as an officer entered it: a source of its own."""

from __future__ import annotations

import datetime

from sqlalchemy import Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from surveys.storage.tables.declaring import Base


class Workshop(Base):
    """One workshop: when and where it was, and how many people came. Nobody of them is named.

    ``removed_at`` is set while it is taken out, so that it can be put back.
    """

    __tablename__ = "workshop"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    held_on: Mapped[datetime.date] = mapped_column(Date)
    place: Mapped[str] = mapped_column(String(200))
    facilitator_role: Mapped[str] = mapped_column(String(200))
    audience_id: Mapped[str | None] = mapped_column(ForeignKey("audience.id"))
    people: Mapped[int]
    votes_each: Mapped[int]
    row_version: Mapped[int]
    added_at: Mapped[datetime.datetime]
    added_by: Mapped[str] = mapped_column(String(254))
    changed_at: Mapped[datetime.datetime]
    changed_by: Mapped[str] = mapped_column(String(254))
    removed_at: Mapped[datetime.datetime | None]
    removed_by: Mapped[str | None] = mapped_column(String(254))


class WorkshopTheme(Base):
    """What one workshop said about one theme: votes, and points one on each line, masked before they are stored.

    ``votes`` is None where nobody counted any.
    """

    __tablename__ = "workshop_theme"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    theme_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    votes: Mapped[int | None]
    agreed: Mapped[str] = mapped_column(Text)
    not_agreed: Mapped[str] = mapped_column(Text)
    ideas: Mapped[str] = mapped_column(Text)
