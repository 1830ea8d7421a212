"""What is done with comments: made safe, read, moderated, translated, quoted. No table here says who wrote one.

``screened_comment`` names a comment by ``ref``, which is random, and every other table points there: pages and
addresses never carry a response's key, so two comments of one person cannot be put together by their addresses.
"""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.storage.tables.declaring import KEY, Base

# SQLite's hidden rowid would increase with every comment and so tell their order.
_NO_ROWID = {"sqlite_with_rowid": False}


class ScreenedComment(Base):
    """A comment as everybody sees it: ``words`` with what may identify somebody masked and redacted passages gone.

    ``masks`` are [start, end, kind] in the comment's own text. ``level`` and ``reasons`` say where it stands in the
    queue and why; ``rules`` is the version of everything that decided it. ``search_id`` is random: it names the comment
    in the search index, which holds ``words`` and nothing else.
    """

    __tablename__ = "screened_comment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["survey_id", "response_key", "item_key"],
            ["comment.survey_id", "comment.response_key", "comment.item_key"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("survey_id", "response_key", "item_key"),
        UniqueConstraint("search_id"),
        _NO_ROWID,
    )

    ref: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    survey_id: Mapped[int]
    response_key: Mapped[bytes] = mapped_column(KEY)
    item_key: Mapped[str] = mapped_column(String(121))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    search_id: Mapped[int] = mapped_column(BigInteger)
    words: Mapped[str] = mapped_column(Text)
    masks: Mapped[list[Any]] = mapped_column(JSON)
    level: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[list[Any]] = mapped_column(JSON)
    rules: Mapped[str] = mapped_column(String(64))


class CommentState(Base):
    """What a person made of a comment: read, escalated or no action. Without a row, nobody has read it yet.

    ``reference`` is the number under which another system, such as incident reporting, keeps it. ``level`` is where the
    comment stood in the queue when the person decided.
    """

    __tablename__ = "comment_state"

    ref: Mapped[bytes] = mapped_column(ForeignKey("screened_comment.ref", ondelete="CASCADE"), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[str] = mapped_column(String(20))
    owner: Mapped[str] = mapped_column(String(254), default="")
    reference: Mapped[str] = mapped_column(String(100), default="")
    level: Mapped[str] = mapped_column(String(20), default="", server_default="")
    read_at: Mapped[datetime.datetime]
    read_by: Mapped[str] = mapped_column(String(254))
    state_at: Mapped[datetime.datetime]
    state_by: Mapped[str] = mapped_column(String(254))


class CommentPassage(Base):
    """A decision of a person about a passage: ``action`` "redact" takes it out, "show" lifts a mask that was wrong.

    ``start`` and ``end`` are in the comment's own text. Undone rows stay, so that the record is whole.
    """

    __tablename__ = "comment_passage"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[bytes] = mapped_column(ForeignKey("screened_comment.ref", ondelete="CASCADE"), index=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    action: Mapped[str] = mapped_column(String(10))
    start: Mapped[int]
    end: Mapped[int]
    reason: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime.datetime]
    made_by: Mapped[str] = mapped_column(String(254))
    undone_at: Mapped[datetime.datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(254))


class CommentTranslation(Base):
    """A comment in another language, with whoever translated it. It is masked like the comment before it is shown."""

    __tablename__ = "comment_translation"

    ref: Mapped[bytes] = mapped_column(ForeignKey("screened_comment.ref", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    words: Mapped[str] = mapped_column(Text)
    translated_by: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime.datetime]
    made_by: Mapped[str] = mapped_column(String(254))


class MaskingList(Base):
    """What an organisation adds to the detectors: the shape of its hospital numbers, and names of its staff."""

    __tablename__ = "masking_list"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    hospital_number: Mapped[str] = mapped_column(String(100))
    staff_names: Mapped[list[str]] = mapped_column(JSON)
    changed_at: Mapped[datetime.datetime]
    changed_by: Mapped[str] = mapped_column(String(254))


class Quote(Base):
    """Words of a comment that somebody wants to print, and who checked them. ``words`` come from the masked comment.

    ``state`` is proposed, approved or withdrawn.
    """

    __tablename__ = "quote"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[bytes] = mapped_column(ForeignKey("screened_comment.ref", ondelete="CASCADE"), index=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    item_key: Mapped[str] = mapped_column(String(121))
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    chosen_at: Mapped[datetime.datetime]
    chosen_by: Mapped[str] = mapped_column(String(254))
    checked_at: Mapped[datetime.datetime | None]
    checked_by: Mapped[str | None] = mapped_column(String(254))
    withdrawn_at: Mapped[datetime.datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(String(254))
    reason: Mapped[str] = mapped_column(String(200), default="")
