"""One scan of the stored vectors into a matrix of small integers: one row per column of codes, one entry per person.

No Python object is made per answer: codes go from the driver's rows into one buffer and from there into numpy.
"""

from __future__ import annotations

import datetime
import gc
import hashlib
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, String, select, type_coerce
from sqlalchemy.orm import Session

from surveys.answers import Column, Layout
from surveys.answers.codes import FIRST_OPTION
from surveys.collecting import visible_responses
from surveys.storage.tables import Response

CHUNK = 10_000
"""Rows that the driver hands over at a time; more would only need more memory."""

V = TypeVar("V", bound=Hashable)
_NO_KEY = bytes(16)


@dataclass(frozen=True, slots=True)
class Coded(Generic[V]):
    """One property of every response: ``values[codes[i]]`` is that of response i."""

    codes: NDArray[np.int32]
    values: tuple[V, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Responses of versions that pool, in the order of their random keys.

    ``codes`` holds the bytes of ``layout``'s columns as rows and responses as columns, ``numbers`` its doubles the
    same way. ``keys`` and ``equality_keys`` are 16-byte strings, the latter all zero where there is none.
    ``fingerprint`` is a SHA-256 over everything else here: the same stored responses give the same one in any order.
    """

    layout: Layout
    codes: NDArray[np.uint8]
    numbers: NDArray[np.float64]
    collector_id: Coded[int]
    submitted_on: Coded[datetime.date]
    language: Coded[str]
    mode: Coded[str]
    version_id: Coded[int]
    keys: NDArray[np.bytes_]
    equality_keys: NDArray[np.bytes_]
    fingerprint: str

    @property
    def responses(self) -> int:
        """How many people answered."""
        return len(self.version_id.codes)

    def rows(self, column: Column) -> NDArray[np.uint8]:
        """The codes of one item: one row, or one per option of choices and rankings."""
        return self.codes[column.offset : column.offset + column.width]


class Numbered(dict[Any, int]):
    """Gives every new value the next number."""

    def __missing__(self, value: Any) -> int:
        self[value] = number = len(self)
        return number


def plain_rows(session: Session, query: Select[*tuple[Any, ...]]) -> Iterator[Sequence[tuple[Any, ...]]]:
    """The rows of a query in chunks, past the mapper: nothing is made of them that a sum does not need."""
    result = session.connection().execute(query, execution_options={"yield_per": CHUNK})
    with _no_garbage_collection():
        yield from result.partitions()


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Rows hold nothing that refers back to them, yet the collector would walk through them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_matrix(session: Session, *, survey_id: int, layouts: dict[int, Layout], newest: int) -> Matrix:
    """All responses to the versions in ``layouts`` (by version id), aligned to the layout of version ``newest``.

    Columns and options are aligned by their ids, never by position: what a version did not ask is "not shown".
    ValueError where a stored vector does not fit its version's layout, or holds an option that the newest version does
    not know: such versions do not pool.
    """
    names = ("collector_id", "submitted_on", "language", "mode", "version_id")
    query = (
        select(
            Response.key,
            Response.codes,
            Response.collector_id,
            # As text, SQLite's dates need no parsing per row; PostgreSQL hands over dates whatever is said here.
            type_coerce(Response.submitted_on, String),
            Response.language,
            Response.mode,
            Response.version_id,
            Response.equality_key,
        )
        .where(visible_responses(session, survey_id=survey_id), Response.version_id.in_(layouts))
        .order_by(Response.key)
    )
    numbered = {name: Numbered() for name in names}
    coded: dict[str, list[NDArray[np.int32]]] = {name: [] for name in names}
    keys, equality = bytearray(), bytearray()
    vectors = {version_id: bytearray() for version_id in layouts}
    for chunk in plain_rows(session, query):
        key, codes, *properties, equality_key = zip(*chunk, strict=True)
        keys += b"".join(key)
        equality += b"".join([one or _NO_KEY for one in equality_key])
        for name, values in zip(names, properties, strict=True):
            numbers = np.fromiter(map(numbered[name].__getitem__, values), dtype=np.int32, count=len(values))
            coded[name].append(numbers)
        versions = properties[-1]
        for version_id in set(versions):
            one_version = len(layouts) == 1
            of_version = codes if one_version else [c for c, v in zip(codes, versions, strict=True) if v == version_id]
            vectors[version_id] += b"".join(of_version)
    properties_read = {
        name: Coded(np.concatenate(coded[name]) if coded[name] else np.empty(0, np.int32), tuple(numbered[name]))
        for name in names
    }
    dates = tuple(_date(value) for value in numbered["submitted_on"])
    version_id = properties_read["version_id"]
    layout = layouts[newest]
    codes_matrix, numbers_matrix = _aligned(layout, layouts, vectors, version_id)
    return Matrix(
        layout=layout,
        codes=codes_matrix,
        numbers=numbers_matrix,
        collector_id=properties_read["collector_id"],
        submitted_on=Coded(properties_read["submitted_on"].codes, dates),
        language=properties_read["language"],
        mode=properties_read["mode"],
        version_id=version_id,
        keys=np.frombuffer(keys, dtype="S16"),
        equality_keys=np.frombuffer(equality, dtype="S16"),
        fingerprint=_fingerprint(keys, vectors, properties_read, dates),
    )


def _date(value: str | datetime.date) -> datetime.date:
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)


def _aligned(
    target: Layout, layouts: dict[int, Layout], vectors: dict[int, bytearray], version_id: Coded[int]
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    people = len(version_id.codes)
    codes = np.zeros((target.byte_width, people), dtype=np.uint8)
    numbers = np.zeros((target.number_count, people))
    for index, version in enumerate(version_id.values):
        layout = layouts[version]
        flat = np.frombuffer(vectors[version], dtype=np.uint8)
        rows = np.flatnonzero(version_id.codes == index)
        if len(flat) != len(rows) * layout.length:
            raise ValueError(f"Stored answers of version {version} do not fit its layout; run the deep self-check.")
        source = flat.reshape(len(rows), layout.length)
        doubles = np.ascontiguousarray(source[:, layout.byte_width :]).view("<f8")
        if layout == target:
            codes[:, rows] = source[:, : layout.byte_width].T
            numbers[:, rows] = doubles.T
            continue
        by_key = {column.key: column for column in layout.columns}
        for column in target.columns:
            old = by_key.get(column.key)
            if old is not None and old.kind == column.kind:
                _align_column(codes, numbers, column, old, rows, source, doubles)
    return codes, numbers


def _align_column(
    codes: NDArray[np.uint8],
    numbers: NDArray[np.float64],
    column: Column,
    old: Column,
    rows: NDArray[np.intp],
    source: NDArray[np.uint8],
    doubles: NDArray[np.float64],
) -> None:
    if column.kind in ("choices", "ranking"):
        # An option that a version did not offer was not chosen by those who answered, and is as empty as the rest of
        # the question for those who did not.
        first = source[:, old.offset]
        absent = np.where(first >= FIRST_OPTION, np.uint8(FIRST_OPTION - 1), first)
        for place, option in enumerate(column.options):
            known = option in old.options
            codes[column.offset + place, rows] = source[:, old.offset + old.options.index(option)] if known else absent
        return
    meaning = np.arange(256, dtype=np.uint8)
    for place, option in enumerate(old.options):
        if option not in column.options:
            raise ValueError(f"{column.key}: the newest version has no option {option!r}; these versions do not pool.")
        meaning[FIRST_OPTION + place] = FIRST_OPTION + column.options.index(option)
    codes[column.offset, rows] = meaning[source[:, old.offset]]
    if column.number_index is not None and old.number_index is not None:
        numbers[column.number_index, rows] = doubles[:, old.number_index]


def _fingerprint(
    keys: bytearray,
    vectors: dict[int, bytearray],
    properties: dict[str, Coded[Any]],
    dates: tuple[datetime.date, ...],
) -> str:
    """Rows come in the order of their keys, so the order in which they were stored or read makes no difference."""
    digest = hashlib.sha256(keys)
    for version_id in sorted(vectors):
        digest.update(vectors[version_id])
    for name in sorted(properties):
        values = dates if name == "submitted_on" else properties[name].values
        digest.update(repr((name, [str(value) for value in values])).encode())
        digest.update(properties[name].codes.astype("<i4").tobytes())
    return digest.hexdigest()
