"""Suggested codes: what a model may learn from, and what it suggested. Suggestions count nowhere.

A model learns from comments that a person has coded, by the words that everybody sees. What it suggests holds for the
version of the frame that it learned, and is forgotten with the next change of the codes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from surveys.coding.drawing import mentions_of
from surveys.coding.frames import all_codes, forget_suggestions, lock
from surveys.coding.to_code import Wanted, comments_to_code
from surveys.storage import tables

_AT_ONCE = 1_000


class FrameChanged(Exception):
    """The codes were changed while suggestions were worked out, which therefore say nothing."""


@dataclass(frozen=True, slots=True)
class LearnedFrom:
    """Comments by their names: ``coded`` with their codes' ids, ``uncoded`` with their words alone."""

    frame_version: int
    coded_words: tuple[str, ...]
    coded: tuple[frozenset[int], ...]
    uncoded: tuple[bytes, ...]
    uncoded_words: tuple[str, ...]


def learn_from(session: Session, *, frame: tables.CodeFrame) -> LearnedFrom:
    """What a model of this frame learns from: usable comments coded in round 0, and those nobody has coded yet.

    Comments that wait to be coded again teach nothing. The order is that of the comments' random names.
    """
    live = {code.id for code in all_codes(session, frame_id=frame.id).values() if code.retired_in is None}
    said = mentions_of(session, frame_id=frame.id, round_number=0)
    uncoded = _words(session, frame, Wanted(which="uncoded"))
    everything = _words(session, frame, Wanted(which="all"))
    coded = {
        ref: words for ref, words in everything.items() if ref not in uncoded and live.issuperset(said.get(ref, {}))
    }
    return LearnedFrom(
        frame.version,
        tuple(coded.values()),
        tuple(frozenset(said.get(ref, {})) for ref in coded),
        tuple(uncoded),
        tuple(uncoded.values()),
    )


def keep_suggestions(
    session: Session,
    *,
    frame: tables.CodeFrame,
    frame_version: int,
    quality: Mapping[str, Any],
    suggested: Iterable[tuple[bytes, Mapping[int, float]]],
    at: datetime.datetime,
    by: str,
) -> None:
    """Replace what was suggested with this frame before, and what is known of the model.

    ``suggested`` are probabilities (0-1) by the code's id for each comment. FrameChanged unless the frame still has
    ``frame_version``.
    """
    lock(session, frame)
    if frame.version != frame_version:
        raise FrameChanged
    forget_suggestions(session, frame_id=frame.id)
    model = session.get(tables.SuggestionModel, frame.id) or tables.SuggestionModel(
        frame_id=frame.id, organisation_id=frame.organisation_id
    )
    model.quality, model.made_at, model.made_by = {**quality, "frame_version": frame_version}, at, by
    session.add(model)
    session.flush()
    # A comment may have been removed since it was read.
    known = set(_words(session, frame, Wanted(which="all")))
    rows = [
        {"ref": ref, "code_id": code, "organisation_id": frame.organisation_id, "probability": probability}
        for ref, probabilities in suggested
        if ref in known
        for code, probability in probabilities.items()
    ]
    for begin in range(0, len(rows), _AT_ONCE):
        session.execute(insert(tables.CodeSuggestion), rows[begin : begin + _AT_ONCE])


def suggestion_model(session: Session, *, frame_id: int) -> tables.SuggestionModel | None:
    """What is known of the newest model of the frame; None where none was made.

    ``quality["frame_version"]`` is the version that it learned: with another one, its suggestions are gone.
    """
    return session.get(tables.SuggestionModel, frame_id)


def suggested_codes(session: Session, *, frame_id: int, ref: bytes) -> dict[int, float]:
    """The codes suggested for a comment, each with its probability (0-1), the likeliest first."""
    suggestion, code = tables.CodeSuggestion, tables.Code
    rows = session.execute(
        select(suggestion.code_id, suggestion.probability)
        .join(code, code.id == suggestion.code_id)
        .where(suggestion.ref == ref, code.frame_id == frame_id, code.retired_in.is_(None))
        .order_by(suggestion.probability.desc(), suggestion.code_id)
    )
    return {row.code_id: row.probability for row in rows}


def _words(session: Session, frame: tables.CodeFrame, wanted: Wanted) -> dict[bytes, str]:
    screened = tables.ScreenedComment
    query = comments_to_code(frame, wanted).with_only_columns(screened.ref, screened.words).order_by(screened.ref)
    rows: Sequence[Any] = session.execute(query).all()
    return {row.ref: row.words for row in rows}
