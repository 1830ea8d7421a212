"""What stands beside the figures of reports: commentary, reference population, waves, thresholds and a ledger."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import JSON, Connection, ForeignKey, LargeBinary, String, UniqueConstraint, event, select
from sqlalchemy.orm import Mapped, mapped_column

from surveys.storage.tables.declaring import Base


class FinalReportImmutableError(Exception):
    """A final commentary or one of its files was about to be changed or removed."""


class Commentary(Base):
    """What an officer writes in a report: its front sheet, summary and recommendations, as one JSON document.

    ``edition`` counts from 1 within a survey; only the newest can be written in, and none that is final.
    """

    __tablename__ = "commentary"
    __table_args__ = (UniqueConstraint("survey_id", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    edition: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    row_version: Mapped[int]
    changed_at: Mapped[datetime.datetime]
    changed_by: Mapped[str] = mapped_column(String(254))
    state_at: Mapped[datetime.datetime]
    state_by: Mapped[str] = mapped_column(String(254))


class FrozenReport(Base):
    """One file of a final report, kept as it was when it was made final."""

    __tablename__ = "frozen_report"
    __table_args__ = (UniqueConstraint("commentary_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commentary_id: Mapped[int] = mapped_column(ForeignKey("commentary.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime.datetime]


@event.listens_for(FrozenReport, "before_update")
@event.listens_for(FrozenReport, "before_delete")
def _refuse_file(_mapper: Any, _connection: Any, file: FrozenReport) -> None:
    raise FinalReportImmutableError(f"{file.name} is part of a final report and cannot change")


@event.listens_for(Commentary, "before_update")
@event.listens_for(Commentary, "before_delete")
def _refuse_final(_mapper: Any, connection: Connection, commentary: Commentary) -> None:
    # What is stored decides: an attribute that was never loaded does not tell what it was.
    if connection.scalar(select(Commentary.state).where(Commentary.id == commentary.id)) == "final":
        raise FinalReportImmutableError(f"edition {commentary.edition} of the commentary is final and cannot change")


class ReferencePopulation(Base):
    """Whom a survey's respondents are compared with: the rows of the file that an officer gave, as one document."""

    __tablename__ = "reference_population"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    file_name: Mapped[str] = mapped_column(String(200))
    given_at: Mapped[datetime.datetime]
    given_by: Mapped[str] = mapped_column(String(254))


class Wave(Base):
    """A survey asked again: which survey came before it, and how well each question compares."""

    __tablename__ = "wave"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    earlier_survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    comparability: Mapped[dict[str, Any]] = mapped_column(JSON)
    linked_at: Mapped[datetime.datetime]
    linked_by: Mapped[str] = mapped_column(String(254))


class PlaceThresholds(Base):
    """The shares that a survey's owner calls acceptable and achievable, by measure, for the table by place."""

    __tablename__ = "place_thresholds"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime.datetime]
    changed_by: Mapped[str] = mapped_column(String(254))


class PublishedCounts(Base):
    """How many people stood behind the figures of results that were given out, so that later ones can be compared.

    Counts alone, by audience and group: no figure of a report is made from them.
    """

    __tablename__ = "published_counts"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    filters: Mapped[dict[str, Any]] = mapped_column(JSON)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime.datetime]
