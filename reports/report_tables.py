"""The tables of reports, as words ready to print: each with a caption, headed columns, headed rows and its own key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import printed_figures as printed
from reports.statistics.rounding import whole as rounded
from reports.survey_figures import SurveyFigures
from reports.tabulation import (
    Breakdown,
    Difference,
    Estimate,
    Figure,
    Group,
)
from reports.words import Words
from surveys.questionnaire import Item, Theme


@dataclass(frozen=True, slots=True)
class Heading:
    """What heads a row: a name and, beneath it in smaller type, another."""

    text: str
    beneath: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells by row, first the heading. ``notes`` explain the words that stand for hidden figures."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Heading, tuple[str, ...]], ...]
    notes: tuple[str, ...] = ()


def table(words: Words, caption: str, columns: Sequence[str], rows: Sequence[tuple[Heading, Sequence[str]]]) -> Table:
    """A table with the key to the words in it."""
    cells = [cell for _, values in rows for cell in values]
    return Table(
        caption,
        tuple(columns),
        tuple((heading, tuple(values)) for heading, values in rows),
        printed.keys_for(words, cells),
    )


def theme_heading(survey: SurveyFigures, theme: Theme, *, official: bool = False) -> Heading:
    """A theme's plain name, with the official one beneath where asked for."""
    return Heading(survey.plain(theme), survey.official(theme) if official else "")


def who_answered(survey: SurveyFigures, breakdown: Breakdown[Figure]) -> Table:
    """People by one property, with shares from a base of 50."""
    rows = [
        (
            Heading(survey.value(breakdown, value)),
            (printed.count(survey.words, people), _percent_or_dash(survey.words, people, breakdown.base)),
        )
        for value, people in breakdown.counts.items()
    ]
    if printed.number(breakdown.missing) != 0:
        rows.append((Heading("Did not say"), (printed.count(survey.words, breakdown.missing), printed.NONE)))
    base = printed.number(breakdown.base)
    share = (
        f"Share of {survey.words.number(rounded(base))}"
        if base is not None and printed.has_percent(breakdown.base)
        else "Share"
    )
    return table(survey.words, survey.field(breakdown), ("", "People", share), rows)


def what_matters(survey: SurveyFigures) -> Table:
    """Each theme's official name, and per audience who chose it, what chance alone could do, and its place."""
    columns = ["Theme"]
    for group in survey.audiences:
        columns += [f"{survey.label(group)} who chose it", "Chance alone: from and to", "Place"]
    rows = []
    for theme in survey.themes:
        cells = []
        for group in survey.audiences:
            figures = survey.theme_table(group, theme.id)
            if figures is None:
                cells += [printed.NONE] * 3
                continue
            cells += [
                printed.share(survey.words, figures.chosen_count, figures.chosen_base),
                printed.chance_range(survey.words, figures.chosen, figures.chosen_base),
                place(survey.words, figures.rank, figures.rank_low, figures.rank_high),
            ]
        rows.append((theme_heading(survey, theme, official=True), cells))
    return table(survey.words, "What matters most, with official titles", columns, rows)


def place(words: Words, rank: Figure | None, low: Figure | None, high: Figure | None) -> str:
    """A theme's place among the themes: ``1``, or ``2 to 4`` where chance alone could put it anywhere in between."""
    place_now, first, last = printed.number(rank), printed.number(low), printed.number(high)
    if place_now is None:
        return printed.hidden(words, rank)
    if first is None or last is None or first == last:
        return f"{rounded(place_now)}"
    return printed.from_to(words, f"{rounded(first)}", f"{rounded(last)}")


def at_a_glance(survey: SurveyFigures) -> Table:
    """Beside what matters most: how many called each theme important and how many found it hard to understand."""
    columns = ["Theme"]
    if survey.importance:
        columns += [f"Important to {survey.name(group)}" for group in survey.audiences]
    if survey.asks_clarity:
        columns += [f"Hard to understand: {survey.name(group)}" for group in survey.audiences]
    rows = []
    for theme in survey.themes:
        cells = []
        if survey.importance:
            for group in survey.audiences:
                rating = survey.rating(group, theme)
                cells.append(printed.share(survey.words, survey.positive(rating), rating.base if rating else None))
        if survey.asks_clarity:
            for group in survey.audiences:
                figures = survey.theme_table(group, theme.id)
                unclear = (figures.unclear_count, figures.unclear_base) if figures else (None, None)
                cells.append(printed.share(survey.words, *unclear))
        rows.append((theme_heading(survey, theme), cells))
    return table(survey.words, "Importance and clarity of each theme", columns, rows)


def importance(survey: SurveyFigures, group: Group[Figure]) -> Table:
    """Counts of every answer to the importance question, per theme."""
    question = survey.importance
    if question is None:
        raise ValueError("this survey does not rate its themes")
    options, beside = survey.questionnaire.options(question), survey.questionnaire.not_scored(question)
    columns = ["Theme", *(survey.words.said(option.label) for option in options)]
    columns += ["People", *(survey.words.said(answer.label) for answer in beside), "Skipped"]
    rows = []
    for theme in survey.themes:
        rating = survey.rating(group, theme)
        if rating is None:
            continue
        cells = [printed.count(survey.words, rating.counts.get(option.id)) for option in options]
        cells += [printed.count(survey.words, rating.base)]
        cells += [printed.count(survey.words, rating.not_scored.get(answer.id)) for answer in beside]
        cells += [printed.count(survey.words, rating.skipped)]
        rows.append((theme_heading(survey, theme), cells))
    return table(survey.words, f"How important each theme is: {survey.name(group)}", columns, rows)


def clarity(survey: SurveyFigures) -> Table:
    """Who found a theme hard to understand, beside how important they call it."""
    columns = ["Theme"]
    for group in survey.audiences:
        columns += [f"Hard to understand: {survey.name(group)}", f"Important: {survey.name(group)}"]
    rows = []
    for theme in survey.themes:
        cells = []
        for group in survey.audiences:
            figures, rating = survey.theme_table(group, theme.id), survey.rating(group, theme)
            unclear = (figures.unclear_count, figures.unclear_base) if figures else (None, None)
            cells += [
                printed.share(survey.words, *unclear),
                printed.share(survey.words, survey.positive(rating), rating.base if rating else None),
            ]
        rows.append((theme_heading(survey, theme), cells))
    return table(survey.words, "Hard to understand, beside importance", columns, rows)


_SAID = {
    "higher": "{first} more often",
    "lower": "{second} more often",
    "similar": "no clear difference",
    "too few to say": "we cannot tell",
}


def differences(survey: SurveyFigures, first: Group[Figure], second: Group[Figure]) -> Table:
    """Two audiences beside each other, theme by theme, and what may be said of the gap."""
    told = {
        difference.key: difference
        for difference in survey.results.differences
        if difference.measure == "chosen" and (difference.first, difference.second) == (first.value, second.value)
    }
    rows = []
    for theme in survey.themes:
        cells = []
        for group in (first, second):
            figures = survey.theme_table(group, theme.id)
            cells.append(
                printed.share(survey.words, figures.chosen_count, figures.chosen_base) if figures else printed.NONE
            )
        difference = told.get(theme.id)
        cells += [_gap(survey.words, difference), _what_may_be_said(survey, difference, first, second)]
        rows.append((theme_heading(survey, theme), cells))
    columns = ("Theme", survey.label(first), survey.label(second), "Gap in points", "What we can say")
    return table(survey.words, f"{survey.label(first)} and {survey.name(second)}: who chose each theme", columns, rows)


def _gap(words: Words, difference: Difference[Figure] | None) -> str:
    estimate: Estimate[Figure] | None = difference.difference if difference else None
    if estimate is None:
        return printed.NONE
    low, high = printed.number(estimate.low), printed.number(estimate.high)
    if low is None or high is None or printed.number(estimate.value) is None:
        return printed.hidden(words, estimate.value, estimate.low, estimate.high)
    return printed.from_to(words, _signed(low), _signed(high))


def _signed(points: float) -> str:
    whole = rounded(points)
    return f"+{whole}" if whole > 0 else f"−{-whole}" if whole < 0 else "0"


def _what_may_be_said(
    survey: SurveyFigures, difference: Difference[Figure] | None, first: Group[Figure], second: Group[Figure]
) -> str:
    if difference is None:
        return _SAID["too few to say"]
    return _SAID[difference.words].format(first=survey.label(first), second=survey.label(second))


def comments(survey: SurveyFigures) -> Table:
    """How many people wrote something, per open question."""
    columns = ["Question", *(f"{survey.label(group)} who wrote" for group in survey.audiences)]
    rows = []
    for item in _ordered_items(survey):
        tables = [
            next((table for table in survey.comments(group) if table.key == item.key), None)
            for group in survey.audiences
        ]
        if any(tables):
            heading = Heading(
                survey.plain(item.theme) if item.theme else survey.words.said(item.question.text),
            )
            rows.append(
                (
                    heading,
                    [printed.share(survey.words, one.commented, one.base) if one else printed.NONE for one in tables],
                )
            )
    return table(survey.words, "How many people wrote a comment", columns, rows)


def _ordered_items(survey: SurveyFigures) -> list[Item]:
    order = {theme.id: place for place, theme in enumerate(survey.themes)}
    return sorted(survey.questionnaire.items, key=lambda item: order[item.theme.id] if item.theme else len(order))


def groups(survey: SurveyFigures) -> Table:
    """Who chose each theme, in each group that was asked for."""
    shown = survey.groups
    rows = []
    for theme in survey.themes:
        cells = []
        for group in shown:
            figures = survey.theme_table(group, theme.id)
            cells.append(
                printed.share(survey.words, figures.chosen_count, figures.chosen_base) if figures else printed.NONE
            )
        rows.append((theme_heading(survey, theme), cells))
    return table(survey.words, "Who chose each theme, by group", ("Theme", *(group.label for group in shown)), rows)


def _percent_or_dash(words: Words, part: Figure | None, base: Figure | None) -> str:
    if printed.number(part) is None or not printed.has_percent(base):
        return printed.NONE
    return printed.percent(words, part, base)
