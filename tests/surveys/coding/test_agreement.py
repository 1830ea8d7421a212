from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from statsmodels.stats.inter_rater import cohens_kappa

from surveys.coding.agreement import agreement

tables = st.integers(2, 5).flatmap(lambda codes: arrays(np.int64, (codes, codes), elements=st.integers(0, 60)))


@given(tables)
def test_kappa_and_its_standard_error_agree_with_statsmodels(table: np.ndarray) -> None:
    found = agreement(table.tolist())
    if table.sum() == 0:
        assert found is None
        return
    assert found is not None
    assert 0 <= found.percent <= 100
    if found.kappa is None:
        assert table.max() == table.trace() == table.sum()
        return
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = cohens_kappa(table)
    assert found.kappa == pytest.approx(expected.kappa, rel=1e-9, abs=1e-9)
    assert found.standard_error is not None
    # Variances, because the square root of one that rounding made a speck less than nought is not a number there.
    assert found.standard_error**2 == pytest.approx(expected.var_kappa, rel=1e-9, abs=1e-12)
    assert -1 <= found.kappa <= 1 + 1e-12


@given(tables)
def test_it_does_not_matter_who_is_called_the_first_reader(table: np.ndarray) -> None:
    found, turned = agreement(table.tolist()), agreement(table.T.tolist())
    assert (found is None) == (turned is None)
    if found is not None and turned is not None:
        assert turned.percent == found.percent
        assert turned.kappa == (None if found.kappa is None else pytest.approx(found.kappa, abs=1e-12))
        assert turned.positive == found.positive


@given(tables, st.integers(2, 9))
def test_more_comments_of_the_same_kind_make_kappa_surer_and_leave_it_alone(table: np.ndarray, times: int) -> None:
    few, many = agreement(table.tolist()), agreement((table * times).tolist())
    if few is not None and many is not None and few.kappa is not None:
        assert many.kappa == pytest.approx(few.kappa, abs=1e-9)
        assert many.standard_error == pytest.approx((few.standard_error or 0) / times**0.5, abs=1e-7)


def test_one_code_for_everything_agrees_without_a_kappa() -> None:
    found = agreement([[30, 0], [0, 0]])
    assert found is not None
    assert (found.percent, found.kappa, found.standard_error, found.positive) == (100, None, None, 1)


def test_each_reader_with_one_code_of_their_own_agree_on_nothing() -> None:
    found = agreement([[0, 30], [0, 0]])
    assert found is not None
    assert (found.percent, found.kappa, found.positive) == (0, 0, 0)


def test_a_rare_code_shows_its_positive_agreement() -> None:
    found = agreement([[2, 1], [1, 96]])
    assert found is not None
    assert found.percent == 98
    assert found.positive == pytest.approx(4 / 6)
    neither = agreement([[0, 0], [0, 50]])
    assert neither is not None
    assert neither.positive is None
    of_three = agreement([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    assert of_three is not None
    assert of_three.positive is None


@pytest.mark.parametrize("table", [[], [[]], [[1, 2]], [[-1, 2], [3, 4]]])
def test_anything_but_a_square_of_counts_is_refused(table: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="square table"):
        agreement(table)
