"""The groups that were asked for beside one another, in as many tables as a page is too narrow for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports import printed_figures as printed
from reports.report_tables import Table, table, theme_heading
from reports.sentences.differences import theme_of, title_of
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Group

MOST_BESIDE_ONE_ANOTHER = 4

_OPPOSITE = {"higher": "lower", "lower": "higher"}


def groups(survey: SurveyFigures) -> list[Table]:
    """Who chose each theme, or called it important where no choice was asked, in each group.

    A share says so where it is clearly higher or lower than that of the other group, or of all others.
    """
    told = dict(told_of_groups(survey))
    return [_groups(survey, shown, told) for shown in in_even_parts(survey.groups)]


def in_even_parts(shown: Sequence[Group[Figure]]) -> list[Sequence[Group[Figure]]]:
    """Groups in as few parts as tables allow, of sizes that differ by one at most: five are three and two."""
    parts = -(-len(shown) // MOST_BESIDE_ONE_ANOTHER)
    ends = [round(len(shown) * part / parts) for part in range(parts + 1)] if parts else []
    return [shown[first:end] for first, end in pairwise(ends)]


def told_of_groups(survey: SurveyFigures) -> Iterator[tuple[tuple[str, str], str]]:
    """What the comparisons of the measure that the tables show say ("higher", "lower"), by group and by theme id or, in
    a survey without themes, question key."""
    measure = "chosen" if survey.asks_choice else "percent_positive"
    for difference in survey.results.differences:
        if difference.field == "audience" or difference.measure != measure or title_of(survey, difference) is None:
            continue
        theme = theme_of(survey, difference)
        about = theme.id if theme else difference.key
        if difference.words in _OPPOSITE:
            yield (about, difference.first), difference.words
            if difference.second:
                yield (about, difference.second), _OPPOSITE[difference.words]


def _groups(survey: SurveyFigures, shown: Sequence[Group[Figure]], told: dict[tuple[str, str], str]) -> Table:
    words = survey.words
    rows = []
    for theme in survey.themes:
        cells = []
        for group in shown:
            part, base, _ = survey.main_share(group, theme)
            said = told.get((theme.id, group.value or ""))
            share = printed.share(words, part, base)
            cells.append(f"{share} {words(f'table_{said}')}" if said else share)
        rows.append((theme_heading(survey, theme), cells))
    columns = (words("table_theme"), *(survey.label(group) for group in shown))
    return table(words, words("table_groups" if survey.asks_choice else "table_groups_important"), columns, rows)
