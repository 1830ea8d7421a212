"""A report about statements that people agree with or not: it must not call agreement importance."""

from __future__ import annotations

import pytest

from engage.unit_of_work import Database
from reports.board_report import board_report_html
from reports.disclosure import DisclosedResults
from reports.request import disclosed_results
from reports.tabulation import Filters
from reports.workshop_pack import workshop_pack_html
from tests.factories import NOW
from tests.real_data.public_data import imported, published, questionnaire_of, words_of, written


@pytest.fixture(scope="module")
def results(empty_sqlite_database: Database, tmp_path_factory: pytest.TempPathFactory) -> DisclosedResults:
    published(empty_sqlite_database, "bfi")
    imported(empty_sqlite_database, "bfi", written("psych", "bfi", tmp_path_factory.mktemp("bfi")))
    with empty_sqlite_database.reading() as session:
        return disclosed_results(session, slug="bfi-agreeableness", filters=Filters(by="education"), at=NOW)


@pytest.fixture(scope="module")
def read(results: DisclosedResults) -> str:
    return words_of(board_report_html(results, questionnaire_of("bfi"), language="en"))


def test_ratings_of_something_else_are_never_called_importance(read: str, results: DisclosedResults) -> None:
    assert "“Asking how others are” is rated highest." in read
    assert "Positive answers here: “Slightly accurate”, “Moderately accurate” and “Very accurate”." in read
    assert "important" not in read.lower()
    assert "matters most" not in read
    arabic = words_of(board_report_html(results, questionnaire_of("bfi"), language="ar"))
    assert not [word for word in ("مهم", "أهمية", "الأهم") if word in arabic]


def test_themes_stand_in_the_order_of_scores_that_are_shown(read: str) -> None:
    """By positive answers "Love of children" would come fourth, so its place needs the score beside it."""
    assert "Asking how others are 88% (2,449 of 2,773) 7.6 Love of children 81% (2,252 of 2,781) 7.4" in read


def test_a_group_that_differs_is_marked_in_the_table_as_in_the_sentences(read: str) -> None:
    assert "Some college: 87% (1,076 of 1,240) gave “Love of children” a positive answer, more than others." in read
    assert "87% (1,076 of 1,240) ▲ higher" in read
    assert "76% (300 of 393) ▼ lower" in read
    # Each group has hundreds of people: what stops these comparisons is a number that is kept back.
    named = "“Asking how others are”, “Putting people at ease” and “Not caring how others feel”"
    assert f"Not compared, because some of the numbers are not shown: who gave {named} a positive answer." in read
    assert "too few people answered to say" not in read
    assert "By: What is your education?" in read


def test_a_workshop_reads_what_was_asked_and_no_heading_without_a_table(results: DisclosedResults) -> None:
    pack = words_of(workshop_pack_html(results, questionnaire_of("bfi"), language="en"))
    assert pack.count("How accurately does this describe you?") == 5
    assert "All the numbers on who answered" not in pack
