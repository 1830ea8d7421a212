"""The tables of a survey as a spreadsheet: a sheet of contents, notes, and one sheet per table, unrounded.

No cell is merged, no text can become a formula or a link, and a hidden figure is the word "suppressed". The contents
lead to the sheets; nothing leads out of the file.
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
# The row of the columns' names, counted from 0: above it stand the title and the mark of a demonstration.
_TABLE_ROW = 2
# Characters that a number takes, and points that a line of text does.
_NUMBER_WIDTH, _LINE_HEIGHT = 14, 15


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
        _write(writer, _Sheet("Contents", title, ["Sheet", "Holds"], contents), widest=90)
        link = writer.book.add_format({"font_color": "#0000ee", "underline": 1, "valign": "top"})
        for row, (name, _) in enumerate(contents, start=_TABLE_ROW + 1):
            writer.sheets["Contents"].write_url(row, 0, f"internal:'{name}'!A1", link, string=name)
        _write(writer, _Sheet("Notes", "How to read these tables", ["Subject", "Note"], [*_notes(survey)]), widest=110)
        for sheet in sheets:
            _write(writer, sheet, widest=40)
        if results.demonstration:
            # A format of its own keeps the words on one line, beyond the column if need be.
            mark = writer.book.add_format({"italic": True})
            for page in writer.sheets.values():
                page.write_string(1, 0, Words("en")("demonstration"), mark)
    return written.getvalue()


def _write(writer: pd.ExcelWriter[Any], sheet: _Sheet, *, widest: int) -> None:
    """A sheet with its title above its table. Columns are as wide as their texts, up to ``widest`` characters."""
    rows = [dict(zip(sheet.columns, row, strict=False)) for row in sheet.rows]
    # Without a type of their own, columns keep whole numbers whole beside words and empty cells.
    frame = pd.DataFrame(rows, columns=list(sheet.columns), dtype=object)
    frame.to_excel(writer, sheet_name=sheet.name, startrow=_TABLE_ROW, index=False)
    page = writer.sheets[sheet.name]
    page.write_string(0, 0, sheet.title, writer.book.add_format({"bold": True}))
    head = writer.book.add_format({"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1})
    wrapped = writer.book.add_format({"text_wrap": True, "valign": "top"})
    widths = [_width(sheet, column, widest) for column in range(len(sheet.columns))]
    for column, (name, width) in enumerate(zip(sheet.columns, widths, strict=True)):
        page.set_column(column, column, width, wrapped)
        page.write_string(_TABLE_ROW, column, name, head)
    for row, cells in enumerate((sheet.columns, *sheet.rows), start=_TABLE_ROW):
        texts = ((cell, width) for cell, width in zip(cells, widths, strict=False) if isinstance(cell, str))
        lines = max((-(-len(text) // width) for text, width in texts), default=1)
        if lines > 1:
            # Not every program makes room for a second line by itself.
            page.set_row(row, lines * _LINE_HEIGHT)
    page.freeze_panes(_TABLE_ROW + 1, 1)


def _width(sheet: _Sheet, column: int, widest: int) -> int:
    """The width of a column in characters: that of its longest text, or of a number that is not rounded."""
    texts = [str(row[column]) for row in sheet.rows if column < len(row) and isinstance(row[column], str)]
    return max(_NUMBER_WIDTH, min(widest, 2 + max(map(len, texts), default=0)))


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
