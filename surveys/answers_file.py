"""What an answers file looks like, for writing and for reading: its columns, its mark and its safe text cells.

Described for people in ``docs/answers-file.md``.
"""

from __future__ import annotations

from collections.abc import Iterable

from surveys.questionnaire import Questionnaire

ABOUT_COLUMNS = (
    "response_id",
    "submitted_on",
    "collector",
    "place",
    "audience",
    "channel",
    "mode",
    "language",
    "version",
)
"""The columns that say where a response came from; one column for each item follows them."""

MODES = ("web", "paper", "kiosk", "phone", "import", "demonstration")

NOT_SHOWN = "not_shown"
"""The column after the items: keys of closed items that this person was never shown, joined by ``SEPARATOR``.

An empty cell of an item means skipped. Most of what was not shown follows from the other answers, but a person may
send before the last page, and only this column can tell the pages that were not reached from those left blank.
"""

MARK = "engage_answers_1"
"""Name of the last column of every file that Engage writes. The 1 is the format.

Its cells say what was done to comments: ``MASKED`` or ``AS_WRITTEN``. They were empty before comments were masked.
"""

MASKED, AS_WRITTEN = "masked", "as written"

SEPARATOR = "|"
"""Stands between several options in one cell."""

SUFFIXES = (".csv", ".xlsx", ".jsonl")

# The line feed and the full-width signs are not in the published list of the format; some spreadsheets act on them.
_ACTS = frozenset("=+-@\t\r'\n＝＋－＠")


def column_name(item_key: str) -> str:
    """The column of an item: its key, or ``answer:KEY`` where the key is the name of one of the other columns.

    A colon cannot stand in an id, so the two can never be mistaken for each other.
    """
    return f"answer:{item_key}" if item_key in (*ABOUT_COLUMNS, NOT_SHOWN, MARK) else item_key


def item_keys(questionnaires: Iterable[Questionnaire]) -> tuple[str, ...]:
    """The keys of all items of these versions, each once: those of the first version in order, then the others'."""
    return tuple(dict.fromkeys(item.key for questionnaire in questionnaires for item in questionnaire.items))


def neutralised(text: str) -> str:
    """Text as it stands in a cell: with one ``'`` in front where a spreadsheet would take it for a formula.

    Text that begins with ``'`` gets one too, so that ``restored`` is exact. Never for numbers.
    """
    return "'" + text if text[:1] in _ACTS and text else text


def restored(text: str) -> str:
    """The text that ``neutralised`` was given. Only for cells of a file that carries the mark."""
    return text[1:] if text[:1] == "'" else text
