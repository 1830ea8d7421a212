"""Every figure of a printed report is the one in the results as JSON, wherever in the report it stands."""

from __future__ import annotations

import re
from typing import Any

import pytest

from reports.results_json import to_json
from reports.statistics.rounding import whole
from tests.reports.conftest import Answered
from tests.reports.pdf_checks import page_texts

_SHARE = re.compile(r"(\d+)% \(([\d,]+) of ([\d,]+)\)")


@pytest.fixture(scope="module")
def results(cancer_survey: Answered) -> dict[str, Any]:
    return to_json(cancer_survey.results, cancer_survey.questionnaire)


def printed(count: int, base: int) -> str:
    return f"{whole(100 * count / base)}% ({count} of {base})"


def important(population: dict[str, Any], theme_id: str) -> str:
    table = next(one for one in population["questions"] if one["id"] == f"{theme_id}.importance")
    return printed(table["counts"]["very"] + table["counts"]["fairly"], table["base"])


def known_shares(results: dict[str, Any]) -> set[str]:
    """Every share that the JSON gives the count and base of, as print says it."""
    known = set()
    about_people = {"themes": [], "questions": [one for one in results["questions"] if one["kind"] == "choice"]}
    for population in (about_people, *results["audiences"].values()):
        for theme in population["themes"]:
            known |= {printed(theme[one]["n"], theme[one]["base"]) for one in ("chosen", "unclear")}
            known.add(important(population, theme["id"]))
        for table in population["questions"]:
            counts = {**table.get("counts", {}), "commented": table.get("commented")}
            if isinstance(table.get("base"), int) and table["base"] >= 50:
                known |= {printed(count, table["base"]) for count in counts.values() if isinstance(count, int)}
    for place in results["places"]:
        if isinstance(place["base"], int) and place["percent"] and isinstance(place["percent"]["value"], float):
            known.add(printed(whole(place["base"] * place["percent"]["value"] / 100), place["base"]))
    return known


def test_the_pages_that_stand_alone_and_the_decisions_say_what_the_json_says(
    board_pdf: bytes, results: dict[str, Any]
) -> None:
    pages = page_texts(board_pdf)
    decisions = next(page for page in pages if "To fill in at the meeting" in page)
    for population in results["audiences"].values():
        for theme in population["themes"]:
            chosen = printed(theme["chosen"]["n"], theme["chosen"]["base"])
            for page in (pages[1], decisions):
                assert chosen in page
                assert important(population, theme["id"]) in page
        assert f"{population['responses']} {population['label'].lower()} answered" in pages[0]


def test_no_share_is_printed_that_the_json_does_not_have(board_pdf: bytes, results: dict[str, Any]) -> None:
    told = {match[0] for page in page_texts(board_pdf) for match in _SHARE.finditer(page)}
    assert len(told) > 40
    assert told <= known_shares(results)


def test_the_decisions_of_eight_themes_stand_on_one_page(board_pdf: bytes, cancer_survey: Answered) -> None:
    pages = [page for page in page_texts(board_pdf) if "To fill in at the meeting" in page]
    assert len(pages) == 1
    for theme in cancer_survey.questionnaire.themes:
        assert theme.plain_title.in_language("en") in pages[0]
