"""Rows of what people wrote in their own words: the points they raised, how comments were coded, and quotes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reports.figure_rows.about_answers import one_value
from reports.figure_rows.row import FigureRow, Subject, asked_of, plain, single
from reports.mentions.shares import base_of, percent_of
from reports.printed_mentions import Mentions, column_name, in_order, point_name
from reports.sheet_labels import field_name
from reports.survey_figures import SurveyFigures
from reports.tabulation import Coding, Figure, MentionColumn
from surveys.answers_file import SEPARATOR


def rows_about_comments(survey: SurveyFigures) -> Iterator[FigureRow]:
    """Mentions by question, then the coding of each frame, then how many comments could be quoted and were."""
    for table in in_order(survey):
        yield from _mentions(survey, table)
    for coding in survey.results.coding:
        yield from _coding(survey, coding)
    yield from _quotes(survey)


def _frame(survey: SurveyFigures, frame: str, version: int) -> str:
    return survey.words("sheet_frame", frame=survey.words.set_apart(frame), version=version)


def _mentions(survey: SurveyFigures, table: Mentions) -> Iterator[FigureRow]:
    asked = {"question": survey.words("mention_anywhere")} if table.key is None else asked_of(survey, table.key)
    about = Subject("mentions", **asked, source=_frame(survey, table.frame, table.frame_version))
    of_people = [_of_column(survey, about, column) for column in table.columns]
    everybody = replace(about, population=survey.words("mention_everybody"))
    yield from single(everybody, "commented", table.commented)
    for subject, column in zip(of_people, table.columns, strict=True):
        yield from single(subject, "base", base_of(column, table.base))
        yield from single(subject, "coded", column.coded)
        yield from single(subject, "respondents", column.respondents)
        yield from single(subject, "mentions", column.mentions)
    for row in table.rows:
        named = {"answer_id": row.code or "", "answer": point_name(survey.words, row)}
        for subject, column, people in zip(of_people, table.columns, row.people, strict=True):
            point, base = replace(subject, **named), base_of(column, table.base)
            yield from single(point, "people.n", people, base=base)
            yield from single(point, f"people.percent_of_{table.base}", percent_of(people, base), base=base)
        for sentiment, people in row.sentiment.items():
            yield from single(replace(of_people[0], **named), f"sentiment.{sentiment}", people)


def _of_column(survey: SurveyFigures, about: Subject, column: MentionColumn[Figure]) -> Subject:
    """Whom a column is about: everybody, an audience, or the people who gave some points of a scale."""
    name = column_name(survey, column)
    if column.field is None:
        return replace(about, population=name)
    value = column.value if column.value is not None else SEPARATOR.join(column.points)
    if column.field == "audience":
        name = one_value(survey, field_name(survey, "audience"), name)
    return replace(about, population_field=column.field, population_value=value, population=name)


def _coding(survey: SurveyFigures, coding: Coding[Figure]) -> Iterator[FigureRow]:
    words = survey.words
    about = Subject(
        "coding",
        population=words("mention_everybody"),
        source=_frame(survey, coding.frame, coding.frame_version),
    )
    yield from single(about, "passed_on", coding.passed_on)
    yield from single(about, "sample", coding.sample)
    for one in coding.agreement:
        of_code = replace(about, answer_id=one.code, answer=words.set_apart(one.name))
        said = words(f"mention_worth_{one.verdict.replace(' ', '_')}")
        yield from single(of_code, "agreement.percent", one.percent, base=coding.sample)
        yield from single(of_code, "agreement.kappa", one.kappa, base=coding.sample, verdict=said)
        yield from single(of_code, "agreement.standard_error", one.standard_error, base=coding.sample)


def _quotes(survey: SurveyFigures) -> Iterator[FigureRow]:
    quotes, words = survey.results.quotes, survey.words
    if quotes is None:
        return
    about = Subject("quotes", population=words("mention_everybody"))
    yield from single(about, "quotes.comments", quotes.comments)
    yield from single(about, "quotes.may_quote", quotes.may_quote)
    yield from single(about, "quotes.masked", quotes.masked)
    yield from plain(about, "quotes.chosen", quotes.chosen)
    yield from plain(about, "quotes.approved", quotes.approved)
    for reason, number in quotes.left_out.items():
        yield from plain(about, f"quotes.left_out.{reason.replace(' ', '_')}", number)
