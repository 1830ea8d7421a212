"""What people raised, as reports print it: the heading with its base, and the points in order."""

from __future__ import annotations

from collections.abc import Sequence

from reports import printed_figures as printed
from reports.mentions.reading import SENTIMENTS
from reports.mentions.shares import base_of
from reports.report_tables import Heading, Table, table
from reports.statistics.rounding import whole
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, MentionColumn, MentionRow, MentionTable
from reports.words import Words
from surveys.questionnaire import RatingQuestion

MOST_IN_WORKSHOP = 3

Mentions = MentionTable[Figure]


def in_order(survey: SurveyFigures) -> list[Mentions]:
    """Frame by frame: all questions together, each theme in the order of the report, then the other questions."""
    themes = {theme.id: place for place, theme in enumerate(survey.themes)}
    frames = list(dict.fromkeys(one.frame for one in survey.results.mentions))

    def place(one: Mentions) -> tuple[int, bool, int]:
        return frames.index(one.frame), one.key is not None, themes.get(one.theme_id or "", len(themes))

    return sorted(survey.results.mentions, key=place)


def name_of(survey: SurveyFigures, one: Mentions) -> str:
    """What people commented on; with the frame's name where there are several."""
    words = survey.words
    if one.key is None:
        name = words("mention_anywhere")
    else:
        item = survey.questionnaire.item(one.key)
        name = survey.plain(item.theme) if item.theme else words.said(item.question.text)
    several = len({other.frame for other in survey.results.mentions}) > 1
    return f"{name}: {words.set_apart(one.frame)}" if several else name


def heading(words: Words, one: Mentions) -> str:
    """What a table is headed with: ``Mentions (% of the 120 people who commented; people could raise more …)``."""
    everybody = one.columns[0]
    base = base_of(everybody, one.base)
    of = words("mention_percent_of" if printed.has_percent(base) else "mention_of")
    number, coded, commented = (whole_number(figure) for figure in (base, everybody.coded, one.commented))
    values = {"n": number, "number": words.number(number), "of": of, "all": words.number(commented)}
    incomplete = coded < commented
    if one.base == "commented":
        parts = [words("mention_of_coded" if incomplete else "mention_of_commented", **values)]
    else:
        parts = [words(f"mention_of_{one.base}", **values)]
        if incomplete:
            parts.append(words("mention_coded_so_far", coded=words.number(coded), all=words.number(commented)))
    parts.append(words("mention_several"))
    return words("mention_heading", parts=words("mention_parts").join(parts))


def whole_number(figure: Figure | None) -> int:
    """The figure's value, nought where it is hidden."""
    return whole(printed.number(figure) or 0)


def point_name(words: Words, row: MentionRow[Figure]) -> str:
    """The code's name as the officer wrote it, or that of all other points."""
    return words("mention_other") if row.code is None else words.set_apart(row.name)


def cell(words: Words, number: Figure, base: Figure) -> str:
    """``78 (44%)`` from a base of 50, ``21 of 30`` below; the word for a hidden one."""
    if printed.number(number) is None or not printed.has_percent(base):
        return printed.counts_of(words, number, base)
    return words("figure_with_counts", share=printed.count(words, number), counts=printed.percent(words, number, base))


def points_table(
    survey: SurveyFigures, one: Mentions, columns: Sequence[int], *, most: int | None = None, how_said: bool = False
) -> Table:
    """The points that most people raised, at most so many, with these columns; headed with their base.

    ``how_said``: with how many people said each point in which way, as far as that can be told.
    """
    words = survey.words
    rows = []
    for row in one.rows[:most]:
        cells = [cell(words, row.people[place], base_of(one.columns[place], one.base)) for place in columns]
        if how_said:
            cells += _sentiment(words, row) if row.sentiment else [printed.NONE] * len(SENTIMENTS)
        rows.append((Heading(point_name(words, row)), cells))
    heads = [words("mention_point"), *(_headed(survey, one, one.columns[place]) for place in columns)]
    heads += [words(f"mention_said_{name}") for name in SENTIMENTS] if how_said else []
    return table(words, heading(words, one), heads, rows)


def _sentiment(words: Words, row: MentionRow[Figure]) -> list[str]:
    """How many people said a point in each way, of one of which it may be told."""
    return [printed.count(words, row.sentiment[name]) for name in SENTIMENTS]


def column_name(survey: SurveyFigures, column: MentionColumn[Figure]) -> str:
    """Whom a column is about."""
    if column.field is None:
        return survey.words("mention_everybody")
    if column.field == "audience" and column.value:
        return survey.label(survey.results_group(column.value))
    return _rated(survey, column)


def _headed(survey: SurveyFigures, one: Mentions, column: MentionColumn[Figure]) -> str:
    """Whom a column is about, with its base."""
    words, name = survey.words, column_name(survey, column)
    number = printed.number(base_of(column, one.base))
    return name if number is None else words("mention_column", group=name, base=words.number(whole(number)))


def _rated(survey: SurveyFigures, column: MentionColumn[Figure]) -> str:
    words, item = survey.words, survey.questionnaire.item(str(column.field))
    if not isinstance(item.question, RatingQuestion):
        return column.label
    labels = {point.id: point.label for point in survey.questionnaire.scale(item.question.scale).points}
    points = (printed.quoted(words, words.said(labels[point])) for point in column.points)
    return words("mention_rated", points=words("mention_rated_joint").join(points))


def sentiments(survey: SurveyFigures, one: Mentions) -> Table | None:
    """How people said each point, as numbers of people; None where it cannot be told of any."""
    words = survey.words
    rows = [(Heading(point_name(words, row)), _sentiment(words, row)) for row in one.rows if row.sentiment]
    if not rows:
        return None
    heads = [words("mention_point"), *(words(f"mention_{name}") for name in SENTIMENTS)]
    return table(words, words("mention_sentiments"), heads, rows)


def top_points(survey: SurveyFigures, theme_id: str) -> tuple[str, tuple[str, ...]]:
    """For a workshop: a heading with its base, and the points of a theme that most people raised, each with how many;
    empty where none can be told."""
    words = survey.words
    for one in in_order(survey):
        rows = [row for row in one.rows if row.code is not None and printed.number(row.people[0]) is not None][
            :MOST_IN_WORKSHOP
        ]
        if one.theme_id != theme_id or not rows:
            continue
        everybody = one.columns[0]
        number = whole_number(everybody.coded)
        phrase = "workshop_raised_coded" if number < whole_number(one.commented) else "workshop_raised"
        lines = (
            words(
                "workshop_raised_line",
                point=point_name(words, row),
                share=cell(words, row.people[0], everybody.coded),
            )
            for row in rows
        )
        return words(phrase, n=number, number=words.number(number)), tuple(lines)
    return "", ()
