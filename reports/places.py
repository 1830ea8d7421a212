"""Places beside one another: whose share of each theme chance and the usual spread between places would not explain,
and how each share stands to what the survey's owner calls acceptable and achievable.

Bands are made of figures that may be shown, and of nothing else, so they cannot tell more than those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from reports.compared_shares import Share
from reports.distributions import cells_of, count_item
from reports.place_words import BesideOthers, with_words
from reports.populations import Counted, Population, group_of_questions
from reports.question_rules import composite_keys
from reports.splitting import Split
from reports.statistics.expected_range import ExpectedRange, expected_ranges
from reports.statistics.thresholds import standing
from reports.suppression import Line
from reports.tabulation import ChoiceTable, Estimate, Figure, Group, PlaceBand, RatingTable, Shown, Suppressed
from surveys.place_thresholds import PlaceThresholds
from surveys.questionnaire import Questionnaire, RatingQuestion

if TYPE_CHECKING:
    from reports.results import Computed

_Field = Literal["place", "collector"]
_Measure = Literal["chosen", "percent_positive"]
_FIELDS: tuple[_Field, ...] = ("place", "collector")


def computed_by_place(computed: Computed, counted: Counted) -> Computed | None:
    """The same results with a group for each place, and of their tables only what places are compared on.

    Places are the survey's places or, where it has only one, its collectors. None where there are no two with answers,
    where a filter leaves people out, and for readers who see their own places alone.
    """
    by = _division(computed.survey.divisions)
    if by is None or computed.kept is not None or computed.is_shared:
        return None
    audience = computed.survey.audience
    keys = _compared_questions(computed.questionnaire)
    cells = cells_of(
        kept=None,
        audience=audience.codes,
        audiences=len(audience.values),
        group=by.codes,
        groups=len(by.values),
    )
    responses = cells.count()
    of_places = replace(
        counted,
        cells=cells,
        responses=responses,
        items={key: count_item(counted.matrix, counted.column(key), cells) for key in keys},
    )
    groups = tuple(
        group_of_questions(
            of_places,
            Population(by.field, value, by.labels[value], (0, slice(None), place), by.codes == place),
            keys,
            minimum_bases=computed.thresholds,
        )
        for place, value in enumerate(by.values)
    )
    return replace(
        computed,
        results=replace(computed.results, groups=groups),
        split=by,
        responses=Line(responses, responses),
        questions={key: of_places.line(key) for key in keys},
        themes={},
        who_answered=(),
    )


def place_bands(
    everybody: Group[Figure],
    places: Sequence[Group[Figure]],
    questionnaire: Questionnaire,
    thresholds: PlaceThresholds,
) -> tuple[PlaceBand[Figure], ...]:
    """Each place's share who chose each theme, and who rated it positively, in the order of themes and then of places.

    ``places`` hold the questions of ``computed_by_place``. The target of each comparison is the share of everybody.
    """
    answered = [place for place in places if place.responses != Shown(0)]
    whole = _shares(everybody, questionnaire)
    parts = [_shares(place, questionnaire) for place in answered]
    found: list[BesideOthers] = []
    for theme_id, measure in whole:
        shares = [part[theme_id, measure] for part in parts]
        ranges = _expected(whole[theme_id, measure], shares)
        given = thresholds.get((theme_id, measure))
        for place, share, expected in zip(answered, shares, ranges, strict=True):
            value = share.percent.value.value if share.percent and isinstance(share.percent.value, Shown) else None
            stands = None
            if given is not None and value is not None:
                stands = standing(
                    value, acceptable=given.acceptable, achievable=given.achievable, direction=given.direction
                ).word
            band: PlaceBand[Figure] = PlaceBand(
                field="collector" if place.field == "collector" else "place",
                value=str(place.value),
                label=place.label,
                theme_id=theme_id,
                measure=measure,
                base=share.base,
                share=share.percent,
                expected_low=_percent(expected.low),
                expected_high=_percent(expected.high),
                band=expected.band,
                acceptable=given.acceptable if given else None,
                achievable=given.achievable if given else None,
                threshold=stands,
                direction=given.direction if given else "higher is better",
            )
            found.append(BesideOthers.of(band, share.compared(), whole[theme_id, measure].compared()))
    return with_words(found)


def _division(divisions: Mapping[str, Split]) -> Split | None:
    """What people are divided into places by; None where fewer than two have answers."""
    for field in _FIELDS:
        by = divisions.get(field)
        if by is not None and len(np.unique(by.codes[by.codes >= 0])) > 1:
            return by
    return None


def _compared_questions(questionnaire: Questionnaire) -> list[str]:
    """The question in which people choose themes, and the rating of each theme."""
    chosen = questionnaire.with_purpose("priority")
    keys = [chosen.id] if chosen is not None else []
    return keys + [key for theme in questionnaire.themes for key in composite_keys(questionnaire, theme.id)[:1]]


@dataclass(frozen=True, slots=True)
class _Share:
    """``positive`` of ``base`` people, None where it is hidden or nobody answered; and both as they may be shown."""

    counts: tuple[int, int] | None
    base: Figure
    percent: Estimate[Figure] | None

    def compared(self) -> Share:
        """The counts as shares are compared by."""
        return Share(0, 0, "secondary") if self.counts is None else Share(*self.counts)


def _shares(group: Group[Figure], questionnaire: Questionnaire) -> dict[tuple[str, _Measure], _Share]:
    """What a group says of every theme, by theme in the questionnaire's order and measure."""
    tables = {table.key: table for table in group.questions}
    asked = questionnaire.with_purpose("priority")
    chosen = tables.get(asked.id) if asked is not None else None
    found: dict[tuple[str, _Measure], _Share] = {}
    for theme in questionnaire.themes:
        if isinstance(chosen, ChoiceTable) and theme.id in chosen.counts:
            counts = _counts([chosen.counts[theme.id]], chosen.base)
            found[theme.id, "chosen"] = _Share(counts, chosen.base, chosen.percent[theme.id])
        rated = [tables.get(key) for key in composite_keys(questionnaire, theme.id)[:1]]
        for table in rated:
            if isinstance(table, RatingTable):
                positive = [table.counts[point] for point in _positive(questionnaire, table.key)]
                counts = _counts(positive, table.base)
                found[theme.id, "percent_positive"] = _Share(counts, table.base, table.percent_positive)
    return found


def _positive(questionnaire: Questionnaire, key: str) -> list[str]:
    question = questionnaire.item(key).question
    points = questionnaire.scale(question.scale).points if isinstance(question, RatingQuestion) else ()
    return [point.id for point in points if point.positive]


def _counts(positive: Sequence[Figure], base: Figure) -> tuple[int, int] | None:
    if isinstance(base, Suppressed) or base.value == 0 or any(isinstance(one, Suppressed) for one in positive):
        return None
    return sum(int(one.value) for one in positive if isinstance(one, Shown)), int(base.value)


def _expected(whole: _Share, places: Sequence[_Share]) -> list[ExpectedRange]:
    """The range of every place; nothing is said of those that are hidden, and nothing of any where the whole is."""
    counts = [(0, 0) if whole.counts is None or place.counts is None else place.counts for place in places]
    positive, base = whole.counts or (0, 1)
    return expected_ranges([one for one, _ in counts], [number for _, number in counts], target=positive / base)


def _percent(share: float | None) -> Figure | None:
    return None if share is None else Shown(100 * share)
