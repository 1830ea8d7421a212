"""The rules as files say them, and where they are met in a text.

A phrase is a few words in a row: ``kill myself|himself`` allows one of several, ``abus*`` every word that begins like
this, ``told .. not to report`` up to four words at the place of the dots. The end of a clause ends every phrase. Of a
text's length the work is a fixed multiple, whatever the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from surveys.triage.levels import TOPICS
from surveys.triage.words import COMMA, SENTENCE_END, words_of

RULES = Path(__file__).parent / "rules"
GROUPS = frozenset({"phrases", "always", "figurative"})
GAP = ".."
MOST_BETWEEN = 4
_LOOKED_BACK = 6
_CLAUSE_ENDS = frozenset({SENTENCE_END, COMMA})


class RulesFault(ValueError):
    """A file of rules cannot be used; the message names the place."""


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a phrase: words, and beginnings of words, as they are compared, each with its spelling in the file.

    ``after_gap``: up to four other words may stand before it.
    """

    words: Mapping[str, str]
    stems: Mapping[str, str]
    beginnings: tuple[str, ...]
    after_gap: bool

    def takes(self, word: str) -> bool:
        """Whether the word can stand here."""
        return word in self.words or (bool(self.beginnings) and word.startswith(self.beginnings))

    def met_as(self, word: str) -> str:
        """The rule's own word, or beginning of a word, that ``word`` meets."""
        if word in self.words:
            return self.words[word]
        return next(said for stem, said in self.stems.items() if word.startswith(stem)) + "…"


@dataclass(frozen=True, slots=True)
class Phrase:
    """``line`` is the phrase as its file has it. ``group``: "phrases" count unless they are negated, "always" ones in
    any case, and "figurative" ones take their words out of the topic.
    """

    topic: str
    line: str
    group: str
    steps: tuple[Step, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Language:
    """The rules of one language. ``complete``: a comment in it that meets none of them counts as sorted."""

    code: str
    complete: bool
    negators: tuple[tuple[str, ...], ...]
    carriers: frozenset[str]
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A phrase that was met in the words from ``start`` to ``end`` (exclusive).

    ``says`` is made of the rule's own words, never of the text's: "kill myself", "abus…", "told … report".
    """

    phrase: Phrase
    start: int
    end: int
    says: str


@cache
def languages() -> Mapping[str, Language]:
    """The rules of each language that has some, by its code."""
    return {path.stem: read_rules(path) for path in sorted(RULES.glob("*.yaml"))}


def read_rules(path: Path) -> Language:
    """The rules of a file. RulesFault where it says what no rule can."""
    held: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    if set(held) != {"language", "complete", "negators", "carriers", "topics"} or held["language"] != path.stem:
        raise RulesFault(f"{path.name}: it must say language ({path.stem}), complete, negators, carriers and topics")
    phrases: list[Phrase] = []
    for topic, groups in held["topics"].items():
        if topic not in TOPICS or not set(groups) <= GROUPS:
            raise RulesFault(f"{path.name}: {topic} is no topic, or holds more than {', '.join(sorted(GROUPS))}")
        for group, lines in groups.items():
            for line in lines:
                phrases.append(_phrase(path, topic, line, group))
    return Language(
        code=path.stem,
        complete=held["complete"] is True,
        negators=tuple(_negators(held["negators"])),
        carriers=frozenset(words_of(held["carriers"])),
        phrases=tuple(phrases),
    )


def _phrase(path: Path, topic: str, line: Any, group: str) -> Phrase:
    place = f"{path.name}, {topic}: {line!r}"
    if not isinstance(line, str):
        raise RulesFault(f"{place} is no text; put it in quotation marks")
    steps: list[Step] = []
    after_gap = False
    for part in line.split():
        if part == GAP:
            after_gap = True
            continue
        stems = {folded(place, word[:-1]): word[:-1] for word in part.split("|") if word.endswith("*")}
        words = {folded(place, word): word for word in part.split("|") if not word.endswith("*")}
        steps.append(Step(words, stems, tuple(stems), after_gap))
        after_gap = False
    if not steps or after_gap or steps[0].after_gap:
        raise RulesFault(f"{place} must begin and end with a word")
    return Phrase(topic, line, group, tuple(steps), path.stem)


def folded(place: str, word: str) -> str:
    """One word of a rule as texts are compared. RulesFault where it is not exactly one."""
    found = words_of(word)
    if len(found) != 1 or found[0] in _CLAUSE_ENDS:
        raise RulesFault(f"{place}: {word!r} is not one word")
    return found[0]


def _negators(lines: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        parts = line.split()
        yield from ((first, *parts[1:]) for first in (words_of(word)[0] for word in parts[0].split("|")))


def met_in(words: Sequence[str]) -> list[Met]:
    """Every phrase of every language that the words hold and that nothing nearby takes back, in their order."""
    found = [
        met
        for start, word in enumerate(words)
        for phrase in _beginning_with(word, words[start + 1] if start + 1 < len(words) else SENTENCE_END)
        if (met := _met(phrase, words, start)) is not None
    ]
    if not found:
        return found
    taken_out: dict[str, set[int]] = {}
    for one in found:
        if one.phrase.group == "figurative":
            taken_out.setdefault(one.phrase.topic, set()).update(range(one.start, one.end))
    counted: list[Met] = []
    negated: set[int] = set()
    for one in found:
        its_words = range(one.start, one.end)
        if not taken_out.get(one.phrase.topic, set()).isdisjoint(its_words):
            continue
        if one.phrase.group == "phrases" and _is_negated(words, one, negated):
            negated.update(its_words)
        else:
            counted.append(one)
    return counted


def _met(phrase: Phrase, words: Sequence[str], start: int) -> Met | None:
    """The phrase where it begins at ``start``; of several ends the first."""
    ends = {start + 1: phrase.steps[0].met_as(words[start])}
    for step in phrase.steps[1:]:
        following: dict[int, str] = {}
        for place, so_far in ends.items():
            for at in range(place, place + (MOST_BETWEEN if step.after_gap else 0) + 1):
                if at >= len(words) or words[at] in _CLAUSE_ENDS:
                    break
                if step.takes(words[at]):
                    between = " … " if step.after_gap else " "
                    following.setdefault(at + 1, so_far + between + step.met_as(words[at]))
        if not following:
            return None
        ends = following
    end = min(ends)
    return Met(phrase, start, end, ends[end])


def _is_negated(words: Sequence[str], met: Met, negated: set[int]) -> bool:
    language = languages()[met.phrase.language]
    for at in range(met.start - 1, max(met.start - 1 - _LOOKED_BACK, -1), -1):
        for negator in language.negators:
            if words[at] == negator[-1] and tuple(words[max(at + 1 - len(negator), 0) : at + 1]) == negator:
                return True
        if words[at] not in language.carriers and at not in negated:
            return False
    return False


@lru_cache(maxsize=100_000)
def _beginning_with(word: str, following: str) -> tuple[Phrase, ...]:
    """The phrases that can begin with these two words."""
    return tuple(
        phrase
        for phrase in _with_first_word(word)
        if len(phrase.steps) == 1 or phrase.steps[1].after_gap or phrase.steps[1].takes(following)
    )


@lru_cache(maxsize=50_000)
def _with_first_word(word: str) -> tuple[Phrase, ...]:
    if word in _CLAUSE_ENDS:
        return ()
    return tuple(
        phrase for language in languages().values() for phrase in language.phrases if phrase.steps[0].takes(word)
    )
