"""The checks of PDFs find nothing in our documents, and each finds the fault that is planted for it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from tests.reports.pdf_checks import contents_faults, elements, faults


def _no_ua(document: pikepdf.Pdf) -> None:
    document.Root.Metadata.write(document.Root.Metadata.read_bytes().replace(b"part", b"past"))


def _no_language(document: pikepdf.Pdf) -> None:
    del document.Root["/Lang"]


def _no_title(document: pikepdf.Pdf) -> None:
    del document.docinfo["/Title"]


def _title_hidden(document: pikepdf.Pdf) -> None:
    del document.Root["/ViewerPreferences"]


def _not_tagged(document: pikepdf.Pdf) -> None:
    del document.Root["/MarkInfo"]


def _no_bookmarks(document: pikepdf.Pdf) -> None:
    del document.Root["/Outlines"]


def _order_by_position(document: pikepdf.Pdf) -> None:
    del document.pages[1]["/Tabs"]


def _first(document: pikepdf.Pdf, kind: str) -> Any:
    return next(element for element in elements(document) if str(element["/S"]) == kind)


def _figure_without_alt(document: pikepdf.Pdf) -> None:
    del _first(document, "/Figure")["/Alt"]


def _header_without_scope(document: pikepdf.Pdf) -> None:
    del _first(document, "/TH")["/A"]["/Scope"]


def _table_without_headers(document: pikepdf.Pdf) -> None:
    for element in elements(document):
        if str(element["/S"]) == "/TH":
            element["/S"] = pikepdf.Name("/TD")


def _cell_lost(document: pikepdf.Pdf) -> None:
    row = _first(document, "/TR")
    row["/K"] = pikepdf.Array(list(row["/K"])[:-1])


def _table_without_caption(document: pikepdf.Pdf) -> None:
    for element in elements(document):
        if str(element["/S"]) == "/Caption":
            element["/S"] = pikepdf.Name("/P")


def _skipped_level(document: pikepdf.Pdf) -> None:
    _first(document, "/H2")["/S"] = pikepdf.Name("/H4")


def _untagged_link(document: pikepdf.Pdf) -> None:
    link = _first(document, "/Link")
    link["/K"] = pikepdf.Array([child for child in link["/K"] if not isinstance(child, pikepdf.Dictionary)])


def _dead_link(document: pikepdf.Pdf) -> None:
    document.Root.Names.Dests.Names = pikepdf.Array()


def _font_not_embedded(document: pikepdf.Pdf) -> None:
    descriptor = next(
        object_
        for object_ in document.objects
        if isinstance(object_, pikepdf.Dictionary) and str(object_.get("/Type", "")) == "/FontDescriptor"
    )
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


PLANTED: list[tuple[Callable[[pikepdf.Pdf], None], str]] = [
    (_no_ua, "PDF/UA-1 is not declared"),
    (_no_language, "no language"),
    (_no_title, "no title"),
    (_title_hidden, "the title is not displayed"),
    (_not_tagged, "not tagged"),
    (_no_bookmarks, "no bookmarks"),
    (_order_by_position, "page 2: reading order does not follow the structure"),
    (_figure_without_alt, "a figure has no alternative text"),
    (_header_without_scope, "a table header has no scope"),
    (_table_without_headers, "a table has no headers"),
    (_cell_lost, "a table has rows of"),
    (_table_without_caption, "a table has no caption"),
    (_skipped_level, "a heading of level 4 follows one of level"),
    (_untagged_link, "a link is not in the structure"),
    (_dead_link, "a link leads nowhere"),
    (_font_not_embedded, "is not embedded"),
]


@pytest.mark.parametrize(("plant", "found"), PLANTED, ids=[plant.__name__ for plant, _ in PLANTED])
def test_a_planted_fault_is_found(board_pdf: bytes, plant: Callable[[pikepdf.Pdf], None], found: str) -> None:
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(board_pdf)) as document:
        plant(document)
        document.save(changed)
    assert any(found in fault for fault in faults(changed.getvalue(), captions=True))


def test_contents_give_every_chapters_page_and_lead_there(board_pdf: bytes) -> None:
    assert contents_faults(board_pdf) == []


def test_a_wrong_number_and_a_lost_link_of_the_contents_are_found(board_pdf: bytes) -> None:
    moved, unlinked = io.BytesIO(), io.BytesIO()
    with pikepdf.open(io.BytesIO(board_pdf)) as document:
        document.pages.insert(0, document.pages[0])
        document.save(moved)
    with pikepdf.open(io.BytesIO(board_pdf)) as document:
        for page in document.pages:
            page["/Annots"] = pikepdf.Array()
        document.save(unlinked)
    assert any("do not give page" in fault for fault in contents_faults(moved.getvalue()))
    assert any("no line of the contents leads" in fault for fault in contents_faults(unlinked.getvalue()))


def test_the_board_report_has_no_fault(board_pdf: bytes) -> None:
    assert faults(board_pdf, captions=True) == []


def test_the_workshop_pack_has_no_fault(workshop_pdf: bytes) -> None:
    assert faults(workshop_pdf) == []
