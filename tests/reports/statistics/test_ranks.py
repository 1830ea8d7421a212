from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.statistics import ranks as ranks_module
from reports.statistics.ranks import overlapping, rank_ranges, ranks


def choices(people: int, shares: list[float], *, gaps: float = 0.0, seed: int = 3) -> np.ndarray:
    """Themes × people."""
    generator = np.random.default_rng(seed)
    values = (generator.random((people, len(shares))) < shares).astype(float)
    values[generator.random(values.shape) < gaps] = np.nan
    return values.T


def test_equal_themes_share_a_rank() -> None:
    assert ranks(np.array([3.0, 5.0, 5.0, 1.0])).tolist() == [3, 1, 1, 4]
    assert ranks(np.array([0.1 + 0.2, 0.3])).tolist() == [1, 1]


@settings(max_examples=25)
@given(st.permutations(range(5)), st.booleans())
def test_the_order_of_themes_never_changes_their_ranks(order: list[int], many: bool) -> None:
    values = choices(25_000 if many else 60, [0.2, 0.5, 0.5, 0.52, 0.9], gaps=0.1)
    assert rank_ranges(values[order]).tolist() == rank_ranges(values)[order].tolist()


def test_identical_themes_have_identical_ranges() -> None:
    values = choices(80, [0.4, 0.6])
    ranges = rank_ranges(np.concatenate((values, values[:1])))
    assert ranges[0].tolist() == ranges[2].tolist()


def test_far_apart_themes_have_certain_ranks_and_close_ones_overlap() -> None:
    ranges = rank_ranges(choices(400, [0.9, 0.5, 0.5, 0.1]))
    assert ranges[0].tolist() == [1, 1]
    assert ranges[3].tolist() == [4, 4]
    assert overlapping(ranges, 1) == [2]
    assert overlapping(ranges, 0) == []


def test_ties_are_direct_and_never_through_a_third_theme() -> None:
    chain = np.array([[1, 2], [2, 3], [3, 4]])
    assert [overlapping(chain, place) for place in range(3)] == [[1], [0, 2], [1]]


@pytest.mark.parametrize("gaps", [0.0, 0.3])
def test_the_normal_limit_agrees_with_resampling(gaps: float, monkeypatch: pytest.MonkeyPatch) -> None:
    values = choices(6_000, [0.30, 0.31, 0.33, 0.36, 0.36, 0.40, 0.45, 0.46], gaps=gaps)
    resampled = rank_ranges(values)
    monkeypatch.setattr(ranks_module, "RESAMPLE_AT_MOST", 0)
    limit = rank_ranges(values)
    # Both are drawn, so a bound between two ranks may fall to either side of it.
    assert np.abs(resampled - limit).max() <= 1
    assert (resampled == limit).mean() >= 0.8


def test_the_same_answers_give_the_same_ranges_every_time() -> None:
    values = choices(300, [0.3, 0.35, 0.4])
    assert rank_ranges(values).tolist() == rank_ranges(values.copy()).tolist()


def test_whole_people_are_resampled_so_themes_that_the_same_people_choose_move_together() -> None:
    generator = np.random.default_rng(5)
    first = (generator.random(200) < 0.5).astype(float)
    ahead = first.copy()
    ahead[np.flatnonzero(first == 0)[:5]] = 1
    apart = (generator.random(200) < ahead.mean()).astype(float)
    together = rank_ranges(np.stack((first, ahead)))
    independent = rank_ranges(np.stack((first, apart)))
    assert together.tolist() == [[2, 2], [1, 1]]
    assert independent.tolist() == [[1, 2], [1, 2]]
