"""Public data that nobody here made: 2,700 people in five regions, of whom 168 said nothing of their vote.

The counts are those published with the data (R package carData, data set Chile). The data are installed for this test
and are not part of the project. What reports make of them is compared with figures that pandas, scipy and statsmodels
make of the file itself.
"""

from __future__ import annotations

import pandas as pd
import pytest
from scipy.stats import chi2_contingency
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from engage.unit_of_work import Database
from reports.board_report import board_report_html
from reports.disclosure import DisclosedResults
from reports.request import disclosed_results
from reports.tabulation import ChoiceTable, Filters, Shown
from tests.factories import NOW
from tests.real_data.public_data import imported, published, questionnaire_of, words_of, written

VOTES = {"no": 889, "yes": 868, "undecided": 588, "abstain": 187}
REGIONS = {
    "SA": ("City of Santiago", 960),
    "S": ("South", 718),
    "C": ("Centre", 600),
    "N": ("North", 322),
    "M": ("Around Santiago", 100),
}


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    return pd.read_csv(written("carData", "Chile", tmp_path_factory.getbasetemp()))


@pytest.fixture(scope="module")
def results(empty_sqlite_database: Database, tmp_path_factory: pytest.TempPathFactory) -> DisclosedResults:
    published(empty_sqlite_database, "chile")
    data = written("carData", "Chile", tmp_path_factory.mktemp("chile"))
    done = imported(empty_sqlite_database, "chile", data)
    assert (done.imported, done.faults) == (2700, ())
    with empty_sqlite_database.reading() as session:
        return disclosed_results(session, slug="chile-plebiscite", filters=Filters(by="place"), at=NOW)


@pytest.fixture(scope="module")
def read(results: DisclosedResults) -> str:
    return words_of(board_report_html(results, questionnaire_of("chile"), language="en"))


def test_votes_and_regions_are_the_published_ones_and_blanks_are_in_no_base(results: DisclosedResults) -> None:
    vote = next(table for table in results.everybody.questions if table.key == "vote")
    assert isinstance(vote, ChoiceTable)
    assert dict(vote.counts) == {vote_: Shown(people) for vote_, people in VOTES.items()}
    assert (vote.base, vote.skipped) == (Shown(2700 - 168), Shown(168))
    places = next(one for one in results.who_answered if one.field == "place")
    assert places.counts == {name: Shown(people) for name, people in REGIONS.values()}


def test_shares_and_comparisons_are_those_that_other_programs_find(
    results: DisclosedResults, frame: pd.DataFrame
) -> None:
    for theme in results.everybody.themes:
        low, high = proportion_confint(VOTES[theme.theme_id], 2532, method="wilson")
        assert theme.chosen
        assert isinstance(theme.chosen.low, Shown)
        assert isinstance(theme.chosen.high, Shown)
        assert (theme.chosen.low.value, theme.chosen.high.value) == pytest.approx((100 * low, 100 * high), abs=1e-9)
        assert (theme.rank_low, theme.rank_high) == (Shown(1), Shown(2))
    told = frame.dropna(subset=["vote"])
    compared = [one for one in results.differences if one.field == "place"]
    found = []
    for one in compared:
        there = told.region.map(lambda region: REGIONS[region][0]) == one.first
        chose = told.vote == one.key[0].upper()
        found.append(chi2_contingency(pd.crosstab(there, chose), correction=False).pvalue)
        gap = 100 * (chose[there].mean() - chose[~there].mean())
        assert one.difference
        assert isinstance(one.difference.value, Shown)
        assert one.difference.value.value == pytest.approx(gap, abs=1e-9)
    assert len(found) == 2 * len(REGIONS)
    for one, p_value in zip(compared, multipletests(found, method="holm")[1], strict=True):
        assert isinstance(one.p_adjusted, Shown)
        assert one.p_adjusted.value == pytest.approx(p_value, abs=1e-9)


def test_a_board_reads_that_neither_vote_leads_and_how_many_gave_no_vote(read: str) -> None:
    first_page = read[: read.index("What we ask the board to decide")]
    assert "Both themes are about equal." in first_page
    assert "City of Santiago: 28% (246 of 890) chose “Yes: Pinochet stays”, fewer than others." in first_page
    assert "“I have not decided” 23% (588 of 2,532) and “I will not vote” 7% (187 of 2,532)" in first_page


def test_a_report_says_nothing_that_does_not_hold_of_these_people(read: str) -> None:
    assert "How many people chose each theme. The thin line" in read
    assert "The same for everybody: Audience (Public)" in read
    for untrue in ("anybody with the link", "count all of them together", "They least often chose"):
        assert untrue not in read
