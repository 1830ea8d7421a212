"""What screening comments costs, and how much of what may identify somebody it finds in invented comments."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator

from surveys.masking import OwnDetails, find_masks
from surveys.triage import sort_comment
from tests.surveys.masking.corpus import HELD_OUT, WRITTEN_FIRST, Score, comments_of, scores

SEED = 2_026
COMMENTS = 100_000
LONG = 60_000
OWN = OwnDetails("RX1 999999", tuple(f"Zeb {chr(97 + n % 26)}{chr(97 + n // 26)}ska" for n in range(500)))
HOSTILE = {
    "digits": "1234567890", "one digit": "7", "a@a@": "a@", "a@a.": "a@a.", "Mr Mr": "Mr ", "spaces": " ",
    "0-0-": "0-", "http://": "http://", "Dr A": "Dr A ", "brackets": "[(", "wide digits": "９", "accents": "e\u0301",
}  # fmt: skip
_REFERENCE = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")

Figure = tuple[str, float, float | None]


def figures() -> Iterator[Figure]:
    """(what is measured, the value found, the value to reach): seconds of one processor, and percent."""
    texts = _texts()
    plain = _seconds(lambda: [_REFERENCE.search(text) for text in texts])
    screened = _seconds(lambda: [_screen(text) for text in texts])
    yield f"Masking and sorting {COMMENTS:,} comments, seconds", screened, 60.0
    yield "The same, in times of looking for one pattern", screened / plain, None
    for name, again in HOSTILE.items():
        text = (again * LONG)[:LONG]
        find_masks(text[:1000], OWN)
        yield f"Masking {LONG // 1000} kB of {name}, seconds", min(_masking(text) for _ in range(5)), 0.1
    for told, path in (("known to the detectors", WRITTEN_FIRST), ("held out", HELD_OUT)):
        for kind, score in scores(comments_of(path)).items():
            yield from _quality(f"{kind}, comments {told}", score)


def _quality(name: str, score: Score) -> Iterator[Figure]:
    is_number = any(name.startswith(one) for one in ("nhs", "phone", "email", "postcode", "ni_", "hospital"))
    yield f"Missed of {score.expected} {name}, %", 100 * (1 - score.recall), 2.0 if is_number else 10.0
    yield f"Wrongly hidden of {score.masks} {name}, %", 100 * (1 - score.precision), 5.0 if is_number else 10.0


def _texts() -> list[str]:
    """Comments of one to four sentences of the corpus, in the share of details that the corpus has at most."""
    chance = random.Random(SEED)
    sentences = [comment.text for comment in comments_of(WRITTEN_FIRST)]
    return [" ".join(chance.choices(sentences, k=chance.randint(1, 4))) for _ in range(COMMENTS)]


def _screen(text: str) -> None:
    sort_comment(text, "en", masked_kinds={mask.kind for mask in find_masks(text, OWN)})


def _masking(text: str) -> float:
    return _seconds(lambda: find_masks(text, OWN))


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
