from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.suggesting import LEAST_PRECISION, LEAST_SUGGESTED, CodeQuality, Suggester, _threshold, overall

WAITING, STAFF, RARE = 1, 2, 3
SAID = {
    WAITING: ["I waited weeks for the scan", "the wait was far too long", "hours in the waiting room", "الانتظار طويل"],
    STAFF: ["the nurses were kind", "a rude doctor", "staff listened to me", "الممرضات لطيفات جدا"],
}
ELSE = [
    "the car park is full",
    "good food",
    "signs are hard to read",
    "nothing to add",
    "the lift was broken",
    "thanks",
]


def comments(number: int, seed: int = 1) -> tuple[list[str], list[frozenset[int]]]:
    """Comments of which each says something about waiting, staff, both or neither."""
    chance = random.Random(seed)
    texts, codes = [], []
    for _ in range(number):
        given_codes = frozenset(code for code in SAID if chance.random() < 0.3)
        parts = [chance.choice(SAID[code]) for code in given_codes] + chance.choices(ELSE, k=2)
        chance.shuffle(parts)
        texts.append(". ".join(parts))
        codes.append(given_codes)
    return texts, codes


def test_it_suggests_what_people_would_have_given_in_both_languages() -> None:
    suggester = Suggester(*comments(200))
    texts, codes = comments(300, seed=2)
    found = [frozenset(one) for one in suggester.suggest(texts)]
    right = sum(len(one & real) for one, real in zip(found, codes, strict=True))
    assert right / sum(map(len, found)) > 0.95
    assert right / sum(map(len, codes)) > 0.9
    assert next(suggester.suggest(["الانتظار طويل"])).keys() == {WAITING}


def test_quality_is_measured_on_unseen_comments_and_not_on_those_learned() -> None:
    texts, codes = comments(200)
    chance = random.Random(3)
    # Each has a word of its own, by which a model remembers it; what is given at random cannot be told otherwise.
    texts = [f"{text} {number:05}" for number, text in enumerate(texts)]
    guessed = [frozenset({RARE}) if chance.random() < 0.3 else frozenset() for _ in texts]
    suggester = Suggester(texts, [one | other for one, other in zip(codes, guessed, strict=True)])
    assert suggester.quality[RARE].threshold is None
    assert (suggester.quality[WAITING].precision or 0) > 0.95
    assert RARE not in {code for one in suggester.suggest(texts) for code in one}


def test_the_same_comments_always_give_the_same() -> None:
    texts, codes = comments(80)
    new, _ = comments(50, seed=9)
    first, second = Suggester(texts, codes), Suggester(texts, codes)
    assert first.quality == second.quality
    assert list(first.suggest(new)) == list(second.suggest(new))


def test_nothing_is_learned_from_few_comments_and_no_code_from_few_mentions() -> None:
    texts, codes = comments(39)
    few = Suggester(texts, codes)
    assert (few.quality, list(few.suggest(texts))) == ({}, [])
    texts, codes = comments(60)
    rare = [one | {RARE} if place < 7 else one for place, one in enumerate(codes)]
    assert RARE not in Suggester(texts, rare).quality
    # A code that nearly every comment has leaves too few to tell it from.
    usual = [one | {RARE} if place >= 7 else one for place, one in enumerate(codes)]
    assert RARE not in Suggester(texts, usual).quality


def test_progress_goes_up_to_the_end() -> None:
    told: list[float] = []
    Suggester(*comments(60), progress=told.append)
    assert told == [0.5, 1.0]


def test_the_shares_follow_from_the_counts_and_those_not_suggested_are_left_out_of_the_whole() -> None:
    quality = CodeQuality(mentions=20, suggested=10, right=8, threshold=0.4)
    assert (quality.precision, quality.recall) == (0.8, 0.4)
    assert quality.f1 == pytest.approx(2 * 0.8 * 0.4 / 1.2)
    hopeless = CodeQuality(mentions=30, suggested=0, right=0, threshold=None)
    assert (hopeless.precision, hopeless.recall, hopeless.f1) == (None, 0, 0)
    assert overall([quality, hopeless, quality]) == CodeQuality(40, 20, 16, None)
    assert overall([hopeless]) is None


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.3, 0.5, 0.8, 0.9]), st.booleans()), min_size=1, max_size=60))
def test_a_threshold_keeps_its_promise_on_what_it_was_chosen_from(judged: list[tuple[float, bool]]) -> None:
    likely, had = np.array([chance for chance, _ in judged]), np.array([one for _, one in judged])
    threshold = _threshold(likely, had)
    possible = [
        likely >= one
        for one in likely
        if (likely >= one).sum() >= LEAST_SUGGESTED and had[likely >= one].mean() >= LEAST_PRECISION
    ]
    assert (threshold is None) == (not possible)
    if threshold is not None:
        suggested = likely >= threshold
        assert suggested.sum() >= LEAST_SUGGESTED
        assert had[suggested].mean() >= LEAST_PRECISION
        # No other threshold that keeps the promise would find more for what it suggests.
        worth = [(one & had).sum() / (one.sum() + had.sum()) for one in (suggested, *possible)]
        assert worth[0] == pytest.approx(max(worth))
