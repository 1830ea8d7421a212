"""Small cells of one question in all ways of dividing people at once.

Where few people of a group gave an answer, its answers are hidden, and with them those of other groups, in this field
or another, that would give them away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reports.attacking import Audited
from reports.auditing import Audit
from reports.divisions import LineKey, Lines, Table
from reports.effort import Effort
from reports.small_cells import CellJudge
from reports.suppression import Hidden, Line, Verdict


@dataclass(frozen=True, slots=True)
class Answers:
    """One question's answers that are hidden together: ``columns`` are their places in the cells of its line."""

    question: LineKey
    columns: slice | list[int]
    minimum: int


class OpenCells:
    """What is hidden of these answers in each table, while it is still being decided. The first table is the audience.

    ``verdicts`` are those on the question. The tables before ``fixed`` are decided, as ``hidden`` says.
    """

    def __init__(
        self,
        answers: Answers,
        tables: Sequence[Table],
        verdicts: Sequence[Verdict],
        *,
        hidden: Sequence[Hidden],
    ) -> None:
        self._answers, self._tables, self._verdicts = answers, tables, verdicts
        self._fixed = len(hidden)
        self.hidden = [*hidden, *(self._judged(place, {}) for place in range(self._fixed, len(tables)))]

    def close(self, audit: Audit, members: Sequence[int], lines: Lines, effort: Effort) -> bool:
        """Hide what the audit of these tables finds to be exposed; whether there was anything. Not all is found where
        the effort is used up."""
        line = lines[self._answers.question]
        if line.cells is None or self._verdicts[0].everybody is not None:
            return False
        people = line.answered[0].sum(axis=0)[:-1].astype(np.float64)
        cells = line.cells[0].sum(axis=0)[:-1, self._answers.columns].astype(np.float64)
        sensitive = [self._tables[place].split.sensitive for place in members]
        fixed = frozenset(place for place, table in enumerate(members) if table < self._fixed)
        found = False
        while effort.left > 0:
            audited = Audited(people, people, [self.hidden[place] for place in members])
            more = audit.small_cells(
                audited, cells, minimum=self._answers.minimum, sensitive=sensitive, fixed=fixed, effort=effort
            )
            if not more:
                break
            found = True
            for table in {table for table, _ in more}:
                place = members[table]
                added: Hidden = dict.fromkeys((group for one, group in more if one == table), "secondary")
                self.hidden[place] = self._judged(place, {**added, **self.hidden[place]})

        return found

    def coarsen(self) -> bool:
        """Hide all groups of the table of most groups of those that are open, tell about people's background and show
        any; whether there was one."""
        shown = {
            place: [group for group in range(len(table.split.values)) if group not in self.hidden[place]]
            for place, table in enumerate(self._tables)
            if place >= max(self._fixed, 1) and table.split.sensitive
        }
        detailed = max((place for place in shown if shown[place]), key=lambda one: (len(shown[one]), one), default=0)
        self.hidden[detailed] = {**dict.fromkeys(shown.get(detailed, ()), "secondary"), **self.hidden[detailed]}
        return bool(detailed)

    def _judged(self, place: int, hidden: Hidden) -> Hidden:
        line = self._line(place)
        verdict = self._verdicts[place]
        if place == 0:
            return {**hidden, **verdict.audiences}
        if line.cells is None or not self._tables[place].split.sensitive:
            return {**hidden, **verdict.groups}
        judge = CellJudge(line.answered[0], self._answers.minimum, verdict.audiences)
        return judge.hide(line.cells[0][..., self._answers.columns], {**hidden, **verdict.groups})

    def _line(self, place: int) -> Line:
        return self._tables[place].lines[self._answers.question]
