"""Which comment to code next, and how far the coding is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import Session

from surveys.coding.coding import can_be_coded
from surveys.storage import tables

Which = Literal["uncoded", "recode", "all"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which comments: ``which`` are not coded yet, wait to be coded again, or all; empty means any theme, question or
    language."""

    theme: str = ""
    question: str = ""
    language: str = ""
    which: Which = "uncoded"


@dataclass(frozen=True, slots=True)
class Progress:
    """Comments that can be coded now, and how many of them are."""

    coded: int
    comments: int


def next_comment(
    session: Session,
    *,
    frame: tables.CodeFrame,
    by: str,
    wanted: Wanted | None = None,
    round_number: int = 0,
    after: bytes | None = None,
) -> bytes | None:
    """The ref of the next comment for this person, ``after`` another one where they come from it; None: none is left.

    Refs are random, so their order says nothing about when comments came in. Everybody begins at a place of their own
    and goes round once, so that two people at work at the same time seldom meet. What is skipped comes round again.
    """
    screened = tables.ScreenedComment
    begin = after if after is not None else _beginning(frame, by)
    query = comments_to_code(frame, wanted or Wanted(), round_number).with_only_columns(screened.ref)
    # Two questions, since each of them can stop at the first comment that it meets.
    for part in (screened.ref > begin, screened.ref <= begin):
        found = session.scalar(query.where(part).order_by(screened.ref).limit(1))
        if found is not None:
            return found
    return None


def comments_to_code(frame: tables.CodeFrame, wanted: Wanted, round_number: int = 0) -> Select[tables.ScreenedComment]:
    """The query for the screened comments that are wanted."""
    screened, comment, coded, mention = (
        tables.ScreenedComment,
        tables.Comment,
        tables.CodedComment,
        tables.Mention,
    )
    query = select(screened).where(*can_be_coded(frame, round_number))
    if wanted.theme:
        query = query.where(screened.item_key.startswith(f"{wanted.theme}.", autoescape=True))
    if wanted.question:
        is_question = screened.item_key == wanted.question
        query = query.where(is_question | screened.item_key.endswith(f".{wanted.question}", autoescape=True))
    if wanted.language:
        query = query.join(comment, same_comment()).where(comment.language == wanted.language)
    if wanted.which == "uncoded":
        query = query.where(
            ~exists().where(coded.ref == screened.ref, coded.frame_id == frame.id, coded.round == round_number)
        )
    elif wanted.which == "recode":
        retired = select(tables.Code.id).where(tables.Code.frame_id == frame.id, tables.Code.retired_in.is_not(None))
        had = (mention.ref == screened.ref, mention.frame_id == frame.id, mention.round == round_number)
        query = query.where(exists().where(*had, mention.code_id.in_(retired)))
    return query


def same_comment() -> Any:
    """The join of ``tables.Comment`` to its ``tables.ScreenedComment``."""
    screened, comment = tables.ScreenedComment, tables.Comment
    return and_(
        comment.survey_id == screened.survey_id,
        comment.response_key == screened.response_key,
        comment.item_key == screened.item_key,
    )


def coded_before(
    session: Session, *, frame: tables.CodeFrame, by: str, ref: bytes | None = None, round_number: int = 0
) -> bytes | None:
    """The comment that this person coded last before the one with ``ref``, or last of all; None: there is none."""
    coded = tables.CodedComment
    own = (coded.frame_id == frame.id, coded.round == round_number, coded.coded_by == by)
    screened = tables.ScreenedComment
    query = select(coded.ref).join(screened, screened.ref == coded.ref).where(*own, *can_be_coded(frame, round_number))
    here = session.get(tables.CodedComment, (ref, frame.id, round_number)) if ref is not None else None
    if here is not None and here.coded_by == by:
        earlier = (coded.coded_at < here.coded_at) | ((coded.coded_at == here.coded_at) & (coded.ref < here.ref))
        query = query.where(earlier)
    return session.scalar(query.order_by(coded.coded_at.desc(), coded.ref.desc()).limit(1))


def progress(session: Session, *, frame: tables.CodeFrame, round_number: int = 0) -> Mapping[str, Progress]:
    """How far the coding is for each item that has comments, by the item's key."""
    screened, coded = tables.ScreenedComment, tables.CodedComment
    done = and_(coded.ref == screened.ref, coded.frame_id == frame.id, coded.round == round_number)
    rows = session.execute(
        select(screened.item_key, func.count(coded.ref), func.count())
        .outerjoin(coded, done)
        .where(*can_be_coded(frame, round_number))
        .group_by(screened.item_key)
    )
    return {item_key: Progress(coded_, comments) for item_key, coded_, comments in rows}


def count_to_code(session: Session, *, frame: tables.CodeFrame, wanted: Wanted, round_number: int = 0) -> Progress:
    """How far the coding is for a theme, a question or a language; ``which`` of them are wanted makes no difference."""

    screened, coded = tables.ScreenedComment, tables.CodedComment
    done = and_(coded.ref == screened.ref, coded.frame_id == frame.id, coded.round == round_number)
    query = comments_to_code(frame, replace(wanted, which="all"), round_number).outerjoin(coded, done)
    return Progress(*session.execute(query.with_only_columns(func.count(coded.ref), func.count())).one())


def whole(progress: Mapping[str, Progress]) -> Progress:
    """All items together."""
    return Progress(sum(one.coded for one in progress.values()), sum(one.comments for one in progress.values()))


def languages_to_code(session: Session, *, frame: tables.CodeFrame) -> list[str]:
    """The languages in which there are comments to code, in alphabetical order."""
    comment = tables.Comment
    return list(
        session.scalars(
            select(comment.language)
            .select_from(tables.ScreenedComment)
            .join(comment, same_comment())
            .where(*can_be_coded(frame))
            .distinct()
            .order_by(comment.language)
        )
    )


def _beginning(frame: tables.CodeFrame, by: str) -> bytes:
    return hashlib.sha256(f"{frame.id} {by}".encode()).digest()[:16]
