"""Coding comments: frames of codes, which codes a comment got and from whom, second coders, and suggestions.

``round`` 0 is the coding that counts; higher rounds are blind samples of a second coder.
"""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.storage.tables.declaring import Base

_NO_ROWID = {"sqlite_with_rowid": False}


class CodeFrame(Base):
    """A list of codes for some of a survey's open questions.

    ``questions`` are ids of questions; a theme's question stands for itself in all themes. ``kind`` is "codes", or
    "ideas" where each code becomes a theme of the next questionnaire. ``version`` counts changes of the codes.
    """

    __tablename__ = "code_frame"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))
    questions: Mapped[list[str]] = mapped_column(JSON)
    version: Mapped[int]
    made_at: Mapped[datetime.datetime]
    made_by: Mapped[str] = mapped_column(String(254))


class Code(Base):
    """One code. ``key`` never changes; a code that was merged or taken out is retired, and says into what it went."""

    __tablename__ = "code"
    __table_args__ = (UniqueConstraint("frame_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    frame_id: Mapped[int] = mapped_column(ForeignKey("code_frame.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    key: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    definition: Mapped[str] = mapped_column(Text)
    include: Mapped[str] = mapped_column(Text)
    exclude: Mapped[str] = mapped_column(Text)
    example: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    added_in: Mapped[int]
    retired_in: Mapped[int | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("code.id"))


class CodeFrameChange(Base):
    """One change of a frame: what was added, reworded, split, merged or retired, and how many comments it moved."""

    __tablename__ = "code_frame_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    frame_id: Mapped[int] = mapped_column(ForeignKey("code_frame.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    version: Mapped[int]
    change: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime.datetime]
    by: Mapped[str] = mapped_column(String(254))


class CodedComment(Base):
    """Somebody has coded this comment with this frame; with no mention beside it, no code fitted."""

    __tablename__ = "coded_comment"
    __table_args__ = (_NO_ROWID,)

    ref: Mapped[bytes] = mapped_column(ForeignKey("screened_comment.ref", ondelete="CASCADE"), primary_key=True)
    frame_id: Mapped[int] = mapped_column(ForeignKey("code_frame.id", ondelete="CASCADE"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    frame_version: Mapped[int]
    coded_at: Mapped[datetime.datetime]
    coded_by: Mapped[str] = mapped_column(String(254))


class Mention(Base):
    """A code that a comment got, with the sentiment in which it is said: positive, negative, mixed or neutral.

    ``suggested``: the code was suggested by the model and accepted by a person.
    """

    __tablename__ = "mention"
    __table_args__ = (
        ForeignKeyConstraint(
            ["ref", "frame_id", "round"],
            ["coded_comment.ref", "coded_comment.frame_id", "coded_comment.round"],
            ondelete="CASCADE",
        ),
        _NO_ROWID,
    )

    ref: Mapped[bytes] = mapped_column(primary_key=True)
    frame_id: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    sentiment: Mapped[str] = mapped_column(String(10))
    suggested: Mapped[bool]


class CodingSample(Base):
    """Comments drawn at random for a second person, ``coder``, who codes them without seeing the first codes."""

    __tablename__ = "coding_sample"

    frame_id: Mapped[int] = mapped_column(ForeignKey("code_frame.id", ondelete="CASCADE"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    coder: Mapped[str] = mapped_column(String(254))
    drawn_at: Mapped[datetime.datetime]
    drawn_by: Mapped[str] = mapped_column(String(254))


class CodingSampleComment(Base):
    """One comment of a sample, with what it had when it was drawn: the id of each code and its sentiment."""

    __tablename__ = "coding_sample_comment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["frame_id", "round"], ["coding_sample.frame_id", "coding_sample.round"], ondelete="CASCADE"
        ),
        _NO_ROWID,
    )

    frame_id: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ref: Mapped[bytes] = mapped_column(ForeignKey("screened_comment.ref", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    first_codes: Mapped[list[Any]] = mapped_column(JSON)


class SuggestionModel(Base):
    """The newest model of a frame: when it was trained, and how well it did on comments that it had not seen."""

    __tablename__ = "suggestion_model"

    frame_id: Mapped[int] = mapped_column(ForeignKey("code_frame.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    quality: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime.datetime]
    made_by: Mapped[str] = mapped_column(String(254))


class CodeSuggestion(Base):
    """A code that the model suggests for a comment; it counts nowhere. ``probability`` is 0-1."""

    __tablename__ = "code_suggestion"
    __table_args__ = (_NO_ROWID,)

    ref: Mapped[bytes] = mapped_column(ForeignKey("screened_comment.ref", ondelete="CASCADE"), primary_key=True)
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    probability: Mapped[float]
