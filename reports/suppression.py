"""Which figures of one question may be published, for everybody, each audience and each group.

The rule is one: whatever a reader can work out by taking published figures from one another must itself be fit to
publish. The people behind it are always a set that the published ones leave over, so that set is judged like a group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reports.differencing import exposed_groups
from reports.distributions import Counts
from reports.tabulation import SuppressionReason

Hidden = dict[int, SuppressionReason]
_LEAST_WIDTH = 2
"""How far apart the least and the greatest value must be that a mark leaves a hidden number."""


@dataclass(frozen=True, slots=True)
class Line:
    """The people of one question; axes (part, audience, group) as in ``distributions``.

    Part 0 are those whom the figures are about. Every further part are people of whom figures could be worked out with
    others that are given out as well, and must be none or enough; negative where there were more of them.
    ``base`` are the people that its figures rest on, ``answered`` those who gave any answer, ``cells`` (one more axis)
    the people per answer, None where there are none. ``alike_matters``: it is hidden when everybody in a group gave
    the same answer, which is when each cell holds all or none of those who answered.
    """

    base: Counts
    answered: Counts
    cells: Counts | None = None
    alike_matters: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why figures are hidden: for everybody, by place of audience and by place of group. Absent means shown."""

    everybody: SuppressionReason | None = None
    audiences: Hidden = field(default_factory=dict)
    groups: Hidden = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judge:
    """``thresholds``: the minimum base of each audience, in the order of the arrays."""

    thresholds: NDArray[np.int64]
    _found: dict[tuple[bytes, ...], list[int]] = field(default_factory=dict, repr=False, compare=False)
    """What was found before of the same numbers: questions that everybody answered differ by their answers alone."""
    _judged: dict[tuple[object, ...], Verdict] = field(default_factory=dict, repr=False, compare=False)
    """The same where the answers are the same too: everybody is behind each question for a comment."""

    def judge(self, line: Line, *, within: Verdict | None = None, missing_is_published: bool = False) -> Verdict:
        """What may be shown of a line, given what the verdict over all responses hides already.

        ``missing_is_published``: the number of people in no group is printed too, so it is one of the groups.
        """
        cells = b"" if line.cells is None else line.cells.tobytes()
        numbers = (line.base.shape, line.base.tobytes(), line.answered.tobytes(), cells, line.alike_matters)
        key = (*numbers, repr(within), missing_is_published)
        if key not in self._judged:
            self._judged[key] = self._verdict(line, within, missing_is_published=missing_is_published)
        return self._judged[key]

    def _verdict(self, line: Line, within: Verdict | None, *, missing_is_published: bool) -> Verdict:
        _, audiences, columns = line.base.shape
        groups = columns if missing_is_published else columns - 1
        hidden_all = within.everybody if within else None
        everybody = np.ones((audiences, columns), dtype=bool)
        # Where everybody says the same, no group gives away more than the headline does.
        alike_is_news = line.alike_matters and not _alike(line, everybody)
        hidden_all = hidden_all or self._fault(line, everybody, alike_is_news=False)
        if hidden_all:
            return Verdict(
                hidden_all, dict.fromkeys(range(audiences), hidden_all), dict.fromkeys(range(groups), hidden_all)
            )
        rows = [_mask(everybody.shape, audience=audience) for audience in range(audiences)]
        hidden_audiences = dict(within.audiences) if within else {}
        self._close(line, rows, np.zeros_like(everybody), hidden_audiences, alike_is_news=alike_is_news)
        parts = [_mask(everybody.shape, group=group) for group in range(groups)]
        left_over = np.zeros_like(everybody)
        left_over[:, groups:] = True
        hidden_groups = dict(within.groups) if within else {}
        hidden_groups.pop(groups, None)
        self._close(line, parts, left_over, hidden_groups, alike_is_news=alike_is_news)
        while True:
            more = self._exposed(line, hidden_audiences, hidden_groups, groups)
            if not more:
                break
            hidden_groups |= dict.fromkeys(more, "secondary")
            self._close(line, parts, left_over, hidden_groups, alike_is_news=alike_is_news)
        return Verdict(None, hidden_audiences, hidden_groups)

    def _fault(self, line: Line, people: NDArray[np.bool_], *, alike_is_news: bool) -> SuppressionReason | None:
        """Why figures about these people (audience × group) may not be published; None where they may."""
        if not self._enough(line, 0, people):
            return "small base"
        if alike_is_news and line.answered[0][people].sum() and _alike(line, people):
            return "everyone alike"
        # Who is left out by a filter is what remains when the filtered figures are taken from the unfiltered ones, and
        # who came since earlier figures, or was removed, is what remains when those are.
        return None if all(self._enough(line, part, people) for part in range(1, len(line.base))) else "small base"

    def _enough(self, line: Line, part: int, people: NDArray[np.bool_]) -> bool:
        answered = np.abs(np.where(people, line.answered[part], 0).sum(axis=1))
        if not answered.any():
            return True
        # Nobody in the base is not few people in it: what is published then is about all who answered.
        number = int(np.abs(np.where(people, line.base[part], 0).sum(axis=1)).sum()) or int(answered.sum())
        return number >= int(self.thresholds[answered > 0].max())

    def _close(
        self,
        line: Line,
        parts: Sequence[NDArray[np.bool_]],
        left_over: NDArray[np.bool_],
        hidden: Hidden,
        *,
        alike_is_news: bool,
    ) -> None:
        """Hide parts of a whole that is published until each that is shown, and all hidden ones together, are fit."""
        for place, part in enumerate(parts):
            fault = None if place in hidden else self._fault(line, part, alike_is_news=alike_is_news)
            if fault:
                hidden[place] = fault
        by_size = sorted(range(len(parts)), key=lambda place: (int(line.base[0][parts[place]].sum()), place))
        while True:
            rest = left_over.copy()
            for place in hidden:
                rest |= parts[place]
            candidates = [place for place in by_size if place not in hidden and line.answered[:, parts[place]].any()]
            if not candidates or self._fault(line, rest, alike_is_news=alike_is_news) is None:
                return
            hidden[candidates[0]] = "secondary"

    def _exposed(self, line: Line, audiences: Hidden, groups: Hidden, number_of_groups: int) -> list[int]:
        """Groups to hide because audiences and groups together would leave over too few people."""
        hidden = repr((sorted(audiences), sorted(groups), number_of_groups)).encode()
        for base, answered in zip(line.base, line.answered, strict=True):
            known = (base.tobytes(), answered.tobytes(), repr(base.shape).encode(), hidden)
            if known not in self._found:
                self._found[known] = exposed_groups(
                    np.abs(base),
                    np.abs(answered),
                    self.thresholds,
                    set(audiences),
                    set(groups),
                    number_of_groups=number_of_groups,
                )
            if more := self._found[known]:
                return more
        return []


def marked(line: Line, verdict: Verdict, thresholds: NDArray[np.int64]) -> Verdict:
    """The verdict with marks that give nothing away.

    In print a small base is told from what is hidden beside it. That says how many people there are: fewer than the
    minimum here, at least the minimum there. Where this would leave a hidden number fewer than three values, the mark
    of all of them is the same.
    """
    people = line.base[0]
    by_group = people[:, :-1].T
    least = np.where(by_group > 0, thresholds, 0).max(axis=1, initial=1)
    return Verdict(
        verdict.everybody,
        _marks(verdict.audiences, people.sum(axis=1), thresholds, others=0),
        _marks(verdict.groups, by_group.sum(axis=1), least, others=int(people[:, -1].sum())),
    )


def _marks(hidden: Hidden, sizes: Counts, needed: Counts, *, others: int) -> Hidden:
    groups = range(len(sizes))
    small = [one for one in groups if hidden.get(one) == "small base" and 0 < sizes[one] < needed[one]]
    beside = [one for one in groups if one in hidden and one not in small and sizes[one]]
    spare = int(sizes[small + beside].sum()) + others - len(small) - int(np.minimum(needed, sizes)[beside].sum())
    for one in small:
        most = min(int(needed[one]) - 1, 1 + spare)
        rest = int((needed[small] - 1).sum()) - int(needed[one]) + 1
        fewest = 1 if beside or others else max(1, int(sizes[small].sum()) - rest)
        if most - fewest < _LEAST_WIDTH:
            small = []
            break
    return {
        one: "secondary" if why == "small base" and one in groups and one not in small else why
        for one, why in hidden.items()
    }


def _mask(shape: tuple[int, int], *, audience: int | None = None, group: int | None = None) -> NDArray[np.bool_]:
    mask = np.zeros(shape, dtype=bool)
    mask[slice(None) if audience is None else audience, slice(None) if group is None else group] = True
    return mask


def _alike(line: Line, people: NDArray[np.bool_]) -> bool:
    """Whether everybody among these people who answered gave the same answer."""
    if line.cells is None:
        return False
    answered = line.answered[0][people].sum()
    cells = line.cells[0][people].sum(axis=0)
    return bool(cells.size and np.isin(cells, (0, answered)).all())
