"""Reading plain text, as it comes from a text file or from the clipboard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from surveys.strategy_documents.blocks import TITLE_WORDS, Block, DocumentRefused, cleaned, word_count
from surveys.strategy_documents.broken_lines import BULLET, Width, begins_anew, goes_on, width_of

_KEEPS_HYPHEN = re.compile(
    r"\b(?:well|self|non|long|short|co|high|low|half|full|part|follow|check|face|year|day|end|up)-$", re.I
)
_UNREADABLE = (
    "The letters of the text could not be read. Save it as a text file with the encoding UTF-8, or paste the text."
)
OTHER_ENCODING = "The text was not in UTF-8. Check that accents and quotation marks are right."


def decoded(content: bytes) -> tuple[str, bool]:
    """The text, and whether it was in the encoding that is usual today. DocumentRefused where it is no text."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return _checked(content.decode("utf-16")), True
        except UnicodeDecodeError as error:
            raise DocumentRefused(_UNREADABLE) from error
    if b"\x00" in content:
        raise DocumentRefused("The file is not a text: it holds signs that no text has. Choose the document itself.")
    try:
        return _checked(content.decode("utf-8-sig")), True
    except UnicodeDecodeError:
        pass
    try:
        return _checked(content.decode("cp1252")), False
    except UnicodeDecodeError as error:
        raise DocumentRefused(_UNREADABLE) from error


def _checked(text: str) -> str:
    controls = sum(1 for sign in text if ord(sign) < 32 and sign not in "\n\r\t\f\v")
    if "\x00" in text or controls > 10 + len(text) // 100:
        raise DocumentRefused("The file is not a text: it holds signs that no text has. Choose the document itself.")
    return text


def read_plain_text(text: str) -> list[Block]:
    """The blocks of a text: parted at empty lines, or at each line where lines are not broken by width."""
    lines = re.split(r"\r\n|[\n\r\f\v\x85\u2028\u2029]", text)
    return [*_blocks(lines, width_of(lines))]


def _blocks(lines: list[str], width: Width | None) -> Iterator[Block]:
    waiting: list[str] = []
    tables = 0
    in_table = False

    def paragraph() -> Iterator[Block]:
        if waiting:
            yield from _paragraph(waiting)
            waiting.clear()

    for position, line in enumerate(lines):
        cells = [cleaned(cell) for cell in line.split("\t")]
        if len([cell for cell in cells if cell]) >= 2 and (in_table or _has_cells(lines, position + 1, len(cells))):
            yield from paragraph()
            tables += not in_table
            in_table = True
            is_header = all(word_count(cell) <= 4 for cell in cells) and not any(cell[:1].isdigit() for cell in cells)
            is_header = is_header and (position == 0 or "\t" not in lines[position - 1])
            yield Block(
                "row",
                " ".join(cells),
                cells=tuple((cell,) if cell else () for cell in cells),
                table=tables,
                header=is_header,
            )
            continue
        in_table = False
        words = cleaned(line)
        if not words:
            yield from paragraph()
            continue
        if waiting and (begins_anew(line) or not goes_on(waiting, lines, position, width)):
            yield from paragraph()
        waiting.append(line)
    yield from paragraph()


def _has_cells(lines: list[str], position: int, count: int) -> bool:
    return position < len(lines) and lines[position].count("\t") == count - 1


def _paragraph(lines: list[str]) -> Iterator[Block]:
    text = joined([cleaned(line) for line in lines])
    bullet = BULLET.match(lines[0])
    if bullet is not None:
        yield Block("item", cleaned(BULLET.sub("", text)), 1, "•")
        return
    marked = re.match(r"^(?:\*\*|__)(?P<bold>[^*_]+)(?:\*\*|__)$", text)
    if marked is not None and word_count(text) <= TITLE_WORDS:
        yield Block("bold", marked["bold"].strip())
        return
    yield Block("paragraph", text)


def joined(lines: list[str]) -> str:
    """The lines as one paragraph; a word that was parted at a line's end is mended."""
    text = ""
    for line in lines:
        if re.search(r"[^\W\d_]-$", text) and line[:1].islower():
            text = (text if _KEEPS_HYPHEN.search(text) else text[:-1]) + line
        elif text:
            text += " " + line
        else:
            text = line
    return text
