"""The tables of reports, as words ready to print: each with a caption, headed columns, headed rows and its own key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reports import printed_figures as printed
from reports.statistics.proportions import newcombe_holds
from reports.statistics.rounding import whole as rounded
from reports.survey_figures import SurveyFigures, Topic
from reports.tabulation import Breakdown, Estimate, Figure, Group
from reports.words import Words
from surveys.questionnaire import Item, Theme


@dataclass(frozen=True, slots=True)
class Heading:
    """What heads a row: a name and, beneath it in smaller type, another."""

    text: str
    beneath: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells by row, first the heading. ``notes`` explain the words that stand for hidden figures.

    ``coloured`` names a colour for the cells that hold certain words; the words say the same.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Heading, tuple[str, ...]], ...]
    notes: tuple[str, ...] = ()
    coloured: Mapping[str, str] = field(default_factory=dict)


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


def topic_heading(survey: SurveyFigures, topic: Topic) -> Heading:
    """A theme's plain name, or the words of a rating question."""
    if isinstance(topic, Theme):
        return theme_heading(survey, topic)
    return Heading(survey.words.said(topic.question.text))


def printed_share(survey: SurveyFigures, group: Group[Figure], topic: Topic) -> str:
    """Who of a group chose a theme, or answered its rating or a rating question positively."""
    part, base, _ = survey.main_share(group, topic)
    return printed.share(survey.words, part, base)


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
        missing = printed.count(survey.words, breakdown.missing)
        rows.append((Heading(survey.words("table_did_not_say")), (missing, printed.NONE)))
    base = printed.number(breakdown.base)
    share = (
        survey.words("table_share_of", base=survey.words.number(rounded(base)))
        if base is not None and printed.has_percent(breakdown.base)
        else survey.words("table_share")
    )
    return table(
        survey.words, survey.field(breakdown), (survey.words("table_answer"), survey.words("table_people"), share), rows
    )


def what_matters(survey: SurveyFigures) -> Table:
    """Each theme's official name, and per audience who chose it, what chance alone could do, and its place.

    Where no choice was asked: who called it important, and the average score, which the place follows from.
    """
    words = survey.words
    said = "table_who_chose_it" if survey.asks_choice else "table_who_call_it_important"
    columns = [words("table_theme")]
    for group in survey.audiences:
        columns += [words(said, group=survey.label(group)), words("table_chance")]
        columns += [*([] if survey.asks_choice else [words("table_average_score")]), words("table_place")]
    rows = []
    for theme in survey.themes:
        cells = []
        for group in survey.audiences:
            figures = survey.theme_table(group, theme.id)
            part, base, interval = survey.main_share(group, theme)
            cells += [
                printed.share(words, part, base),
                printed.chance_range(words, interval, base),
                *([] if survey.asks_choice else [_average_score(survey, group, theme)]),
                place(words, figures.rank, figures.rank_low, figures.rank_high) if figures else printed.NONE,
            ]
        rows.append((theme_heading(survey, theme, official=True), cells))
    return table(words, words("table_what_matters"), columns, rows)


def _average_score(survey: SurveyFigures, group: Group[Figure], theme: Theme) -> str:
    figures = survey.theme_table(group, theme.id)
    return printed.score(survey.words, figures.score_0_10, figures.score_base) if figures else printed.NONE


def place(words: Words, rank: Figure | None, low: Figure | None, high: Figure | None) -> str:
    """A theme's place among the themes: ``1``, or ``2 to 4`` where chance alone could put it anywhere in between."""
    place_now, first, last = printed.number(rank), printed.number(low), printed.number(high)
    if place_now is None:
        return printed.hidden(words, rank)
    if first is None or last is None or first == last:
        return f"{rounded(place_now)}"
    return printed.from_to(words, f"{rounded(first)}", f"{rounded(last)}")


def at_a_glance(survey: SurveyFigures) -> Table:
    """Beside what matters most: how many called each theme important and how many found it hard to understand.

    Where no choice was asked, the average score stands beside the first, because it puts the themes in order.
    """
    columns = [survey.words("table_theme")]
    if survey.importance:
        columns += [survey.words("table_important_to", group=survey.name(group)) for group in survey.audiences]
    if not survey.asks_choice:
        columns += [_scores_of(survey, group) for group in survey.audiences]
    if survey.asks_clarity:
        columns += [survey.words("table_hard_for", group=survey.name(group)) for group in survey.audiences]
    rows = []
    for theme in survey.themes:
        cells = []
        if survey.importance:
            for group in survey.audiences:
                rating = survey.rating(group, theme)
                cells.append(printed.share(survey.words, survey.positive(rating), rating.base if rating else None))
        if not survey.asks_choice:
            cells += [_average_score(survey, group, theme) for group in survey.audiences]
        if survey.asks_clarity:
            for group in survey.audiences:
                figures = survey.theme_table(group, theme.id)
                unclear = (figures.unclear_count, figures.unclear_base) if figures else (None, None)
                cells.append(printed.share(survey.words, *unclear))
        rows.append((theme_heading(survey, theme), cells))
    return table(survey.words, survey.words(_at_a_glance_caption(survey)), columns, rows)


def _scores_of(survey: SurveyFigures, group: Group[Figure]) -> str:
    score = survey.words("table_average_score")
    return (
        score if len(survey.audiences) == 1 else survey.words("table_score_of", score=score, group=survey.name(group))
    )


def _at_a_glance_caption(survey: SurveyFigures) -> str:
    if survey.importance and survey.asks_clarity:
        return "table_at_a_glance"
    return "table_glance_ratings" if survey.importance else "table_glance_clarity"


def importance(survey: SurveyFigures, group: Group[Figure]) -> Table:
    """Counts of every answer to the importance question, per theme."""
    question = survey.importance
    if question is None:
        raise ValueError("this survey does not rate its themes")
    options, beside = survey.questionnaire.options(question), survey.questionnaire.not_scored(question)
    columns = [survey.words("table_theme"), *(survey.words.said(option.label) for option in options)]
    columns += [survey.words("table_people"), *(survey.words.said(answer.label) for answer in beside)]
    columns += [survey.words("table_skipped")]
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
    return table(survey.words, survey.words("table_importance", group=survey.name(group)), columns, rows)


def gap(words: Words, estimate: Estimate[Figure] | None) -> str:
    """The interval of a difference in points, ``+30 to +54``, or the difference alone where that would be too short."""
    if estimate is None:
        return printed.NONE
    value, low, high = (printed.number(figure) for figure in (estimate.value, estimate.low, estimate.high))
    if value is None or low is None or high is None:
        return printed.hidden(words, estimate.value, estimate.low, estimate.high)
    if not newcombe_holds(value / 100):
        return signed(words, value)
    return printed.from_to(words, signed(words, low), signed(words, high))


def signed(words: Words, points: float) -> str:
    """A difference in whole points with its sign: ``+30``."""
    whole = rounded(points)
    return words("table_signed", number=f"+{whole}" if whole > 0 else f"−{-whole}" if whole < 0 else "0")


def comments(survey: SurveyFigures) -> Table:
    """How many people wrote something, per open question."""
    columns = [
        survey.words("table_question"),
        *(survey.words("table_who_wrote", group=survey.label(group)) for group in survey.audiences),
    ]
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
    return table(survey.words, survey.words("table_comments"), columns, rows)


def _ordered_items(survey: SurveyFigures) -> list[Item]:
    order = {theme.id: place for place, theme in enumerate(survey.themes)}
    return sorted(survey.questionnaire.items, key=lambda item: order[item.theme.id] if item.theme else len(order))


def _percent_or_dash(words: Words, part: Figure | None, base: Figure | None) -> str:
    if printed.number(part) is None or not printed.has_percent(base):
        return printed.NONE
    return printed.percent(words, part, base)
