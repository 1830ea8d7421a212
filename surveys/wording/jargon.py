"""Words from inside the health service with plainer ones in their place, found whatever their ending or hyphen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_WORDS = Path(__file__).with_name("jargon.yaml")
_ENDS_IN_ONE_CONSONANT = re.compile(r"[^aeiou][aeiou][bdgmnprt]$")


@dataclass(frozen=True, slots=True)
class Jargon:
    """A term and what to say instead; ``unless`` are phrases of everyday English in which it is no jargon."""

    term: str
    say: str
    unless: tuple[str, ...] = ()


@cache
def jargon_words() -> Mapping[str, Jargon]:
    """Every term of the list, by itself in small letters."""
    entries = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    listed = [
        Jargon(str(entry["term"]), str(entry["say"]), tuple(str(phrase) for phrase in entry.get("unless", ())))
        for entry in entries
    ]
    return {entry.term.lower(): entry for entry in listed}


def jargon_in(text: str) -> tuple[tuple[str, Jargon], ...]:
    """The terms in an English text, as they are written there and with their entry, each once and in order."""
    pattern, names, everyday = _compiled()
    met: dict[str, tuple[str, Jargon]] = {}
    for match in pattern.finditer(everyday.sub(" | ", text) if everyday else text):
        entry = names[match.lastgroup or ""]
        met.setdefault(entry.term, (match[0], entry))
    return tuple(met.values())


@cache
def _compiled() -> tuple[re.Pattern[str], Mapping[str, Jargon], re.Pattern[str] | None]:
    # Longer terms first, so that "system partners" is found as a whole.
    ordered = sorted(jargon_words().values(), key=lambda entry: len(entry.term), reverse=True)
    names = {f"t{number}": entry for number, entry in enumerate(ordered)}
    terms = "|".join(f"(?P<{name}>{_inflected(entry.term)})" for name, entry in names.items())
    phrases = "|".join(_spaced(phrase) for entry in ordered for phrase in entry.unless)
    everyday = re.compile(rf"(?<!\w)(?:{phrases})(?!\w)", re.IGNORECASE) if phrases else None
    return re.compile(rf"(?<![\w@])(?:{terms})(?!\w|[.@]\w)", re.IGNORECASE), names, everyday


def _inflected(term: str) -> str:
    """A pattern for the term with the usual endings of its last word, British or American."""
    *before, last = term.split(" ")
    if last.isupper():
        ending = re.escape(last) + "s?"
    elif last.endswith("e"):
        ending = re.escape(last[:-1]) + "(?:e[sd]?|ing)"
    elif last.endswith("y") and last[-2] not in "aeiou":
        ending = re.escape(last[:-1]) + "(?:y|ies|ied|ying)"
    else:
        double = f"{last[-1]}?" if _ENDS_IN_ONE_CONSONANT.search(last) else ""
        ending = re.escape(last) + f"(?:s|es|{double}ed|{double}ing)?"
    pattern = "".join(_spaced(word) + r"[\s\u2010-]+" for word in before) + ending.replace(r"\-", r"[\s\u2010-]?")
    return re.sub(r"is(?=e|\(\?:e|ing|ation)", "i[sz]", pattern)


def _spaced(phrase: str) -> str:
    return r"\s+".join(re.escape(word).replace(r"\-", r"[\s\u2010-]?") for word in phrase.split())
