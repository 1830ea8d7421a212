"""Who answered: how many people by audience, place, channel and so on, and by background question."""

from __future__ import annotations

from dataclasses import dataclass

from reports.distributions import cells_of
from reports.divisions import Survey
from reports.splitting import Split
from reports.splitting.backgrounds import background_questions
from reports.suppression import Line
from reports.tabulation import Breakdown, Raw

_FIELDS = ("audience", "place", "channel", "mode", "language", "week")


@dataclass(frozen=True, slots=True)
class WhoAnswered:
    """One breakdown and the people behind it, with the audience as the other way of dividing them."""

    breakdown: Breakdown[Raw]
    line: Line


def who_answered(survey: Survey) -> tuple[WhoAnswered, ...]:
    """A breakdown for each property of a response and each background question that anybody answered.

    It is about everybody who answered. Weeks of few people are taken together, and few people who preferred not to say
    count among the missing (``divisions.read_divisions``).
    """
    backgrounds = [question.id for question in background_questions(survey.people)]
    fields = dict.fromkeys((*_FIELDS, *backgrounds))
    splits = [survey.divisions[field] for field in fields if field in survey.divisions]
    return tuple(_one(by, audience=survey.audience) for by in splits if by.values)


def _one(by: Split, *, audience: Split) -> WhoAnswered:
    counts = cells_of(
        kept=None, audience=audience.codes, audiences=len(audience.values), group=by.codes, groups=len(by.values)
    ).count()
    each = counts[0].sum(axis=0)
    breakdown: Breakdown[Raw] = Breakdown(
        field=by.field,
        label=by.label,
        counts={value: int(each[place]) for place, value in enumerate(by.values)},
        labels=dict(by.labels),
        base=int(each[:-1].sum()),
        missing=int(each[-1]),
    )
    return WhoAnswered(breakdown, Line(counts, counts))
