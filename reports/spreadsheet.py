"""The tables of a survey as a spreadsheet: a sheet of contents, notes, and one sheet per table, unrounded.

No cell is merged, no text can become a formula or a link, and a hidden figure is the word "suppressed".
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reports.provenance import statements
from reports.sheets_beside import Cell, sheets_beside
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
from reports.words import Words
from surveys.questionnaire import Item, LongTextQuestion, Questionnaire, TextQuestion

SUPPRESSED = "suppressed"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

_ALL_OTHERS = "all others"


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def results_xlsx(results: Results[Figure], questionnaire: Questionnaire, *, language: str) -> bytes:
    """All tables of disclosed results as XLSX. Percentages are 0-100, scores 0-10, dates ISO 8601.

    TypeError for results that have not passed disclosure control.
    """
    survey = SurveyFigures(results, questionnaire, language)
    sheets = [
        _Sheet("Who answered", "Who answered, by property", *_who_answered(survey)),
        _Sheet("Themes", "Each theme, by group of people", *_themes(survey)),
        _Sheet("Differences", "Groups compared", *_differences(survey)),
        *(_Sheet(name, title, *table) for name, title, table in sheets_beside(survey, _value)),
        *(
            _Sheet(f"Q{number}", _title(survey, item), *_question(survey, item))
            for number, item in enumerate(questionnaire.items, start=1)
        ),
    ]
    contents = [("Notes", "How to read these tables"), *((sheet.name, sheet.title) for sheet in sheets)]
    written = io.BytesIO()
    with pd.ExcelWriter(written, engine="xlsxwriter", engine_kwargs={"options": _OPTIONS}) as writer:
        writer.book.set_properties({"title": survey.words.said(questionnaire.title)})
        title = survey.words.said(questionnaire.title)
        _write(writer, _Sheet("Contents", title, ["Sheet", "Holds"], contents), widths=(18, 90))
        _write(writer, _Sheet("Notes", "How to read these tables", ["Subject", "Note"], [*_notes(survey)]), (28, 110))
        for sheet in sheets:
            _write(writer, sheet, widths=(34, 18))
        if results.demonstration:
            for page in writer.sheets.values():
                page.write_string(1, 0, Words("en")("demonstration"))
    return written.getvalue()


def _write(writer: pd.ExcelWriter[Any], sheet: _Sheet, widths: tuple[int, int]) -> None:
    """A sheet with its title above its table; ``widths`` of the first column and of all others, in characters."""
    rows = [dict(zip(sheet.columns, row, strict=False)) for row in sheet.rows]
    # Without a type of their own, columns keep whole numbers whole beside words and empty cells.
    frame = pd.DataFrame(rows, columns=list(sheet.columns), dtype=object)
    frame.to_excel(writer, sheet_name=sheet.name, startrow=2, index=False)
    page = writer.sheets[sheet.name]
    page.write_string(0, 0, sheet.title, writer.book.add_format({"bold": True}))
    wrapped = writer.book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, widths[0], wrapped)
    page.set_column(1, max(1, len(sheet.columns) - 1), widths[1], wrapped)
    page.freeze_panes(3, 1)


def _notes(survey: SurveyFigures) -> Iterator[tuple[str, str]]:
    yield from statements(survey)
    yield SUPPRESSED, "The figure is hidden so that nobody can be recognised. An empty cell: not asked or not defined."
    if survey.results.pooling:
        yield "Everybody", f"Rows for everybody are pooled: {survey.results.pooling}."
    yield from survey.results.method.items()


def _value(figure: Figure | None) -> Cell:
    match figure:
        case Shown(value):
            return value
        case Suppressed():
            return SUPPRESSED
        case None:
            return None
        case _:
            raise TypeError(f"only disclosed figures are written, not {type(figure).__name__}")


def _interval(estimate: Estimate[Figure] | None) -> list[Cell]:
    if estimate is None:
        return [None, None, None]
    return [_value(estimate.value), _value(estimate.low), _value(estimate.high)]


def _populations(survey: SurveyFigures) -> list[Group[Figure]]:
    return [survey.results.everybody, *survey.results.audiences, *survey.results.groups]


def _population_name(group: Group[Figure]) -> str:
    return "Everybody" if group.field is None else f"{group.field}: {group.label}"


def _title(survey: SurveyFigures, item: Item) -> str:
    text = survey.words.said(item.question.text)
    return f"{item.key}: {survey.plain(item.theme)}: {text}" if item.theme else f"{item.key}: {text}"


def _who_answered(survey: SurveyFigures) -> tuple[list[str], list[list[Cell]]]:
    rows: list[list[Cell]] = []
    for one in survey.results.who_answered:
        rows += [[one.label, one.labels.get(value, value), _value(people)] for value, people in one.counts.items()]
        rows.append([one.label, "Did not say", _value(one.missing)])
        rows.append([one.label, "All who said", _value(one.base)])
    return ["Property", "Value", "People"], rows


def _themes(survey: SurveyFigures) -> tuple[list[str], list[list[Cell]]]:
    columns = ["Theme", "Official title", "Group", "Rank", "Rank from", "Rank to", "Chosen by", "Chosen base"]
    columns += ["Chosen %", "Chosen % low", "Chosen % high", "Score 0-10", "Score low", "Score high", "Score base"]
    columns += ["Unclear to", "Unclear base", "Unclear %", "Unclear % low", "Unclear % high", "Commented"]
    rows: list[list[Cell]] = []
    for theme in survey.themes:
        for group in _populations(survey):
            table = survey.theme_table(group, theme.id)
            if table is None:
                continue
            rows.append(
                [survey.plain(theme), survey.official(theme), _population_name(group)]
                + [_value(one) for one in (table.rank, table.rank_low, table.rank_high)]
                + [_value(table.chosen_count), _value(table.chosen_base), *_interval(table.chosen)]
                + [*_interval(table.score_0_10), _value(table.score_base)]
                + [_value(table.unclear_count), _value(table.unclear_base), *_interval(table.unclear)]
                + [_value(table.commented)]
            )
    return columns, rows


def _differences(survey: SurveyFigures) -> tuple[list[str], list[list[Cell]]]:
    columns = ["Groups by", "Measure", "Of", "First", "Second", "Difference in points", "Low", "High"]
    columns += ["Adjusted p", "Comparisons in family", "In words"]
    rows: list[list[Cell]] = [
        [
            *(one.field, one.measure, one.key, one.first, one.second or _ALL_OTHERS),
            *_interval(one.difference),
            *(_value(one.p_adjusted), one.family_size, one.words),
        ]
        for one in survey.results.differences
    ]
    return columns, rows


def _question(survey: SurveyFigures, item: Item) -> tuple[list[str], list[list[Cell]]]:
    rows: list[list[Cell]] = []
    for group in _populations(survey):
        table = survey.question(group, item.key)
        if table is not None:
            rows += [[_population_name(group), *cells] for cells in _answers(survey, item, table)]
    return ["Group", "Answer", "People", "%", "% low", "% high"], rows


def _answers(survey: SurveyFigures, item: Item, table: QuestionTable[Figure]) -> Iterator[list[Cell]]:
    said, question = survey.words.said, item.question
    if isinstance(table, CommentTable):
        yield ["Wrote something", _value(table.commented)]
        yield ["Could have written", _value(table.base)]
        return
    if isinstance(table, NumberTable):
        yield ["Mean, low, high", None, *_interval(table.mean)]
        yield ["Middle value", _value(table.median)]
    elif not isinstance(question, TextQuestion | LongTextQuestion):
        for option in survey.questionnaire.options(question):
            share = table.percent.get(option.id) if isinstance(table, ChoiceTable) else None
            yield [said(option.label), _value(table.counts.get(option.id)), *_interval(share)]
        for answer in survey.questionnaire.not_scored(question):
            yield [said(answer.label), _value(table.not_scored.get(answer.id))]
        if isinstance(table, RatingTable):
            yield ["Positive answers", None, *_interval(table.percent_positive)]
            yield ["Mean score 0-10, low, high", None, *_interval(table.score_0_10)]
    yield ["Skipped", _value(table.skipped)]
    yield ["Not asked", _value(table.not_shown)]
    yield ["Base", _value(table.base)]
