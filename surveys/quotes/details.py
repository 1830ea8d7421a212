"""Details in a quote that only one person could have written, or that describe who wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_PATTERNS = {
    "a date": re.compile(
        rf"\b(?:\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}|{_DAY}\s+(?:of\s+)?(?:{_MONTHS})|(?:{_MONTHS})\s+{_DAY})\b",
        re.IGNORECASE,
    ),
    "a month of a year": re.compile(
        rf"\b(?:{_MONTHS})\s+(?:19|20)\d\d\b|\b(?:in|since)\s+(?:19|20)\d\d\b", re.IGNORECASE
    ),
    "an age": re.compile(
        r"\b(?:aged?|i am|i'm|he is|she is|was)\s+\d{1,3}\b(?!\s*(?:weeks|days|hours|minutes|miles|%))"
        r"|\b\d{1,3}[\s-]*(?:years?|yrs?)[\s-]*old\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class Details:
    """``singular``: what may be one person's own story. ``kinds``: in how many ways the words describe a person."""

    singular: tuple[str, ...]
    kinds: tuple[str, ...]


def details_in(words: str) -> Details:
    """What the words tell of one person: dates, ages, rare diagnoses, job titles, and descriptions of people."""
    listed = _listed()
    singular = [name for name, pattern in _PATTERNS.items() if pattern.search(words)]
    singular += [f"“{match[0]}”" for pattern in listed.singular for match in pattern.finditer(words)]
    kinds = [kind for kind, pattern in listed.kinds if pattern.search(words)]
    if "an age" in singular:
        kinds.append("age")
    return Details(tuple(dict.fromkeys(singular)), tuple(kinds))


@dataclass(frozen=True, slots=True)
class _Listed:
    singular: tuple[re.Pattern[str], ...]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _listed() -> _Listed:
    told = yaml.safe_load(Path(__file__).with_name("details.yaml").read_text("utf-8"))
    singular = tuple(_any_of(told[name]) for name in ("rare_diagnoses", "job_titles"))
    return _Listed(singular, tuple((kind, _any_of(words)) for kind, words in told["demographics"].items()))


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})(?:s|es)?\b", re.IGNORECASE)
