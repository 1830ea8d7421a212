"""Public data that nobody here made: 2,800 people, five of 25 six-point items, with real gaps.

The figures are those published with the data (R package psych, data set bfi). The data are installed for this test
and are not part of the project.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from engage.unit_of_work import Database
from reports.request import disclosed_results
from reports.tabulation import RatingTable, Shown
from surveys.importing import ImportedAnswers
from tests.factories import NOW
from tests.real_data.public_data import imported, published, written

# Item: (people who answered, mean to two places).
PUBLISHED = {
    "indifference.accuracy": (2784, 2.41),
    "interest.accuracy": (2773, 4.80),
    "comfort.accuracy": (2774, 4.60),
    "children.accuracy": (2781, 4.70),
    "ease.accuracy": (2784, 4.56),
}
A1_COUNTS = [922, 818, 402, 337, 223, 82]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return written("psych", "bfi", tmp_path)


def bfi(database: Database, data: Path) -> ImportedAnswers:
    published(database, "bfi")
    return imported(database, "bfi", data)


def test_counts_bases_and_means_of_public_data_are_the_published_ones(database: Database, data: Path) -> None:
    done = bfi(database, data)
    assert (done.imported, done.faults) == (2800, ())
    with database.reading() as session:
        results = disclosed_results(session, slug="bfi-agreeableness", at=NOW)
    assert results.everybody.responses == Shown(2800)
    tables = {table.key: table for table in results.everybody.questions if isinstance(table, RatingTable)}
    assert set(tables) == set(PUBLISHED)
    for key, (answered, mean) in PUBLISHED.items():
        table = tables[key]
        assert table.base == Shown(answered)
        assert table.skipped == Shown(2800 - answered)
        assert table.mean is not None
        assert isinstance(table.mean.value, Shown)
        assert round(table.mean.value.value, 2) == mean
    assert list(tables["indifference.accuracy"].counts.values()) == [Shown(count) for count in A1_COUNTS]


def test_the_same_people_are_not_imported_twice(database: Database, data: Path) -> None:
    bfi(database, data)
    again = imported(database, "bfi", data)
    assert again.imported == 0
    assert len(again.faults) == 2800
