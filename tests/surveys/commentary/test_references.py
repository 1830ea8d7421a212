"""Figures in texts: named, found, filled in; and those that somebody typed by hand."""

from __future__ import annotations

import pytest

from surveys.commentary.references import (
    FigureReference,
    by_name,
    fill_in,
    hidden_references,
    reference_fault,
    typed_figures,
)

PATIENTS = FigureReference(
    "fair-care chosen patients", "fair-care", "Fair care", "Chose it", "70%\u00a0(218\u00a0of\u00a0312)", True
)
STAFF = FigureReference("fair-care chosen staff", "fair-care", "Fair care", "Chose it", "too few", False)
OTHER = FigureReference(
    "digital chosen patients", "digital", "Digital", "Chose it", "70%\u00a0(219\u00a0of\u00a0312)", True
)
PEOPLE = FigureReference("people", "people", "Who answered", "Everybody", "383", True)
KNOWN = by_name([PATIENTS, STAFF, OTHER, PEOPLE])


def test_a_reference_prints_its_figure_however_it_is_spaced() -> None:
    text = "It leads: [[fair-care chosen patients]], [[ Fair-care  chosen\nstaff ]] and [[gone]]."
    assert fill_in(text, KNOWN, gone="?") == f"It leads: {PATIENTS.value}, too few and ?."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("See [[fair-care choosen patients]].", "There is no figure [[fair-care choosen patients]]. Did you mean [["),
        ("See [[fair-care choosen patients]].", "mean [[fair-care chosen patients]]"),
        ("See [[patients chosen digital]].", "[[digital chosen patients]]"),
        ("See [[zzz]].", "Copy one from the list of figures"),
        ("See [[]].", "There is no figure [[]]"),
        ("See [[fair-care chosen patients].", "One of the two is missing"),
        ("See fair-care chosen patients]].", "One of the two is missing"),
    ],
)  # fmt: skip
def test_a_reference_to_nothing_is_named_with_what_is_near(text: str, said: str) -> None:
    assert said in (reference_fault(text, KNOWN) or "")


def test_references_that_exist_are_no_fault_and_hidden_ones_are_told() -> None:
    text = "[[fair-care chosen patients]] and [[fair-care chosen staff]], see [1]."
    assert reference_fault(text, KNOWN) is None
    assert hidden_references(text, KNOWN) == (STAFF,)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("70% of patients", [("70%", PATIENTS)]),
        ("218 of 312 people", [("218 of 312", PATIENTS)]),
        ("219 of 312 people", [("219 of 312", OTHER)]),
        ("70 per cent agree", [("70 per cent", PATIENTS)]),
        ("18 of 312 are few, and so are 18 of 31", [("18 of 312", None), ("18 of 31", None)]),
        ("7 in 10 agree, 0% do not", [("7 in 10", None), ("0%", None)]),
        ("[[fair-care chosen patients]] on 3 of March 2026, page 12", []),
        ("The 1 of May and 24 hours in 2026", []),
        ("In all 383 people, 40 patients aged 64, at 3 places", [("383", PEOPLE), ("40", None)]),
        ("Seven in ten agree, one in five does not", [("Seven in ten", None), ("one in five", None)]),
        ("70٪ منهم، 218 من 312", [("70٪", PATIENTS), ("218 من 312", None)]),
    ],
)
def test_figures_typed_by_hand_are_found_with_the_reference_that_says_them(
    text: str, found: list[tuple[str, FigureReference | None]]
) -> None:
    assert list(typed_figures(text, KNOWN, about="fair-care")) == found


def test_the_reference_about_the_same_theme_comes_first() -> None:
    assert list(typed_figures("70%", KNOWN, about="digital")) == [("70%", OTHER)]
