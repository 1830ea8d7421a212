"""Each check of what is painted and of how elements stand in one another finds the fault that is planted for it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from reports.documents import File, pdf_from_html
from tests.reports.pdf_checks import elements, faults

PAGE = """<!DOCTYPE html><html lang="en"><head><title>All kinds</title><style>
@page { @bottom-center { content: "Page " counter(page); background: yellow } }
svg { width: 40px; height: 40px }
</style></head><body><h1>First</h1><p>Words and <a href="#second">a link to the second part</a>.</p>
<table><caption>Numbers</caption><thead><tr><th>Theme</th><th colspan="2">Both</th></tr></thead>
<tbody><tr><th rowspan="2">One</th><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody></table>
<ul><li>One thing</li><li>Another</li></ul>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A square</title><rect width="9" height="9"/></svg>
<h2 id="second">Second</h2><p lang="ar" dir="rtl">النهاية</p></body></html>"""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """One page with every kind of element that our documents have, and a file inside."""
    return pdf_from_html(PAGE, attachments=(File("data.json", "application/json", b"{}", "The data"),))


def first(document: pikepdf.Pdf, kind: str) -> Any:
    return next(element for element in elements(document) if str(element["/S"]) == kind)


def drawn(document: pikepdf.Pdf, change: Callable[[bytes], bytes]) -> None:
    page = document.pages[0]
    page.Contents = document.make_stream(change(page.Contents.read_bytes()))


def _painted_outside(document: pikepdf.Pdf) -> None:
    drawn(document, lambda content: content + b"\n0 0 9 9 re f")


def _furniture_as_content(document: pikepdf.Pdf) -> None:
    drawn(document, lambda content: re.sub(rb"/Artifact\s*<<[^>]*>>\s*BDC", b"/Span <</MCID 99>> BDC", content))


def _content_as_decoration(document: pikepdf.Pdf) -> None:
    drawn(document, lambda content: b"/Artifact BMC\n" + content + b"\nEMC")


def _decoration_in_content(document: pikepdf.Pdf) -> None:
    drawn(document, lambda content: content.replace(b"BT", b"/Artifact BMC 0 0 1 1 re f EMC BT", 1))


def _mark_left_open(document: pikepdf.Pdf) -> None:
    drawn(document, lambda content: content + b"\n/Artifact BMC")


def _mark_used_twice(document: pikepdf.Pdf) -> None:
    drawn(document, lambda content: content.replace(b"/MCID 1>>", b"/MCID 0>>"))


def _element_lost(document: pikepdf.Pdf) -> None:
    owner = first(document, "/P")
    owner["/K"] = pikepdf.Array()


def _another_owner(document: pikepdf.Pdf) -> None:
    owners = document.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[1] = owners[1], owners[0]


def _no_parent_tree(document: pikepdf.Pdf) -> None:
    del document.Root.StructTreeRoot["/ParentTree"]


def _link_leads_elsewhere(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots[0]["/StructParent"] = 0


def _link_without_words(document: pikepdf.Pdf) -> None:
    del document.pages[0].Annots[0]["/Contents"]


def _link_in_a_paragraph(document: pikepdf.Pdf) -> None:
    first(document, "/Link")["/S"] = pikepdf.Name("/P")


def _text_that_cannot_be_copied(document: pikepdf.Pdf) -> None:
    for font in document.objects:
        if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font:
            del font["/ToUnicode"]


def _sign_without_character(document: pikepdf.Pdf) -> None:
    for font in document.objects:
        if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font:
            font["/ToUnicode"].write(font["/ToUnicode"].read_bytes().replace(b"<0061>", b"<0000>"))


def _whole_font(document: pikepdf.Pdf) -> None:
    for font in document.objects:
        if isinstance(font, pikepdf.Dictionary) and str(font.get("/Subtype", "")).startswith("/CIDFont"):
            font["/BaseFont"] = pikepdf.Name("/Sans")


def _renamed(kind: str, other: str) -> Callable[[pikepdf.Pdf], None]:
    def plant(document: pikepdf.Pdf) -> None:
        first(document, kind)["/S"] = pikepdf.Name(other)

    plant.__name__ = f"_{kind[1:]}_as_{other[1:]}"
    return plant


def _span_forgotten(document: pikepdf.Pdf) -> None:
    for element in elements(document):
        if "/ColSpan" in element.get("/A", {}):
            del element["/A"]["/ColSpan"]


def _span_too_far(document: pikepdf.Pdf) -> None:
    for element in elements(document):
        if "/RowSpan" in element.get("/A", {}):
            element["/A"]["/RowSpan"] = 3


def _caption_in_the_middle(document: pikepdf.Pdf) -> None:
    table = first(document, "/Table")
    caption, head, body = table["/K"]
    table["/K"] = pikepdf.Array([head, caption, body])


def _wrong_parent(document: pikepdf.Pdf) -> None:
    first(document, "/H2")["/P"] = first(document, "/P")


def _no_language(document: pikepdf.Pdf) -> None:
    first(document, "/P")["/Lang"] = "in English"


def _first_heading_lower(document: pikepdf.Pdf) -> None:
    for element in elements(document):
        if str(element["/S"]) in ("/H1", "/H2"):
            element["/S"] = pikepdf.Name("/H2")


def _title_not_in_metadata(document: pikepdf.Pdf) -> None:
    document.Root.Metadata.write(document.Root.Metadata.read_bytes().replace(b"All kinds", b""))


def _suspect(document: pikepdf.Pdf) -> None:
    document.Root.MarkInfo["/Suspects"] = True


def _other_meaning(document: pikepdf.Pdf) -> None:
    document.Root.StructTreeRoot["/RoleMap"] = pikepdf.Dictionary(P=pikepdf.Name.Div, Odd=pikepdf.Name.Odder)


def _nameless_file(document: pikepdf.Pdf) -> None:
    del document.attachments["data.json"].obj["/F"]


def _figure_nowhere(document: pikepdf.Pdf) -> None:
    del first(document, "/Figure")["/A"]


def _empty_heading(document: pikepdf.Pdf) -> None:
    first(document, "/H2")["/K"] = pikepdf.Array()


PLANTED: list[tuple[Callable[[pikepdf.Pdf], None], str]] = [
    (_painted_outside, "something is painted (f) that is neither tagged nor decoration"),
    (_furniture_as_content, "the passage marked 99 is not in the structure"),
    (_content_as_decoration, "content stands inside decoration"),
    (_decoration_in_content, "decoration stands inside content"),
    (_mark_left_open, "a mark never ends"),
    (_mark_used_twice, "the mark 0 stands for two passages"),
    (_element_lost, "is not in the structure"),
    (_another_owner, "belongs to another element than the structure says"),
    (_no_parent_tree, "its passages have no element"),
    (_link_leads_elsewhere, "a link does not lead back to its element"),
    (_link_without_words, "a link does not say where it leads"),
    (_link_in_a_paragraph, "an annotation /Link does not stand in Link"),
    (_text_that_cannot_be_copied, "cannot be copied"),
    (_sign_without_character, "stands for no character"),
    (_whole_font, "is embedded whole"),
    (_renamed("/LBody", "/P"), "LI holds P"),
    (_renamed("/L", "/Div"), "LI stands in Div"),
    (_renamed("/TH", "/P"), "TR holds P"),
    (_renamed("/P", "/Paragraph"), "Paragraph is no element that a reader knows"),
    (_span_forgotten, "a table has rows of 2 and 3 cells"),
    (_span_too_far, "a cell reaches below its table"),
    (_caption_in_the_middle, "a table has its caption or its head in the wrong place"),
    (_wrong_parent, "names another parent"),
    (_no_language, "P is in the language in English, which is none"),
    (_first_heading_lower, "the first heading is H2"),
    (_title_not_in_metadata, "the title is not in the metadata"),
    (_suspect, "its tags are called suspect"),
    (_other_meaning, "/P is given another meaning"),
    (_other_meaning, "/Odd has no meaning"),
    (_nameless_file, "the file data.json inside has no name for every reader"),
    (_figure_nowhere, "a figure does not say where it is"),
    (_empty_heading, "H2 is empty"),
]


def test_a_page_with_every_kind_of_element_has_no_fault(pdf: bytes) -> None:
    assert faults(pdf, captions=True) == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert "ar" in [str(element["/Lang"]) for element in elements(document) if "/Lang" in element]


@pytest.mark.parametrize(("plant", "found"), PLANTED, ids=[plant.__name__ for plant, _ in PLANTED])
def test_a_planted_fault_is_found(pdf: bytes, plant: Callable[[pikepdf.Pdf], None], found: str) -> None:
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        plant(document)
        document.save(changed)
    assert any(found in fault for fault in faults(changed.getvalue()))
