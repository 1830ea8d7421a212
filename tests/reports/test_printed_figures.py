"""Figures in print: rounded half up, never a percentage of a few, never a word about what is hidden."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import printed_figures as printed
from reports.tabulation import Estimate, Shown, Suppressed
from reports.words import Words

EN = Words("en")
FEW = Suppressed("small base")
BACK = Suppressed("secondary")


def plain(text: str) -> str:
    """Without the signs that hold a line together."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("part", "base", "said"),
    [
        (218, 312, "70% (218 of 312)"),
        (35, 50, "70% (35 of 50)"),
        (21, 30, "21 of 30"),
        (34, 49, "34 of 49"),
        (89, 200, "45% (89 of 200)"),
        (25, 200, "13% (25 of 200)"),
        (0, 312, "0% (0 of 312)"),
        (1, 2700, "under 1% (1 of 2,700)"),
        (14, 2700, "1% (14 of 2,700)"),
        (2699, 2700, "over 99% (2,699 of 2,700)"),
        (2700, 2700, "100% (2,700 of 2,700)"),
        (1234, 2000, "62% (1,234 of 2,000)"),
        (0, 0, "–"),
    ],
)
def test_a_share_is_a_percentage_only_from_fifty_people(part: int, base: int, said: str) -> None:
    assert plain(printed.share(EN, Shown(part), Shown(base))) == said


@pytest.mark.parametrize(
    ("part", "base", "said"),
    [
        (218, 312, "about 7 in 10 (218 of 312)"),
        (700, 1000, "7 in 10 (700 of 1,000)"),
        (35, 50, "5 to 8 in 10 (35 of 50)"),
        (70, 100, "6 to 8 in 10 (70 of 100)"),
        (3, 50, "up to 2 in 10 (3 of 50)"),
        (47, 50, "8 in 10 or more (47 of 50)"),
        (3, 100, "fewer than 1 in 10 (3 of 100)"),
        (98, 100, "more than 9 in 10 (98 of 100)"),
        (0, 100, "nobody (0 of 100)"),
        (100, 100, "everybody (100 of 100)"),
        (65, 100, "5 to 7 in 10 (65 of 100)"),
        (233, 307, "7 to 8 in 10 (233 of 307)"),
        (868, 2532, "3 to 4 in 10 (868 of 2,532)"),
        (889, 2532, "3 to 4 in 10 (889 of 2,532)"),
        (936, 1000, "more than 9 in 10 (936 of 1,000)"),
        (60, 1000, "about 1 in 10 (60 of 1,000)"),
        (21, 30, "21 of 30"),
    ],
)
def test_a_sentence_says_tenths_with_their_counts(part: int, base: int, said: str) -> None:
    assert plain(printed.in_ten(EN, Shown(part), Shown(base))) == said


def test_a_hidden_figure_is_a_word_whatever_else_is_known() -> None:
    assert printed.share(EN, FEW, FEW) == printed.share(EN, Shown(3), FEW) == printed.count(EN, FEW) == "too few"
    assert (
        printed.share(EN, BACK, Shown(60))
        == printed.in_ten(EN, BACK, Shown(60))
        == printed.count(EN, BACK)
        == "kept back"
    )
    assert printed.chance_range(EN, Estimate(BACK, BACK, BACK), Shown(60)) == "kept back"
    assert printed.keys_for(EN, ["too few", "12"]) == (printed.key_to_words(EN)["too few"],)


def test_ranges_are_given_from_fifty_people() -> None:
    estimate = Estimate(Shown(70.0), Shown(56.2), Shown(80.9))
    assert printed.chance_range(EN, estimate, Shown(50)) == "56% to 81%"
    assert printed.chance_range(EN, estimate, Shown(49)) == "–"


def test_an_interval_is_never_rounded_to_none_or_to_all() -> None:
    near_all = Estimate(Shown(99.96), Shown(99.79), Shown(99.99))
    near_none = Estimate(Shown(0.04), Shown(0.01), Shown(0.21))
    assert printed.chance_range(EN, near_all, Shown(2700)) == "99% to 100%"
    assert printed.chance_range(EN, near_none, Shown(2700)) == "0% to 1%"


def test_arabic_never_rounds_a_share_to_none_or_to_all() -> None:
    arabic = Words("ar")
    assert plain(printed.percent(arabic, Shown(2699), Shown(2700))) == "أكثر من \u206699%\u2069"
    assert plain(printed.percent(arabic, Shown(1), Shown(2700))) == "أقل من \u20661%\u2069"


@given(st.integers(300, 10**5), st.data())
def test_one_person_more_never_takes_a_sentence_to_another_tenth_altogether(people: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(int(0.08 * people), int(0.92 * people)))
    said = [printed.tenths(EN, Shown(one), Shown(people)) for one in (part, part + 1)]
    first, second = ({int(tenth) for tenth in re.findall(r"\b[1-9]\b", one)} for one in said)
    assert first & second, said


@pytest.mark.parametrize("say", [lambda figure: printed.count(EN, figure), printed.number])
def test_a_figure_that_has_not_passed_disclosure_control_is_never_printed(say: Callable[[object], object]) -> None:
    with pytest.raises(TypeError, match="only disclosed figures"):
        say(7)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_no_decimals_and_no_percentage_without_its_counts(part: int, base: int) -> None:
    part = min(part, base)
    for said in (printed.share(EN, Shown(part), Shown(base)), printed.in_ten(EN, Shown(part), Shown(base))):
        assert "." not in said
        assert "%" not in said or (base >= 50 and f"of\u00a0{base:,})" in said)


@given(st.sampled_from([FEW, BACK]), st.integers(0, 10**6), st.integers(0, 10**6))
def test_no_number_stands_where_either_side_is_hidden(hidden: Suppressed, part: int, base: int) -> None:
    for say in (printed.share, printed.in_ten, printed.percent, printed.counts_of):
        assert not any(sign.isdigit() for sign in say(EN, hidden, Shown(base)) + say(EN, Shown(part), hidden))


def test_names_are_listed_as_a_sentence_lists_them() -> None:
    assert [printed.listed(EN, names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]
