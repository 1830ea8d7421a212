"""Finding the themes of a document: the series of titles that explains it best, and what was left out and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from surveys.strategy_documents.blocks import Block, word_count
from surveys.strategy_documents.explanations import Explained, explained
from surveys.strategy_documents.furniture import heads_contents, reason_never_part
from surveys.strategy_documents.series import candidates
from surveys.strategy_documents.titles import BOLD, HEADINGS, LEADS, NUMBERED, ROWS, SHORT, Candidate

MOST_AT_ONCE = 20
"""Of themes that are proposed without asking: no survey asks about more, and no document means more."""

MOST_SERIES = 6


@dataclass(frozen=True, slots=True)
class FoundTheme:
    """``number`` is the one that the document gives it, ``where`` the place of its title in words.

    ``place`` counts the pieces of the document, from 0.
    """

    number: int | None
    title: str
    paragraphs: tuple[str, ...]
    where: str
    place: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of the document that belongs to no theme of a series, and why."""

    text: str
    reason: str
    where: str
    place: int


@dataclass(frozen=True, slots=True)
class Series:
    """One way to read the document. ``how`` says in words by what its themes were recognised."""

    how: str
    themes: tuple[FoundTheme, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a document may mean, the likeliest first. ``sure``: the first series can be proposed as it is.

    Without any structure there is one series, without themes, whose ``left_out`` is every paragraph.
    """

    series: tuple[Series, ...]
    sure: bool


def find_themes(blocks: Sequence[Block]) -> Finding:
    """The series of titles in the document, ranked by how well each explains it."""
    blocks = [block for block in blocks if block.text]
    noise = _noise(blocks)
    total = sum(word_count(block.text) for index, block in enumerate(blocks) if index not in noise)
    ranked = []
    for candidate in candidates(blocks, frozenset(noise)):
        if len(candidate.titles) < 2 or (candidate.how == SHORT and len(candidate.titles) < 3):
            continue
        read = explained(blocks, candidate, noise)
        ranked.append((_score(candidate, read, total), candidate, read))
    ranked.sort(key=lambda one: -one[0])
    series: list[Series] = []
    for score, candidate, read in ranked:
        themes = tuple(
            FoundTheme(title.number, title.text, paragraphs, _where(blocks, title.index), title.index)
            for title, paragraphs in zip(candidate.titles, read.paragraphs, strict=True)
        )
        is_known = any(_titles(one.themes) == _titles(themes) for one in series)
        if score > 0 and not is_known and len(series) < MOST_SERIES:
            series.append(Series(candidate.how, themes, tuple(_left_out(blocks, read.left_out))))
    if not series:
        everything = {index: noise.get(index, "No title was found above it") for index in range(len(blocks))}
        return Finding((Series("", (), tuple(_left_out(blocks, everything))),), sure=False)
    return Finding(tuple(series), sure=len(series[0].themes) <= MOST_AT_ONCE)


def _titles(themes: Iterable[FoundTheme]) -> list[str]:
    return [theme.title for theme in themes]


def _noise(blocks: Sequence[Block]) -> dict[int, str]:
    """The blocks that are no part of any theme, with the reason."""
    noise: dict[int, str] = {}
    in_contents = False
    later: dict[str, int] = {}
    for index, block in enumerate(blocks):
        later[_bare(block.text)] = index
    for index, block in enumerate(blocks):
        reason = reason_never_part(block)
        if heads_contents(block.text):
            in_contents, reason = True, "The contents list"
        elif in_contents and (re.search(r"\d\s*$", block.text) or later[_bare(block.text)] > index):
            reason = "A line of the contents list"
        else:
            in_contents = False
        if reason:
            noise[index] = reason
    return noise


def _bare(text: str) -> str:
    return re.sub(r"[\s.…]*\d*$", "", text).casefold()


_THEMES = re.compile(
    r"\b(themes?|priorit\w+|goals?|objectives?|aims?|ambitions?|pillars?|commitments?|thema|themen|ziele?|schwerpunkte?|thèmes?|axes?|objectifs?)\b",
    re.IGNORECASE,
)
_ACTIONS = re.compile(
    r"\b(actions?|steps?|milestones?|measures?|recommendations?|references?|questions?|deadlines?|timetable|maßnahmen?|étapes?|mesures?|members|partners)\b",
    re.IGNORECASE,
)
_BASES = {NUMBERED: 45, HEADINGS: 30, BOLD: 26, ROWS: 28, LEADS: 18, SHORT: 5}


def _score(candidate: Candidate, read: Explained, total: int) -> float:
    count = len(candidate.titles)
    with_text = sum(1 for paragraphs in read.paragraphs if paragraphs) / count
    covered = sum(word_count(text) for paragraphs in read.paragraphs for text in paragraphs)
    covered += sum(word_count(title.text) for title in candidate.titles)
    score = float(_BASES[candidate.how])
    score += 30 * with_text + 25 * min(1.0, covered / max(total, 1))
    score += 10 if 4 <= count <= 12 else 0
    score -= 12 if count == 2 else 0
    score -= 60 * candidate.odd
    score -= max(0, count - 12)
    score -= 40 * sum(1 for title in candidate.titles if word_count(title.text) > 22) / count
    score -= 20 * sum(1 for title in candidate.titles if title.text.endswith((".", "?", "!", ";"))) / count
    for words, worth in ((candidate.parent, 15), (candidate.keyword, 12)):
        if _THEMES.search(words):
            score += worth
        elif _ACTIONS.search(words):
            score -= worth
    return score


def _left_out(blocks: Sequence[Block], reasons: dict[int, str]) -> Iterable[LeftOut]:
    for index in sorted(reasons):
        block = blocks[index]
        text = " – ".join(" ".join(cell) for cell in block.cells if cell) if block.kind == "row" else block.text
        if text:
            yield LeftOut(text, reasons[index], _where(blocks, index), index)


def _where(blocks: Sequence[Block], index: int) -> str:
    page = blocks[index].page
    return f"page {page}" if page else f"paragraph {index + 1}"
