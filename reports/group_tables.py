"""Audiences, and the groups that were asked for, beside one another by theme or by rating question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.report_tables import Table, gap, printed_share, table, topic_heading
from reports.sentences.differences import AUDIENCE, leading_measure, topic_of
from reports.survey_figures import SurveyFigures, Topic
from reports.tabulation import Difference, Figure, Group

MOST_BESIDE_ONE_ANOTHER = 4

_About = tuple[Topic, str | None, str | None]
"""What is said of which group: a theme or question, and the field and value of the group.

An audience may be called like one of the groups that were asked for, so the value alone does not tell them apart.
"""

_SAID = {"higher": "table_first_more", "lower": "table_second_more", "similar": "table_no_clear_difference"}
_OPPOSITE = {"higher": "lower", "lower": "higher"}


def compared_audiences(survey: SurveyFigures) -> list[tuple[Group[Figure], Group[Figure]]]:
    """The pairs of audiences that were compared and are shown, each in the order that it was compared in.

    One audience is compared with each other one, and that is not always the largest.
    """
    shown = {group.value: group for group in survey.audiences}
    pairs = dict.fromkeys((one.first, one.second) for one in survey.results.differences if one.field == AUDIENCE)
    return [(shown[first], shown[second]) for first, second in pairs if first in shown and second in shown]


def differences(survey: SurveyFigures, first: Group[Figure], second: Group[Figure]) -> Table:
    """Two audiences beside each other, theme by theme or question by question, and what may be said of the gap."""
    words, measure = survey.words, leading_measure(survey)
    told = {
        topic_of(survey, difference): difference
        for difference in survey.results.differences
        if (difference.field, difference.measure) == (AUDIENCE, measure)
        and (difference.first, difference.second) == (first.value, second.value)
    }
    rows = []
    for topic in survey.topics:
        difference = told.get(topic)
        cells = [printed_share(survey, group, topic) for group in (first, second)]
        cells.append(gap(words, difference.difference if difference else None))
        cells.append(_what_may_be_said(survey, difference, first, second))
        rows.append((topic_heading(survey, topic), cells))
    names = {"first": survey.label(first), "second": survey.name(second)}
    columns = [words("table_theme" if survey.themes else "table_question"), names["first"], survey.label(second)]
    columns += [words("table_gap"), words("table_what_we_can_say")]
    chosen = survey.asks_choice or not survey.themes
    return table(words, words("table_differences" if chosen else "table_differences_important", **names), columns, rows)


def _what_may_be_said(
    survey: SurveyFigures, difference: Difference[Figure] | None, first: Group[Figure], second: Group[Figure]
) -> str:
    """The last cell of two groups compared: which of them more often, no clear difference, or that we cannot tell."""
    if difference is None or difference.words not in _SAID:
        return survey.words("table_cannot_tell")
    group = {"higher": survey.label(first), "lower": survey.label(second)}.get(difference.words, "")
    return survey.words(_SAID[difference.words], group=group)


def groups(survey: SurveyFigures, beside: Sequence[Group[Figure]]) -> list[Table]:
    """Who chose each theme, or answered its rating or each rating question positively, in each of these groups.

    A share says so where it is clearly higher or lower than that of the other group, or of all others.
    """
    if not survey.topics:
        return []
    told = dict(_told(survey))
    return [_groups(survey, shown, told) for shown in in_even_parts(beside)]


def in_even_parts(shown: Sequence[Group[Figure]]) -> list[Sequence[Group[Figure]]]:
    """Groups in as few parts as tables allow, of sizes that differ by one at most: five are three and two."""
    parts = -(-len(shown) // MOST_BESIDE_ONE_ANOTHER)
    ends = [round(len(shown) * part / parts) for part in range(parts + 1)] if parts else []
    return [shown[first:end] for first, end in pairwise(ends)]


def _told(survey: SurveyFigures) -> Iterator[tuple[_About, str]]:
    """What the comparisons of the measure that the tables show say: "higher" or "lower"."""
    for difference in survey.results.differences:
        if difference.field == AUDIENCE or difference.measure != leading_measure(survey):
            continue
        topic = topic_of(survey, difference)
        if topic is not None and difference.words in _OPPOSITE:
            yield (topic, difference.field, difference.first), difference.words
            if difference.second:
                yield (topic, difference.field, difference.second), _OPPOSITE[difference.words]


def _groups(survey: SurveyFigures, shown: Sequence[Group[Figure]], told: dict[_About, str]) -> Table:
    words = survey.words
    rows = []
    for topic in survey.topics:
        cells = []
        for group in shown:
            share, said = printed_share(survey, group, topic), told.get((topic, group.field, group.value))
            cells.append(f"{share} {words(f'table_{said}')}" if said else share)
        rows.append((topic_heading(survey, topic), cells))
    columns = (words("table_theme" if survey.themes else "table_question"), *(survey.label(group) for group in shown))
    return table(words, words("table_groups" if survey.asks_choice else "table_groups_important"), columns, rows)
