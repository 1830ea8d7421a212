"""Spreadsheet tables of what stands beside the answers: the reference population, weights, waves, places, mentions."""

from __future__ import annotations

from collections.abc import Callable

from reports.mentions.reading import SENTIMENTS
from reports.mentions.shares import base_of, percent_of
from reports.printed_mentions import Mentions, column_name, heading, in_order, name_of, point_name
from reports.survey_figures import SurveyFigures
from reports.tabulation import Estimate, Figure
from reports.why_not_weighted import why_not_weighted
from reports.workshop_sheets import workshop_sheets

Cell = str | float | int | None
Value = Callable[[Figure | None], Cell]
Rows = tuple[list[str], list[list[Cell]]]

_LIMITS = ["low", "high"]


def sheets_beside(survey: SurveyFigures, value: Value) -> list[tuple[str, str, Rows]]:
    """Name, title and table of each sheet there is something for. ``value`` writes one disclosed figure in a cell."""
    results = survey.results
    sheets: list[tuple[str, str, Rows]] = []
    if results.representation:
        sheets.append(("Reference", "Who answered beside a reference population", _reference(survey, value)))
    if results.weighted is not None:
        sheets.append(("Weighted", "Themes weighted to the reference population", _weighted(survey, value)))
    if results.change is not None:
        sheets.append(("Waves", "The same questions in earlier waves", _waves(survey, value)))
        sheets.append(("Change", "The last wave beside the one before", _change(survey, value)))
    if results.places:
        sheets.append(("Places", "Themes by place", _places(survey, value)))
    for number, one in enumerate(in_order(survey), start=1):
        title = f"{name_of(survey, one)}: {heading(survey.words, one)}" if one.rows else name_of(survey, one)
        sheets.append((f"M{number}", title, _mentions(survey, one, value)))
    if results.coding:
        sheets.append(("Coding", "How comments were coded, and how far two coders agreed", _coding(survey, value)))
    return [*sheets, *workshop_sheets(survey, value)]


def _reference(survey: SurveyFigures, value: Value) -> Rows:
    columns = ["Characteristic", "Source", "Date", "Group", "People", "%", "Reference %", "Difference in points"]
    columns += ["Index", "About how many more people", "Under-represented"]
    rows: list[list[Cell]] = []
    for one in survey.results.representation:
        about: list[Cell] = [one.label, one.source, one.date]
        for group in one.groups:
            figures = [value(group.count), value(group.percent), group.reference_percent, value(group.difference)]
            figures += [value(group.index), value(group.missing_people)]
            rows.append([*about, group.label, *figures, "yes" if group.under_represented else "no"])
        rows.append([*about, "Group known", value(one.base)])
        rows.append([*about, "Group not known", value(one.unknown)])
        rows.append([*about, "Would have to be in another group, %", None, value(one.dissimilarity)])
    return columns, rows


def _weighted(survey: SurveyFigures, value: Value) -> Rows:
    columns = ["Theme", "Measure", "People", "As answered", *_LIMITS, "Weighted", "weighted low", "weighted high"]
    weighted = survey.results.weighted
    if weighted is None:
        return columns, []
    titles = {theme.id: survey.plain(theme) for theme in survey.themes}
    rows: list[list[Cell]] = [
        [
            titles[one.theme_id],
            one.measure,
            value(one.base),
            *_estimate(one.unweighted, value),
            *_estimate(one.weighted, value),
        ]
        for one in weighted.shares
    ]
    rows.append(["All weights", f"{weighted.method} by {', '.join(weighted.characteristics)}", value(weighted.base)])
    rows.append(["Design effect", "", value(weighted.deff)])
    rows.append(["Worth as many people as", "", value(weighted.n_eff)])
    rows.append(["Weights that were cut", "", value(weighted.trimmed)])
    if not weighted.usable:
        rows.append(["Not published", why_not_weighted(survey.words, weighted)])
    return columns, rows


def _waves(survey: SurveyFigures, value: Value) -> Rows:
    columns = ["Of", "Measure", "Audience", "Wave", "Compared with the wave before", "People", "Value", *_LIMITS]
    change = survey.results.change
    rows: list[list[Cell]] = []
    for series in change.series if change else ():
        compared = ("", *series.comparability)
        for wave, how, point in zip(change.waves if change else (), compared, series.points, strict=True):
            name = f"{wave.survey_slug} {wave.version}"
            figures = [value(point.base), *_estimate(point.value, value)]
            rows.append([series.key, series.measure, series.audience, name, how, *figures])
    return columns, rows


def _change(survey: SurveyFigures, value: Value) -> Rows:
    columns = ["Of", "Measure", "Audience", "Difference", *_LIMITS, "Adjusted p", "Comparisons in family"]
    columns += ["p of the trend", "In words", "Audiences and all together point apart"]
    change = survey.results.change
    rows: list[list[Cell]] = [
        [
            series.key,
            series.measure,
            series.audience,
            *_estimate(series.difference, value),
            value(series.p_adjusted),
            series.family_size,
            value(series.trend_p),
            series.words,
            "yes" if series.mix_moved else "no",
        ]
        for series in (change.series if change else ())
    ]
    return columns, rows


def _places(survey: SurveyFigures, value: Value) -> Rows:
    columns = ["Place", "Theme", "Measure", "People", "%", *_LIMITS, "Expected from", "Expected to", "Beside them"]
    columns += ["Adjusted p", "In words", "Acceptable", "Achievable", "Better", "Against them"]
    titles = {theme.id: survey.plain(theme) for theme in survey.themes}
    rows: list[list[Cell]] = [
        [
            one.label,
            titles[one.theme_id],
            one.measure,
            value(one.base),
            *_estimate(one.share, value),
            value(one.expected_low),
            value(one.expected_high),
            one.band,
            value(one.p_adjusted),
            one.words,
            one.acceptable,
            one.achievable,
            one.direction.partition(" ")[0] if one.acceptable is not None else None,
            one.threshold,
        ]
        for one in survey.results.places
    ]
    return columns, rows


def _mentions(survey: SurveyFigures, one: Mentions, value: Value) -> Rows:
    columns = ["Point", "Group", "People", "Base", "%", *(f"Said it: {name}" for name in SENTIMENTS)]
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
    columns = ["Code frame", "Point", "Comments coded twice", "Same code, %", "Kappa", "Standard error", "Agreement"]
    rows: list[list[Cell]] = []
    for coding in survey.results.coding:
        frame = f"{coding.frame}, version {coding.frame_version}"
        rows += [
            [
                *(frame, one.name, value(coding.sample), value(one.percent)),
                *(value(one.kappa), value(one.standard_error), one.verdict),
            ]
            for one in coding.agreement
        ]
        rows.append([frame, "Comments passed on, not counted", value(coding.passed_on)])
    return columns, rows


def _estimate(estimate: Estimate[Figure] | None, value: Value) -> list[Cell]:
    if estimate is None:
        return [None, None, None]
    return [value(estimate.value), value(estimate.low), value(estimate.high)]
