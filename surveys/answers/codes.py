"""Closed answers as a vector: one byte per answer, one per option where several may be chosen, then the numbers.

Bytes: 0 not shown, 1 skipped, 2 prefer not to say, 3 not applicable, 4 not sure, 16 answered but this option not
chosen, 17 and up the option or rank 1 and up. After the bytes come all numbers as little-endian IEEE doubles, 0.0
where there is none; each number's own byte says which of the two it is (17 is a number).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from surveys.answers.normal_form import Answers, Value
from surveys.questionnaire import (
    NON_ANSWERS,
    ChoicesQuestion,
    LongTextQuestion,
    NumberQuestion,
    Questionnaire,
    RankingQuestion,
    TextQuestion,
)

NOT_SHOWN, SKIPPED, NOT_CHOSEN, FIRST_OPTION = 0, 1, 16, 17
NON_ANSWER_CODES: dict[str, int] = {"prefer_not_to_say": 2, "not_applicable": 3, "not_sure": 4}
MOST_OPTIONS = 256 - FIRST_OPTION
"""Options or ranks that fit in one byte."""

ColumnKind = Literal["rating", "choice", "choices", "ranking", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """Where one item's codes stand. ``offset`` and ``width`` in bytes; ``number_index`` counts doubles from 0.

    ``width`` is the number of options for choices and ranking, else 1. ``options`` are ids in coded order.
    """

    key: str
    kind: ColumnKind
    offset: int
    width: int
    options: tuple[str, ...]
    number_index: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The byte layout of one published version. A vector is ``byte_width`` bytes and ``number_count`` doubles long."""

    columns: tuple[Column, ...]
    byte_width: int
    number_count: int
    _plan: tuple[tuple[Column, dict[str, int]], ...] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        plan = tuple(
            (column, {option: place for place, option in enumerate(column.options)}) for column in self.columns
        )
        object.__setattr__(self, "_plan", plan)

    @property
    def length(self) -> int:
        """Bytes in a whole vector."""
        return self.byte_width + 8 * self.number_count


def layout_of(questionnaire: Questionnaire) -> Layout:
    """The layout that this questionnaire fixes: closed items in their order, options in theirs."""
    return questionnaire.derived(_make_layout)


def layout_to_json(layout: Layout) -> str:
    """The layout as JSON text, to be stored beside the version that it belongs to."""
    columns = [
        {"key": c.key, "kind": c.kind, "offset": c.offset, "width": c.width, "options": c.options}
        | ({} if c.number_index is None else {"number_index": c.number_index})
        for c in layout.columns
    ]
    document = {"columns": columns, "byte_width": layout.byte_width, "number_count": layout.number_count}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def layout_from_json(text: str) -> Layout:
    """The layout that ``layout_to_json`` wrote. ValueError where the text is no layout."""
    try:
        document: dict[str, Any] = json.loads(text)
        columns = tuple(
            Column(c["key"], c["kind"], c["offset"], c["width"], tuple(c["options"]), c.get("number_index"))
            for c in document["columns"]
        )
        layout = Layout(columns, document["byte_width"], document["number_count"])
    except (KeyError, TypeError) as fault:
        raise ValueError(f"The stored layout cannot be read: {fault!r}.") from fault
    if any(column.kind not in get_args(ColumnKind) for column in columns):
        raise ValueError("The stored layout names a kind of question that this version of the software does not know.")
    return layout


def encode(layout: Layout, answers: Mapping[str, Value]) -> bytes:
    """The vector of these answers in normal form; items that are not there were not shown.

    ValueError (naming the item, never the answer) where an answer is not in normal form for its column.
    """
    codes = bytearray(layout.byte_width)
    numbers = [0.0] * layout.number_count
    for column, places in layout._plan:
        key = column.key
        if key not in answers:
            continue
        value, offset, kind = answers[key], column.offset, column.kind
        if kind == "number":
            if isinstance(value, int | float):
                codes[offset] = FIRST_OPTION
                numbers[column.number_index or 0] = float(value)
            else:
                codes[offset] = _beside(key, value)
        elif kind == "rating" or kind == "choice":
            place = places.get(value) if isinstance(value, str) else None
            codes[offset] = _beside(key, value) if place is None else FIRST_OPTION + place
        elif isinstance(value, tuple):
            _encode_several(codes, column, places, value)
        else:
            codes[offset : offset + column.width] = bytes((_beside(key, value),)) * column.width
    return bytes(codes) + struct.pack(f"<{len(numbers)}d", *numbers) if numbers else bytes(codes)


def decode(layout: Layout, codes: bytes) -> Answers:
    """The closed answers that a vector holds, in normal form. ValueError where it does not fit the layout."""
    if len(codes) != layout.length:
        raise ValueError(f"The stored codes are {len(codes)} bytes long; this version's layout has {layout.length}.")
    numbers = struct.unpack_from(f"<{layout.number_count}d", codes, layout.byte_width)
    answers: Answers = {}
    for column in layout.columns:
        part = codes[column.offset : column.offset + column.width]
        if part[0] == NOT_SHOWN:
            _all_alike(column, part)
        elif part[0] < NOT_CHOSEN:
            _all_alike(column, part)
            answers[column.key] = _BESIDE_BY_CODE[_known(column, part[0])]
        elif column.kind == "number":
            number = numbers[column.number_index or 0]
            answers[column.key] = int(number) if number.is_integer() else number
        else:
            answers[column.key] = _decoded(column, part)
    return answers


_BESIDE_BY_CODE: dict[int, Value] = {SKIPPED: None, **{NON_ANSWER_CODES[word]: word for word in NON_ANSWERS}}


def _make_layout(questionnaire: Questionnaire) -> Layout:
    columns: list[Column] = []
    offset = number_count = 0
    for item in questionnaire.items:
        question = item.question
        if isinstance(question, TextQuestion | LongTextQuestion):
            continue
        options = tuple(option.id for option in questionnaire.options(question))
        if len(options) > MOST_OPTIONS:
            raise ValueError(f"{item.key} has {len(options)} options; one byte can tell {MOST_OPTIONS} apart.")
        width = len(options) if isinstance(question, ChoicesQuestion | RankingQuestion) else 1
        number = number_count if isinstance(question, NumberQuestion) else None
        columns.append(Column(item.key, question.kind, offset, width, options, number))
        offset += width
        number_count += number is not None
    return Layout(tuple(columns), offset, number_count)


def _beside(key: str, value: Value) -> int:
    """The code of an answer that stands beside the options."""
    if value is None:
        return SKIPPED
    code = NON_ANSWER_CODES.get(value) if isinstance(value, str) else None
    if code is None:
        raise ValueError(f"The answer to {key} is not one that this version of the questionnaire can hold.")
    return code


def _encode_several(codes: bytearray, column: Column, places: Mapping[str, int], chosen: tuple[str, ...]) -> None:
    offset, ranked = column.offset, column.kind == "ranking"
    codes[offset : offset + column.width] = _NOT_CHOSEN_BYTE * column.width
    for rank, option in enumerate(chosen):
        if option not in places:
            raise ValueError(f"The answer to {column.key} is not one that this version of the questionnaire can hold.")
        codes[offset + places[option]] = FIRST_OPTION + rank if ranked else FIRST_OPTION


_NOT_CHOSEN_BYTE = bytes((NOT_CHOSEN,))


def _decoded(column: Column, part: bytes) -> Value:
    if column.kind == "rating" or column.kind == "choice":
        place = part[0] - FIRST_OPTION
        if not 0 <= place < len(column.options):
            raise _misfit(column)
        return column.options[place]
    chosen = [(code, option) for code, option in zip(part, column.options, strict=True) if code >= FIRST_OPTION]
    ranks = [code - FIRST_OPTION for code, _ in sorted(chosen)] if column.kind == "ranking" else [0] * len(chosen)
    expected = list(range(len(chosen))) if column.kind == "ranking" else [0] * len(chosen)
    if min(part) < NOT_CHOSEN or not chosen or ranks != expected:
        raise _misfit(column)
    if column.kind == "choices" and max(part) > FIRST_OPTION:
        raise _misfit(column)
    ordered = sorted(chosen, key=lambda pair: pair[0])
    return tuple(option for _, option in ordered)


def _all_alike(column: Column, part: bytes) -> None:
    if part.count(part[0]) != len(part):
        raise _misfit(column)


def _known(column: Column, code: int) -> int:
    if code not in _BESIDE_BY_CODE:
        raise _misfit(column)
    return code


def _misfit(column: Column) -> ValueError:
    return ValueError(f"The stored codes of {column.key} do not fit this version's layout.")
