"""Documents that run from right to left: passages in other languages keep their own direction, on every line."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from reports.documents import pdf_from_html
from reports.passages import with_passages
from reports.words import Words, catalogue
from surveys.questionnaire import Text
from tests.reports.pdf_checks import elements

ENGLISH = "By 30 April we will publish what people said, what we decided and why."
PAGE = (
    '<html lang="ar" dir="rtl"><head><title>\u2066Title.\u2069</title><style>'
    '@page { size: 300px 300px; margin: 20px } body { font: 14px "Noto Sans", "Noto Sans Arabic" }'
    "</style></head><body><p>قال الناس: «\u2066ENGLISH\u2069» ثم انتهى.</p></body></html>"
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return pdf_from_html(with_passages(PAGE.replace("ENGLISH", ENGLISH), Words("en").as_passages))


def test_a_passage_that_goes_over_a_line_keeps_its_full_stop_at_its_own_end(pdf: bytes) -> None:
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    letters = [
        (text.get_text_range(place, 1), *text.get_charbox(place, loose=True)) for place in range(text.count_chars())
    ]
    lines = {round(bottom) for sign, _, bottom, _, _ in letters if sign.isascii() and sign.isalpha()}
    assert len(lines) > 1, "the passage stands on one line, so nothing is shown"
    last = min(lines)
    why = max(left for sign, left, bottom, _, _ in letters if sign == "y" and round(bottom) == last)
    stops = [left for sign, left, bottom, _, _ in letters if sign == "." and round(bottom) == last]
    assert max(stops) > why


def test_a_tagged_pdf_says_in_which_language_each_passage_is(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        spoken = {str(element["/Lang"]) for element in elements(document) if "/Lang" in element}
        assert (str(document.Root.Lang), spoken) == ("ar", {"en-GB"})


def test_only_what_is_read_on_the_page_becomes_an_element() -> None:
    isolated = "\u2066What matters?\u2069"
    for whole in (f"<title>{isolated}</title>", f"<svg><text>{isolated}</text></svg>", f'<p title="{isolated}">x</p>'):
        assert with_passages(whole, {"ltr": "en-GB"}) == whole
    assert with_passages(isolated, {"ltr": "en-GB"}) == f'<span lang="en-GB" dir="ltr">{isolated}</span>'
    assert with_passages(isolated, {"rtl": "ar"}) == f'<span dir="ltr">{isolated}</span>'
    assert with_passages("\u206670%\u2069", {"ltr": "en-GB"}) == "\u206670%\u2069"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("اتصل بالرقم 01632 960 140 الآن.", "01632 960 140"),
        ("اتصل بالرقم +44 1632 960140.", "+44 1632 960140"),
        ("زر 111.nhs.uk.", "111.nhs.uk"),
        ("قبل 30 أبريل 2027. من 9 إلى 17.", None),
    ],
)
def test_numbers_in_groups_keep_their_order_in_arabic(written: str, kept: str | None) -> None:
    said = Words("ar").said(Text((("ar", written),)))
    assert said.replace("\u00a0", " ") == (written.replace(kept, f"\u2066{kept}\u2069") if kept else written)


def test_texts_that_run_the_other_way_are_read_in_their_order() -> None:
    question, hint = Text((("en", "Which matter most?"),)), Text((("en", "Choose up to 3."),))
    assert Words("ar").said(question, hint) == "\u2066Which matter most? Choose up to 3.\u2069"
    assert Words("ar").said(question, hint, joint=" · ") == "\u2066Which matter most? · Choose up to 3.\u2069"
    assert Words("en").said(question, hint) == "Which matter most? Choose up to 3."


def test_every_arabic_phrase_with_plurals_has_the_forms_that_numbers_call_for() -> None:
    incomplete = {
        key: missing
        for key, texts in catalogue().items()
        if isinstance(arabic := texts.get("ar"), dict)
        and arabic.keys() != {"other"}
        and (missing := {"few", "many", "other"} - arabic.keys())
    }
    assert incomplete == {}
