"""Reading back the QR codes of a finished print, as a phone would, before anybody may print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.documents import DocumentFailed

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 150
"""Coarser than any printer in use: what can be read at this can be read on paper."""


def page_pictures(pdf: bytes, *, dpi: float = DPI, grey: bool = True) -> list[Image]:
    """Each page of a PDF as dots, so many per inch."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72, grayscale=grey).to_pil() for page in document]


def codes_on(picture: Image) -> list[str]:
    """What the QR codes on a picture say."""
    import zxingcpp

    return [found.text for found in zxingcpp.read_barcodes(picture)]


def check_codes(pdf: bytes, *, content: str, on_first_page: int) -> None:
    """Make sure that the first page has so many codes, further pages none, and that each says ``content``.

    DocumentFailed where one is missing, cannot be read or says anything else.
    """
    found = [codes_on(picture) for picture in page_pictures(pdf)]
    if not found or found[0] != [content] * on_first_page or any(found[1:]):
        raise DocumentFailed(
            "A code on this print could not be read back, so the print is not offered. "
            "Make it again; if that does not help, ask for support and say which print it was."
        )
