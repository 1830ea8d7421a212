"""What may be shown of a survey, decided over everything that can be asked of it at once.

Every single field is decided knowing that the tables of all others are published as well. What is asked for beyond
that, such as two fields crossed, is decided on top, and takes nothing away from the former.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reports.auditing import MOST_ATOMS, Audit
from reports.bases_together import OpenBases
from reports.cells_together import Answers, OpenCells
from reports.divisions import RESPONSES, LineKey, Lines, Survey, Table
from reports.effort import Effort
from reports.published_counts import Given, with_parts
from reports.question_rules import cell_sets
from reports.splitting import Split
from reports.suppression import Judge, Verdict

CELLS = "cells "
"""Before the name of a set of answers, in the key of what is hidden of them in each population."""
Verdicts = dict[LineKey, Verdict]
AuditOf = tuple[Audit, Split, list[int]]


class WholeSurvey:
    """The verdicts on one survey; each is made when it is first asked for and the same ever after.

    ``given``: what was given out before. ``crossed``: the names of the crossed fields among it, the first that was
    given out first.
    """

    def __init__(
        self, survey: Survey, *, minimum_cell: int, given: Sequence[Given] = (), crossed: Sequence[str] = ()
    ) -> None:
        self.survey = survey
        self.crossed = crossed
        self._given = given
        self._minimum_cell = minimum_cell
        self._judge = Judge(survey.thresholds)
        self._effort = Effort()
        self._asked: dict[str, Verdicts] = {}
        self._counted: dict[str, Table] = {}

    @property
    def must_wait(self) -> bool:
        """Whether all that could be shown would differ from what was given out before by a few people."""
        return bool(self._given) and self.of_field("audience")[RESPONSES].everybody is not None

    def of_field(self, field: str) -> Verdicts:
        """For every line what may be shown of the groups of a single field, and of the audiences."""
        return self._singles[field]

    def of_split(self, split: Split, *, beside: Sequence[Split] = ()) -> Verdicts:
        """As ``of_field``, for groups that are no single field. It is decided beside all single fields, and beside
        splits of its kind that are published too and decided before, in their order."""
        if split.field not in self._asked:
            before = [self.of_split(one, beside=beside[:place]) for place, one in enumerate(beside)]
            tables = [*self._tables, *(self._table(one) for one in (*beside, split))]
            decided = [*self._singles.values(), *before]
            self._asked[split.field] = self._decide(tables, decided)[-1]
        return self._asked[split.field]

    @cached_property
    def _tables(self) -> list[Table]:
        splits = list(self.survey.divisions.values())
        counted = [Table(one, lines) for one, lines in zip(splits, self.survey.lines(splits), strict=True)]
        return [with_parts(self.survey, one, self._given) for one in counted]

    def _table(self, split: Split) -> Table:
        if split.field not in self._counted:
            table = Table(split, self.survey.lines([split])[0])
            self._counted[split.field] = with_parts(self.survey, table, self._given)
        return self._counted[split.field]

    @cached_property
    def _singles(self) -> dict[str, Verdicts]:
        return dict(zip(self.survey.divisions, self._decide(self._tables, []), strict=True))

    def _decide(self, tables: Sequence[Table], decided: Sequence[Verdicts]) -> list[Verdicts]:
        """The verdicts on all tables, of which the first are ``decided`` already."""
        found: list[Verdicts] = [dict(one) for one in decided] + [{} for _ in tables[len(decided) :]]
        audits = list(self._audits(tables, new=len(decided)))
        atoms = self.survey.lines([atoms for _, atoms, _ in audits])
        for key in tables[0].lines:
            within = [one.get(RESPONSES) for one in found]
            verdicts = [one.get(key) for one in found]
            open_tables = OpenBases(
                self._judge, tables, key, within, verdicts, fixed=len(decided), minimum_cell=self._minimum_cell
            )
            self._close(open_tables, audits, atoms)
            for one, verdict in zip(found, open_tables.verdicts, strict=True):
                one[key] = verdict
            for name, columns in self._cell_sets(key).items():
                answers = Answers(key, columns, self._minimum_cell)
                cells: LineKey = (f"{CELLS}{name}", key[1])
                hidden = [
                    one[cells].audiences if not place else one[cells].groups
                    for place, one in enumerate(found[: len(decided)])
                ]
                open_cells = OpenCells(answers, tables, open_tables.verdicts, hidden=hidden)
                self._close(open_cells, audits, atoms)
                for one, verdict, of_table in zip(found, open_tables.verdicts, open_cells.hidden, strict=True):
                    one[cells] = Verdict(verdict.everybody, open_cells.hidden[0], of_table)
        return found

    def _close(self, opened: OpenBases | OpenCells, audits: Sequence[AuditOf], atoms: Sequence[Lines]) -> None:
        """Hide until nothing follows from what is shown. Where that takes more than its part of the effort, whole
        tables go, those of most groups first."""
        effort = self._effort.part()
        while True:
            more = False
            for (audit, _, members), lines in zip(audits, atoms, strict=True):
                more |= opened.close(audit, members, lines, effort)
            if effort.left <= 0 and opened.coarsen():
                effort = self._effort.part()
            elif effort.left <= 0 or not more:
                return

    def _cell_sets(self, key: LineKey) -> Mapping[str, slice | list[int]]:
        return cell_sets(self.survey.people.questionnaire, key[1]) if key[0] == "question" else {}

    def _audits(self, tables: Sequence[Table], *, new: int) -> Iterator[AuditOf]:
        """Tables that are audited together, the places of which are given last, and their atoms as a split.

        The audience is in each of them, and so are tables that are not decided yet, where some are. The others go into
        as few as their combinations allow.
        """
        always = [0, *range(new, len(tables))] if new else [0]
        waiting = [place for place in range(len(tables)) if place not in always]
        while True:
            members = list(always)
            codes = np.zeros(self.survey.number, dtype=np.int64)
            for place in always:
                codes = _combined(codes, tables[place].split)
            for place in waiting:
                combined = _combined(codes, tables[place].split)
                if int(combined.max(initial=0)) < MOST_ATOMS or len(members) == len(always) == 1:
                    codes = combined
                    members.append(place)
            waiting = [place for place in waiting if place not in members]
            number = int(codes.max(initial=-1)) + 1
            atoms = Split("atom", "", tuple(map(str, range(number))), {}, codes.astype(np.int32), sensitive=False)
            first = np.zeros(number, dtype=np.int64)
            first[codes] = np.arange(self.survey.number)
            audit = Audit(
                [_of_people(tables[place].split)[first] for place in members],
                [len(tables[place].split.values) for place in members],
                self.survey.thresholds[self.survey.audience.codes[first]],
            )
            yield audit, atoms, members
            if not waiting or len(members) == len(always):
                return


def _of_people(split: Split) -> NDArray[np.int32]:
    return np.where(split.codes < 0, len(split.values), split.codes)


def _combined(codes: NDArray[np.int64], split: Split) -> NDArray[np.int64]:
    """The combinations of ``codes`` and the groups of a split, numbered from 0 in the order of both."""
    both = codes * (len(split.values) + 1) + _of_people(split)
    there = np.zeros(int(both.max(initial=0)) + 1, dtype=bool)
    there[both] = True
    return np.asarray((np.cumsum(there) - 1)[both])
