"""Somebody who has everything that was published of a survey, in any number of files, and solves for what is hidden.

They know who is in which group of which field (people on the spot do), that counts are whole and not negative, and that
every person gave one answer. Everything printed is an equation. This shares no code with what it attacks.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.linalg import qr
from scipy.optimize import linprog

from tests.reports.random_survey import FIELDS, FIRST_DAY, OPTIONS, Person

ANSWERS = (*OPTIONS, "not_sure", "skipped")
K = {"patients": 10, "carers": 10, "staff": 11}
SMALL_CELL = 5
QUESTION = "waiting.importance"

Atom = tuple[str | None, ...]


class Solver:
    """The people of a survey by combination of groups, day and answer, of which sums are known."""

    def __init__(self, people: Sequence[Person], codes: Mapping[str, str]) -> None:
        self._names = {code: name for name, code in codes.items()}
        # Who is in which group is known, but not whether anybody of them came on the second day.
        days = {person.day for person in people}
        anybody = [replace(one, day=day, week=day) for one in people for day in days] if len(days) > 1 else people
        self.atoms: list[Atom] = sorted({self._atom(person) for person in anybody}, key=str)
        there = {atom: place for place, atom in enumerate(self.atoms)}
        self.truth = np.zeros((len(self.atoms), len(ANSWERS)))
        for person in people:
            self.truth[there[self._atom(person)], ANSWERS.index(person.answer or "skipped")] += 1
        self._rows: dict[bytes, tuple[np.ndarray, float]] = {}
        self._printed: set[bytes] = set()

    @staticmethod
    def _atom(person: Person) -> Atom:
        return (*(person.group(field) for field in FIELDS), str(person.day))

    def members(self, wanted: Callable[[Atom], bool]) -> np.ndarray:
        return np.array([wanted(atom) for atom in self.atoms])

    def in_group(self, field: str, value: str | None) -> np.ndarray:
        place = FIELDS.index(field)
        return self.members(lambda atom: atom[place] == value)

    def reads(self, document: Mapping[str, Any], *, day: int) -> None:
        """Take in everything in the JSON of one set of results that was made on this day."""
        here = self.members(lambda atom: int(atom[-1] or 0) <= day)
        kept = here & self._kept(document["filters"])
        self._population(document, kept)
        for audience, population in document["audiences"].items():
            self._population(population, kept & self.in_group("audience", audience))
        for population in document.get("groups", ()):
            self._population(population, kept & self._named(population["field"], population["value"]))
        for breakdown in document["who_answered"]:
            named = breakdown["field"]
            if named not in FIELDS:
                continue
            for value, count in breakdown["counts"].items():
                self._know(kept & self._named(named, value), ANSWERS, count)
            if named != "week":
                nobody = kept & self.in_group(named, None)
                self._know(nobody, ANSWERS, breakdown["missing"])
                self._know(kept & ~nobody, ANSWERS, breakdown["base"])
        for one in document["places"] or ():
            people = kept & self._named(one["field"], one["value"])
            if one["measure"] == "chosen":
                self._know_alike(people, one["base"])
            elif one["id"] == QUESTION:
                self._know(people, OPTIONS, one["base"])

    def _named(self, field: str, value: str) -> np.ndarray:
        first, comma, second = field.partition(",")
        if comma:
            one, _, other = value.partition(",")
            return self._named(first, one) & self._named(second, other)
        if field == "week":
            return self._weeks(value)
        return self.in_group(field, self._names.get(value, value) if field == "collector" else value)

    def _weeks(self, value: str) -> np.ndarray:
        """Weeks are printed in stretches: those that begin here, up to the next one that is printed."""
        begins = sorted(self.stretches)
        end = next((one for one in begins if one > value), "9999")
        return self.members(lambda atom: value <= _monday(atom) < end)

    stretches: frozenset[str] = frozenset()

    def _kept(self, filters: Mapping[str, Any]) -> np.ndarray:
        kept = self.members(lambda _: True)
        for where in filters["where"]:
            kept &= self._named(where["field"], where["value"])
        if filters["since"]:
            kept &= self.members(lambda atom: _monday(atom) >= filters["since"])
        if filters["until"]:
            kept &= self.members(lambda atom: _monday(atom) <= filters["until"])
        return kept

    def _population(self, population: Mapping[str, Any], who: np.ndarray) -> None:
        table = next(table for table in population["questions"] if table["id"] == QUESTION)
        self._know(who, ANSWERS, population["responses"])
        self._know(who, OPTIONS, table["base"])
        self._know(who, ("skipped",), table["skipped"])
        for answer, count in {**table["counts"], **table["not_scored"]}.items():
            self._know(who, (answer,), count)
        base, share, mean = table["base"], table["percent_positive"]["value"], table["mean"]
        if isinstance(base, int) and isinstance(share, float):
            self._know(who, ("quite", "very"), base * share / 100)
        for theme in population["themes"]:
            scored = theme["score_0_10"]["base"]
            self._know(who, OPTIONS if theme["id"] == "waiting" else (), scored)
            for count in (theme["chosen"]["n"], theme["chosen"]["base"], theme["commented"]):
                self._know_alike(who, count)
        for other in population["questions"]:
            if other["id"] == "connection":
                self._connections(other, who)
            elif other["id"] != QUESTION:
                numbers = (other.get(name) for name in ("base", "skipped", "not_shown", "commented"))
                options = [other.get(name) or {} for name in ("counts", "not_scored", "first")]
                for count in (*numbers, *(count for one in options for count in one.values())):
                    self._know_alike(who, count)
        if isinstance(base, int) and isinstance(mean, float):
            row = sum(place * self._row(who, (answer,)) for place, answer in enumerate(OPTIONS, start=1))
            self._add(np.asarray(row), base * mean)

    def _know_alike(self, who: np.ndarray, value: object) -> None:
        """All give the same answers to other questions, so each count is everybody or nobody."""
        if value != 0:
            self._know(who, ANSWERS, value)

    def _connections(self, table: Mapping[str, Any], who: np.ndarray) -> None:
        """The question that divides people. How many gave each answer is printed, and no secret then."""
        nobody = who & self.in_group("connection", None)
        refused = who & self.in_group("connection", "prefer_not_to_say")
        counts = {**table["counts"], **table["not_scored"]}
        parts = [(who & self.in_group("connection", option), count) for option, count in counts.items()]
        for people, count in (*parts, (nobody, table["skipped"]), (who & ~nobody & ~refused, table["base"])):
            self._know(people, ANSWERS, count)
            if isinstance(count, int):
                self._printed.add(self._row(people, ANSWERS).tobytes())

    def _row(self, who: np.ndarray, answers: Iterable[str]) -> np.ndarray:
        row = np.zeros(self.truth.shape)
        row[np.ix_(who, [ANSWERS.index(answer) for answer in answers])] = 1
        return row.ravel()

    def _know(self, who: np.ndarray, answers: Iterable[str], value: object) -> None:
        if isinstance(value, int | float) and not isinstance(value, bool):
            self._add(self._row(who, [answer for answer in answers if answer in ANSWERS]), value)

    def _add(self, row: np.ndarray, value: float) -> None:
        if row.any():
            assert abs(float(row @ self.truth.ravel()) - value) < 1e-6, "the attacker misreads what is printed"
            self._rows[row.tobytes()] = (row, round(value, 6))

    def recovered(self, targets: Mapping[str, np.ndarray]) -> list[str]:
        """Which of these sums can only have one value."""
        if not self._rows or not targets:
            return []
        rows = np.array([row for row, _ in self._rows.values()])
        values = np.array([value for _, value in self._rows.values()])
        there = self.truth.ravel() > 0
        orthogonal, upper, _ = qr(rows[:, there].T, mode="economic", pivoting=True)
        rank = int((np.abs(np.diag(upper)) > 1e-8).sum())
        space = orthogonal[:, :rank]
        found = []
        for name, target in targets.items():
            if target.tobytes() in self._printed:
                continue
            rest = target[there] - space @ (space.T @ target[there])
            # Whatever can be moved to and fro without breaking an equation is not known; only zeros can forbid it.
            if np.abs(rest).max(initial=0) < 1e-6 and self._is_fixed(rows, values, target):
                found.append(f"{name} is {int(target @ self.truth.ravel())}")
        return found

    @staticmethod
    def _is_fixed(rows: np.ndarray, values: np.ndarray, target: np.ndarray) -> bool:
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * target, A_eq=rows, b_eq=values, method="highs")
            if solved.status == 3:
                return False
            assert solved.status == 0, solved.message
            ends.append(sign * solved.fun)
        return bool(ends[1] - ends[0] < 0.5)

    def secrets(self, people: Sequence[Person]) -> dict[str, np.ndarray]:
        """The numbers of people, and of answers in places and the like, that are too small to publish."""
        counted: Counter[tuple[tuple[str, str | None], tuple[str, str | None], str]] = Counter()
        staff: Counter[tuple[tuple[str, str | None], tuple[str, str | None], str]] = Counter()
        for person in people:
            for place, field in enumerate(FIELDS):
                for other in ("", *FIELDS[place + 1 :]):
                    group = ((field, person.group(field)), (other, person.group(other) if other else None))
                    whats = ["responses"] + (["base"] if person.answer in OPTIONS else [])
                    # Opinions of audiences, channels and the like are shown however few hold them.
                    if person.answer and field in ("place", "place:1", "collector", "connection") and not other:
                        whats.append(person.answer)
                    for what in whats:
                        counted[*group, what] += 1
                        staff[*group, what] += person.audience == "staff"
        secrets = {}
        for (one, other, what), number in counted.items():
            least = (11 if staff[one, other, what] else 10) if what in ("responses", "base") else SMALL_CELL
            if number < least and None not in (one[1], other[1] if other[0] else ""):
                who = self.in_group(*one)
                if other[0]:
                    who = who & self.in_group(*other)
                answers = {"responses": ANSWERS, "base": OPTIONS}.get(what, (what,))
                secrets[f"{what} of {one[0]} {one[1]}{' and ' + str(other) if other[0] else ''}"] = self._row(
                    who, answers
                )
        return secrets

    def came(self) -> dict[str, np.ndarray]:
        """The few people of each group, and of each two groups, who came on the second day."""
        late = self.members(lambda atom: atom[-1] == "2")
        found = {}
        groups = [
            (f"{field} {value}", place, self.in_group(field, value))
            for place, field in enumerate(FIELDS)
            for value in sorted({atom[place] for atom in self.atoms} - {None}, key=str)
        ]
        for name, place, who in groups:
            for other, of_other, too in [("", -1, who), *groups]:
                both = late & who & too
                if (of_other < 0 or of_other > place) and 0 < self.truth[both].sum() < 10:
                    found[f"late ones of {name}{' and ' + other if other else ''}"] = self._row(both, ANSWERS)
        return found


def _monday(atom: Atom) -> str:
    """The Monday of the week in which people of this atom answered."""
    week = int(atom[FIELDS.index("week")] or 0)
    return (FIRST_DAY + datetime.timedelta(weeks=week)).isoformat()
