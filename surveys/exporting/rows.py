"""The stored responses of a survey as rows of an answers file, straight from the vectors and without their order."""

from __future__ import annotations

import datetime
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from surveys.answers import Column, Layout
from surveys.answers.codes import FIRST_OPTION, NON_ANSWER_CODES, NOT_CHOSEN
from surveys.answers_file import (
    ABOUT_COLUMNS,
    AS_WRITTEN,
    MASKED,
    NOT_SHOWN,
    SEPARATOR,
    column_name,
    item_keys,
    neutralised,
)
from surveys.collecting import visible_responses
from surveys.comments.words_for_all import WordsForAll
from surveys.publishing import current_version, load_layout, load_version, versions_of
from surveys.storage import tables

PAGE = 500
"""Responses read at a time. With thousands the garbage collector looks through ever more of them in vain, and an
export of ten times the responses takes thirteen times as long."""

Cell = str | int | float | datetime.date
"""Text is as it was written; whoever writes a file makes it safe for spreadsheets."""


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """Column names, and rows in pages of at most ``PAGE``. ``texts`` are the positions of cells that people wrote.

    ``mark`` is what the file's mark says of them.
    """

    columns: tuple[str, ...]
    texts: frozenset[int]
    mark: str
    pages: Iterator[list[list[Cell]]]


class _Block:
    """The cell of one item from its bytes, each pattern of bytes worked out once."""

    def __init__(self, column: Column, position: int) -> None:
        self.column = column
        self.position = position
        self.offset = column.offset
        self.end = column.offset + column.width
        self.known: dict[bytes, str] = {}

    def cell(self, part: bytes) -> str:
        found = self.known[part] = SEPARATOR.join(_chosen(self.column, part))
        return found


class _NotShown:
    """The names of the items whose bytes say that they were not shown, each pattern worked out once."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.known: dict[bytes, str] = {}

    def cell(self, codes: bytes) -> str:
        if codes.find(0, 0, self.layout.byte_width) < 0:
            return ""
        pattern = codes[: self.layout.byte_width].translate(_SHOWN)
        found = self.known.get(pattern)
        if found is None:
            hidden = [column.key for column in self.layout.columns if not pattern[column.offset]]
            found = self.known[pattern] = SEPARATOR.join(hidden)
        return found


_SHOWN = bytes(code > 0 for code in range(256))


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one version's vector becomes cells: single bytes by table, several bytes by pattern, numbers as they are."""

    number: str
    singles: tuple[tuple[int, int, tuple[str, ...]], ...]
    blocks: tuple[_Block, ...]
    numbers: tuple[tuple[int, int, int, tuple[str, ...]], ...]
    not_shown: _NotShown


def answer_table(session: Session, *, survey: tables.Survey, spreadsheet: bool, unmasked: bool = False) -> AnswerTable:
    """Every response of the survey that counts, in an order that says nothing about when it came.

    ``spreadsheet`` makes text cells safe to open in one; ``unmasked`` gives comments as they were written. Removed
    responses are not stored any more, and those of an import that has not ended do not count. LookupError for a survey
    that was never published.
    """
    versions = {version.id: version for version in versions_of(session, survey=survey)}
    newest = current_version(session, survey=survey).id
    ordered = [newest, *(id_ for id_ in reversed(versions) if id_ != newest)]
    keys = item_keys(load_version(session, id_) for id_ in ordered)
    columns = (*ABOUT_COLUMNS, *map(column_name, keys), NOT_SHOWN)
    positions = {key: place for place, key in enumerate(keys, start=len(ABOUT_COLUMNS))}
    plans = {id_: _plan(versions[id_].number, load_layout(session, id_), positions) for id_ in ordered}
    closed = {column.key for id_ in ordered for column in load_layout(session, id_).columns}
    texts = frozenset(place for key, place in positions.items() if key not in closed)
    said = _AsWritten(session, survey) if unmasked else WordsForAll(session, survey=survey)
    pages = _pages(session, survey, len(columns), positions, plans, said, spreadsheet=spreadsheet)
    return AnswerTable(columns, texts, AS_WRITTEN if unmasked else MASKED, pages)


class _AsWritten:
    """Comments with everything that people wrote."""

    def __init__(self, session: Session, survey: tables.Survey) -> None:
        self._connection = session.connection()
        comment = tables.Comment
        self._said = select(comment.response_key, comment.item_key, comment.text).where(
            comment.survey_id == survey.id,
            comment.response_key >= bindparam("first"),
            comment.response_key <= bindparam("last"),
        )

    def between(self, first: bytes, last: bytes) -> Iterable[Row[bytes, str, str]]:
        return self._connection.execute(self._said, {"first": first, "last": last}).all()


def _pages(
    session: Session,
    survey: tables.Survey,
    width: int,
    positions: dict[str, int],
    plans: dict[int, _Plan],
    said: WordsForAll | _AsWritten,
    *,
    spreadsheet: bool,
) -> Iterator[list[list[Cell]]]:
    # The keys are random and drawn before anything is stored, so their order is a shuffle made anew for each response:
    # it cannot tell which of two came first. Nobody sees a key, because each row gets a fresh random alias instead.
    # The database holds both tables in this order already, so one pass over each is enough, however many there are.
    response = tables.Response
    chosen = (
        select(
            response.key,
            response.version_id,
            response.collector_id,
            response.submitted_on,
            response.language,
            response.mode,
            response.codes,
        )
        .where(visible_responses(session, survey_id=survey.id), response.key > bindparam("last"))
        .order_by(response.key)
        .limit(PAGE)
    )
    safe = neutralised if spreadsheet else str
    sources = _sources(session, survey, spreadsheet=spreadsheet)
    connection = session.connection()
    last = b""
    while found := connection.execute(chosen, {"last": last}).all():
        first, last = found[0].key, found[-1].key
        aliases = os.urandom(8 * len(found)).hex()
        rows: dict[bytes, list[Cell]] = {}
        blank: list[Cell] = [""] * width
        for place, (key, version_id, collector_id, submitted_on, language, mode, codes) in enumerate(found):
            row = blank.copy()
            plan = plans[version_id]
            code, where, audience, channel = sources[collector_id]
            # The letter keeps a spreadsheet from reading an alias of digits as a number.
            row[:9] = (
                "r" + aliases[16 * place : 16 * place + 16],
                submitted_on,
                code,
                where,
                audience,
                channel,
                mode,
                language,
                plan.number,
            )
            for position, offset, words in plan.singles:
                row[position] = words[codes[offset]]
            for block in plan.blocks:
                part = codes[block.offset : block.end]
                cell = block.known.get(part)
                row[block.position] = block.cell(part) if cell is None else cell
            for position, offset, start, words in plan.numbers:
                row[position] = _number(codes, offset, start, words)
            row[-1] = plan.not_shown.cell(codes)
            rows[key] = row
        for key, item_key, text in said.between(first, last):
            # A comment of a response that does not count has no row here.
            if key in rows and item_key in positions:
                rows[key][positions[item_key]] = safe(text)
        yield list(rows.values())


def _sources(session: Session, survey: tables.Survey, *, spreadsheet: bool) -> dict[int, tuple[str, str, str, str]]:
    collector = tables.Collector
    safe = neutralised if spreadsheet else str
    found = session.execute(
        select(collector.id, collector.code, collector.place, collector.audience_id, collector.channel).where(
            collector.survey_id == survey.id
        )
    )
    return {id_: (code, safe(place), safe(audience), safe(channel)) for id_, code, place, audience, channel in found}


def _plan(number: str, layout: Layout, positions: dict[str, int]) -> _Plan:
    singles, blocks, numbers = [], [], []
    for column in layout.columns:
        position = positions[column.key]
        if column.kind == "number":
            start = layout.byte_width + 8 * (column.number_index or 0)
            numbers.append((position, column.offset, start, _words(())))
        elif column.kind in ("rating", "choice"):
            singles.append((position, column.offset, _words(column.options)))
        else:
            blocks.append(_Block(column, position))
    return _Plan(number, tuple(singles), tuple(blocks), tuple(numbers), _NotShown(layout))


_WORD_BY_CODE = {code: word for word, code in NON_ANSWER_CODES.items()}


def _words(options: tuple[str, ...]) -> tuple[str, ...]:
    """The cell for each of the 256 bytes that an item with one byte can have; nothing shown or said is empty."""
    words = [_WORD_BY_CODE.get(code, "") for code in range(256)]
    words[FIRST_OPTION : FIRST_OPTION + len(options)] = options
    return tuple(words)


def _chosen(column: Column, part: bytes) -> list[str]:
    """The ids in one item's bytes: in the order of the options for several choices, of the ranks for a ranking."""
    if part[0] < NOT_CHOSEN:
        word = _WORD_BY_CODE.get(part[0])
        return [word] if word else []
    chosen = [(code, option) for code, option in zip(part, column.options, strict=True) if code >= FIRST_OPTION]
    return [option for _, option in sorted(chosen, key=lambda pair: pair[0])]


def _number(codes: bytes, offset: int, start: int, words: tuple[str, ...]) -> Cell:
    if codes[offset] != FIRST_OPTION:
        return words[codes[offset]]
    number: float = struct.unpack_from("<d", codes, start)[0]
    return int(number) if number.is_integer() else number
