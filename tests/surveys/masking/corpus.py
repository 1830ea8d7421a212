"""The invented comments, what is to be masked in each, and how well the detectors do it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from surveys.masking import KINDS, Mask, find_masks

MARKED = re.compile(r"\{([a-z_]+)\|([^}]*)\}")
WRITTEN_FIRST = Path(__file__).parent / "comments.txt"
HELD_OUT = Path(__file__).parent / "held_out.txt"


@dataclass(frozen=True, slots=True)
class Comment:
    line: int
    text: str
    expected: tuple[Mask, ...]


@dataclass(slots=True)
class Score:
    """Counts for one kind. A detail is found where one mask of its kind covers all of it; a mask is right where it
    hides a detail of its kind."""

    expected: int = 0
    found: int = 0
    masks: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.masks if self.masks else 1.0


def comments_of(path: Path) -> tuple[Comment, ...]:
    lines = enumerate(path.read_text("utf-8").splitlines(), start=1)
    return tuple(_comment(number, line) for number, line in lines if line and not line.startswith("# "))


def _comment(number: int, line: str) -> Comment:
    parts: list[str] = []
    expected, at, length = [], 0, 0
    for match in MARKED.finditer(line):
        kind, words = match[1], match[2]
        if kind not in KINDS:
            raise ValueError(f"line {number}: no kind is called {kind}")
        parts += [line[at : match.start()], words]
        length += match.start() - at + len(words)
        expected.append(Mask(length - len(words), length, kind))
        at = match.end()
    return Comment(number, "".join([*parts, line[at:]]), tuple(expected))


def scores(comments: Sequence[Comment]) -> dict[str, Score]:
    found = {kind: Score() for kind in KINDS}
    for comment in comments:
        masks = find_masks(comment.text)
        for wanted in comment.expected:
            score, words = found[wanted.kind], comment.text[wanted.start : wanted.end]
            score.expected += 1
            if any(one.kind == wanted.kind and one.start <= wanted.start and wanted.end <= one.end for one in masks):
                score.found += 1
            else:
                score.missed.append(f"line {comment.line}: {words}")
        for mask in masks:
            score = found[mask.kind]
            score.masks += 1
            if any(one.kind == mask.kind and one.start < mask.end and mask.start < one.end for one in comment.expected):
                score.right += 1
            else:
                score.wrong.append(f"line {comment.line}: {comment.text[mask.start : mask.end]}")
    return found


def told(found: dict[str, Score]) -> Iterator[str]:
    """The scores as lines of a report, with every miss."""
    for kind, score in found.items():
        yield (
            f"{kind:<16} recall {score.recall:.3f} ({score.found} of {score.expected})  "
            f"precision {score.precision:.3f} ({score.right} of {score.masks})"
        )
        yield from (f"    missed {one}" for one in score.missed)
        yield from (f"    wrong  {one}" for one in score.wrong)
