"""Small coded surveys made by chance, and everything that is published of their mentions, without a database."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from reports.divisions import Survey
from reports.filtering import Kept
from reports.matrix import Coded as Property
from reports.matrix import Matrix
from reports.mentions.as_json import mentions_to_json
from reports.mentions.reading import SENTIMENTS, Coded, CodedItem, Named, Raised
from reports.mentions.tables import mention_tables
from reports.people import People
from reports.splitting import Split
from reports.tabulation import CommentTable, DisclosureRules, Figure, Filters, Group, RatingTable, Results, Shown
from surveys.answers.codes import FIRST_OPTION, SKIPPED, layout_of
from tests.factories import NOW, TODAY, a_questionnaire

ITEMS = ("waiting.comment", "digital.comment")
CODES = ("a", "b", "c", "d", "e", "f")
K = {"patients": 10, "staff": 11}
POINTS = ("not", "slightly", "quite", "very")
RATED = ("positive", "not positive", None)


@dataclass(frozen=True)
class Person:
    """Who somebody is, how they rated each item's theme, and what they raised about it; no entry: no comment."""

    audience: str
    place: str
    ratings: Mapping[str, str | None]
    codes: Mapping[str, Mapping[str, str]]

    def rated(self, item: str) -> str | None:
        point = self.ratings[item]
        return None if point is None else RATED[point in POINTS[:2]]


def some_people(seed: int) -> list[Person]:
    """Up to some eighty, whose codes and ratings go together so that there is something to hide; in every third survey
    at two places."""
    chance = random.Random(seed)
    places = ("A", "B") if seed % 3 == 0 else ("A",)
    leans = {code: chance.random() ** 2 * chance.choice((0.1, 0.3, 0.7)) for code in CODES}
    unhappy = chance.random()
    mixing = chance.choice((0.05, 0.2, 0.5))
    answers = chance.choice(((0.4, 0.4, 0.2), (0.7, 0.2, 0.1), (0.3, 0.3, 0.0)))
    people = []
    for audience in K:
        for place in places:
            for _ in range(chance.choice((0, 2, 5, 11, 14, 20, 30))):
                codes: dict[str, dict[str, str]] = {}
                ratings: dict[str, str | None] = {}
                for item in ITEMS:
                    (ratings[item],) = chance.choices(("very", "slightly", None), answers)
                    if chance.random() < 0.8:
                        lean = unhappy if ratings[item] == "very" else mixing
                        codes[item] = {
                            code: chance.choices(SENTIMENTS, (lean + 0.1, 1, mixing, 0.1))[0]
                            for code in CODES
                            if chance.random() < leans[code] * (1.3 if audience == "staff" else 1) * (0.5 + lean)
                        }
                people.append(Person(audience, place, ratings, codes))
    return people


@dataclass(frozen=True)
class Published:
    """The people as stored, and the tables of whatever is asked for, as JSON."""

    people: list[Person]

    @cached_property
    def survey(self) -> Survey:
        questionnaire = a_questionnaire()
        layout = layout_of(questionnaire)
        codes = np.full((layout.byte_width, len(self.people)), SKIPPED, dtype=np.uint8)
        for item in ITEMS:
            column = next(one for one in layout.columns if one.key == item.replace("comment", "importance"))
            for number, one in enumerate(self.people):
                if (point := one.ratings[item]) is not None:
                    codes[column.offset, number] = FIRST_OPTION + column.options.index(point)
        nothing = np.zeros(len(self.people), dtype=np.int32)
        matrix = Matrix(
            layout=layout,
            codes=codes,
            numbers=np.zeros((layout.number_count, len(self.people))),
            collector_id=Property(nothing, (1,)),
            submitted_on=Property(nothing, (TODAY,)),
            language=Property(nothing, ("en",)),
            mode=Property(nothing, ("web",)),
            version_id=Property(nothing, (1,)),
            keys=np.array([f"{number:016}".encode() for number in range(len(self.people))]),
            equality_keys=np.zeros(len(self.people), dtype="S16"),
            fingerprint="",
        )
        people = People(questionnaire, matrix, {}, {}, {1: "1.0"}, ())
        audience = self._split("audience", tuple(K), [one.audience for one in self.people])
        place = self._split("place", ("A", "B"), [one.place for one in self.people])
        return Survey(
            people=people,
            audience=audience,
            thresholds=np.array(list(K.values())),
            divisions={"audience": audience, "place": place},
            scores=np.empty((0, len(self.people))),
        )

    @staticmethod
    def _split(field: str, values: tuple[str, ...], of: list[str]) -> Split:
        codes = np.array([values.index(one) for one in of], dtype=np.int32)
        return Split(field, field, values, {value: value for value in values}, codes, sensitive=field == "place")

    @cached_property
    def coded(self) -> Coded:
        return Coded(tuple(self._item(item) for item in ITEMS if any(item in one.codes for one in self.people)), "")

    def _item(self, item: str) -> CodedItem:
        def rows(test: Any) -> np.ndarray:
            return np.array(
                [n for n, one in enumerate(self.people) if item in one.codes and test(one.codes[item])], int
            )

        coded = rows(lambda _: True)
        raised = {}
        for code in CODES:
            people = rows(lambda codes, code=code: code in codes)
            if len(people):
                by = tuple(rows(lambda codes, code=code, s=s: codes.get(code) == s) for s in SENTIMENTS)
                raised[code] = Raised(people, by)
        return CodedItem("Frame", 1, item, {code: Named(code, code) for code in CODES}, coded, coded, raised)

    def asked(self) -> Iterator[tuple[Filters, list[dict[str, Any]]]]:
        """The tables of all people, and those of each place that can be filtered by."""
        yield Filters(), self.tables(None)
        split = self.survey.divisions["place"]
        for group, value in enumerate(split.values):
            mask = split.codes == group
            if mask.sum() >= 11 and (~mask).sum() >= 11:
                yield Filters(where=(("place", value),)), self.tables(Kept(mask, split, (group,)))

    def tables(self, kept: Kept | None) -> list[dict[str, Any]]:
        mask = np.ones(len(self.people), dtype=bool) if kept is None else kept.mask
        everybody = self._group(None, None, mask)
        audiences = tuple(
            self._group("audience", value, mask & (self.survey.audience.codes == place))
            for place, value in enumerate(K)
        )
        disclosed: Results[Figure] = replace(_NOTHING, everybody=everybody, audiences=audiences)
        tables = mention_tables(self.coded, self.survey, kept=kept, disclosed=disclosed)
        return [mentions_to_json(table) for table in tables]

    def _group(self, field: str | None, value: str | None, mask: np.ndarray) -> Group[Figure]:
        people = [one for one, there in zip(self.people, mask, strict=True) if there]
        least = max((K[one.audience] for one in people), default=10)
        questions: list[Any] = []
        for item in ITEMS:
            number = Shown(sum(item in one.codes for one in people))
            questions.append(CommentTable(item, item.partition(".")[0], number, Shown(len(people)), least))
            counts: dict[str, Figure] = {
                point: Shown(sum(one.ratings[item] == point for one in people)) for point in POINTS
            }
            key = item.replace("comment", "importance")
            nobody = Shown(0)
            questions.append(
                RatingTable(key, None, nobody, counts, {}, nobody, nobody, None, None, None, minimum_base=least)
            )
        return Group(field, value, value or "Everybody", Shown(len(people)), least, (), tuple(questions))


_NOBODY: Group[Figure] = Group(None, None, "Everybody", Shown(0), 10, (), ())
_NOTHING: Results[Figure] = Results(
    survey_slug="small-survey",
    survey_title={},
    demonstration=False,
    versions=("1.0",),
    period=(datetime.date(2026, 11, 1), TODAY),
    filters=Filters(),
    generated_at=NOW,
    data_fingerprint="",
    rules=DisclosureRules(10, 11, 5),
    pooling=None,
    headline_order="chosen",
    orders_disagree=False,
    everybody=_NOBODY,
    audiences=(),
    groups=(),
    who_answered=(),
    differences=(),
    method={},
)
