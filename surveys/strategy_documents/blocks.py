"""The one form into which every kind of strategy document is read: blocks in the order in which they are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "bold", "paragraph", "item", "row", "picture", "contents"]

MOST_CHARACTERS = 2_000_000
"""Of a document's text: about a thousand pages."""

TITLE_WORDS = 30
"""A line with more words is no title, whatever it looks like."""


class DocumentRefused(ValueError):
    """The document cannot be used; the message says why and what to do, fit to be shown to an officer."""


_JOINED_LETTERS = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]")
"""Letters in the shapes in which they are printed: "fi" as one, or Arabic as it stands within a word."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, table row or caption.

    ``level`` is that of a heading (1 is the highest) or of a list item. ``label`` is the number that a list gives the
    block without it being part of its text. ``lead`` is how many characters at the beginning of a paragraph are bold.
    ``cells`` holds a row's cells, each a tuple of paragraphs, and ``table`` says which rows belong together.
    ``header``: the row heads its table. ``page`` counts from 1 where the document has pages.
    """

    kind: Kind
    text: str
    level: int = 0
    label: str = ""
    lead: int = 0
    cells: tuple[tuple[str, ...], ...] = ()
    table: int = 0
    header: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph; its text may hold line breaks."""

    text: str
    bold: bool = False


def cleaned(text: str) -> str:
    """``text`` on one line, without control and invisible characters, in composed form."""
    # Marks that say which way a script runs are kept: they belong to Arabic and Hebrew texts.
    text = text.replace("\xad", "").replace("\ufeff", "").replace("\u200b", "")
    text = _JOINED_LETTERS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp", "Zs") else sign for sign in text)
    return re.sub(" +", " ", unicodedata.normalize("NFC", text)).strip()


def word_count(text: str) -> int:
    """Words between spaces."""
    return len(text.split())


def blocks_of_paragraph(
    runs: Iterable[Run], *, kind: Kind = "paragraph", level: int = 0, label: str = "", page: int | None = None
) -> Iterator[Block]:
    """The blocks of one paragraph.

    A line break behind a bold or numbered first line ends a title: what follows is a block of its own. Any other line
    break is only where the line was broken.
    """
    lines = list(_lines(runs))
    if not lines:
        return
    first, rest = lines[0], lines[1:]
    whole_is_bold = all(lead == len(text) for text, lead in lines)
    is_title = first[1] == len(first[0]) or re.match(r"^\W{0,2}(\w+ )?\d{1,2}\s?[:.)–—-]", first[0]) is not None
    if rest and kind != "heading" and not whole_is_bold and is_title and word_count(first[0]) <= TITLE_WORDS:
        yield _block(*first, kind, level, label, page)
        yield _block(" ".join(text for text, _ in rest), 0, "paragraph", 0, "", page)
        return
    joined = " ".join(text for text, _ in lines)
    lead = len(joined) if whole_is_bold else first[1]
    yield _block(joined, lead, kind, level, label, page)


def _block(text: str, lead: int, kind: Kind, level: int, label: str, page: int | None) -> Block:
    if kind in ("paragraph", "item") and lead == len(text) and word_count(text) <= TITLE_WORDS:
        return Block("bold", text, level, label, page=page)
    return Block(kind, text, level, label, lead=lead if lead < len(text) else 0, page=page)


def _lines(runs: Iterable[Run]) -> Iterator[tuple[str, int]]:
    """Each line that has text, with how many of its first characters are bold."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for position, part in enumerate(run.text.split("\n")):
            if position:
                lines.append([])
            lines[-1].append(Run(part, run.bold))
    for line in lines:
        text = cleaned("".join(run.text for run in line))
        bold = ""
        for run in line:
            if not run.bold and run.text.strip():
                break
            bold += run.text
        if text:
            yield text, min(len(cleaned(bold)), len(text))
