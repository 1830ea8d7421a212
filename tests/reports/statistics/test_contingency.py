from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import chi2_contingency, multivariate_hypergeom
from scipy.stats.contingency import association

from reports.statistics import contingency
from reports.statistics.comparisons import is_sparse
from reports.statistics.contingency import SIMULATED_TABLES, cramers_v, independence

full_tables = arrays(np.int64, st.tuples(st.integers(2, 5), st.integers(2, 5)), elements=st.integers(30, 300))


@settings(max_examples=40)
@given(full_tables, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(table: np.ndarray, chance: object) -> None:
    found = independence(table)
    assert found is not None
    assert found.test == "chi-square"
    expected = chi2_contingency(table, correction=False)
    assert (found.statistic, found.p_value) == pytest.approx((expected.statistic, expected.pvalue), rel=1e-9, abs=1e-12)
    assert found.cramers_v == pytest.approx(association(table, method="cramer"), abs=1e-9)
    assert 0 <= found.cramers_v <= 1
    turned = independence(table[::-1, ::-1].T)
    assert turned is not None
    assert (turned.statistic, turned.p_value) == pytest.approx((found.statistic, found.p_value), abs=1e-9)


def test_empty_rows_and_columns_are_dropped_before_the_test() -> None:
    table = [[20, 0, 30], [0, 0, 0], [40, 0, 15]]
    assert independence(table) == independence([[20, 30], [40, 15]])
    assert cramers_v(table) == cramers_v([[20, 30], [40, 15]])


@pytest.mark.parametrize(
    "table", [[[5, 3]], [[5, 3], [0, 0]], [[5, 0], [3, 0]], [[0, 0], [0, 0]], np.zeros((0, 3), dtype=int)]
)
def test_one_group_or_one_answer_leaves_nothing_to_test(table: object) -> None:
    assert independence(table) is None
    assert cramers_v(table) is None


@pytest.mark.parametrize("table", [[1, 2], [[1.5, 2], [3, 4]], [[-1, 2], [3, 4]]])
def test_anything_but_counts_is_refused(table: object) -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        independence(table)


@pytest.mark.parametrize(
    ("expected", "sparse"),
    [([5, 5, 5, 5], False), ([4.9, 5, 5, 5], True), ([4.9, 5, 5, 5, 5], False), ([0.9, 50, 50, 50, 50, 50], True)],
)
def test_chi_square_is_too_rough_below_one_or_with_more_than_a_fifth_below_five(
    expected: list[float], sparse: bool
) -> None:
    assert is_sparse(expected) is sparse


def test_a_sparse_larger_table_is_simulated_and_the_same_every_time() -> None:
    table = [[3, 0, 1], [0, 4, 2], [1, 1, 6]]
    first, second = independence(table), independence(table)
    assert first is not None
    assert first.test == "Fisher, simulated"
    assert first == second
    assert 0 < first.p_value <= 1


def test_groups_that_answer_wholly_differently_are_as_strongly_connected_as_can_be() -> None:
    assert cramers_v([[50, 0], [0, 50]]) == 1
    assert cramers_v([[25, 25], [25, 25]]) == 0


def test_the_seed_is_what_makes_the_simulation_repeatable(monkeypatch: pytest.MonkeyPatch) -> None:
    table = [[3, 0, 1], [0, 4, 2], [1, 1, 6]]
    found = independence(table)
    monkeypatch.setattr(contingency, "SEED", 1)
    assert independence(table) != found


@pytest.mark.parametrize(
    "table", [[[1, 0], [1, 0], [0, 1]], [[2, 1], [0, 2], [3, 0]], [[70_000, 210], [60, 1], [55, 2]]]
)
def test_few_said_so_in_several_groups_of_any_size(table: list[list[int]]) -> None:
    """The exact answer adds up every way in which those who said so can be spread over the groups."""
    counts = np.array(table)
    groups, said = counts.sum(axis=1), int(counts[:, 1].sum())
    ways = np.indices(np.minimum(groups[1:], said) + 1).reshape(len(groups) - 1, -1).T
    ways = np.column_stack((said - ways.sum(axis=1), ways))
    chances = multivariate_hypergeom.pmf(ways[ways[:, 0] >= 0], groups, said)
    seen = multivariate_hypergeom.pmf(counts[:, 1], groups, said)
    truth = float(chances[chances <= seen * (1 + 1e-7)].sum())
    found = independence(table)
    assert found is not None
    assert found.test == "Fisher, simulated"
    assert abs(found.p_value - truth) <= 1e-4 + 4.5 * math.sqrt(truth * max(0.0, 1 - truth) / SIMULATED_TABLES)
