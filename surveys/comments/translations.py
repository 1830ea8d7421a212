"""Comments in another language, each with whoever translated it.

Translations are masked like comments: what is kept is masked already, and what is shown is masked once more, by the
rules of the day. Words that were taken out of a comment after it was translated still stand in the translation, so it
is shown to nobody but moderators until one of them saves it again.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.comments.screening import own_details
from surveys.comments.showing import shown_words
from surveys.masking import find_masks
from surveys.storage import tables

Way = Literal["person", "machine"]
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Translation:
    """``words`` are masked; ``translated_by`` is "NAME (person)" or "NAME (machine)". ``overtaken``: words were taken
    out of the comment since."""

    language: str
    words: str
    translated_by: str
    made_at: datetime.datetime
    made_by: str
    overtaken: bool


def translations_of(session: Session, *, screened: tables.ScreenedComment) -> tuple[Translation, ...]:
    """All translations of a comment in the order of their languages, overtaken ones too: for moderators alone."""
    return _masked(session, [screened.ref]).get(screened.ref, ())


def translations_for(session: Session, *, refs: Collection[bytes]) -> dict[bytes, dict[str, Translation]]:
    """The translations of these comments that may be shown, by comment and language."""
    return {
        ref: {one.language: one for one in found if not one.overtaken} for ref, found in _masked(session, refs).items()
    }


def translation_for(session: Session, ref: bytes, language: str) -> Translation | None:
    """The comment in this language, if somebody translated it and it may be shown."""
    return translations_for(session, refs=[ref]).get(ref, {}).get(language)


def keep_translation(
    session: Session,
    *,
    screened: tables.ScreenedComment,
    language: str,
    words: str,
    name: str,
    way: Way,
    at: datetime.datetime,
    by: str,
) -> None:
    """Keep the comment's translation into ``language``, masked, instead of an earlier one."""
    own = own_details(session, organisation_id=screened.organisation_id)
    session.merge(
        tables.CommentTranslation(
            ref=screened.ref,
            language=language,
            organisation_id=screened.organisation_id,
            words=shown_words(words, find_masks(words, own)),
            translated_by=f"{name} ({way})",
            made_at=at,
            made_by=by,
        )
    )
    session.flush()


def remove_translation(session: Session, *, screened: tables.ScreenedComment, language: str) -> bool:
    """Delete the translation; False where there is none."""
    row = session.get(tables.CommentTranslation, (screened.ref, language))
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def _masked(session: Session, refs: Collection[bytes]) -> dict[bytes, tuple[Translation, ...]]:
    translation, passage = tables.CommentTranslation, tables.CommentPassage
    found: dict[bytes, tuple[Translation, ...]] = {}
    names = sorted(refs)
    for begin in range(0, len(names), _AT_ONCE):
        some = names[begin : begin + _AT_ONCE]
        redacted = session.execute(
            select(passage.ref, func.max(passage.made_at))
            .where(passage.ref.in_(some), passage.action == "redact", passage.undone_at.is_(None))
            .group_by(passage.ref)
        )
        last_redacted = {row[0]: row[1] for row in redacted}
        rows = session.scalars(
            select(translation).where(translation.ref.in_(some)).order_by(translation.ref, translation.language)
        )
        for row in rows:
            own = own_details(session, organisation_id=row.organisation_id)
            last = last_redacted.get(row.ref)
            found[row.ref] = (
                *found.get(row.ref, ()),
                Translation(
                    row.language,
                    shown_words(row.words, find_masks(row.words, own)),
                    row.translated_by,
                    row.made_at,
                    row.made_by,
                    overtaken=last is not None and last >= row.made_at,
                ),
            )
    return found
