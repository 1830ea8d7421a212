"""Rendering an HTML document to PDF, in a process of its own that can read no file and call nobody.

``python -m reports.rendering`` reads a request (JSON) from standard input. It writes to standard output a line with the
place of the candidate that was taken, then the PDF. ``reports.documents`` starts it.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import pydyf
from weasyprint import HTML, Attachment
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.documents import DOES_NOT_FIT, FORBIDDEN_ADDRESS, OUT_OF_MEMORY, File, file_from_json
from reports.language_tags import name_languages
from reports.page_furniture import mark_furniture_as_decoration
from reports.svg_text import draw_words_whole


class AssetsOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint comes without types.
    """Serves the document's own assets and stops the whole rendering at any other address."""

    def __init__(self, assets: tuple[File, ...] = ()) -> None:
        super().__init__()
        self._assets: Mapping[str, File] = {f"asset:{asset.name}": asset for asset in assets}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """The asset with this address; FatalURLFetchingError for anything else, local files and data URLs included."""
        asset = self._assets.get(url)
        if asset is None:
            raise FatalURLFetchingError(f"it asks for {url[:80]}, which is not one of its own pictures")
        return URLFetcherResponse(url, asset.content, {"Content-Type": asset.media_type})


def render(
    candidates: Sequence[str],
    *,
    pages: int | None = None,
    assets: tuple[File, ...] = (),
    attachments: tuple[File, ...] = (),
    zoom: float = 1,
) -> tuple[int, bytes] | None:
    """The first candidate that needs at most ``pages`` pages (None: any number): its place and the tagged PDF.

    None if none does. ``zoom`` enlarges the pages with all that is on them.

    FatalURLFetchingError when it asks for more than its assets.
    """
    fetcher = AssetsOnly(assets)
    for place, html in enumerate(candidates):
        document = HTML(string=html, url_fetcher=fetcher).render(pdf_variant="pdf/ua-1")
        if pages is None or len(document.pages) <= pages:
            pdf: bytes = document.write_pdf(
                zoom=zoom,
                pdf_variant="pdf/ua-1",
                finisher=_add_header_scopes,
                attachments=[
                    Attachment(
                        string=file.content,
                        name=file.name,
                        description=file.description,
                        relationship="Data",
                        url_fetcher=fetcher,
                    )
                    for file in attachments
                ],
            )
            return place, pdf
    return None


def _add_header_scopes(_document: Any, pdf: Any) -> None:
    # WeasyPrint 70 tags a table header without saying whether it heads a column or a row. In our templates a header
    # in <thead> heads its column and any other its row.
    elements = {item.reference: item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and "S" in item}
    for element in elements.values():
        if element["S"] == "/TH":
            section = elements[elements[element["P"]]["P"]]
            element["A"]["Scope"] = "/Column" if section["S"] == "/THead" else "/Row"


def main() -> int:
    """Render the request on standard input under its own limits; the exit code says how it went."""
    request = json.loads(sys.stdin.buffer.read())
    draw_words_whole()
    name_languages()
    mark_furniture_as_decoration()
    resource.setrlimit(resource.RLIMIT_AS, (request["memory_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (request["cpu_seconds"],) * 2)
    try:
        made = render(
            request["candidates"],
            pages=request["pages"],
            zoom=request["zoom"],
            assets=tuple(map(file_from_json, request["assets"])),
            attachments=tuple(map(file_from_json, request["attachments"])),
        )
    except FatalURLFetchingError as refused:
        sys.stderr.write(f"{refused}\n")
        return FORBIDDEN_ADDRESS
    except MemoryError:
        return OUT_OF_MEMORY
    if made is None:
        return DOES_NOT_FIT
    sys.stdout.buffer.write(b"%d\n%b" % made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
