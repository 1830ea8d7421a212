"""Numbers, figures and lists as each language writes them, plural forms among them."""

from __future__ import annotations

import pytest

from reports import printed_figures as printed
from reports.tabulation import Shown
from reports.words import Words
from tests.reports.bare_survey import plain


@pytest.mark.parametrize(
    ("number", "english", "arabic"),
    [
        (1, "On one theme we see", "في موضوع واحد لدى"),
        (2, "On 2 themes we see", "في موضوعين لدى"),
        (3, "On 3 themes we see", "في 3 موضوعات لدى"),
        (10, "On 10 themes we see", "في 10 موضوعات لدى"),
        (11, "On 11 themes we see", "في 11 موضوعًا لدى"),
        (99, "On 99 themes we see", "في 99 موضوعًا لدى"),
        (100, "On 100 themes we see", "في 100 موضوع لدى"),
    ],
)
def test_numbers_take_the_plural_of_their_language(number: int, english: str, arabic: str) -> None:
    assert Words("en")("since_similar", n=number, group="patients").startswith(english)
    assert arabic in Words("ar")("since_similar", n=number, group="المرضى")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "70% (1,234 of 1,763)"), ("ar", "70% (1,234 من 1,763)"), ("fr", "70% (1,234 of 1,763)")],
)
def test_figures_keep_western_digits_and_set_thousands_apart_as_the_words_beside_them_do(
    language: str, said: str
) -> None:
    assert plain(printed.share(Words(language), Shown(1234), Shown(1763))) == said


def test_a_percentage_keeps_its_sign_on_its_own_side_in_arabic() -> None:
    assert printed.percent(Words("ar"), Shown(70), Shown(100)) == "\u206670%\u2069"


def test_lists_join_as_the_language_does() -> None:
    names = ["أ", "ب", "ج"]
    assert [printed.listed(Words("ar"), names[:size]) for size in range(4)] == ["", "أ", "أ وب", "أ، ب وج"]
