"""The people behind one line in all ways of dividing them at once.

Where few people would be told apart, their group is hidden, and with it others, in this field or another, that would
give them away.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reports.attacking import Audited
from reports.auditing import Audit
from reports.beside_base import People, TableShown, exposed
from reports.divisions import RESPONSES, LineKey, Lines, Table
from reports.effort import Effort
from reports.known_sums import Others
from reports.suppression import Hidden, Judge, Verdict


class OpenBases:
    """The verdicts on one line in all tables while they are still being made. The first table is the audience."""

    def __init__(
        self,
        judge: Judge,
        tables: Sequence[Table],
        key: LineKey,
        within: Sequence[Verdict | None],
        verdicts: Sequence[Verdict | None],
        *,
        fixed: int,
        minimum_cell: int,
    ) -> None:
        self._judge, self._tables, self._key, self._fixed = judge, tables, key, fixed
        self._minimum_cell = minimum_cell
        self._within = within
        self._audiences: Hidden = dict(verdicts[0].audiences) if verdicts[0] else {}
        self._groups: list[Hidden] = [dict.fromkeys(table.split.unpublished, "secondary") for table in tables]
        self.verdicts: list[Verdict] = [verdict or self._judged(place) for place, verdict in enumerate(verdicts)]

    def close(self, audit: Audit, members: Sequence[int], lines: Lines, effort: Effort) -> bool:
        """Hide what the audit of these tables finds to be exposed; whether there was anything. Not all is found where
        the effort is used up."""
        found = self.close_bases(audit, members, lines, effort)
        return self.close_beside(audit, members, lines, effort) or found

    def coarsen(self) -> bool:
        """Hide all groups of the table of most groups of those that are open and show any; whether there was one.
        Audiences alone need no audit."""
        shown = {
            place: [group for group in range(len(table.split.values)) if group not in self._hidden(place)]
            for place, table in enumerate(self._tables)
            if place >= max(self._fixed, 1)
        }
        detailed = max((place for place in shown if shown[place]), key=lambda one: (len(shown[one]), one), default=0)
        if detailed:
            self._hide([(detailed, group) for group in shown[detailed]])
        return bool(detailed)

    def close_bases(self, audit: Audit, members: Sequence[int], lines: Lines, effort: Effort) -> bool:
        """Likewise people of a group who are too few."""
        line = lines[self._key]
        people, answered = (one[0].sum(axis=0)[:-1].astype(np.float64) for one in (line.base, line.answered))
        fixed = frozenset(place for place, table in enumerate(members) if table < self._fixed)
        others = self._others(members, lines)
        found = False
        while self.verdicts[0].everybody is None and effort.left > 0:
            hidden = [self._hidden(one) for one in members]
            audited = Audited(people, answered, hidden, others, self._since(members))
            more = audit.exposed(audited, fixed=fixed, effort=effort)
            if not more:
                return found
            found = True
            self._hide([(members[place], group) for place, group in more])
        return found

    def close_beside(self, audit: Audit, members: Sequence[int], lines: Lines, effort: Effort) -> bool:
        """Likewise bases that tell of a group how few gave an answer beside it, such as "not sure"."""
        line = lines[self._key]
        if line.cells is None or self.verdicts[0].everybody is not None:
            return False
        everybody, answered, base = (
            one[0].sum(axis=0)[:-1].astype(np.float64) for one in (lines[RESPONSES].base, line.answered, line.base)
        )
        people = People(base, answered - base, everybody - answered)
        found = False
        while people.beside.any() and effort.left > 0:
            tables = [self._shown(audit, place, table) for place, table in enumerate(members)]
            more = exposed(tables, people, minimum=self._minimum_cell, effort=effort)
            if not more:
                break
            found = True
            self._hide([(members[place], group) for place, group in more])
        return found

    def _shown(self, audit: Audit, place: int, table: int) -> TableShown:
        groups = range(audit.sizes[place])
        split = self._tables[table].split
        hidden, hidden_at_all = self._hidden(table), self._hidden_at_all(table)
        base = np.array([group not in hidden for group in groups], dtype=bool)
        # Where one of the answers is a small cell all of them are hidden.
        answers = base & ~self._has_small_cell(table) if split.sensitive else base
        return TableShown(
            member=(audit.codes[place] == np.arange(audit.sizes[place])[:, np.newaxis]).astype(np.float64),
            responses=np.array([group not in hidden_at_all for group in groups], dtype=bool),
            base=base,
            answers=answers,
            sensitive=split.sensitive,
            open=table >= self._fixed,
        )

    def _has_small_cell(self, table: int) -> NDArray[np.bool_]:
        """By group."""
        cells = self._tables[table].lines[self._key].cells
        if cells is None:
            return np.zeros(len(self._tables[table].split.values), dtype=bool)
        by_group = cells[0].sum(axis=0)[:-1]
        return np.asarray(((by_group > 0) & (by_group < self._minimum_cell)).any(axis=1))

    def _hide(self, groups: Sequence[tuple[int, int]]) -> None:
        changed = {table for table, _ in groups}
        for table, group in groups:
            (self._audiences if table == 0 else self._groups[table]).setdefault(group, "secondary")
        for place in range(self._fixed, len(self._tables)):
            if place in changed or 0 in changed:
                self.verdicts[place] = self._judged(place)

    def _judged(self, place: int) -> Verdict:
        outer = self._within[place] if self._key != RESPONSES else None
        groups = {**self._groups[place], **(outer.groups if outer else {})}
        if place == 0:
            groups = {}
        within = Verdict(
            outer.everybody if outer else None, {**self._audiences, **(outer.audiences if outer else {})}, groups
        )
        return self._judge.judge(
            self._tables[place].lines[self._key], within=within, missing_is_published=self._key == RESPONSES
        )

    def _since(self, members: Sequence[int]) -> list[NDArray[np.float64]]:
        """How many people more each group of these tables has than at each earlier time; NaN where they were not given
        out then."""
        found = []
        for then in zip(*(self._tables[place].since for place in members), strict=True):
            if then[0] is None:
                continue
            everybody = then[0][self._key].base
            by_group = [everybody.sum(axis=1).astype(np.float64)]
            for place, lines in zip(members[1:], then[1:], strict=True):
                unknown = np.full(len(self._tables[place].split.values), np.nan)
                by_group.append(unknown if lines is None else lines[self._key].base.sum(axis=0)[:-1])
            more = np.concatenate((*by_group, [everybody.sum()]))
            if np.nan_to_num(more).any():
                found.append(more)
        return found

    def _hidden(self, place: int) -> Hidden:
        return _hidden(self.verdicts[place], place)

    def _hidden_at_all(self, place: int) -> Hidden:
        """The groups of which it is not shown how many answered the survey."""
        outer = self._within[place]
        return _hidden(outer, place) if outer else {}

    def _others(self, members: Sequence[int], lines: Lines) -> Others | None:
        """Who answered the survey and is not behind this line."""
        if self._key == RESPONSES:
            return None
        everybody, base = (lines[key].base[0].sum(axis=0)[:-1].astype(np.float64) for key in (RESPONSES, self._key))
        return Others(everybody - base, [self._hidden_at_all(one) for one in members])


def _hidden(verdict: Verdict, table: int) -> Hidden:
    return verdict.audiences if table == 0 else verdict.groups
