"""One description of a document, written as Word, OpenDocument, Markdown, text and PDF by programs of others."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["title", "heading", "bold", "text", "item", "picture", "row", "header", "number"]


@dataclass(frozen=True)
class Piece:
    """A paragraph of the description; ``cells`` for the rows of a table, which follow each other."""

    kind: Kind
    text: str = ""
    level: int = 1
    cells: tuple[str, ...] = ()


def title(text: str) -> Piece:
    return Piece("title", text)


def heading(text: str, level: int = 1) -> Piece:
    return Piece("heading", text, level)


def bold(text: str) -> Piece:
    return Piece("bold", text)


def text(words: str) -> Piece:
    return Piece("text", words)


def item(words: str) -> Piece:
    return Piece("item", words)


def row(*cells: str) -> Piece:
    return Piece("row", cells=cells)


def header(*cells: str) -> Piece:
    return Piece("header", cells=cells)


def picture(description: str) -> Piece:
    return Piece("picture", description)


def as_docx(pieces: Sequence[Piece]) -> bytes:
    import docx

    document = docx.Document()
    for group in _grouped(pieces):
        if isinstance(group, list):
            table = document.add_table(rows=0, cols=max(len(one.cells) for one in group))
            for one in group:
                for cell, words in zip(table.add_row().cells, one.cells, strict=False):
                    cell.text = words
                    for run in cell.paragraphs[0].runs:
                        run.bold = one.kind == "header" or None
            continue
        match group.kind:
            case "title":
                document.add_heading(group.text, 0)
            case "heading":
                document.add_heading(group.text, group.level)
            case "bold":
                document.add_paragraph().add_run(group.text).bold = True
            case "item":
                document.add_paragraph(group.text, style="List Bullet")
            case "number":
                document.add_paragraph(group.text, style="List Number")
            case "picture":
                document.add_picture(io.BytesIO(_a_picture()))
                document.add_paragraph(group.text, style="Caption")
            case _:
                document.add_paragraph(group.text)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def as_odt(pieces: Sequence[Piece]) -> bytes:
    from odf import style, table
    from odf import text as odf_text
    from odf.opendocument import OpenDocumentText

    document = OpenDocumentText()
    strong = style.Style(name="Strong", family="text")
    strong.addElement(style.TextProperties(fontweight="bold"))
    document.styles.addElement(strong)
    document.styles.addElement(style.Style(name="Title", family="paragraph"))
    document.styles.addElement(style.Style(name="Caption", family="paragraph"))
    for group in _grouped(pieces):
        if isinstance(group, list):
            made = table.Table()
            made.addElement(table.TableColumn(numbercolumnsrepeated=max(len(one.cells) for one in group)))
            for one in group:
                line = table.TableRow()
                for words in one.cells:
                    cell = table.TableCell()
                    paragraph = odf_text.P()
                    span = odf_text.Span(stylename="Strong" if one.kind == "header" else None)
                    span.addText(words)
                    paragraph.addElement(span)
                    cell.addElement(paragraph)
                    line.addElement(cell)
                made.addElement(line)
            document.text.addElement(made)
            continue
        words = group.text
        match group.kind:
            case "title":
                element: Any = odf_text.P(stylename="Title", text=words)
            case "heading":
                element = odf_text.H(outlinelevel=group.level, text=words)
            case "bold":
                element = odf_text.P()
                element.addElement(odf_text.Span(stylename="Strong", text=words))
            case "item" | "number":
                element = odf_text.List()
                listed = odf_text.ListItem()
                listed.addElement(odf_text.P(text=words))
                element.addElement(listed)
            case "picture":
                element = odf_text.P(stylename="Caption", text=words)
            case _:
                element = odf_text.P(text=words)
        document.text.addElement(element)
    written = io.BytesIO()
    document.write(written)
    return written.getvalue()


def as_md(pieces: Sequence[Piece]) -> bytes:
    lines: list[str] = []
    for group in _grouped(pieces):
        if isinstance(group, list):
            width = max(len(one.cells) for one in group)
            rows = [[_escaped(words).replace("|", "\\|") for words in one.cells] for one in group]
            if group[0].kind != "header":
                rows.insert(0, [""] * width)
            lines.append("\n".join("| " + " | ".join(cells) + " |" for cells in rows[:1]))
            lines[-1] += "\n|" + " --- |" * width + "\n"
            lines[-1] += "\n".join("| " + " | ".join(cells) + " |" for cells in rows[1:])
            continue
        words = _escaped(group.text)
        match group.kind:
            case "title":
                lines.append(f"# {words}")
            case "heading":
                lines.append(f"{'#' * (group.level + 1)} {words}")
            case "bold":
                lines.append(f"**{words}**")
            case "item":
                lines.append(f"- {words}")
            case "number":
                lines.append(f"1. {words}")
            case "picture":
                lines.append(f"![{words}](picture.png)")
            case _:
                lines.append(words)
    return "\n\n".join(lines).encode() + b"\n"


def as_txt(pieces: Sequence[Piece]) -> bytes:
    lines = []
    for piece in pieces:
        if piece.kind in ("row", "header"):
            lines.append("\t".join(piece.cells))
        else:
            mark = {"item": "• ", "number": ""}.get(piece.kind, "")
            lines += [mark + piece.text, ""]
    return "\n".join(lines).encode()


def as_html(pieces: Sequence[Piece]) -> str:
    parts = ["<style>@page{size:A4} body{font:11pt sans-serif} p{margin:0 0 9pt}</style>"]
    for group in _grouped(pieces):
        if isinstance(group, list):
            rows = ["".join(f"<td>{html.escape(words)}</td>" for words in one.cells) for one in group]
            parts.append("<table>" + "".join(f"<tr>{cells}</tr>" for cells in rows) + "</table>")
            continue
        words = html.escape(group.text)
        named = {"title": "h1", "heading": f"h{group.level + 1}", "item": "li"}.get(group.kind, "p")
        parts.append(f"<{named}>{f'<b>{words}</b>' if group.kind == 'bold' else words}</{named}>")
    return "".join(parts)


def as_pdf(pieces: Sequence[Piece]) -> bytes:
    from weasyprint import HTML

    written: bytes = HTML(string=as_html(pieces)).write_pdf()
    return written


FORMATS: dict[str, Callable[[Sequence[Piece]], bytes]] = {
    ".docx": as_docx,
    ".odt": as_odt,
    ".md": as_md,
    ".txt": as_txt,
    ".pdf": as_pdf,
}


def _grouped(pieces: Sequence[Piece]) -> list[Piece | list[Piece]]:
    """The pieces with the rows of each table in a list of their own."""
    groups: list[Piece | list[Piece]] = []
    for piece in pieces:
        if piece.kind not in ("row", "header"):
            groups.append(piece)
        elif groups and isinstance(groups[-1], list):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _escaped(words: str) -> str:
    words = re.sub(r"([\\`*_{}\[\]<>#+!~&])", r"\\\1", words)
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-=])", r"\\\1", words))


def _a_picture() -> bytes:
    from PIL import Image

    written = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(written, "PNG")
    return written.getvalue()
