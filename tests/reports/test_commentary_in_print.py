"""However much an officer writes, the first two pages stay two and nothing is cut off."""

from __future__ import annotations

import datetime

import pypdfium2
import pytest

from reports.board_report import board_report_pdf
from reports.commentary import Advised, Written
from surveys.commentary.texts import FRONT, LONGEST
from tests.reports.conftest import Answered
from tests.reports.pdf_checks import faults, page_texts

SAID = "We heard from many people that this matters a great deal to them, and that it should be done soon. "
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
ARABIC = "نوصي بالإبقاء على هذا الموضوع كما هو."
DAY = datetime.date(2026, 11, 20)


def longest(part: str, ending: str) -> str:
    """As many characters as a part may hold, to its last word."""
    return (SAID * 20)[: LONGEST[part] - len(ending) - 1] + " " + ending


@pytest.fixture(scope="module")
def pdf(cancer_survey: Answered) -> bytes:
    """The report with everything written as long as it may be, in long words and in another script too."""
    themes = [theme.id for theme in cancer_survey.questionnaire.themes]
    advised = {theme: Advised("keep", longest("reason", "Soon."), "Anna Smith", DAY) for theme in themes}
    advised[themes[1]] = Advised("merge", WORD, "Anna Smith", DAY)
    advised[themes[2]] = Advised("drop", ARABIC, "سارة", DAY)
    text = longest("summary", "Decided.")
    return board_report_pdf(
        cancer_survey.results,
        cancer_survey.questionnaire,
        language="en",
        commentary=Written(
            edition=1,
            state="for_comment",
            state_on=DAY,
            state_by="Anna Smith",
            front=tuple((key, longest(key, "Noted.")) for key in FRONT),
            summary=(text[:500], WORD, text[500 + len(WORD) : 1000], text[1000:]),
            advised=advised,
        ),
    )


def test_the_longest_texts_leave_two_pages_that_stand_alone(pdf: bytes) -> None:
    first, second, third, *_ = page_texts(pdf)
    assert "Decided." in first
    assert "What we ask the board to decide" in first
    assert "take part" in first.split("What we ask the board to decide")[1] or "publish" in first
    assert second.count("Noted.") == len(FRONT)
    assert "Annex A" in third


def test_a_short_front_sheet_leaves_what_people_were_told_on_page_two(cancer_survey: Answered, pdf: bytes) -> None:
    front = tuple((key, "Noted.") for key in FRONT)
    written = Written(
        edition=1, state="draft", state_on=DAY, state_by="Anna Smith", front=front, summary=("Done.",), advised={}
    )
    short = board_report_pdf(cancer_survey.results, cancer_survey.questionnaire, language="en", commentary=written)
    said = "What we told people about this decision"
    assert [number for number, page in enumerate(page_texts(short), start=1) if said in page] == [2]
    (place,) = [number for number, page in enumerate(page_texts(pdf), start=1) if said in page]
    assert place > 2


def test_each_theme_has_its_signed_advice_beside_it(pdf: bytes) -> None:
    pages = [page for page in page_texts(pdf) if "Every theme gets a row" in page or "Anna Smith, 20 Nov" in page]
    assert "Every theme gets a row" in pages[0]
    assert "Anna Smith, 20 November 2026" in pages[0]
    signed = " ".join(pages)
    assert signed.count("Anna Smith, 20 November 2026") == 7
    assert len(pages) <= 4


def test_no_word_leaves_its_page(pdf: bytes) -> None:
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        text = page.get_textpage()
        right = max(text.get_charbox(place)[2] for place in range(text.count_chars()))
        assert right <= page.get_width() - 30, number


def test_a_report_with_everything_written_has_no_fault(pdf: bytes) -> None:
    assert faults(pdf, captions=True) == []
