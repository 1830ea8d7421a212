"""The statistics on public data, against answers that R gave (see tests/oracles/r/make_answers.R)."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import norm

from reports.statistics.changes import change_in_share, trend_in_shares
from reports.statistics.comparisons import holm
from reports.statistics.contingency import SIMULATED_TABLES, cramers_v, independence
from reports.statistics.expected_range import SMALLEST_BASE, expected_ranges, spread_between
from reports.statistics.means import mean_with_interval
from reports.statistics.ordinal import several_groups, two_groups
from reports.statistics.proportions import net_agreement, wilson
from reports.statistics.rank_tests import common_order, critical_difference
from reports.statistics.sampling import standard_error_of_mean
from tests.oracles import real_inputs

R: dict[str, Any] = json.loads((Path(real_inputs.__file__).parent / "r" / "answers.json").read_text())


def exactly(expected: Any) -> Any:
    return pytest.approx(expected, rel=1e-9, abs=1e-9)


def tables() -> dict[str, np.ndarray]:
    return {name: real_inputs.table(name) for name in real_inputs.TABLES} | {
        "men_much_better": real_inputs.two_by_two_with_few()
    }


@pytest.mark.parametrize("name", [*real_inputs.TABLES, "men_much_better"])
def test_tables_of_counts(name: str) -> None:
    table, expected = tables()[name], R[f"table {name}"]
    found = independence(table)
    assert found is not None
    assert (found.statistic, found.degrees, found.cramers_v) == exactly(
        (expected["statistic"], expected["degrees"], expected["cramers_v"])
    )
    assert cramers_v(table) == found.cramers_v
    if found.test == "chi-square":
        assert found.p_value == pytest.approx(expected["chi_square_p"], rel=1e-9)
    elif found.test == "Fisher":
        assert found.p_value == exactly(expected["fisher_p"])
    else:
        # The exact answer is known, so the simulation may only be off by its own chance (here three in a million).
        truth = expected["fisher_p"]
        assert abs(found.p_value - truth) < 4.5 * math.sqrt(truth * (1 - truth) / SIMULATED_TABLES)


def test_each_kind_of_test_is_among_the_tables() -> None:
    found = [independence(table) for table in tables().values()]
    assert {one.test for one in found if one} == {"chi-square", "Fisher", "Fisher, simulated"}


@pytest.mark.parametrize("name", real_inputs.GROUPS)
def test_ratings_of_groups(name: str) -> None:
    groups, expected = real_inputs.groups(name), R[f"groups {name}"]
    found = several_groups(groups)
    assert found is not None
    assert (found.statistic, found.degrees, found.p_value) == exactly(
        (expected["statistic"], expected["degrees"], expected["p"])
    )
    if len(groups) == 2:
        pair, of_two = two_groups(*groups), R[f"two groups {name}"]
        assert pair is not None
        assert (pair.statistic, pair.cliffs_delta) == exactly((of_two["statistic"], of_two["cliffs_delta"]))
        assert pair.p_value == pytest.approx(of_two["p"], rel=1e-9)


@pytest.mark.parametrize(("name", "people"), [("all", None), ("sixty", 60)])
def test_the_common_order_of_questions(name: str, people: int | None) -> None:
    found, expected = common_order(real_inputs.ratings(people)), R[f"ratings {name}"]
    assert found is not None
    assert (found.people, found.statistic, found.p_value, found.kendalls_w) == exactly(
        (expected["people"], expected["statistic"], expected["p"], expected["w"])
    )
    assert found.mean_ranks == exactly(R[f"mean ranks {name}"])
    assert found.critical_difference == pytest.approx(expected["critical"], rel=2e-7)


def quantile_of_the_range(themes: int) -> float:
    """The 95 % point of the range of so many normal values, by the integral that defines it."""
    place, weight = np.polynomial.legendre.leggauss(400)
    z, weight = 11 * (place + 1) - 9, 11 * weight

    def beyond(q: float) -> float:
        return float(weight @ (themes * norm.pdf(z) * (norm.cdf(z) - norm.cdf(z - q)) ** (themes - 1))) - 0.95

    return float(brentq(beyond, 1, 9, xtol=1e-13))


def test_nemenyis_quantiles() -> None:
    for themes, by_r in enumerate(R["studentized range"], start=2):
        q = critical_difference(themes, 7) / math.sqrt(themes * (themes + 1) / 42)
        assert q == exactly(quantile_of_the_range(themes) / math.sqrt(2))
        # R's own numerical integration is right to six digits here.
        assert q == pytest.approx(by_r, abs=2e-7)


@pytest.mark.parametrize("name", ["regions", "ages", "waves"])
def test_shares_their_intervals_and_changes(name: str) -> None:
    positives, bases = real_inputs.waves() if name == "waves" else real_inputs.shares(name)
    intervals = [wilson(x, n) for x, n in zip(positives, bases, strict=True)]
    assert intervals == [exactly(pair) for pair in zip(R[f"wilson low {name}"], R[f"wilson high {name}"], strict=True)]
    columns = [R[f"change {what} {name}"] for what in ("difference", "low", "high", "p")]
    for x, n, *expected in zip(positives[1:], bases[1:], *columns, strict=True):
        change = change_in_share(positives[0], bases[0], x, n)
        assert change is not None
        assert (change.difference, change.low, change.high) == exactly(expected[:3])
        assert change.p_value == (expected[3] if expected[3] is None else pytest.approx(expected[3], rel=1e-9))
        assert (change.words == "no clear change") == (expected[1] <= 0 <= expected[2])
    trend = trend_in_shares(positives, bases)
    assert trend is not None
    assert (trend.statistic, trend.p_value) == exactly((R[f"trend {name}"]["statistic"], R[f"trend {name}"]["p"]))


@pytest.mark.parametrize("name", ["regions", "ages"])
def test_expected_ranges_of_places(name: str) -> None:
    positives, bases = real_inputs.shares(name)
    expected = R[f"tau squared {name}"]
    target = sum(positives) / sum(bases)
    assert target == exactly(expected["target"])
    x, n = np.array(positives), np.array(bases)
    big = n >= SMALLEST_BASE
    errors = np.sqrt(target * (1 - target) / n[big])
    assert spread_between(x[big] / n[big], errors, target=target) == pytest.approx(expected["tau_squared"], rel=1e-9)
    found = expected_ranges(positives, bases, target=target)
    assert [one.band == "too few to say" for one in found] == (~big).tolist()
    compared = [one for one in found if one.band != "too few to say"]
    for one, z, high in zip(compared, R[f"z {name}"], R[f"expected high {name}"], strict=True):
        assert one.high == exactly(min(1, high))
        assert one.low == exactly(max(0, 2 * target - high))
        words = "as expected" if abs(z) < 1.959963984540054 else "higher than expected"
        assert one.band == (words if z > 0 or words == "as expected" else "lower than expected")


def test_net_agreement() -> None:
    expected = R["net agreement"]
    found = net_agreement(int(expected["positive"]), int(expected["negative"]), int(expected["base"]))
    assert found == exactly((expected["net"], expected["low"], expected["high"]))


def test_a_mean_and_its_standard_error_in_a_finite_population() -> None:
    ages, expected = real_inputs.ages(), R["sample"]
    mean = mean_with_interval(base=len(ages), total=float(ages.sum()), squares=float(ages @ ages))
    assert mean is not None
    assert (mean.value, mean.low, mean.high) == exactly((expected["mean"], expected["low"], expected["high"]))
    deviation = float(ages.std(ddof=1))
    assert standard_error_of_mean(deviation, len(ages)) == exactly(expected["se"])
    assert standard_error_of_mean(deviation, len(ages), population=2700) == exactly(expected["se_in_population"])


def test_holm_over_ties() -> None:
    assert holm(R["holm raw"]) == exactly(R["holm adjusted"])
