"""Organisations, surveys, their published versions and their collectors."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.storage.tables.declaring import Base


class Organisation(Base):
    """A node of the tree alliance › place › provider › site; ``parent_id`` is None for the root.

    ``standing_texts``: what every new survey of the organisation begins with (contact, help line, privacy, and so on).
    """

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)
    logo_type: Mapped[str | None] = mapped_column(String(20))
    colour: Mapped[str | None] = mapped_column(String(7))
    standing_texts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    second_factor_required: Mapped[bool] = mapped_column(default=False)


class Audience(Base):
    """An entry of the installation's open list of audiences, with the smallest base that may be published."""

    __tablename__ = "audience"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    label: Mapped[str] = mapped_column(String(100))
    minimum_base: Mapped[int]


class Survey(Base):
    """A survey and its dates. Whether it is open follows from the dates and is never stored.

    Until it is published it has a design and no version.
    """

    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("organisation_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    slug: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime.datetime]
    opens_at: Mapped[datetime.datetime | None]
    closes_at: Mapped[datetime.datetime | None]
    withdrawn_at: Mapped[datetime.datetime | None]


class PublishedVersionImmutableError(Exception):
    """A published version was about to be changed or removed."""


class QuestionnaireVersion(Base):
    """A published version: canonical JSON, its SHA-256 and the byte layout of its closed answers, fixed for ever."""

    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("survey_id", "major", "minor"), UniqueConstraint("survey_id", "sha256"))

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    major: Mapped[int]
    minor: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    document: Mapped[str] = mapped_column(Text)
    layout: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime.datetime]
    published_by: Mapped[str] = mapped_column(String(254))

    @property
    def number(self) -> str:
        """MAJOR.MINOR."""
        return f"{self.major}.{self.minor}"


@event.listens_for(QuestionnaireVersion, "before_update")
@event.listens_for(QuestionnaireVersion, "before_delete")
def _refuse(_mapper: Any, _connection: Any, version: QuestionnaireVersion) -> None:
    raise PublishedVersionImmutableError(f"version {version.number} is published and cannot change")


class Publication(Base):
    """One act of publishing. The latest one of a survey says which version people get now."""

    __tablename__ = "publication"
    __table_args__ = (Index(None, "survey_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    at: Mapped[datetime.datetime]
    by: Mapped[str] = mapped_column(String(254))


class Collector(Base):
    """One way in: a code on a poster, with its place (a path "A / B / C"), audience, channel and language.

    It is also a row of the activity planner: what happens there and when, how many people it is meant to reach and
    did reach, the officer's remark, and whether it is done.
    """

    __tablename__ = "collector"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    code: Mapped[str] = mapped_column(String(6), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(500))
    audience_id: Mapped[str] = mapped_column(ForeignKey("audience.id"))
    channel: Mapped[str] = mapped_column(String(100))
    language: Mapped[str | None] = mapped_column(String(35))
    created_on: Mapped[datetime.date]
    stopped_at: Mapped[datetime.datetime | None]
    activity: Mapped[str] = mapped_column(String(200), default="")
    planned_on: Mapped[datetime.date | None]
    planned_reach: Mapped[int | None]
    reached: Mapped[int | None]
    remark: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime.datetime | None]

    survey: Mapped[Survey] = relationship()
