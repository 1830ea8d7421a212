"""The tables of a survey as a spreadsheet: a sheet of contents, notes, and one sheet per table, unrounded.

Everything it says is in the language of the report, and a hidden figure is a word ("suppressed").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from reports.method import method_by_subject
from reports.provenance import statements
from reports.sheet_labels import (
    asked_name,
    field_name,
    group_name,
    headed,
    item_title,
    measure,
    pooled,
    population_name,
    verdict,
)
from reports.sheets_beside import Rows, Value, sheets_beside
from reports.survey_figures import SurveyFigures
from reports.tabulation import (
    ChoiceTable,
    CommentTable,
    Estimate,
    Figure,
    Group,
    NumberTable,
    QuestionTable,
    RatingTable,
    Results,
    Shown,
    Suppressed,
)
from reports.words import Words, catalogue
from reports.workbook import Cell, Sheet, workbook
from surveys.questionnaire import Item, LongTextQuestion, Questionnaire, TextQuestion


def results_xlsx(results: Results[Figure], questionnaire: Questionnaire, *, language: str) -> bytes:
    """All tables of disclosed results as XLSX in ``language``. Percentages are 0-100, scores 0-10.

    TypeError for results that have not passed disclosure control.
    """
    survey = SurveyFigures(results, questionnaire, language)
    words, value = survey.words, partial(_value, survey.words)
    sheets = [
        _sheet(words, "notes", ([words("provenance_subject"), words("sheet_note")], [*_notes(survey)]), widest=110),
        _sheet(words, "who", _who_answered(survey, value)),
        *([_sheet(words, "themes", _themes(survey, value))] if survey.themes else []),
        _sheet(words, "differences", _differences(survey, value)),
        *(Sheet(name, title, *table) for name, title, table in sheets_beside(survey, value)),
        *(
            Sheet(
                words("sheet_name_question", number=number), item_title(survey, item), *_question(survey, item, value)
            )
            for number, item in enumerate(questionnaire.items, start=1)
        ),
    ]
    mark = words("demonstration") if results.demonstration else ""
    return workbook(words, words.said(questionnaire.title), sheets, mark=mark)


def _sheet(words: Words, name: str, table: Rows, *, widest: int = 40) -> Sheet:
    return Sheet(words(f"sheet_name_{name}"), words(f"sheet_title_{name}"), *table, widest=widest)


def _notes(survey: SurveyFigures) -> Iterator[list[Cell]]:
    words = survey.words
    for subject, statement in statements(survey):
        yield [subject, statement]
    yield [words("sheet_suppressed"), words("sheet_suppressed_note")]
    if people := pooled(survey):
        yield [words("mention_everybody"), people]
    for subject, statement in method_by_subject(survey).items():
        phrase = f"sheet_method_{subject}"
        # A statement of another make of Engage has no heading here.
        heading = words(phrase) if phrase in catalogue() else words.set_apart(subject)
        # That of reports speaks of their annex.
        yield [heading, words("sheet_weighted_note") if subject == "weighted" else statement]


def _value(words: Words, figure: Figure | None) -> Cell:
    match figure:
        case Shown(value):
            return value
        case Suppressed():
            return words("sheet_suppressed")
        case None:
            return None
        case _:
            raise TypeError(f"only disclosed figures are written, not {type(figure).__name__}")


def _interval(estimate: Estimate[Figure] | None, value: Value) -> list[Cell]:
    if estimate is None:
        return [None, None, None]
    return [value(estimate.value), value(estimate.low), value(estimate.high)]


def _populations(survey: SurveyFigures) -> list[Group[Figure]]:
    return [survey.results.everybody, *survey.results.audiences, *survey.results.groups]


def _who_answered(survey: SurveyFigures, value: Value) -> Rows:
    words = survey.words
    rows: list[list[Cell]] = []
    for one in survey.results.who_answered:
        field = survey.field(one)
        rows += [[field, survey.value(one, code), value(people)] for code, people in one.counts.items()]
        rows.append([field, words("table_did_not_say"), value(one.missing)])
        rows.append([field, words("sheet_all_who_said"), value(one.base)])
    return headed(words, "sheet_property", "sheet_value", "table_people"), rows


_THEME_COLUMNS = (
    *("table_theme", "sheet_official", "sheet_group", "sheet_rank", "sheet_rank_from", "sheet_rank_to"),
    *("sheet_chosen_by", "sheet_chosen_base", "sheet_chosen", "sheet_chosen_low", "sheet_chosen_high"),
    *("sheet_score", "sheet_score_low", "sheet_score_high", "sheet_score_base"),
    *("sheet_unclear_to", "sheet_unclear_base", "sheet_unclear", "sheet_unclear_low", "sheet_unclear_high"),
    "sheet_commented",
)


def _themes(survey: SurveyFigures, value: Value) -> Rows:
    rows: list[list[Cell]] = []
    for theme in survey.themes:
        for group in _populations(survey):
            table = survey.theme_table(group, theme.id)
            if table is None:
                continue
            rows.append(
                [survey.plain(theme), survey.official(theme), population_name(survey, group)]
                + [value(one) for one in (table.rank, table.rank_low, table.rank_high)]
                + [value(table.chosen_count), value(table.chosen_base), *_interval(table.chosen, value)]
                + [*_interval(table.score_0_10, value), value(table.score_base)]
                + [value(table.unclear_count), value(table.unclear_base), *_interval(table.unclear, value)]
                + [value(table.commented)]
            )
    return headed(survey.words, *_THEME_COLUMNS), rows


_DIFFERENCE_COLUMNS = (
    *("sheet_groups_by", "sheet_measure", "sheet_of", "sheet_first", "sheet_second", "reached_difference"),
    *("sheet_low", "sheet_high", "sheet_p_adjusted", "sheet_family", "sheet_in_words"),
)


def _differences(survey: SurveyFigures, value: Value) -> Rows:
    words = survey.words
    rows: list[list[Cell]] = [
        [
            *(field_name(survey, one.field), measure(words, one.measure), asked_name(survey, one.key)),
            group_name(survey, one.field, one.first),
            group_name(survey, one.field, one.second) if one.second else words("sheet_all_others"),
            *_interval(one.difference, value),
            *(value(one.p_adjusted), one.family_size, verdict(words, one.words)),
        ]
        for one in survey.results.differences
    ]
    return headed(words, *_DIFFERENCE_COLUMNS), rows


def _question(survey: SurveyFigures, item: Item, value: Value) -> Rows:
    rows: list[list[Cell]] = []
    for group in _populations(survey):
        table = survey.question(group, item.key)
        if table is not None:
            rows += [[population_name(survey, group), *cells] for cells in _answers(survey, item, table, value)]
    columns = (
        "sheet_group",
        "table_answer",
        "table_people",
        "sheet_percent",
        "sheet_percent_low",
        "sheet_percent_high",
    )
    return headed(survey.words, *columns), rows


def _answers(survey: SurveyFigures, item: Item, table: QuestionTable[Figure], value: Value) -> Iterator[list[Cell]]:
    words, question = survey.words, item.question
    if isinstance(table, CommentTable):
        yield [words("sheet_wrote"), value(table.commented)]
        yield [words("sheet_could_write"), value(table.base)]
        return
    if isinstance(table, NumberTable):
        yield [words("sheet_mean"), None, *_interval(table.mean, value)]
        yield [words("table_middle"), value(table.median)]
    elif not isinstance(question, TextQuestion | LongTextQuestion):
        for option in survey.questionnaire.options(question):
            share = table.percent.get(option.id) if isinstance(table, ChoiceTable) else None
            yield [words.said(option.label), value(table.counts.get(option.id)), *_interval(share, value)]
        for answer in survey.questionnaire.not_scored(question):
            yield [words.said(answer.label), value(table.not_scored.get(answer.id))]
        if isinstance(table, RatingTable):
            yield [words("sheet_positive_answers"), None, *_interval(table.percent_positive, value)]
            yield [words("sheet_mean_score"), None, *_interval(table.score_0_10, value)]
    yield [words("table_skipped"), value(table.skipped)]
    yield [words("table_not_asked"), value(table.not_shown)]
    yield [words("sheet_base"), value(table.base)]
