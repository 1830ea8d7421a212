"""Spreadsheet tables of what stands beside the answers: the reference population, weights, waves, places, mentions."""

from __future__ import annotations

from collections.abc import Callable

from reports.mentions.reading import SENTIMENTS
from reports.mentions.shares import base_of, percent_of
from reports.printed_mentions import Mentions, column_name, heading, in_order, name_of, point_name
from reports.sentences.missing import name_of_group
from reports.sheet_labels import (
    asked_name,
    characteristic_name,
    group_name,
    headed,
    measure,
    verdict,
    weighted_by,
    yes_or_no,
)
from reports.survey_figures import SurveyFigures
from reports.tabulation import Estimate, Figure, Series
from reports.why_not_weighted import why_not_weighted
from reports.words import Words
from reports.workbook import Cell
from reports.workshop_sheets import workshop_sheets

Value = Callable[[Figure | None], Cell]
Rows = tuple[list[str], list[list[Cell]]]

_LIMITS = ("sheet_limit_low", "sheet_limit_high")


def sheets_beside(survey: SurveyFigures, value: Value) -> list[tuple[str, str, Rows]]:
    """Name, title and table of each sheet there is something for. ``value`` writes one disclosed figure in a cell."""
    results, words = survey.results, survey.words
    tables: dict[str, Rows] = {}
    if results.representation:
        tables["reference"] = _reference(survey, value)
    if results.weighted is not None:
        tables["weighted"] = _weighted(survey, value)
    if results.change is not None:
        tables["waves"] = _waves(survey, value)
        tables["change"] = _change(survey, value)
    if results.places:
        tables["places"] = _places(survey, value)
    sheets = [_named(words, name, table) for name, table in tables.items()]
    for number, one in enumerate(in_order(survey), start=1):
        title = name_of(survey, one)
        if one.rows:
            title = words("sheet_field_value", field=title, value=heading(words, one))
        sheets.append((words("sheet_name_mentions", number=number), title, _mentions(survey, one, value)))
    if results.coding:
        sheets.append(_named(words, "coding", _coding(survey, value)))
    return [*sheets, *workshop_sheets(survey, value)]


def _named(words: Words, name: str, table: Rows) -> tuple[str, str, Rows]:
    return words(f"sheet_name_{name}"), words(f"sheet_title_{name}"), table


def _reference(survey: SurveyFigures, value: Value) -> Rows:
    words = survey.words
    columns = headed(words, "sheet_characteristic", "sheet_source", "sheet_date", "sheet_group", "table_people")
    columns += headed(words, "sheet_percent", "sheet_reference_percent", "reached_difference", "sheet_index")
    columns += headed(words, "sheet_more_people", "sheet_under_represented")
    rows: list[list[Cell]] = []
    for one in survey.results.representation:
        about: list[Cell] = [characteristic_name(survey, one), words.set_apart(one.source), one.date]
        for group in one.groups:
            figures = [value(group.count), value(group.percent), group.reference_percent, value(group.difference)]
            figures += [value(group.index), value(group.missing_people)]
            name = name_of_group(survey, one, group)
            rows.append([*about, name, *figures, yes_or_no(words, group.under_represented)])
        rows.append([*about, words("sheet_group_known"), value(one.base)])
        rows.append([*about, words("sheet_group_not_known"), value(one.unknown)])
        rows.append([*about, words("sheet_in_another_group"), None, value(one.dissimilarity)])
    return columns, rows


def _weighted(survey: SurveyFigures, value: Value) -> Rows:
    words = survey.words
    columns = headed(words, "table_theme", "sheet_measure", "table_people", "sheet_as_answered", *_LIMITS)
    columns += headed(words, "weighted_as_weighted", "sheet_weighted_low", "sheet_weighted_high")
    weighted = survey.results.weighted
    if weighted is None:
        return columns, []
    titles = {theme.id: survey.plain(theme) for theme in survey.themes}
    rows: list[list[Cell]] = [
        [
            titles[one.theme_id],
            measure(words, one.measure),
            value(one.base),
            *_estimate(one.unweighted, value),
            *_estimate(one.weighted, value),
        ]
        for one in weighted.shares
    ]
    rows.append([words("sheet_all_weights"), weighted_by(survey), value(weighted.base)])
    rows.append([words("sheet_design_effect"), "", value(weighted.deff)])
    rows.append([words("sheet_worth"), "", value(weighted.n_eff)])
    rows.append([words("sheet_trimmed"), "", value(weighted.trimmed)])
    if not weighted.usable:
        rows.append([words("sheet_not_published"), why_not_weighted(words, weighted)])
    return columns, rows


def _waves(survey: SurveyFigures, value: Value) -> Rows:
    words = survey.words
    columns = headed(words, "sheet_of", "sheet_measure", "field_audience", "sheet_wave", "sheet_compared")
    columns += headed(words, "table_people", "sheet_value", *_LIMITS)
    change = survey.results.change
    rows: list[list[Cell]] = []
    for series in change.series if change else ():
        compared = ("", *series.comparability)
        for wave, how, point in zip(change.waves if change else (), compared, series.points, strict=True):
            name = words.set_apart(f"{wave.survey_slug} {wave.version}")
            figures = [value(point.base), *_estimate(point.value, value)]
            rows.append([*_of(survey, series), name, words(f"sheet_question_{how}") if how else "", *figures])
    return columns, rows


def _of(survey: SurveyFigures, series: Series[Figure]) -> list[Cell]:
    """What a series is of, as its rows begin."""
    audience = group_name(survey, "audience", series.audience) if series.audience else None
    return [asked_name(survey, series.key), measure(survey.words, series.measure), audience]


def _change(survey: SurveyFigures, value: Value) -> Rows:
    words = survey.words
    columns = headed(words, "sheet_of", "sheet_measure", "field_audience", "sheet_difference", *_LIMITS)
    columns += headed(words, "sheet_p_adjusted", "sheet_family", "sheet_trend_p", "sheet_in_words", "sheet_mix_moved")
    change = survey.results.change
    rows: list[list[Cell]] = [
        [
            *_of(survey, series),
            *_estimate(series.difference, value),
            value(series.p_adjusted),
            series.family_size,
            value(series.trend_p),
            verdict(words, series.words),
            yes_or_no(words, series.mix_moved),
        ]
        for series in (change.series if change else ())
    ]
    return columns, rows


def _places(survey: SurveyFigures, value: Value) -> Rows:
    words = survey.words
    columns = headed(words, "field_place", "table_theme", "sheet_measure", "table_people", "sheet_percent", *_LIMITS)
    columns += headed(words, "sheet_expected_from", "sheet_expected_to", "sheet_beside_them", "sheet_p_adjusted")
    columns += headed(words, "sheet_in_words", "sheet_acceptable", "sheet_achievable", "sheet_better")
    columns += headed(words, "sheet_against_them")
    titles = {theme.id: survey.plain(theme) for theme in survey.themes}
    rows: list[list[Cell]] = [
        [
            words.set_apart(one.label),
            titles[one.theme_id],
            measure(words, one.measure),
            value(one.base),
            *_estimate(one.share, value),
            value(one.expected_low),
            value(one.expected_high),
            verdict(words, one.band),
            value(one.p_adjusted),
            verdict(words, one.words),
            one.acceptable,
            one.achievable,
            verdict(words, one.direction.partition(" ")[0]) if one.acceptable is not None else None,
            verdict(words, one.threshold) if one.threshold else None,
        ]
        for one in survey.results.places
    ]
    return columns, rows


def _mentions(survey: SurveyFigures, one: Mentions, value: Value) -> Rows:
    columns = headed(survey.words, "mention_point", "sheet_group", "table_people", "sheet_base", "sheet_percent")
    columns += headed(survey.words, *(f"mention_said_{name}" for name in SENTIMENTS))
    rows: list[list[Cell]] = [
        [
            point_name(survey.words, row),
            column_name(survey, column),
            value(number),
            value(base := base_of(column, one.base)),
            value(percent_of(number, base)),
            *(value(row.sentiment.get(name)) for name in SENTIMENTS if column is one.columns[0]),
        ]
        for row in one.rows
        for number, column in zip(row.people, one.columns, strict=True)
    ]
    return columns, rows


def _coding(survey: SurveyFigures, value: Value) -> Rows:
    words = survey.words
    columns = headed(words, "sheet_code_frame", "mention_point", "sheet_coded_twice", "sheet_same_code")
    columns += headed(words, "mention_kappa", "mention_kappa_error", "mention_worth")
    rows: list[list[Cell]] = []
    for coding in survey.results.coding:
        frame = words("sheet_frame", frame=words.set_apart(coding.frame), version=coding.frame_version)
        rows += [
            [
                *(frame, words.set_apart(one.name), value(coding.sample), value(one.percent)),
                *(value(one.kappa), value(one.standard_error)),
                words(f"mention_worth_{one.verdict.replace(' ', '_')}"),
            ]
            for one in coding.agreement
        ]
        rows.append([frame, words("sheet_passed_on"), value(coding.passed_on)])
    return columns, rows


def _estimate(estimate: Estimate[Figure] | None, value: Value) -> list[Cell]:
    if estimate is None:
        return [None, None, None]
    return [value(estimate.value), value(estimate.low), value(estimate.high)]
