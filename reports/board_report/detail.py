"""The chapters between the two pages that stand alone and the annex."""

from __future__ import annotations

from typing import Any

from reports import labels
from reports import printed_figures as printed
from reports import report_tables as tables
from reports.board_report.by_place import by_place
from reports.board_report.comments import how_quoted, raised
from reports.board_report.deciding import decisions, heard_columns
from reports.board_report.over_time import over_time
from reports.board_report.reached import compared, not_compared
from reports.board_report.summary import who_in_words
from reports.board_report.without_themes import answers_by_audience, between_audiences, question_groups
from reports.board_report_charts import importance_charts, priority_chart, theme_panels
from reports.commentary import Written
from reports.group_tables import compared_audiences, groups
from reports.group_tables import differences as table_of_differences
from reports.printed_coding import how_coded
from reports.sentences import (
    clear_changes,
    clear_differences,
    group_differences,
    groups_not_compared,
    mix_warnings,
    other_changes,
    places,
    positive_answers,
    positive_in_ratings,
    references,
    who_is_missing,
)
from reports.sentences.differences import AUDIENCE
from reports.survey_figures import SurveyFigures
from reports.tabulation import Breakdown, Figure, Group
from reports.thin_tables import all_the_same, who_answered_tables
from surveys.question_bank import topics

_MOST_NAMED, _MOST_SENTENCES = 3, 8
# What the chapter itself says of who answered, beside the reference population; the annex has every table.
_REACHED_BY = ("place", "channel")


def detail(survey: SurveyFigures, commentary: Written | None) -> dict[str, Any]:
    """What the chapters print."""
    results = survey.results
    differences = _between_audiences(survey) if survey.themes else between_audiences(survey)
    answers = () if survey.themes else answers_by_audience(survey)
    # Audiences that were asked for as groups stand beside one another already, with what was found of the gaps.
    shown_already = results.filters.by == AUDIENCE and bool(differences or answers)
    return {
        "who_in_words": who_in_words(survey),
        "compared": compared(survey),
        "not_compared": not_compared(survey),
        "missing": who_is_missing(survey)[:_MOST_NAMED],
        "references": references(survey),
        "backgrounds": _backgrounds_told(survey),
        "who_tables": who_answered_tables(
            survey, of=_REACHED_BY, leave_out=[one.field for one in all_the_same(survey)]
        ),
        "who_all_the_same": _all_the_same(survey),
        "priority": priority_chart(survey),
        "matters_table": tables.what_matters(survey),
        "importance_order": _order_by_importance(survey) if results.headline_order == "chosen" else "",
        "importance": [
            (chart, tables.importance(survey, group))
            for group, chart in zip(survey.charted, importance_charts(survey), strict=False)
        ],
        "positive": positive_answers(survey) or positive_in_ratings(survey),
        "panels": theme_panels(survey),
        "differences": differences,
        "answers_by_audience": answers,
        "groups": () if shown_already else _groups(survey),
        "group_label": _asked_for(survey),
        "group_sentences": (*group_differences(survey, most=_MOST_SENTENCES), *groups_not_compared(survey)),
        "change": over_time(survey, _dated(survey)),
        "changed": clear_changes(survey)[:_MOST_SENTENCES],
        "unchanged": [*other_changes(survey), *mix_warnings(survey)],
        "places": by_place(survey),
        "place_sentences": places(survey),
        "comments": tables.comments(survey),
        "how_quoted": how_quoted(survey),
        "raised": raised(survey),
        "how_coded": how_coded(survey),
        "heard_columns": heard_columns(survey),
        "decision_rows": decisions(survey, commentary),
    }


def _groups(survey: SurveyFigures) -> list[tables.Table]:
    return groups(survey, survey.groups) if survey.themes else question_groups(survey)


def _between_audiences(survey: SurveyFigures) -> list[tuple[tables.Table, str]]:
    """One audience beside each other one, as they were compared, where both chose or rated themes, with what may be
    said of it; where none was, the largest."""
    if not survey.asks_choice and survey.importance is None:
        return []
    lead, *others = survey.audiences
    pairs = compared_audiences(survey) or [(lead, other) for other in others]
    return [(table_of_differences(survey, *pair), _clearly(survey, *pair)) for pair in pairs]


def _clearly(survey: SurveyFigures, first: Group[Figure], other: Group[Figure]) -> str:
    words = survey.words
    told = [survey.quoted(theme) for theme, _ in clear_differences(survey, first, other)]
    if not told:
        return words("differ_nowhere")
    if len(told) > _MOST_NAMED:
        return words("differ_on_many", n=len(told))
    return words("differ_on", themes=printed.listed(words, told))


def _asked_for(survey: SurveyFigures) -> str:
    """What the groups that were asked for are made by, in words."""
    by = survey.results.filters.by
    return labels.field_label(survey.words, survey.questionnaire, by, by) if by else ""


def _dated(survey: SurveyFigures) -> dict[int, str]:
    """When each wave was answered, in words."""
    change = survey.results.change
    waves = change.waves if change else ()
    return {
        place: printed.dates(survey.words, *wave.period) if wave.period else survey.words("board_no_dates")
        for place, wave in enumerate(waves)
    }


def _order_by_importance(survey: SurveyFigures) -> str:
    """The first three themes by the largest audience's average importance; empty where a score is hidden."""
    scored = [
        (score, survey.quoted(theme))
        for theme in survey.themes
        if (table := survey.theme_table(survey.audiences[0], theme.id))
        and table.score_0_10
        and (score := printed.number(table.score_0_10.value)) is not None
    ]
    if len(scored) < len(survey.themes):
        return ""
    return printed.listed(survey.words, [title for _, title in sorted(scored, key=lambda one: -one[0])[:3]])


def _all_the_same(survey: SurveyFigures) -> str:
    """What everybody has in common, which needs no table; empty where they have nothing."""
    words = survey.words
    told = [
        words("who_one_value", field=survey.field(one), value=survey.value(one, value))
        for one in all_the_same(survey)
        for value in one.counts
    ]
    return words("who_all_the_same", what=printed.listed(words, told)) if told else ""


def _backgrounds_told(survey: SurveyFigures) -> str:
    """Of how many people the answers about backgrounds are: the fewest and the most of any of those questions."""
    words = survey.words
    asked_of_all = {
        question.id for topic in topics().values() for question in topic.questions if question.show_if is None
    }
    bases = [base for one in survey.results.who_answered if (base := _base(one)) and one.field in asked_of_all]
    everybody = survey.results.everybody.responses
    if not bases or printed.number(everybody) is None:
        return ""
    fewest, most = words.number(min(bases)), words.number(max(bases))
    phrase = "backgrounds_told" if fewest == most else "backgrounds_told_between"
    return words(phrase, fewest=fewest, most=most, everybody=printed.count(words, everybody))


def _base(one: Breakdown[Figure]) -> int | None:
    base = printed.number(one.base)
    return None if base is None else int(base)
