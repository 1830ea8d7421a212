"""Rows of what people answered: each population's themes and questions, who answered, and where groups differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reports import labels
from reports.figure_rows.row import FigureRow, Subject, asked_of, estimated, plain, single
from reports.sheet_labels import field_name, group_name, population_name, verdict
from reports.survey_figures import SurveyFigures
from reports.tabulation import (
    ChoiceTable,
    CommentTable,
    Difference,
    Figure,
    Group,
    NumberTable,
    QuestionTable,
    RatingTable,
    ThemeTable,
)
from surveys.questionnaire import LongTextQuestion, TextQuestion


def rows_about_answers(survey: SurveyFigures) -> Iterator[FigureRow]:
    """Responses, themes and questions of everybody, each audience and each group; who answered; differences."""
    for group in _populations(survey):
        yield from _of_group(survey, group)
    yield from _who_answered(survey)
    for one in survey.results.differences:
        yield from _difference(survey, one)


def one_value(survey: SurveyFigures, field: str, value: str) -> str:
    """People named by a field and its value: ``Audience: Patients``."""
    return survey.words("sheet_field_value", field=labels.as_a_part(survey.words, field), value=value)


def _populations(survey: SurveyFigures) -> list[Group[Figure]]:
    """Each once: groups by audience alone are the audiences."""
    results = survey.results
    known = {(one.field, one.value) for one in results.audiences}
    others = (one for one in results.groups if (one.field, one.value) not in known)
    return [results.everybody, *results.audiences, *others]


def _of_group(survey: SurveyFigures, group: Group[Figure]) -> Iterator[FigureRow]:
    whom = Subject("responses", group.field or "", group.value or "", population_name(survey, group))
    yield from single(whom, "responses", group.responses)
    for theme in survey.themes:
        found = survey.theme_table(group, theme.id)
        if found is not None:
            yield from _theme(replace(whom, part="themes", **asked_of(survey, theme.id)), found)
    for table in group.questions:
        yield from _question(survey, replace(whom, part="questions", **asked_of(survey, table.key)), table)


def _theme(subject: Subject, table: ThemeTable[Figure]) -> Iterator[FigureRow]:
    if table.rank is not None:
        yield FigureRow(subject, "rank", table.rank, table.rank_low, table.rank_high)
    yield from single(subject, "chosen.n", table.chosen_count, base=table.chosen_base)
    yield from single(subject, "chosen.base", table.chosen_base)
    yield from estimated(subject, "chosen.percent", table.chosen, base=table.chosen_base)
    yield from estimated(subject, "score_0_10", table.score_0_10, base=table.score_base)
    yield from single(subject, "score_0_10.base", table.score_base)
    yield from single(subject, "unclear.n", table.unclear_count, base=table.unclear_base)
    yield from single(subject, "unclear.base", table.unclear_base)
    yield from estimated(subject, "unclear.percent", table.unclear, base=table.unclear_base)
    yield from single(subject, "commented", table.commented)


def _question(survey: SurveyFigures, subject: Subject, table: QuestionTable[Figure]) -> Iterator[FigureRow]:
    yield from single(subject, "base", table.base)
    match table:
        case CommentTable():
            yield from single(subject, "commented", table.commented, base=table.base)
            return
        case NumberTable():
            yield from estimated(subject, "mean", table.mean, base=table.base)
            yield from single(subject, "median", table.median, base=table.base)
        case RatingTable() | ChoiceTable():
            yield from _answers(survey, subject, table)
    yield from single(subject, "skipped", table.skipped)
    yield from single(subject, "not_shown", table.not_shown)


def _answers(
    survey: SurveyFigures, subject: Subject, table: RatingTable[Figure] | ChoiceTable[Figure]
) -> Iterator[FigureRow]:
    of_answer = _subjects(survey, subject, table)
    for option, people in table.counts.items():
        yield from single(of_answer[option], "counts", people, base=table.base)
        if isinstance(table, ChoiceTable):
            yield from estimated(of_answer[option], "percent", table.percent.get(option), base=table.base)
            yield from single(of_answer[option], "first", (table.first or {}).get(option), base=table.base)
    for answer, people in table.not_scored.items():
        yield from single(of_answer[answer], "not_scored", people)
    if isinstance(table, RatingTable):
        yield from estimated(subject, "percent_positive", table.percent_positive, base=table.base)
        yield from estimated(subject, "mean", table.mean, base=table.base)
        yield from estimated(subject, "score_0_10", table.score_0_10, base=table.base)


def _subjects(
    survey: SurveyFigures, subject: Subject, table: RatingTable[Figure] | ChoiceTable[Figure]
) -> Mapping[str, Subject]:
    """The subject of each answer, under the name of the option."""
    question = survey.questionnaire.item(table.key).question
    if isinstance(question, TextQuestion | LongTextQuestion):
        raise TypeError(f"{table.key} has no options")
    texts = {option.id: option.label for option in survey.questionnaire.options(question)}
    texts |= {answer.id: answer.label for answer in survey.questionnaire.not_scored(question)}
    return {id_: replace(subject, answer_id=id_, answer=survey.words.said(text)) for id_, text in texts.items()}


def _who_answered(survey: SurveyFigures) -> Iterator[FigureRow]:
    for table in survey.results.who_answered:
        field = survey.field(table)
        for value, people in table.counts.items():
            name = one_value(survey, field, survey.value(table, value))
            yield from single(Subject("who_answered", table.field, value, name), "counts", people, base=table.base)
        together = Subject("who_answered", table.field, population=field)
        yield from single(together, "base", table.base)
        yield from single(together, "missing", table.missing)


def _difference(survey: SurveyFigures, one: Difference[Figure]) -> Iterator[FigureRow]:
    others = group_name(survey, one.field, one.second) if one.second else survey.words("sheet_all_others")
    subject = Subject(
        "differences",
        one.field,
        one.first,
        one_value(survey, field_name(survey, one.field), group_name(survey, one.field, one.first)),
        **asked_of(survey, one.key),
        compared_with_id=one.second or "",
        compared_with=others,
    )
    said = verdict(survey.words, one.words)
    yield from estimated(subject, f"{one.measure}.difference", one.difference, verdict=said)
    yield from single(subject, f"{one.measure}.p_adjusted", one.p_adjusted)
    yield from plain(subject, f"{one.measure}.family_size", one.family_size)
    yield from single(subject, f"{one.measure}.p_over_all", one.p_over_all)
    yield from single(subject, f"{one.measure}.cramers_v", one.cramers_v)
