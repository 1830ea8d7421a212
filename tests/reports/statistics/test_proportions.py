from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from reports.statistics.comparisons import compare_shares, holm, words_for
from reports.statistics.proportions import agresti_coull, net_agreement, newcombe, newcombe_holds, wilson

bases = st.integers(1, 5000)


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    base = draw(bases)
    return draw(st.integers(0, base)), base


@given(shares())
def test_wilson_agrees_with_statsmodels_and_stays_inside_0_and_1(share: tuple[int, int]) -> None:
    interval = wilson(*share)
    assert interval is not None
    assert interval == pytest.approx(proportion_confint(*share, method="wilson"), abs=1e-12)
    assert 0 <= interval[0] <= share[0] / share[1] <= interval[1] <= 1


@given(shares(), st.integers(2, 5))
def test_more_people_of_the_same_mind_narrow_the_interval(share: tuple[int, int], times: int) -> None:
    few, many = wilson(*share), wilson(share[0] * times, share[1] * times)
    assert few is not None
    assert many is not None
    assert many[1] - many[0] < few[1] - few[0]


@pytest.mark.parametrize("share", [(-1, 10), (11, 10)])
def test_an_impossible_share_is_refused(share: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(*share)


@given(st.floats(0, 1), st.floats(0.5, 2000))
def test_an_effective_number_of_people_need_not_be_whole(share: float, number: float) -> None:
    interval = wilson(share * number, number)
    assert interval is not None
    assert interval == pytest.approx(proportion_confint(share * number, number, method="wilson"), abs=1e-9)
    assert 0 <= interval[0] <= share + 1e-12
    assert share - 1e-12 <= interval[1] <= 1


@given(shares())
def test_agresti_and_coulls_interval_holds_wilsons(share: tuple[int, int]) -> None:
    wide, narrow = agresti_coull(*share), wilson(*share)
    assert wide is not None
    assert narrow is not None
    assert wide == pytest.approx(proportion_confint(*share, method="agresti_coull"), abs=1e-9)
    assert wide[0] <= narrow[0] + 1e-12
    assert narrow[1] <= wide[1] + 1e-12


def test_nobody_has_no_interval_and_more_than_all_is_refused() -> None:
    assert agresti_coull(0, 0) is None
    with pytest.raises(ValueError, match="is no share"):
        agresti_coull(3, 2)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_net_agreement_turns_round_with_the_sides_and_stays_within_100_points(
    positive: int, negative: int, neither: int
) -> None:
    base = positive + negative + neither
    found, turned = net_agreement(positive, negative, base), net_agreement(negative, positive, base)
    if base == 0:
        assert found is None
        return
    assert found is not None
    assert turned is not None
    value, low, high = found
    assert -100 <= low <= value <= high <= 100
    assert turned == pytest.approx((-value, -high, -low), abs=1e-9)


def test_all_of_one_mind_have_a_net_agreement_without_an_interval_worth_drawing() -> None:
    assert net_agreement(12, 0, 12) == (100, 100, 100)
    assert net_agreement(0, 1, 1) == (-100, -100, -100)
    assert net_agreement(0, 0, 5) == (0, 0, 0)


@pytest.mark.parametrize("parts", [(3, 3, 5), (-1, 2, 5), (1, -1, 5)])
def test_impossible_sides_are_refused(parts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no parts of"):
        net_agreement(*parts)


@given(shares(), shares())
def test_newcombe_agrees_with_statsmodels(first: tuple[int, int], second: tuple[int, int]) -> None:
    expected = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff")
    assert newcombe(*first, *second) == pytest.approx(expected, abs=1e-10)


def test_newcombe_of_an_empty_group_is_nothing() -> None:
    assert newcombe(1, 2, 0, 0) is None


@settings(max_examples=25)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_agrees_with_statsmodels(p_values: list[float]) -> None:
    assert holm(p_values) == pytest.approx(list(multipletests(p_values, method="holm")[1]))
    assert all(adjusted >= raw for adjusted, raw in zip(holm(p_values), p_values, strict=True))


@given(shares(), shares())
def test_the_test_used_is_chi_square_or_fisher_by_expected_counts(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    from scipy.stats import chi2_contingency, fisher_exact

    table = [[first[0], first[1] - first[0]], [second[0], second[1] - second[0]]]
    p_value = compare_shares(*first, *second)
    if 0 in (table[0][0] + table[1][0], table[0][1] + table[1][1]):
        assert p_value is None
        return
    result = chi2_contingency(table, correction=False)
    expected = result.expected_freq
    few = expected.min() < 1 or (expected < 5).mean() > 0.2
    assert p_value == pytest.approx(fisher_exact(table).pvalue if few else result.pvalue, rel=1e-6, abs=1e-12)


def test_fishers_test_keeps_its_digits_among_a_million_people() -> None:
    # All three who said so are in one half: that is as unlikely as all three being in the other one.
    exact = 2 * math.comb(500_000, 3) / math.comb(1_000_000, 3)
    assert compare_shares(3, 500_000, 0, 500_000) == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize(
    ("difference", "p_adjusted", "bases", "words"),
    [
        (5.0, 0.049, (50, 50), "higher"),
        (-5.0, 0.049, (50, 50), "lower"),
        (4.9, 0.001, (50, 50), "similar"),
        # 70 of 100 and 65 of 100 differ by five points, whatever floating point makes of it.
        (100 * (0.70 - 0.65), 0.001, (100, 100), "higher"),
        (100 * (0.65 - 0.70), 0.001, (100, 100), "lower"),
        (30.0, 0.05, (50, 50), "similar"),
        (30.0, None, (50, 50), "similar"),
        (30.0, 0.001, (50, 49), "too few to say"),
    ],
)
def test_what_may_be_said_of_a_difference(
    difference: float, p_adjusted: float | None, bases: tuple[int, int], words: str
) -> None:
    assert words_for(difference, p_adjusted, bases=bases) == words


@pytest.mark.parametrize(("first", "second", "holds"), [(0.9, 0.1, True), (0.02, 0.82, True), (0.95, 0.14, False)])
def test_newcombes_interval_is_trusted_up_to_80_points_either_way(first: float, second: float, *, holds: bool) -> None:
    assert newcombe_holds(first - second) == newcombe_holds(second - first) == holds
