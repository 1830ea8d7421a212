"""Reading the text of a PDF: lines with their size and weight, put together again to paragraphs and headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from surveys.strategy_documents.blocks import MOST_CHARACTERS, Block, DocumentRefused, cleaned, word_count
from surveys.strategy_documents.numbering import numbered
from surveys.strategy_documents.plain_text import joined

MOST_PAGES = 400
DAMAGED = "The PDF is damaged and cannot be read. Make the PDF again, or paste its text."
NO_TEXT = (
    "The PDF holds no text, perhaps only pictures of pages. Use the document that it was made from, or paste its text."
)
PASSWORD = "The PDF is protected with a password. Use the document that it was made from, or paste its text."  # noqa: S105  A sentence, not a password.
TOO_MANY_PAGES = (
    f"The PDF has more than {MOST_PAGES} pages. Make a PDF of the pages with the themes, or paste their text."
)

_ANOTHER_COLUMN = 60.0
"""Points to the side; indents are smaller."""

_BOLD = re.compile(r"bold|black|heavy|[-,]bd\b", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[•▪◦●·‣\uf0b7]\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; ``x`` and ``y`` in points, ``y`` growing downwards."""

    text: str
    page: int
    x: float
    y: float
    size: float
    bold: bool


def read_pdf(content: bytes) -> list[Block]:
    """The blocks of a PDF's text. DocumentRefused where it is locked, damaged, too long or holds no text."""
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        document = PdfDocument(content)
    except PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == FPDF_ERR_PASSWORD
        raise DocumentRefused(PASSWORD if is_locked else DAMAGED) from error
    if len(document) > MOST_PAGES:
        raise DocumentRefused(TOO_MANY_PAGES)
    lines: list[Line] = []
    letters = 0
    try:
        for number, page in enumerate(document, 1):
            found = list(_lines(page, number))
            lines += found
            letters += sum(len(line.text) for line in found)
            page.close()
            if letters > MOST_CHARACTERS:
                raise DocumentRefused(TOO_MANY_PAGES)
    except PdfiumError as error:
        raise DocumentRefused(DAMAGED) from error
    if not any(re.search(r"\w", line.text) for line in lines):
        raise DocumentRefused(NO_TEXT)
    return list(_blocks(list(_with_bullets(_without_repeated(lines)))))


def _lines(page: Any, number: int) -> Iterator[Line]:
    """The lines of a page in the order in which the PDF draws them."""
    from pypdfium2.raw import FPDFText_CountChars, FPDFText_GetUnicode

    text_page = page.get_textpage()
    line: list[tuple[int, str]] = []
    for index in range(FPDFText_CountChars(text_page)):
        sign = chr(FPDFText_GetUnicode(text_page, index))
        if sign in "\r\n":
            yield from _line(text_page, line, number)
            line = []
        else:
            # PDFium writes this sign for a hyphen at which it joins a line to the next.
            line.append((index, "-" if sign in "\x02\ufffe" else sign))
    yield from _line(text_page, line, number)
    text_page.close()


def _line(text_page: Any, line: list[tuple[int, str]], page: int) -> Iterator[Line]:
    words = cleaned("".join(sign for _, sign in line))
    drawn = [index for index, sign in line if not sign.isspace()]
    if not words or not drawn:
        return
    looks = [_look(text_page, index) for index in (drawn[0], drawn[len(drawn) // 2], drawn[-1])]
    x, y, _, _ = looks[0]
    yield Line(words, page, x, y, looks[1][2], all(bold for *_, bold in looks))


def _look(text_page: Any, index: int) -> tuple[float, float, float, bool]:
    """Where a letter stands (left, base line downwards), how high its line is, and whether it is bold."""
    from ctypes import byref, c_double, c_int, create_string_buffer

    from pypdfium2.raw import FS_RECTF, FPDFText_GetCharOrigin, FPDFText_GetFontInfo, FPDFText_GetLooseCharBox

    x, y, box, flags, name = c_double(), c_double(), FS_RECTF(), c_int(), create_string_buffer(200)
    FPDFText_GetCharOrigin(text_page, index, byref(x), byref(y))
    FPDFText_GetLooseCharBox(text_page, index, byref(box))
    FPDFText_GetFontInfo(text_page, index, name, 200, byref(flags))
    is_bold = _BOLD.search(name.value.decode("utf-8", "replace")) is not None
    return x.value, -y.value, round(abs(box.top - box.bottom), 1), is_bold


def _without_repeated(lines: list[Line]) -> list[Line]:
    """The lines without those at the top or foot of most pages: running titles and page numbers."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    if len(pages) < 2:
        return lines
    edges = {page: {_pattern(line.text) for line in [*of_page[:2], *of_page[-2:]]} for page, of_page in pages.items()}
    counts = Counter(pattern for patterns in edges.values() for pattern in patterns)
    repeated = {pattern for pattern, count in counts.items() if count >= max(2, len(pages) * 0.5)}
    return [
        line
        for of_page in pages.values()
        for position, line in enumerate(of_page)
        if _pattern(line.text) not in repeated or 2 <= position < len(of_page) - 2
    ]


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", text).casefold()


def _with_bullets(lines: list[Line]) -> Iterator[Line]:
    """The lines with each bullet that the PDF draws apart before the line at its height."""
    apart = {(line.page, round(line.y)) for line in lines if _BULLET.fullmatch(line.text)}
    for line in lines:
        if _BULLET.fullmatch(line.text):
            continue
        yield replace(line, text=f"• {line.text}") if (line.page, round(line.y)) in apart else line


def _blocks(lines: list[Line]) -> Iterator[Block]:
    usual = _usual_size(lines)
    gap = _usual_gap(lines)
    width = max(len(line.text) for line in lines)
    levels = _heading_levels(lines, usual)
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group, line, gap=gap, usual=usual, width=width):
            yield _block(group, levels)
            group = []
        group.append(line)
    if group:
        yield _block(group, levels)


def _usual_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _usual_gap(lines: list[Line]) -> float:
    """The commonest distance between two lines, which is the one within paragraphs."""
    gaps = Counter(
        round(below.y - above.y, 0)
        for above, below in pairwise(lines)
        if above.page == below.page and above.size == below.size and 0 < below.y - above.y < 60
    )
    most = gaps.most_common(1)[0][1] if gaps else 0
    return min((gap for gap, count in gaps.items() if count * 2 >= most), default=14.0)


def _heading_levels(lines: list[Line], usual: float) -> dict[float, int]:
    sizes = sorted({line.size for line in lines if line.size > usual * 1.08}, reverse=True)
    return {size: min(level, 6) for level, size in enumerate(sizes, 1)}


def _goes_on(group: list[Line], line: Line, *, gap: float, usual: float, width: int) -> bool:
    """Whether the line goes on with the paragraph above it."""
    above = group[-1]
    if (line.size, line.bold) != (above.size, above.bold) and not (line.size == above.size and not group[0].bold):
        return False
    if _BULLET.match(line.text):
        return False
    first = numbered(line.text)
    if first is not None and (line.bold or not re.search(r"[a-z,–-]$", above.text) or re.match(r"^\D", line.text)):
        return False
    if line.page != above.page:
        ends = re.search(r"[.!?:;]$", above.text)
        return ends is None and line.text[:1].islower()
    is_plain = line.size <= usual and not line.bold and len(group) == 1
    if is_plain and numbered(above.text) and line.text[:1].isupper() and len(above.text) < width * 0.8:
        # A title that leaves room on its line has ended, even where the text below follows closely.
        return False
    distance = line.y - above.y
    if abs(line.x - above.x) > _ANOTHER_COLUMN and distance > gap * 1.1:
        return False
    # Larger letters stand further apart.
    return 0 <= distance <= gap * 1.25 * max(1.0, line.size / usual)


def _block(group: list[Line], levels: dict[float, int]) -> Block:
    text, page = joined([line.text for line in group]), group[0].page
    bullet = _BULLET.match(text)
    if bullet is not None:
        return Block("item", text[bullet.end() :], 1, "•", page=page)
    if all(line.size in levels for line in group) and word_count(text) <= 40:
        return Block("heading", text, levels[group[0].size], page=page)
    if all(line.bold for line in group) and word_count(text) <= 30:
        return Block("bold", text, page=page)
    return Block("paragraph", text, page=page)
