"""Known answers from published data and independent software; the files name their origin."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reports.statistics.means import mean_with_interval
from reports.statistics.proportions import wilson
from reports.statistics.rounding import half_up, whole
from reports.statistics.sampling import required_responses, standard_error_of_mean
from reports.statistics.scores import composite, element, score_of_points
from reports.statistics.weights import weighted_mean
from surveys.coding.agreement import agreement

ORACLES = Path(__file__).parent.parent / "oracles"


def oracle(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ORACLES / f"{name}.json").read_text())
    return found


WILSON = oracle("01_wilson")
SCORES = oracle("03_score_0_10")
MENTIONS = oracle("04_mentions_multicode")
KAPPA = oracle("14_cohen_kappa")
POPULATION = oracle("17_finite_population")
ROUNDING = oracle("18_rounding_bases")


@pytest.mark.parametrize("case", WILSON["cases"], ids=lambda case: f"{case['x']} of {case['n']}")
def test_wilson_intervals_equal_the_published_ones(case: dict[str, Any]) -> None:
    assert wilson(case["x"], case["n"]) == pytest.approx(case["wilson95"], abs=WILSON["tolerance"])
    if "wilson99_8" in case:
        assert wilson(case["x"], case["n"], z=3.090232306167813) == pytest.approx(
            case["wilson99_8"], abs=WILSON["tolerance"]
        )


def test_nobody_answering_gives_no_interval() -> None:
    assert [wilson(case["x"], case["n"]) for case in WILSON["edge_cases"]] == [None]


def scored(values: list[float | None], *, reverse: bool = False) -> np.ndarray:
    by_point = dict(zip((1.0, 2.0, 3.0, 4.0, 5.0), score_of_points((1, 2, 3, 4, 5), reverse=reverse), strict=True))
    return np.array([np.nan if value is None else by_point[value] for value in values])


def test_items_score_0_to_10_and_reversed_ones_turn_round() -> None:
    inputs, expected = SCORES["inputs"], SCORES["item_scores"]
    for name, source in (("q1", "q1"), ("q2", "q2"), ("q3r", "q3r"), ("q4", "sub2_q4")):
        assert scored(inputs[source], reverse=name.endswith("r")) == pytest.approx(
            np.array(expected[name], dtype=float), nan_ok=True, abs=SCORES["tolerance"]
        )


def test_a_composite_averages_each_person_first() -> None:
    inputs = SCORES["inputs"]
    items = np.stack([scored(inputs["q1"]), scored(inputs["q2"]), scored(inputs["q3r"], reverse=True)], axis=1)
    people = composite(items, min_items=2)
    assert people == pytest.approx(np.array(SCORES["sub1"]), abs=SCORES["tolerance"])
    assert people.mean() == pytest.approx(SCORES["org_sub1_unweighted"], abs=SCORES["tolerance"])
    wrong = np.nanmean(np.nanmean(items, axis=0))
    assert wrong == pytest.approx(SCORES["wrong_mean_of_item_means_sub1"], abs=SCORES["tolerance"])
    elements = composite(np.stack([people, scored(inputs["sub2_q4"])], axis=1), min_items=2)
    assert elements == pytest.approx(np.array(SCORES["element"], dtype=float), nan_ok=True, abs=SCORES["tolerance"])
    assert np.nanmean(elements) == pytest.approx(SCORES["org_element_unweighted"], abs=SCORES["tolerance"])
    # Weights follow the people who have a score: an organisation's score is a mean over respondents.
    weights, scored_people = np.array(SCORES["weights"]), ~np.isnan(elements)
    known = np.where(scored_people, elements, 0.0)
    weighted = weighted_mean(weights, scored_people.astype(np.int64), known, known**2)
    assert weighted is not None
    assert weighted.value == pytest.approx(SCORES["org_element_weighted"], abs=SCORES["tolerance"])
    parts = [items, scored(inputs["sub2_q4"])[:, np.newaxis]]
    assert element(parts, min_items=[2, 1]) == pytest.approx(elements, nan_ok=True)


def test_the_mean_score_of_real_ratings_and_its_standard_error() -> None:
    real = SCORES["real_data"]
    counts, scores = np.array(real["freq"]), np.array(score_of_points((1, 2, 3, 4, 5)))
    base = int(counts.sum())
    mean = mean_with_interval(base=base, total=float(counts @ scores), squares=float(counts @ scores**2))
    assert mean is not None
    assert mean.value == pytest.approx(real["score_0_10"], abs=SCORES["tolerance"])
    from scipy.stats import t

    assert mean.high == pytest.approx(real["score_0_10"] + t.ppf(0.975, base - 1) * real["se"], abs=1e-8)


def test_dont_know_leaves_the_score_alone() -> None:
    cqc = SCORES["cqc_three_option"]
    scored_options = {name: score for name, score in cqc["options"].items() if score is not None}
    total = sum(cqc["counts"][name] * score for name, score in scored_options.items())
    base = sum(cqc["counts"][name] for name in scored_options)
    assert base == cqc["base"]
    mean = mean_with_interval(base=base, total=total, squares=0)
    assert mean is not None
    assert mean.value == pytest.approx(cqc["score"], abs=SCORES["tolerance"])


@pytest.mark.parametrize("case", ROUNDING["half_up"], ids=lambda case: str(case["x"]))
def test_halves_round_up_where_python_rounds_to_even(case: dict[str, Any]) -> None:
    assert half_up(case["x"]) == case["half_up"]
    assert whole(case["x"]) == case["half_up"]
    assert round(case["x"]) == case["python_round"]


def test_parts_that_round_separately_need_not_sum_to_100() -> None:
    case = ROUNDING["sum_not_100"]
    percentages = [whole(100 * count / sum(case["counts"])) for count in case["counts"]]
    assert percentages == case["pct"]
    assert sum(percentages) == case["sum"]


def test_shares_of_mentions_print_as_published() -> None:
    for row in MENTIONS["seed_table"]:
        share = 100 * row["mentions"] / MENTIONS["seed_total_mentions"]
        assert share == pytest.approx(row["pct_of_mentions"], abs=MENTIONS["tolerance"])
        assert whole(share) == row["published_pct"]


@pytest.mark.parametrize("name", ["sexualfun", "textbook_2x2", "degenerate"])
def test_agreement_of_two_readers(name: str) -> None:
    case = KAPPA[name]
    found = agreement(case["table"])
    assert found is not None
    if case["kappa"] is None:
        assert (found.percent, found.kappa, found.standard_error) == (100, None, None)
        return
    assert found.kappa == pytest.approx(case["kappa"], abs=KAPPA["tolerance"])
    assert found.standard_error == pytest.approx(case["se"], abs=KAPPA["tolerance"])
    assert found.percent == pytest.approx(100 * case.get("po", found.percent / 100), abs=KAPPA["tolerance"])


def test_agreement_equals_the_published_figures() -> None:
    found, published = agreement(KAPPA["sexualfun"]["table"]), KAPPA["published"]
    assert found is not None
    assert found.kappa == pytest.approx(published["unweighted"], abs=5e-5)
    assert found.standard_error == pytest.approx(published["ase"], abs=5e-5)


def test_a_finite_population_and_the_responses_needed() -> None:
    fpc, needed = POPULATION["fpc"], POPULATION["hace"]
    plain = standard_error_of_mean(fpc["sd"], fpc["n"])
    assert plain == pytest.approx(fpc["se_without_fpc"], abs=POPULATION["tolerance"])
    corrected = standard_error_of_mean(fpc["sd"], fpc["n"], population=fpc["N"])
    assert corrected == pytest.approx(fpc["se_with_fpc"], abs=POPULATION["tolerance"])
    assert required_responses(0.08) == pytest.approx(needed["B"], abs=POPULATION["tolerance"])
    for population, expected in needed["M"].items():
        found = required_responses(0.08, population=int(population))
        assert found == pytest.approx(expected, abs=POPULATION["tolerance"])
