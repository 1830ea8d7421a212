"""The rating questions of a survey without themes as tables: positive answers by audience and by group."""

from __future__ import annotations

from collections.abc import Sequence

from reports import printed_figures as printed
from reports.group_tables import in_even_parts, told_of_groups
from reports.report_tables import Heading, Table, gap, table, what_may_be_said
from reports.sentences.differences import AUDIENCE
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Group
from surveys.questionnaire import Item

_MOST_WITH_CHANCE = 2
"""How many audiences a page has room for with a range beside each share."""


def rated_at_a_glance(survey: SurveyFigures) -> Table:
    """Who answered each question positively per audience and, of few audiences, how far chance alone could move it."""
    words, with_chance = survey.words, len(survey.audiences) <= _MOST_WITH_CHANCE
    columns = [words("table_question")]
    for group in survey.audiences:
        columns.append(words("table_who_call_it_important", group=survey.label(group)))
        columns += [words("table_chance")] if with_chance else []
    rows = []
    for item in survey.rated:
        cells = []
        for group in survey.audiences:
            rating = survey.rated_by(group, item.key)
            interval, base = (rating.percent_positive, rating.base) if rating else (None, None)
            cells.append(_share(survey, group, item))
            cells += [printed.chance_range(words, interval, base)] if with_chance else []
        rows.append((_heading(survey, item), cells))
    return table(words, words("table_glance_ratings"), columns, rows)


def rated_differences(survey: SurveyFigures, first: Group[Figure], second: Group[Figure]) -> Table:
    """Two audiences beside each other, question by question, and what may be said of the gap."""
    words = survey.words
    told = {
        one.key: one
        for one in survey.results.differences
        if (one.field, one.measure) == ("audience", "percent_positive")
        and (one.first, one.second) == (first.value, second.value)
    }
    rows = []
    for item in survey.rated:
        difference = told.get(item.key)
        cells = [_share(survey, group, item) for group in (first, second)]
        cells.append(gap(words, difference.difference if difference else None))
        cells.append(what_may_be_said(survey, difference, first, second))
        rows.append((_heading(survey, item), cells))
    names = {"first": survey.label(first), "second": survey.name(second)}
    columns = [words("table_question"), names["first"], survey.label(second)]
    columns += [words("table_gap"), words("table_what_we_can_say")]
    return table(words, words("table_differences", **names), columns, rows)


def rated_groups(survey: SurveyFigures, groups: Sequence[Group[Figure]]) -> list[Table]:
    """Who answered each question positively in each of these groups, a few groups to a table.

    A share says so where it is clearly higher or lower than that of the other group, or of all others.
    """
    if not survey.rated:
        return []
    # An audience may be called like one of the groups that were asked for and compared.
    of_audiences = any(group.field == AUDIENCE for group in groups)
    told = {} if of_audiences else dict(told_of_groups(survey))
    return [_groups(survey, shown, told) for shown in in_even_parts(groups)]


def _groups(survey: SurveyFigures, shown: Sequence[Group[Figure]], told: dict[tuple[str, str], str]) -> Table:
    words = survey.words
    rows = []
    for item in survey.rated:
        cells = []
        for group in shown:
            share, said = _share(survey, group, item), told.get((item.key, group.value or ""))
            cells.append(f"{share} {words(f'table_{said}')}" if said else share)
        rows.append((_heading(survey, item), cells))
    columns = (words("table_question"), *(survey.label(group) for group in shown))
    return table(words, words("table_groups_important"), columns, rows)


def _heading(survey: SurveyFigures, item: Item) -> Heading:
    return Heading(survey.words.said(item.question.text))


def _share(survey: SurveyFigures, group: Group[Figure], item: Item) -> str:
    rating = survey.rated_by(group, item.key)
    return printed.share(survey.words, survey.positive(rating), rating.base) if rating else printed.NONE
