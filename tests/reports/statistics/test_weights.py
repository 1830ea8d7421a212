"""Weights against R's survey package, published figures, and properties that always hold."""

from __future__ import annotations

import json
import math
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy import stats

from reports.statistics.means import mean_with_interval
from reports.statistics.proportions import wilson
from reports.statistics.weights import (
    EmptyGroup,
    NotWeightable,
    design_effect,
    effective_number,
    post_stratification,
    rake,
    rake_and_trim,
    weighted_mean,
    weighted_share,
)

ORACLES = Path(__file__).parents[2] / "oracles"
R = json.loads((ORACLES / "r" / "weights.json").read_text())
KISH = json.loads((ORACLES / "10_kish_poststrat.json").read_text())
SHAPE = (3, 2, 2)
TABLES = arrays(np.int64, st.tuples(st.integers(2, 4), st.integers(2, 3)), elements=st.integers(1, 40))


def table(name: str, part: str = "people") -> NDArray[Any]:
    return np.array(R[name][part]).reshape(SHAPE)


def names(shape: tuple[int, ...]) -> list[list[str]]:
    return [[f"{axis}.{place}" for place in range(length)] for axis, length in enumerate(shape)]


def shares(rates: list[float], length: int) -> list[float]:
    return [rate / sum(rates[:length]) for rate in rates[:length]]


def check_against_r(name: str, weights: NDArray[np.float64]) -> None:
    found = {part: np.array(R[name][part]).reshape(weights.shape) for part in ("people", "total", "squares", "high")}
    people = found["people"]
    there = people > 0
    expected = np.array(R[name]["weights"], dtype=np.float64).reshape(weights.shape)
    assert weights[there] == pytest.approx(expected[there], abs=1e-9)
    assert design_effect(weights, people) == pytest.approx(R[name]["deff"], abs=1e-9)
    mean = weighted_mean(weights, people, found["total"].astype(float), found["squares"].astype(float))
    assert mean is not None
    assert mean.value == pytest.approx(R[name]["mean"], rel=1e-12)
    share = weighted_share(weights, people, found["high"])
    assert share is not None
    assert share[0] == pytest.approx(R[name]["share"], abs=1e-9)


def test_post_stratification_equals_that_of_r() -> None:
    types = R["types"]
    weights = post_stratification(R["post_stratified"]["people"], types["population"], groups=types["names"])
    check_against_r("post_stratified", weights)
    published = KISH["poststrat_apisrs_by_stype"]
    # The published weights count schools of the population, and carry fifteen digits.
    assert weights * 6194 / 200 == pytest.approx(list(published["cell_weights"].values()), abs=1e-9)
    assert effective_number(weights, np.array([142, 25, 33])) == pytest.approx(published["n_eff"], abs=1e-9)


def test_raking_three_margins_equals_that_of_r() -> None:
    raked = rake(table("raked"), R["margins"], groups=R["margin_groups"])
    check_against_r("raked", raked.weights)
    assert raked.trimmed == 0


def test_trimming_and_raking_again_equals_that_of_r() -> None:
    raked = rake_and_trim(table("trimmed"), R["margins"], groups=R["margin_groups"])
    check_against_r("trimmed", raked.weights)
    assert raked.trimmed == R["trimmed_schools"]


def raked_with_forty_digits(counts: NDArray[np.int64], references: list[list[float]]) -> NDArray[np.float64]:
    """The same by hand, in decimal numbers, until nothing moves in thirty digits."""
    with localcontext(prec=40):
        weights = np.full(counts.shape, Decimal(1), dtype=object)
        shares = [[Decimal(one) for one in reference] for reference in references]
        moved = Decimal(1)
        while moved > Decimal("1e-30"):
            moved = Decimal(0)
            for axis, reference in enumerate(shares):
                for group, share in enumerate(reference):
                    those = tuple([slice(None)] * axis + [group])
                    have = (counts * weights)[those].sum()
                    factor = share / sum(reference) * int(counts.sum()) / have
                    weights[those] *= factor
                    moved = max(moved, abs(factor - 1))
        return weights.astype(np.float64)


def test_raked_weights_are_right_to_twelve_digits() -> None:
    # R stops a little earlier: its own weights of this table are right to eleven.
    raked = rake(table("raked"), R["margins"], groups=R["margin_groups"])
    exact = raked_with_forty_digits(table("raked"), R["margins"])
    assert raked.weights == pytest.approx(exact, rel=1e-12)


def test_margins_that_are_met_slowly_are_met_as_closely() -> None:
    # People of a row are mostly in one column, so that each margin undoes much of what was done for the other.
    counts, references = np.array([[95, 5], [5, 95]]), [[0.55, 0.45], [0.45, 0.55]]
    raked = rake(counts, references, groups=names((2, 2)))
    assert raked.sweeps > 50
    assert raked.weights == pytest.approx(raked_with_forty_digits(counts, references), rel=1e-12)


@pytest.mark.parametrize("case", ["small", "equal_weights"])
def test_kish_figures_equal_the_published_ones(case: str) -> None:
    weights = np.array(KISH[case]["w"], dtype=np.float64)
    assert design_effect(weights) == pytest.approx(KISH[case]["deff"], abs=1e-9)
    assert effective_number(weights) == pytest.approx(KISH[case]["n_eff"], abs=1e-9)


def test_half_the_share_among_answers_weighs_double() -> None:
    weights = post_stratification([5, 95], [10, 90], groups=["this practice", "others"])
    assert weights[0] == pytest.approx(KISH["gpps_published_example"]["weight"], abs=1e-12)


def test_a_group_of_the_population_without_answers_is_refused_by_name() -> None:
    with pytest.raises(EmptyGroup, match="aged 16 to 24"):
        post_stratification([0, 5], [1, 1], groups=["aged 16 to 24", "others"])
    with pytest.raises(EmptyGroup, match="aged 16 to 24"):
        rake(np.array([[0, 0], [3, 4]]), [[1, 1], [1, 1]], groups=[["aged 16 to 24", "others"], ["a", "b"]])


def test_answers_of_a_group_that_the_population_has_not_are_refused() -> None:
    with pytest.raises(NotWeightable, match="others"):
        post_stratification([5, 5], [1, 0], groups=["young", "others"])


def test_margins_with_different_totals_are_refused() -> None:
    with pytest.raises(NotWeightable, match="different totals"):
        rake(np.ones((2, 2), dtype=np.int64), [[50, 50], [50, 51]], groups=names((2, 2)))


def test_margins_that_cannot_be_met_together_are_refused() -> None:
    # Everybody of the first row is in the first column, so both cannot be half and a fifth.
    with pytest.raises(NotWeightable, match="cannot be met together"):
        rake(np.array([[10, 0], [0, 10]]), [[0.5, 0.5], [0.2, 0.8]], groups=names((2, 2)))


def test_people_of_unknown_group_keep_the_weight_that_they_have() -> None:
    counts = np.array([[30, 10], [40, 20], [15, 5]])
    raked = rake(counts, [[0.5, 0.5], [0.5, 0.5]], groups=names((2, 2)))
    weighted = counts * raked.weights
    assert weighted.sum(axis=1) == pytest.approx([50, 50, 20], abs=1e-9)
    assert weighted.sum(axis=0) == pytest.approx([60, 60], abs=1e-9)


@given(TABLES, st.lists(st.floats(0.5, 2), min_size=4, max_size=4), st.lists(st.floats(0.5, 2), min_size=3, max_size=3))
def test_raking_reaches_every_margin_with_positive_weights(
    counts: NDArray[np.int64], rows: list[float], columns: list[float]
) -> None:
    references = [shares(rows, counts.shape[0]), shares(columns, counts.shape[1])]
    try:
        raked = rake(counts, references, groups=names(counts.shape))
    except NotWeightable:
        assume(False)
    weighted = counts * raked.weights
    assert (raked.weights > 0).all()
    assert np.isfinite(raked.weights).all()
    for axis, reference in enumerate(references):
        assert weighted.sum(axis=1 - axis) == pytest.approx(np.array(reference) * counts.sum(), rel=1e-12)


@given(TABLES, st.lists(st.floats(0.5, 2), min_size=4, max_size=4), st.lists(st.floats(0.5, 2), min_size=3, max_size=3))
def test_the_order_of_groups_and_of_characteristics_changes_no_weight(
    counts: NDArray[np.int64], rows: list[float], columns: list[float]
) -> None:
    references = [shares(rows, counts.shape[0]), shares(columns, counts.shape[1])]
    try:
        raked = rake(counts, references, groups=names(counts.shape), tolerance=1e-11)
        turned = rake(
            counts[::-1].T,
            [references[1], references[0][::-1]],
            groups=[names(counts.shape)[1], names(counts.shape)[0][::-1]],
            tolerance=1e-11,
        )
    except NotWeightable:
        assume(False)
    assert turned.weights.T[::-1] == pytest.approx(raked.weights, rel=1e-6)


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 90)), min_size=1, max_size=6))
def test_post_stratified_people_have_the_shares_of_the_population(groups: list[tuple[int, int]]) -> None:
    counts, reference = np.array([one for one, _ in groups]), np.array([one for _, one in groups])
    weights = post_stratification(counts.tolist(), reference.tolist(), groups=[str(one) for one in groups])
    assert (weights > 0).all()
    assert counts * weights / counts.sum() == pytest.approx(reference / reference.sum(), abs=1e-9)
    deff = design_effect(weights, counts)
    assert deff is not None
    assert deff >= 1 - 1e-12
    assert effective_number(weights, counts) == pytest.approx(counts.sum() / deff)


def test_equal_weights_give_the_plain_intervals() -> None:
    values = np.array([2.0, 7.5, 10.0, 5.0, 5.0])
    one = np.ones(1)
    mean = weighted_mean(one, np.array([5]), np.array([values.sum()]), np.array([(values**2).sum()]), lowest=0)
    plain = mean_with_interval(base=5, total=float(values.sum()), squares=float((values**2).sum()), lowest=0)
    assert mean is not None
    assert plain is not None
    assert (mean.value, mean.low, mean.high) == pytest.approx((plain.value, plain.low, plain.high), abs=1e-9)
    assert weighted_share(one * 3, np.array([40]), np.array([13])) == pytest.approx((13 / 40, *(wilson(13, 40) or ())))


def test_a_weighted_interval_is_as_wide_as_that_of_the_effective_number() -> None:
    weights, base, positive = np.array([2.0, 0.5]), np.array([20, 60]), np.array([15, 20])
    number = effective_number(weights, base)
    share = (2 * 15 + 0.5 * 20) / (2 * 20 + 0.5 * 60)
    assert weighted_share(weights, base, positive) == pytest.approx((share, *(wilson(share * number, number) or ())))
    # The same answers written out one by one, with the formula of the interval.
    each = np.array([2.0] * 20 + [0.5] * 60)
    values = np.arange(80) % 7.0
    mean = float(np.average(values, weights=each))
    spread = float(np.average((values - mean) ** 2, weights=each)) * number / (number - 1)
    found = weighted_mean(
        weights,
        base,
        np.array([values[:20].sum(), values[20:].sum()]),
        np.array([(values[:20] ** 2).sum(), (values[20:] ** 2).sum()]),
    )
    assert found is not None
    assert found.high is not None
    assert found.value == pytest.approx(mean, abs=1e-9)
    assert found.high - mean == pytest.approx(stats.t.ppf(0.975, number - 1) * math.sqrt(spread / number), abs=1e-9)


def test_nobody_has_no_weighted_figure() -> None:
    nobody, none = np.zeros(2, dtype=np.int64), np.zeros(2)
    assert weighted_share(np.ones(2), nobody, nobody) is None
    assert weighted_mean(np.ones(2), nobody, none, none) is None
    assert design_effect(np.ones(2), nobody) is None
    alone = weighted_mean(np.ones(1), np.array([1]), np.array([4.0]), np.array([16.0]))
    assert alone is not None
    assert (alone.value, alone.low) == (4.0, None)
