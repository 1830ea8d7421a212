"""The charts of a document as pictures, for programs that cannot show SVG."""

from __future__ import annotations

import io
from collections.abc import Sequence

import lxml.html
import pypdfium2
from lxml.etree import _Element

from reports.documents import pdf_from_html

_PIXELS_PER_INCH = 220
_CSS_PIXELS_PER_INCH = 96


def pictures(charts: Sequence[_Element]) -> list[tuple[bytes, float]]:
    """Each SVG chart as a PNG, and its width in inches. DocumentFailed where they cannot be drawn.

    All are drawn in one go by what draws the PDF, so that letters join and run as they do there.
    """
    if not charts:
        return []
    sizes = [_size(chart) for chart in charts]
    rules = "".join(
        f"@page p{place} {{ size: {width}px {height}px; margin: 0 }} "
        f".p{place} {{ page: p{place}; width: {width}px; height: {height}px }} "
        for place, (width, height) in enumerate(sizes)
    )
    drawn = "".join(
        f'<div class="p{place}">{lxml.html.tostring(chart, encoding="unicode")}</div>'
        for place, chart in enumerate(charts)
    )
    html = (
        '<!DOCTYPE html><html lang="en"><head><title>Charts</title><style>'
        f"body {{ margin: 0 }} svg {{ display: block; width: 100% }} {rules}</style></head><body>{drawn}</body></html>"
    )
    document = pypdfium2.PdfDocument(pdf_from_html(html))
    try:
        return [(_png(document[place]), width / _CSS_PIXELS_PER_INCH) for place, (width, _) in enumerate(sizes)]
    finally:
        document.close()


def _size(chart: _Element) -> tuple[float, float]:
    _, _, width, height = (float(number) for number in str(chart.get("viewbox") or chart.get("viewBox")).split())
    return width, height


def _png(page: pypdfium2.PdfPage) -> bytes:
    written = io.BytesIO()
    image = page.render(scale=_PIXELS_PER_INCH / 72).to_pil()
    image.quantize(64).save(written, format="PNG", optimize=True)
    return written.getvalue()
