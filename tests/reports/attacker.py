"""Somebody who reads all published figures of a survey and solves for what was hidden.

They know the questionnaire, that counts are whole and not negative, and that every person is in one audience, in at
most one group, and gave one answer to the question. Everything printed is an equation; a hidden number is found when
the smallest and the largest value that fit all equations are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from scipy.optimize import linprog

STATUSES = ("skipped", "not_shown")


class Attacker:
    """One rating question attacked with the figures of everybody, each audience and each group."""

    def __init__(
        self, document: dict[str, Any], *, question: str, field: str, positive: set[str], reads_groups: bool = True
    ) -> None:
        table = self._question(document, question)
        self._options = tuple(table["counts"])
        self._beside = tuple(table["not_scored"])
        self._answers = (*self._options, *self._beside, *STATUSES)
        self._audiences = tuple(document["audiences"])
        self._groups = (*(group["value"] for group in document["groups"]), None)
        self._rows: list[np.ndarray] = []
        self._values: list[float] = []
        self._positive = positive
        scale = {option: place + 1 for place, option in enumerate(self._options)}
        self._population(document, question, scale)
        for audience, population in document["audiences"].items():
            self._population(population, question, scale, audiences=(audience,))
        for population in document["groups"] if reads_groups else ():
            self._population(population, question, scale, groups=(population["value"],))
        for breakdown in document["who_answered"]:
            if breakdown["field"] == "audience":
                for audience, count in breakdown["counts"].items():
                    self._know(self.people(audiences=(audience,)), count)
            if breakdown["field"] == field and reads_groups:
                for group, count in breakdown["counts"].items():
                    self._know(self.people(groups=(group,)), count)
                self._know(self.people(groups=(None,)), breakdown["missing"])
                self._know(self.people(groups=self._groups[:-1]), breakdown["base"])

    def people(
        self,
        *,
        audiences: Iterable[str] | None = None,
        groups: Iterable[str | None] | None = None,
        answers: Iterable[str] | None = None,
    ) -> np.ndarray:
        """The people of these audiences and groups who gave one of these answers, as a row of coefficients."""
        row = np.zeros((len(self._audiences), len(self._groups), len(self._answers)))
        chosen = [
            [known.index(one) for one in (known if wanted is None else wanted)]  # type: ignore[arg-type]
            for known, wanted in ((self._audiences, audiences), (self._groups, groups), (self._answers, answers))
        ]
        row[np.ix_(*chosen)] = 1
        return row.ravel()

    def know_empty(self, audience: str, group: str | None) -> None:
        """Who knows the place knows that nobody of this audience is in this group."""
        self._know(self.people(audiences=(audience,), groups=(group,)), 0)

    def find(self, target: np.ndarray) -> float | None:
        """The one value that fits everything published; None where several do."""
        if not self._rows:
            return None
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * target, A_eq=np.array(self._rows), b_eq=np.array(self._values), method="highs")
            if solved.status == 3:
                return None
            assert solved.status == 0, solved.message
            ends.append(sign * solved.fun)
        return ends[0] if ends[1] - ends[0] < 0.5 else None

    def _population(self, population: dict[str, Any], question: str, scale: dict[str, int], **which: Any) -> None:
        table = self._question(population, question)
        self._know(self.people(**which), population["responses"])
        self._know(self.people(answers=self._options, **which), table["base"])
        for answer, count in {**table["counts"], **table["not_scored"]}.items():
            self._know(self.people(answers=(answer,), **which), count)
        for status in STATUSES:
            self._know(self.people(answers=(status,), **which), table[status])
        base, share, mean = table["base"], table["percent_positive"]["value"], table["mean"]
        if isinstance(base, int) and isinstance(share, float):
            self._know(self.people(answers=self._positive, **which), base * share / 100)
        if isinstance(base, int) and isinstance(mean, float):
            self._know(sum(scale[one] * self.people(answers=(one,), **which) for one in self._options), base * mean)
        score = next(theme for theme in population["themes"] if theme["id"] == question.partition(".")[0])["score_0_10"]
        self._know(self.people(answers=self._options, **which), score["base"])

    def _know(self, row: np.ndarray | int, value: float | str | None) -> None:
        if isinstance(value, int | float):
            self._rows.append(np.asarray(row))
            self._values.append(round(value, 6))

    @staticmethod
    def _question(population: dict[str, Any], key: str) -> dict[str, Any]:
        return next(table for table in population["questions"] if table["id"] == key)
