"""The rating questions of a survey without themes at a glance."""

from __future__ import annotations

from reports import printed_figures as printed
from reports.report_tables import Table, table, topic_heading
from reports.survey_figures import SurveyFigures

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
            part, base, interval = survey.main_share(group, item)
            cells.append(printed.share(words, part, base))
            cells += [printed.chance_range(words, interval, base)] if with_chance else []
        rows.append((topic_heading(survey, item), cells))
    return table(words, words("table_glance_ratings"), columns, rows)
