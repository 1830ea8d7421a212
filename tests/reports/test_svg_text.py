"""Words in charts: as one line in the PDF, so that the letters of a script that joins them stay joined."""

from __future__ import annotations

import io

import pikepdf

from reports.documents import pdf_from_html

_PAGE = (
    '<html lang="ar" dir="rtl"><head><title>t</title><style>svg { display: block }</style></head><body>'
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 300 30" font-family="Noto Sans Arabic">'
    '<title>t</title><text x="150" y="20" font-size="12">المرضى</text></svg></body></html>'
)


def test_a_word_in_a_chart_is_drawn_as_one_line() -> None:
    with pikepdf.open(io.BytesIO(pdf_from_html(_PAGE))) as document:
        drawn = pikepdf.parse_content_stream(document.pages[0])
        forms = list(document.pages[0].Resources.get("/XObject", {}).values())
        drawn += [one for form in forms for one in pikepdf.parse_content_stream(form)]
    assert sum(str(one.operator) in ("Tj", "TJ") for one in drawn) == 1
