"""Somebody who has every table of mentions that was published, and solves for what is hidden in them.

They know the code frame, the rule that a point of fewer than five people is not listed, how many people of each
audience and place commented, and that counts are whole and not negative. Everything printed is an equation. This shares
no code with what it attacks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag, csr_array

from tests.reports.mentions.random_codes import CODES, ITEMS, RATED, SENTIMENTS, Person, Published

FEWEST, WIDTH, MOST = 5, 2, 1000
PATTERNS = tuple(pattern for pattern in product((False, True), repeat=len(ITEMS)) if any(pattern))
OTHER = "all other points"
Cell = tuple[Any, ...]


class Attacked:
    """All that is known of one code (or of all other points together), as equations over kinds of people.

    Kinds of ``where``: (audience, place, about which items they raised it). Kinds of ``how``, for each item: (audience,
    place, rating, sentiment).
    """

    def __init__(self, code: str, groups: Sequence[tuple[str, str]]) -> None:
        self.code = code
        self.kinds: list[Cell] = [("where", *group, pattern) for group in groups for pattern in PATTERNS]
        for item in ITEMS:
            self.kinds += [("how", item, *group, r, s) for group in groups for r in RATED for s in SENTIMENTS]
        self._rows: list[np.ndarray] = []
        self._values: list[float] = []
        self._at_most: list[tuple[np.ndarray, float]] = []
        self.is_told_something = False
        for place, item in enumerate(ITEMS):
            for group in groups:
                raised = self.those(lambda k, g=group, p=place: k[0] == "where" and k[1:3] == g and k[3][p])
                same = self.those(lambda k, g=group, i=item: k[0] == "how" and k[1] == i and k[2:4] == g)
                self._rows.append(raised - same)
                self._values.append(0)

    def those(self, test: Callable[[Cell], bool]) -> np.ndarray:
        return np.array([float(test(kind)) for kind in self.kinds])

    def about(self, item: str, **wanted: str | None) -> np.ndarray:
        """The people who raised it about an item, of these groups."""
        names = ("audience", "place", "rating", "sentiment")

        def matches(kind: Cell) -> bool:
            return (
                kind[0] == "how"
                and kind[1] == item
                and all(kind[2 + names.index(name)] == value for name, value in wanted.items())
            )

        return self.those(matches)

    def anywhere(self) -> np.ndarray:
        return self.those(lambda kind: kind[0] == "where")

    def equals(self, who: np.ndarray, number: float) -> None:
        self.is_told_something = True
        self._rows.append(who)
        self._values.append(number)

    def at_most(self, who: np.ndarray, number: float) -> None:
        # That there are few of them is all that the rule says; it leaves everything from none to four.
        self.is_told_something |= number < 0
        self._at_most.append((who, number))

    def equations(self) -> tuple[csr_array, np.ndarray, csr_array, np.ndarray]:
        """What is known, as sums that are equal to a number, and sums that are at most one."""
        nothing = np.zeros((0, len(self.kinds)))
        most = np.array([one for one, _ in self._at_most]) if self._at_most else nothing
        numbers = np.array([number for _, number in self._at_most])
        return csr_array(np.array(self._rows)), np.array(self._values), csr_array(most), numbers


def widths(asked: Sequence[tuple[Attacked, np.ndarray]]) -> np.ndarray:
    """For each of these how far apart the least and the greatest number of people are that what is known leaves.

    All are solved at once, each with unknowns of its own, because a solver takes long to begin.
    """
    if not asked:
        return np.zeros(0)
    equal, values, most, numbers = zip(*(attacked.equations() for attacked, _ in asked), strict=True)
    who = np.concatenate([one for _, one in asked])
    found = np.zeros(len(asked))
    for sign in (1, -1):
        solved = linprog(
            sign * who,
            A_eq=block_diag(equal, format="csr"),
            b_eq=np.concatenate(values),
            A_ub=block_diag(most, format="csr"),
            b_ub=np.concatenate(numbers),
            bounds=(0, MOST),
            method="highs",
        )
        assert solved.status == 0, solved.message
        found -= sign * np.array([(one @ x) for (_, one), x in zip(asked, _each(solved.x, asked), strict=True)])
    return found


def _each(x: np.ndarray, asked: Sequence[tuple[Attacked, np.ndarray]]) -> list[np.ndarray]:
    return np.split(x, np.cumsum([len(one) for _, one in asked])[:-1])


def exposed(published: Published) -> tuple[list[str], int]:
    """What can be worked out of few people, in words, and how many such numbers there were to be found."""
    documents = list(published.asked())
    groups = sorted({(one.audience, one.place) for one in published.people})
    names, asked, needed, secrets = [], [], [], 0
    for code in (*CODES, OTHER):
        attacked = Attacked(code, groups)
        _know_who_commented(attacked, published)
        for filters, tables in documents:
            for table in tables:
                _read(attacked, table, dict(filters.where), published)
        for name, who, number, width in _targets(attacked, published):
            if 0 < number < FEWEST:
                secrets += 1
                if attacked.is_told_something:
                    names.append(f"{code}: {name} is {number}")
                    asked.append((attacked, who))
                    needed.append(width)
    narrow = widths(asked) < np.array(needed) - 1e-6
    return [name for name, one in zip(names, narrow, strict=True) if one], secrets


def _know_who_commented(attacked: Attacked, published: Published) -> None:
    for item in ITEMS:
        commented = [one for one in published.people if item in one.codes]
        for field in ("audience", "place"):
            for value in {getattr(one, field) for one in published.people}:
                number = sum(getattr(one, field) == value for one in commented)
                attacked.at_most(attacked.about(item, **{field: value}), number)


def _read(attacked: Attacked, table: dict[str, Any], where: dict[str, str], published: Published) -> None:
    rows = {row["code"] or OTHER: row for row in table["rows"]}
    row = rows.get(attacked.code)
    if row is None:
        if attacked.code != OTHER and rows and not where:
            few = attacked.anywhere() if table["key"] is None else attacked.about(table["key"])
            attacked.at_most(few, FEWEST - 1)
            number = rows.get(OTHER, {"people": [{"n": "suppressed"}]})["people"][0]["n"]
            if number != "suppressed":
                # They are at least as many as the others, at four people each, leave over.
                others = len(_unlisted(published, table["key"]) - rows.keys() - {attacked.code})
                attacked.at_most(-few, -(number - (FEWEST - 1) * others))
        return
    for column, cell in zip(table["columns"], row["people"], strict=True):
        if cell["n"] == "suppressed":
            continue
        if table["key"] is None:
            if attacked.code != OTHER:
                attacked.equals(attacked.anywhere(), cell["n"])
            continue
        group: dict[str, str | None] = dict(where)
        if column["field"] == "audience":
            group["audience"] = column["value"]
        elif column["field"]:
            group["rating"] = "positive" if "very" in column["points"] else "not positive"
        attacked.equals(attacked.about(table["key"], **group), cell["n"])
    for sentiment, number in (row["sentiment"] or {}).items():
        if number != "suppressed":
            attacked.equals(attacked.about(table["key"], sentiment=sentiment), number)


def _unlisted(published: Published, key: str | None) -> set[str]:
    """The codes that somebody raised: an insider may know that much."""
    items = [key] if key else ITEMS
    return {code for one in published.people for item in items for code in one.codes.get(item, ())}


def _targets(attacked: Attacked, published: Published) -> Iterator[tuple[str, np.ndarray, int, float]]:
    """Of whom it must not be known how many they are; and how wide what remains must be."""
    for item in ITEMS:
        raised = [one for one in published.people if _raised(attacked.code, one, item, published)]
        commented = [one for one in published.people if item in one.codes]
        if len(raised) == len(commented):
            # What everybody raised is the finding.
            continue
        yield item, attacked.about(item), len(raised), WIDTH
        for audience in ("patients", "staff"):
            of = [one for one in raised if one.audience == audience]
            if _is_no_single_person(one.audience == audience for one in commented):
                yield f"{item}, {audience}", attacked.about(item, audience=audience), len(of), WIDTH
            for rating in RATED:
                both = attacked.about(item, audience=audience, rating=rating)
                yield f"{item}, {audience}, {rating}", both, sum(one.rated(item) == rating for one in of), 1
        for place in ("A", "B"):
            number = sum(one.place == place for one in raised)
            if _is_no_single_person(one.place == place for one in commented):
                yield f"{item}, place {place}", attacked.about(item, place=place), number, WIDTH
        for rating in RATED:
            number = sum(one.rated(item) == rating for one in raised)
            yield f"{item}, rated {rating}", attacked.about(item, rating=rating), number, WIDTH
        if attacked.code == OTHER:
            continue
        for sentiment in SENTIMENTS:
            number = sum(one.codes[item][attacked.code] == sentiment for one in raised)
            yield f"{item}, {sentiment}", attacked.about(item, sentiment=sentiment), number, WIDTH
        number = sum(
            attacked.code in set().union(*one.codes.values()) and attacked.code not in one.codes.get(item, ())
            for one in published.people
        )
        yield f"elsewhere than {item}", attacked.anywhere() - attacked.about(item), number, 1
    if attacked.code != OTHER:
        twice = sum(all(attacked.code in one.codes.get(item, ()) for item in ITEMS) for one in published.people)
        repeated = sum(attacked.about(item) for item in ITEMS) - attacked.anywhere()
        yield "in both", repeated, twice, 1


def _is_no_single_person(members: Iterable[bool]) -> bool:
    """Of one person in a group, or of all but one, it is known anyway that none or one more raised it."""
    numbers = Counter(members)
    return numbers[True] > 1 and numbers[False] != 1


def _raised(code: str, one: Person, item: str, published: Published) -> bool:
    codes = one.codes.get(item, {})
    if code != OTHER:
        return code in codes
    return any(sum(each in other.codes.get(item, ()) for other in published.people) < FEWEST for each in codes)
