"""Rows of a JSONL file: one JSON object on each line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from surveys.importing.csv_rows import text_lines
from surveys.importing.files import AnswerRows, Cell, Row, RowFault


class _ObjectFault(ValueError):
    """Something in an object that JSON allows and an answers file does not; the message says what."""


def jsonl_rows(path: Path) -> AnswerRows:
    """Open a JSONL file. Text, numbers, true, false, null and lists of text or numbers are read; nothing deeper."""
    return AnswerRows((), _rows(path))


def _rows(path: Path) -> Iterator[Row | RowFault]:
    for line, text in enumerate(text_lines(path), start=1):
        if text.isspace():
            continue
        try:
            found = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
            if not isinstance(found, dict):
                raise _ObjectFault("The line is not a JSON object. Write one object {...} on each line.")
            cells = {name.strip(): cell for name, value in found.items() if (cell := _cell(name, value))}
        except _ObjectFault as fault:
            yield RowFault(line, str(fault))
        except json.JSONDecodeError as error:
            yield RowFault(line, f"The line is not JSON: {error.msg} at character {error.pos + 1}.")
        except RecursionError:
            yield RowFault(line, "The line is nested too deeply.")
        except ValueError:
            # The limit on the digits of a number is a ValueError of its own.
            yield RowFault(line, "The line holds a number that is too long to read.")
        else:
            if cells:
                yield Row(line, cells)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _ObjectFault("The line names the same field twice.")
    return found


def _constant(word: str) -> object:
    raise _ObjectFault(f"{word} is not a number that an answer can have.")


def _cell(name: str, value: object) -> Cell:
    if isinstance(value, list):
        if any(isinstance(part, list | dict) or part is None for part in value):
            raise _ObjectFault(f"{name[:60]!r}: a list may hold text and numbers only.")
        return tuple(_text(part) for part in value)
    if isinstance(value, dict):
        raise _ObjectFault(f"{name[:60]!r} holds an object; write text, a number or a list.")
    text = _text(value)
    return "" if text.isspace() else text


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case _:
            return str(value)
