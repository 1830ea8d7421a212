"""Screening comments: masking them, sorting them for whoever reads them, and keeping what everybody may see.

Nothing here runs while somebody sends answers. The slow part, applying the rules, needs no lock: ``find_new`` and
``find_outdated`` read and apply them, ``keep_new`` and ``keep_again`` write what was found.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, and_, func, select, tuple_
from sqlalchemy.orm import Session

from surveys import masking, triage
from surveys.collecting import visible_comments
from surveys.comments.counting import is_unscreened
from surveys.comments.showing import Passage, shown_words
from surveys.masking import Mask, OwnDetails, find_masks
from surveys.storage import tables
from surveys.triage import Sorted, sort_comment

AT_ONCE = 500

Place = TypeVar("Place")
Fault = Callable[[Exception], None]
"""What to do with an exception of the rules. The comment then stays as it was, and the others go on."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules find in one comment, not kept yet. ``ref`` is None for one that was never screened."""

    survey_id: int
    response_key: bytes
    item_key: str
    organisation_id: int
    ref: bytes | None
    text: str
    masks: tuple[Mask, ...]
    where: Sorted
    rules: str


@dataclass(frozen=True, slots=True)
class Batch(Generic[Place]):
    """What the rules find in a few comments. ``end`` is the place of the last one looked at, None: none was left."""

    found: tuple[Found, ...]
    end: Place | None


def own_details(session: Session, *, organisation_id: int) -> OwnDetails:
    """What the organisation adds to the detectors."""
    own = session.get(tables.MaskingList, organisation_id)
    return OwnDetails(own.hospital_number, tuple(own.staff_names)) if own else OwnDetails()


def rules_in_force(own: OwnDetails) -> str:
    """A version of everything that decides how a comment is screened; it does not tell what the organisation added."""
    added = hashlib.sha256(repr((own.hospital_number, sorted(own.staff_names))).encode()).hexdigest()[:16]
    return f"{masking.VERSION}.{triage.VERSION}.{added}"


def screen_new(session: Session, *, survey: tables.Survey, most: int = AT_ONCE) -> int:
    """Screen comments that were not screened yet, at most that many; how many there were."""
    return keep_new(session, find_new(session, survey=survey, most=most).found)


def find_new(
    session: Session,
    *,
    survey: tables.Survey,
    after: tuple[bytes, str] = (b"", ""),
    most: int = AT_ONCE,
    on_fault: Fault | None = None,
) -> Batch[tuple[bytes, str]]:
    """Apply the rules to at most so many comments that were not screened yet, in the order of their random keys.

    ``after`` is the place (response's key, item's key) of a comment to go on from. What the rules fail on is given
    to ``on_fault`` and left out; without it the exception goes on.
    """
    comment = tables.Comment
    waiting = session.execute(
        select(
            comment.survey_id,
            comment.response_key,
            comment.item_key,
            comment.organisation_id,
            comment.text,
            comment.language,
        )
        .where(
            visible_comments(session, survey_id=survey.id),
            is_unscreened(),
            # The first part lets the database begin in the middle of its index.
            comment.response_key >= after[0],
            tuple_(comment.response_key, comment.item_key) > after,
        )
        .order_by(comment.response_key, comment.item_key)
        .limit(most)
    ).all()
    own = own_details(session, organisation_id=survey.organisation_id)
    rows = ((*row[:4], None, *row[4:]) for row in waiting)
    end = (waiting[-1].response_key, waiting[-1].item_key) if waiting else None
    return Batch(tuple(_found(rows, own, on_fault)), end)


def find_outdated(
    session: Session,
    *,
    survey: tables.Survey,
    after: bytes = b"",
    most: int = AT_ONCE,
    on_fault: Fault | None = None,
) -> Batch[bytes]:
    """Apply the rules in force to comments that were screened under others, in the order of their refs, ``after`` one.

    As ``find_new``.
    """
    comment, screened = tables.Comment, tables.ScreenedComment
    own = own_details(session, organisation_id=survey.organisation_id)
    rows = session.execute(
        select(
            screened.survey_id,
            screened.response_key,
            screened.item_key,
            screened.organisation_id,
            screened.ref,
            comment.text,
            comment.language,
        )
        .join(comment, _same_comment())
        .where(screened.survey_id == survey.id, screened.rules != rules_in_force(own), screened.ref > after)
        .order_by(screened.ref)
        .limit(most)
    ).all()
    return Batch(tuple(_found((tuple(row) for row in rows), own, on_fault)), rows[-1].ref if rows else None)


def _found(rows: Iterable[tuple[object, ...]], own: OwnDetails, on_fault: Fault | None) -> Iterable[Found]:
    rules = rules_in_force(own)
    for survey_id, response_key, item_key, organisation_id, ref, text, language in rows:
        try:
            masks = find_masks(str(text), own)
            where = sort_comment(str(text), str(language), masked_kinds={mask.kind for mask in masks})
        except Exception as fault:
            # Whatever one comment does to the rules, the others are screened.
            if on_fault is None:
                raise
            on_fault(fault)
            continue
        yield Found(survey_id, response_key, item_key, organisation_id, ref, str(text), masks, where, rules)  # type: ignore[arg-type]  # The columns of the two queries.


def keep_new(session: Session, found: Sequence[Found]) -> int:
    """Keep what ``find_new`` found, under random refs; how many. What was screened or removed since is passed over."""
    comment = tables.Comment
    wanted = [(one.survey_id, one.response_key, one.item_key) for one in found]
    place = tuple_(comment.survey_id, comment.response_key, comment.item_key)
    still = {
        tuple(row)
        for row in session.execute(
            select(comment.survey_id, comment.response_key, comment.item_key).where(place.in_(wanted), is_unscreened())
        )
    }
    rows = [
        _filled(
            tables.ScreenedComment(
                ref=secrets.token_bytes(16),
                survey_id=one.survey_id,
                response_key=one.response_key,
                item_key=one.item_key,
                organisation_id=one.organisation_id,
                search_id=secrets.randbits(62),
            ),
            one,
            (),
        )
        for one in found
        if (one.survey_id, one.response_key, one.item_key) in still
    ]
    # In the order of refs, which is that of chance: what a database keeps of the order of writing tells nothing.
    session.add_all(sorted(rows, key=attrgetter("ref")))
    session.flush()
    return len(rows)


def keep_again(session: Session, found: Sequence[Found]) -> int:
    """Keep what ``find_outdated`` found; how many. Refs, states and what people decided about passages stay."""
    screened, passage = tables.ScreenedComment, tables.CommentPassage
    refs = [one.ref for one in found if one.ref is not None]
    # Whoever takes a passage out meanwhile waits, or its words would be filled in once more without that.
    rows = {row.ref: row for row in session.scalars(select(screened).where(screened.ref.in_(refs)).with_for_update())}
    passages: dict[bytes, list[Passage]] = {}
    for one in session.scalars(select(passage).where(passage.ref.in_(refs), passage.undone_at.is_(None))):
        passages.setdefault(one.ref, []).append(Passage(one.action, one.start, one.end))  # type: ignore[arg-type]  # The two that are written.
    kept = [_filled(rows[it.ref], it, passages.get(it.ref, ())) for it in found if it.ref in rows]
    session.flush()
    return len(kept)


def screen(
    screened: tables.ScreenedComment, *, text: str, language: str, own: OwnDetails, passages: Sequence[Passage] = ()
) -> None:
    """Fill in what screening finds in the comment's own text, with what people decided about its passages."""
    masks = find_masks(text, own)
    where = sort_comment(text, language, masked_kinds={mask.kind for mask in masks})
    place = (screened.survey_id, screened.response_key, screened.item_key, screened.organisation_id, screened.ref)
    _filled(screened, Found(*place, text, masks, where, rules_in_force(own)), passages)


def _filled(row: tables.ScreenedComment, found: Found, passages: Sequence[Passage]) -> tables.ScreenedComment:
    row.masks = [[mask.start, mask.end, mask.kind] for mask in found.masks]
    row.words = shown_words(found.text, found.masks, passages)
    row.level = found.where.level
    row.reasons = [[reason.topic, reason.phrase] for reason in found.where.reasons]
    row.rules = found.rules
    return row


def count_outdated(session: Session, *, survey: tables.Survey) -> int:
    """How many comments of the survey were screened under other rules than those in force."""
    screened = tables.ScreenedComment
    rules = rules_in_force(own_details(session, organisation_id=survey.organisation_id))
    query = select(func.count()).select_from(screened)
    return session.scalar(query.where(screened.survey_id == survey.id, screened.rules != rules)) or 0


def outdated_surveys(session: Session) -> list[int]:
    """The surveys with comments that were screened under other rules than those in force."""
    screened, survey = tables.ScreenedComment, tables.Survey
    rows = session.execute(
        select(screened.survey_id, survey.organisation_id, screened.rules)
        .join(survey, survey.id == screened.survey_id)
        .group_by(screened.survey_id, survey.organisation_id, screened.rules)
    ).all()
    in_force = {
        organisation_id: rules_in_force(own_details(session, organisation_id=organisation_id))
        for organisation_id in {row.organisation_id for row in rows}
    }
    return sorted({row.survey_id for row in rows if row.rules != in_force[row.organisation_id]})


def _same_comment() -> ColumnElement[bool]:
    comment, screened = tables.Comment, tables.ScreenedComment
    return and_(
        screened.survey_id == comment.survey_id,
        screened.response_key == comment.response_key,
        screened.item_key == comment.item_key,
    )
