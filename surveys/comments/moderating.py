"""Taking passages out of comments, lifting masks that were wrong, and undoing both. No word is ever changed.

Every change keeps its reason, refills the words that everybody sees, and with them the search index, in the caller's
transaction.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.comments.screening import own_details, screen
from surveys.comments.showing import (
    Action,
    Passage,
    Piece,
    find_words,
    own_span,
    places_of,
    shown_pieces,
    shown_words,
)
from surveys.masking import Mask
from surveys.storage import tables

REASONS: dict[str, str] = {
    "names somebody": "It names somebody",
    "could identify": "It could identify somebody",
    "member of staff": "It is about a member of staff",
    "abusive": "The words are abusive",
    "health of another": "It is about somebody else's health",
    "other rule": "Another rule of publication",
}
"""Why a passage may be taken out: what is stored, with what people read."""

NOT_IDENTIFYING = "not identifying"
"""Why a mask may be lifted; there is no other reason."""

ALL_REASONS = {**REASONS, NOT_IDENTIFYING: "It is not a name or number"}


class ModeratedMeanwhile(Exception):
    """What was to be changed is not there any more: somebody else changed the comment, or newer rules did."""


@dataclass(frozen=True, slots=True)
class Moderated:
    """A comment with everything that was ever decided about its passages, oldest first."""

    screened: tables.ScreenedComment
    comment: tables.Comment
    passages: tuple[tables.CommentPassage, ...]

    @property
    def masks(self) -> tuple[Mask, ...]:
        """What screening masked, lifted masks too."""
        return tuple(Mask(*one) for one in self.screened.masks)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What everybody sees."""
        return shown_pieces(self.comment.text, self.masks, self.in_force())

    def in_force(self) -> list[Passage]:
        """The decisions that were not undone."""
        return [_passage(one) for one in self.passages if one.undone_at is None]

    def masks_in_place(self) -> dict[int, tuple[int, int]]:
        """The masks that everybody sees: their number among ``masks``, and where their words stand among the shown."""
        places = {(one.start, one.end, one.hides): (begin, end) for one, begin, end in places_of(self.pieces)}
        spans = {number: (mask.start, mask.end, mask.kind) for number, mask in enumerate(self.masks)}
        return {number: places[span] for number, span in spans.items() if span in places}

    def without_mask(self, number: int) -> tuple[Piece, ...]:
        """What everybody would see with this mask lifted. ModeratedMeanwhile where it is not in place."""
        return shown_pieces(self.comment.text, self.masks, [*self.in_force(), self.lifted(number)])

    def lifted(self, number: int) -> Passage:
        """The decision to lift this mask. ModeratedMeanwhile where it is not in place."""
        if number not in self.masks_in_place():
            raise ModeratedMeanwhile
        mask = self.masks[number]
        return Passage("show", mask.start, mask.end)


def open_for_moderation(
    session: Session, *, survey: tables.Survey, ref: bytes, changing: bool = False
) -> Moderated | None:
    """The survey's comment, or None. ``changing``: nobody else changes it until the transaction ends."""
    screened, passage = tables.ScreenedComment, tables.CommentPassage
    query = select(screened).where(screened.survey_id == survey.id, screened.ref == ref)
    # On PostgreSQL two people could otherwise each refill the words without the other's redaction.
    row = session.scalar(query.with_for_update() if changing else query)
    if row is None:
        return None
    comment = session.get_one(tables.Comment, (row.survey_id, row.response_key, row.item_key))
    passages = session.scalars(select(passage).where(passage.ref == ref).order_by(passage.id)).all()
    return Moderated(row, comment, tuple(passages))


def redact(
    session: Session,
    moderated: Moderated,
    *,
    words: str,
    occurrences: Collection[int],
    reason: str,
    at: datetime.datetime,
    by: str,
) -> int:
    """Take the shown ``words`` out where they stand: the first time is occurrence 0. How many passages that were.

    ``reason`` is one of ``REASONS``. ModeratedMeanwhile where the words do not stand there so often any more.
    """
    if reason not in REASONS:
        raise ValueError(f"{reason!r} is not a reason for taking words out")
    pieces = moderated.pieces
    found = find_words("".join(piece.words for piece in pieces), words)
    if not occurrences or not set(occurrences) <= set(range(len(found))):
        raise ModeratedMeanwhile
    spans = {own_span(pieces, *found[number]) for number in occurrences}
    for start, end in sorted(spans):
        _keep(session, moderated, Passage("redact", start, end), reason, at, by)
    _refill(session, moderated)
    return len(spans)


def lift_mask(session: Session, moderated: Moderated, *, number: int, at: datetime.datetime, by: str) -> str:
    """Show what this mask hides, since it is not identifying; the kind of the mask.

    ModeratedMeanwhile where it is not in place any more.
    """
    _keep(session, moderated, moderated.lifted(number), NOT_IDENTIFYING, at, by)
    _refill(session, moderated)
    return moderated.masks[number].kind


def undo(session: Session, moderated: Moderated, *, passage_id: int, at: datetime.datetime, by: str) -> Action:
    """Let a decision count no longer; which one it was. It stays on record. ModeratedMeanwhile where it was undone."""
    for passage in moderated.passages:
        if passage.id == passage_id and passage.undone_at is None:
            passage.undone_at, passage.undone_by = at, by
            session.flush()
            _refill(session, moderated)
            return _passage(passage).action
    raise ModeratedMeanwhile


def correct_language(session: Session, moderated: Moderated, *, language: str) -> None:
    """Keep that the comment is in ``language``, whatever that of its page was, and sort it by that language's rules."""
    moderated.comment.language = language
    own = own_details(session, organisation_id=moderated.screened.organisation_id)
    screen(moderated.screened, text=moderated.comment.text, language=language, own=own, passages=moderated.in_force())
    session.flush()


def _keep(
    session: Session, moderated: Moderated, passage: Passage, reason: str, at: datetime.datetime, by: str
) -> None:
    screened = moderated.screened
    session.add(
        tables.CommentPassage(
            ref=screened.ref,
            survey_id=screened.survey_id,
            organisation_id=screened.organisation_id,
            action=passage.action,
            start=passage.start,
            end=passage.end,
            reason=reason,
            made_at=at,
            made_by=by,
        )
    )


def _refill(session: Session, moderated: Moderated) -> None:
    session.flush()
    passage = tables.CommentPassage
    in_force = select(passage).where(passage.ref == moderated.screened.ref, passage.undone_at.is_(None))
    passages = [_passage(one) for one in session.scalars(in_force)]
    moderated.screened.words = shown_words(moderated.comment.text, moderated.masks, passages)
    session.flush()


def _passage(row: tables.CommentPassage) -> Passage:
    return Passage("redact" if row.action == "redact" else "show", row.start, row.end)
