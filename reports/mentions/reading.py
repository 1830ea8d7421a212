"""The codes that comments were given, as people who raised a point: one query, and no object per person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from reports.matrix import Matrix, Numbered, plain_rows
from surveys.comments.states import usable_comments
from surveys.storage import tables

Rows = NDArray[np.int64]
"""Places of responses in the matrix, rising, each once."""

SENTIMENTS = ("positive", "negative", "mixed", "neutral")


@dataclass(frozen=True, slots=True)
class Named:
    """A code as print calls it; ``key`` never changes."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Raised:
    """The people who raised one point about one question: ``by_sentiment`` in the order of ``SENTIMENTS``."""

    people: Rows
    by_sentiment: tuple[Rows, ...]


@dataclass(frozen=True, slots=True)
class CodedItem:
    """One question as coded with one frame. ``commented`` are all who wrote something, ``coded`` those whose comment
    has been coded, with or without a code. ``raised`` by key of code, in the frame's order; codes that nobody raised
    are not there."""

    frame: str
    frame_version: int
    key: str
    codes: Mapping[str, Named]
    commented: Rows
    coded: Rows
    raised: Mapping[str, Raised]


@dataclass(frozen=True, slots=True)
class Coded:
    """Everything that was coded. ``fingerprint`` is a SHA-256 over it, in whatever order it was stored; empty where
    nothing was."""

    items: tuple[CodedItem, ...]
    fingerprint: str


def read_coded(
    session: Session, *, survey_id: int, matrix: Matrix, commented: Mapping[str, Rows], keys: Sequence[str]
) -> Coded:
    """What comments on the items ``keys`` were coded with, by each frame that people's mentions are counted by.

    Only comments that somebody has read and that were not passed on count, and only the first coding of each. A comment
    that still has a retired code waits to be coded again, so it is not coded. ``commented`` by item key.
    """
    frame = tables.CodeFrame
    frames = list(
        session.scalars(select(frame).where(frame.survey_id == survey_id, frame.kind == "codes").order_by(frame.id))
    )
    if not frames or not matrix.responses:
        return Coded((), "")
    read = _read(session, survey_id, matrix)
    found = []
    for one in frames:
        codes = session.scalars(
            select(tables.Code).where(tables.Code.frame_id == one.id).order_by(tables.Code.position, tables.Code.id)
        ).all()
        for key in keys:
            if key.rpartition(".")[2] in one.questions:
                found.append(_item(one, codes, key, commented.get(key, np.empty(0, np.int64)), read))
    items = tuple(item for item in found if len(item.coded))
    return Coded(items, _fingerprint(items, matrix) if items else "")


@dataclass(frozen=True, slots=True)
class _Read:
    """One entry for each mention, and for each coded comment without any, where ``code`` is 0."""

    row: NDArray[np.int64]
    item: NDArray[np.int64]
    frame: NDArray[np.int64]
    code: NDArray[np.int64]
    sentiment: NDArray[np.int64]
    items: Mapping[str, int]


def _read(session: Session, survey_id: int, matrix: Matrix) -> _Read:
    screened, coded, mention, frame = tables.ScreenedComment, tables.CodedComment, tables.Mention, tables.CodeFrame
    query = (
        select(screened.response_key, screened.item_key, coded.frame_id, mention.code_id, mention.sentiment)
        .join(coded, coded.ref == screened.ref)
        .join(frame, frame.id == coded.frame_id)
        .outerjoin(
            mention,
            and_(mention.ref == coded.ref, mention.frame_id == coded.frame_id, mention.round == coded.round),
        )
        .where(usable_comments(survey_id=survey_id), coded.round == 0, frame.kind == "codes")
    )
    items = Numbered()
    place = {sentiment: number for number, sentiment in enumerate(SENTIMENTS)}
    keys, columns = bytearray(), [np.empty((4, 0), np.int64)]
    for chunk in plain_rows(session, query):
        key, item, frame_id, code_id, sentiment = zip(*chunk, strict=True)
        keys += b"".join(key)
        numbers = (
            map(items.__getitem__, item),
            frame_id,
            (one or 0 for one in code_id),
            (place.get(one, -1) for one in sentiment),
        )
        columns.append(np.array([np.fromiter(each, np.int64, count=len(chunk)) for each in numbers]))
    written = np.frombuffer(keys, dtype="S16")
    row = np.minimum(np.searchsorted(matrix.keys, written), matrix.responses - 1)
    # Comments to versions that are not in this matrix belong to no row of it.
    known = matrix.keys[row] == written
    of_item, of_frame, of_code, of_sentiment = np.concatenate(columns, axis=1)[:, known]
    return _Read(row[known], of_item, of_frame, of_code, of_sentiment, items)


def _item(frame: tables.CodeFrame, codes: Sequence[tables.Code], key: str, commented: Rows, read: _Read) -> CodedItem:
    here = (read.frame == frame.id) & (read.item == read.items.get(key, -1))
    retired = [code.id for code in codes if code.retired_in is not None]
    waiting = np.unique(read.row[here & np.isin(read.code, retired)])
    here &= ~np.isin(read.row, waiting)
    raised = {}
    for code in codes:
        with_code = here & (read.code == code.id)
        if with_code.any():
            by_sentiment = (np.unique(read.row[with_code & (read.sentiment == place)]) for place in range(4))
            raised[code.key] = Raised(np.unique(read.row[with_code]), tuple(by_sentiment))
    return CodedItem(
        frame=frame.name,
        frame_version=frame.version,
        key=key,
        codes={code.key: Named(code.key, code.name) for code in codes if code.retired_in is None},
        commented=commented,
        coded=np.unique(read.row[here]),
        raised=raised,
    )


def _fingerprint(items: Sequence[CodedItem], matrix: Matrix) -> str:
    digest = hashlib.sha256()
    for item in items:
        digest.update(repr((item.frame, item.frame_version, item.key)).encode())
        for name, rows in _rows_of(item):
            digest.update(name.encode() + matrix.keys[rows].tobytes())
    return digest.hexdigest()


def _rows_of(item: CodedItem) -> Iterator[tuple[str, Rows]]:
    yield "coded", item.coded
    for key, raised in item.raised.items():
        yield item.codes[key].name, raised.people
        yield from zip(SENTIMENTS, raised.by_sentiment, strict=True)
