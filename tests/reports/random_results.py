"""Disclosed results of the shipped survey with figures drawn by chance, hidden ones among them: for rules that must
hold whatever was answered."""

from __future__ import annotations

import random
from typing import Any, Literal

from reports.statistics.proportions import wilson
from reports.tabulation import (
    Breakdown,
    Change,
    Difference,
    DisclosureRules,
    Estimate,
    Figure,
    Filters,
    Group,
    PlaceBand,
    RatingTable,
    ReferenceGroup,
    Representation,
    Results,
    Series,
    Shown,
    Suppressed,
    ThemeTable,
    WaveOf,
    WavePoint,
)
from tests.factories import NOW
from tests.reports.answered_survey import shipped_questionnaire

SURVEY = shipped_questionnaire()
HIDDEN = Suppressed("small base")
POINTS = ("very", "fairly", "not-very", "not-at-all")
WORDS: tuple[Literal["higher", "lower", "similar", "too few to say"], ...] = (
    "higher",
    "lower",
    "similar",
    "too few to say",
)
AGES = (("under-16", "Under 16"), ("16-24", "16 to 24"), ("25-34|35-44", "25 to 44"), ("85-or-over", "85 or over"))


def random_results(seed: int) -> Results[Figure]:
    """Results of up to three audiences, with everything beside them that a report may have."""
    return _Draw(random.Random(seed)).results()


def share_of(count: int, base: int) -> Estimate[Figure] | None:
    """A share with Wilson's interval, as results hold it."""
    interval = wilson(count, base)
    if interval is None:
        return None
    return Estimate(Shown(100 * count / base), *(Shown(100 * end) for end in interval))


class _Draw:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def results(self) -> Results[Figure]:
        names = (("patients", "Patients"), ("carers", "Carers"), ("staff", "Staff"))
        audiences = tuple(self.group("audience", *name) for name in names[: self.chance.randint(1, 3)])
        everybody = self.group(None, None, "Everybody")
        groups = tuple(self.group("age", value, label) for value, label in AGES)
        values: dict[str, Any] = {
            "everybody": everybody,
            "audiences": audiences,
            "groups": groups,
            "who_answered": (self.breakdown(),),
            "differences": (*self.differences(audiences), *self.group_differences()),
            "representation": tuple(self.representation(audiences) for _ in range(self.chance.randint(0, 3))),
            "change": self.change(audiences) if self.chance.random() < 0.7 else None,
            "places": tuple(self.place() for _ in range(self.chance.randint(0, 6))),
            "order_by_channel_agrees": self.chance.choice((True, False, None)),
        }
        return Results(
            survey_slug=SURVEY.slug,
            survey_title={"en": "Themes"},
            demonstration=False,
            versions=("1.0",),
            period=None,
            filters=Filters(by="age"),
            generated_at=NOW,
            data_fingerprint="0" * 64,
            rules=DisclosureRules(10, 11, 5),
            pooling=None,
            headline_order="chosen",
            orders_disagree=self.chance.random() < 0.5,
            method={},
            **values,
        )

    def number(self, least: int = 0) -> int:
        """Small, middling and large numbers of people alike."""
        return (
            least + self.chance.choice((0, 1, 2, 7, 45, 49, 50, 51, 99, 312, 2345, 61234)) + self.chance.randint(0, 9)
        )

    def figure(self, value: float) -> Figure:
        return HIDDEN if self.chance.random() < 0.05 else Shown(value)

    def group(self, field: str | None, value: str | None, label: str) -> Group[Figure]:
        people = self.number(10)
        counts = [self.chance.randint(0, people) for _ in SURVEY.themes]
        order = sorted(range(len(counts)), key=lambda place: -counts[place])
        spread = self.chance.choice((0, 0, 1, 3, 8))
        ranks = {theme: rank for rank, theme in enumerate(order, start=1)}
        themes = [
            self.theme(SURVEY.themes[place].id, counts[place], people, rank, spread, ranks)
            for place, rank in sorted(ranks.items())
        ]
        questions = tuple(self.rating(theme.id, people) for theme in SURVEY.themes)
        return Group(field, value, label, Shown(people), 10, tuple(themes), questions)

    def theme(
        self, theme: str, count: int, base: int, rank: int, spread: int, ranks: dict[int, int]
    ) -> ThemeTable[Figure]:
        tied = tuple(
            SURVEY.themes[other].id for other, its in ranks.items() if its != rank and abs(its - rank) <= spread
        )
        unclear = self.chance.randint(0, base)
        hidden = self.chance.random() < 0.05
        return ThemeTable(
            theme_id=theme,
            score_base=Shown(base),
            score_0_10=Estimate(Shown(7.25), Shown(7.0), Shown(7.5)),
            chosen_count=self.figure(count),
            chosen_base=Shown(base),
            chosen=share_of(count, base),
            unclear_count=HIDDEN if hidden else Shown(unclear),
            unclear_base=Shown(base),
            unclear=None if hidden else share_of(unclear, base),
            commented=None,
            rank=Shown(rank),
            rank_low=Shown(max(1, rank - spread)),
            rank_high=Shown(rank + spread),
            tied_with=tied,
            minimum_base=10,
        )

    def rating(self, theme: str, people: int) -> RatingTable[Figure]:
        positive = self.chance.randint(0, people)
        very = self.chance.randint(0, positive)
        counts = dict(zip(POINTS, (very, positive - very, people - positive, 0), strict=True))
        if self.chance.random() < 0.05:
            everything: Estimate[Figure] = Estimate(HIDDEN, HIDDEN, HIDDEN)
            return RatingTable(
                f"{theme}.importance",
                theme,
                Shown(people),
                dict.fromkeys(POINTS, HIDDEN),
                {"not_sure": HIDDEN},
                HIDDEN,
                HIDDEN,
                everything,
                everything,
                everything,
                10,
            )
        return RatingTable(
            f"{theme}.importance",
            theme,
            Shown(people),
            {point: Shown(count) for point, count in counts.items()},
            {"not_sure": Shown(0)},
            Shown(0),
            Shown(0),
            share_of(positive, people),
            None,
            None,
            10,
        )

    def breakdown(self) -> Breakdown[Figure]:
        counts = {name: self.number() for name in ("poster", "letter", "Something typed")}
        base = sum(counts.values())
        return Breakdown(
            "channel",
            "Channel",
            {name: self.figure(count) for name, count in counts.items()},
            {name: name for name in counts},
            self.figure(base),
            Shown(self.number()),
        )

    def differences(self, audiences: tuple[Group[Figure], ...]) -> list[Difference[Figure]]:
        return [
            self.difference("audience", theme.id, str(audiences[0].value), str(other.value))
            for other in audiences[1:]
            for theme in SURVEY.themes
        ]

    def group_differences(self) -> list[Difference[Figure]]:
        return [self.difference("age", theme.id, value, None) for theme in SURVEY.themes for value, _ in AGES]

    def difference(self, field: str, theme: str, first: str, second: str | None) -> Difference[Figure]:
        measure = self.chance.choice(("chosen", "percent_positive")) if field == "age" else "chosen"
        key = theme if measure == "chosen" else f"{theme}.importance"
        gap = self.chance.uniform(-60, 60)
        estimate: Estimate[Figure] = Estimate(Shown(gap), Shown(gap - 4), Shown(gap + 4))
        words = self.chance.choice(WORDS)
        return Difference(field, measure, key, first, second, estimate, Shown(0.0123), 8, words)  # type: ignore[arg-type]

    def representation(self, audiences: tuple[Group[Figure], ...]) -> Representation[Figure]:
        characteristic, label = self.chance.choice((("age", "How old are you?"), ("place", "Place"), ("sex", "Sex")))
        names = AGES if characteristic == "age" else (("female", "Female"), ("male", "Male"))
        base = self.number(10)
        rows = []
        for value, name in names:
            count = self.chance.randint(0, base)
            shown = self.chance.random() > 0.1
            number = {
                "count": count,
                "percent": 100 * count / base,
                "difference": 3.7,
                "index": self.chance.uniform(0, 200),
                "missing_people": self.chance.uniform(0, 2000),
            }
            figures = {name_: Shown(one) if shown else HIDDEN for name_, one in number.items()}
            rows.append(
                ReferenceGroup(value, name, 27.4, under_represented=shown and self.chance.random() < 0.5, **figures)
            )
        audience = self.chance.choice((None, audiences[0].value))
        return Representation(
            characteristic,
            label,
            "Patients of the trust in 2025",
            "2025",
            self.figure(base),
            Shown(3),
            tuple(rows),
            Shown(12.3),
            Shown(0.001),
            audience,
        )

    def change(self, audiences: tuple[Group[Figure], ...]) -> Change[Figure]:
        waves = tuple(WaveOf("themes", "Themes", f"{number}.0", None) for number in (1, 2, 3))
        return Change(waves, tuple(self.series(theme.id, audiences) for theme in SURVEY.themes))

    def series(self, theme: str, audiences: tuple[Group[Figure], ...]) -> Series[Figure]:
        measure = self.chance.choice(("chosen", "percent_positive", "score_0_10"))
        key = f"{theme}.importance" if measure == "percent_positive" else theme
        gap = self.chance.uniform(-60, 60)
        return Series(
            measure=measure,  # type: ignore[arg-type]
            key=key,
            audience=self.chance.choice((None, *(group.value for group in audiences))),
            comparability=("same", "same"),
            points=tuple(self.point() for _ in range(3)),
            difference=Estimate(self.figure(gap), None, None),
            p_adjusted=Shown(0.01),
            family_size=8,
            trend_p=None,
            words=self.chance.choice((*WORDS, "not comparable")),  # type: ignore[arg-type]
            mix_moved=self.chance.random() < 0.2,
        )

    def point(self) -> WavePoint[Figure]:
        base = self.number(10)
        return WavePoint(Shown(base), share_of(self.chance.randint(0, base), base))

    def place(self) -> PlaceBand[Figure]:
        base = self.number(10)
        return PlaceBand(
            field="place",
            value="Northfield / North",
            label="North",
            theme_id=self.chance.choice(SURVEY.themes).id,
            measure=self.chance.choice(("chosen", "percent_positive")),
            base=Shown(base),
            share=share_of(self.chance.randint(0, base), base),
            expected_low=Shown(20.5),
            expected_high=Shown(40.5),
            band=self.chance.choice(("higher than expected", "as expected", "lower than expected", "too few to say")),
            acceptable=50.0,
            achievable=70.0,
            threshold=self.chance.choice(("achievable", "acceptable", "below acceptable", None)),
            p_adjusted=Shown(0.01),
            words=self.chance.choice(WORDS),  # type: ignore[arg-type]
        )
