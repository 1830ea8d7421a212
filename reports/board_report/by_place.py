"""Places beside one another: which stand out more than chance and the usual spread explain, and who reached a goal."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from reports import printed_figures as printed
from reports.board_report.shares import share_of
from reports.board_report_charts import percent_ticks
from reports.charts import Spot, spot_chart
from reports.page_charts import Chart, for_every_page
from reports.report_tables import Heading, Table, table
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, PlaceBand
from reports.tabulation.place_bands import Threshold
from surveys.questionnaire import Theme

_CHARTS = 3
_BANDS = {
    "higher than expected": "place_higher",
    "as expected": "place_expected",
    "lower than expected": "place_lower",
    "too few to say": "table_cannot_tell",
}
_BY_CHANCE = {"higher than expected": "place_above", "lower than expected": "place_below_range"}
_THRESHOLDS: dict[Threshold, tuple[str, str]] = {
    "achievable": ("place_achievable", "good"),
    "acceptable": ("place_acceptable", "fair"),
    "below acceptable": ("place_below", "poor"),
}
_WORSE = ("place_worse", "poor")
"""What stands for "below acceptable" where lower is better."""


@dataclass(frozen=True, slots=True)
class ByPlace:
    """``charts`` of the themes on which a place stands out, else of the first theme; ``tables`` of all themes."""

    charts: tuple[Chart, ...]
    tables: tuple[Table, ...]
    measure: str


def by_place(survey: SurveyFigures) -> ByPlace | None:
    """The main measure of every theme by place; None where places were not compared."""
    bands = survey.results.places
    measure = "chosen" if any(band.measure == "chosen" for band in bands) else "percent_positive"
    themes = [
        (theme, found)
        for theme in survey.themes
        if (found := [band for band in bands if band.theme_id == theme.id and band.measure == measure])
    ]
    if not themes or not places_compared(survey):
        return None
    drawn = [(theme, found) for theme, found in themes if any(map(_compared, found))]
    outside = [(theme, found) for theme, found in drawn if any(map(_stands_out, found))]
    words = survey.words
    return ByPlace(
        tuple(_chart(survey, theme, found) for theme, found in (outside or drawn)[: _CHARTS if outside else 1]),
        tuple(_table(survey, theme, found) for theme, found in themes),
        words("place_chosen" if measure == "chosen" else "place_important"),
    )


def places_compared(survey: SurveyFigures) -> bool:
    """Whether anything can be said of any place: too few places or people leave nothing to print."""
    return any(band.band != "too few to say" or band.threshold is not None for band in survey.results.places)


def _stands_out(band: PlaceBand[Figure]) -> bool:
    return band.words in ("higher", "lower")


def _beside_expected(survey: SurveyFigures, band: PlaceBand[Figure]) -> str:
    """The band in words; beyond its limits without being clearly apart from the others, that it could be chance."""
    outside = band.band in _BY_CHANCE and not _stands_out(band)
    return survey.words(_BY_CHANCE[band.band] if outside else _BANDS[band.band])


def _compared(band: PlaceBand[Figure]) -> bool:
    return band.band != "too few to say" and printed.has_percent(band.base)


def _chart(survey: SurveyFigures, theme: Theme, bands: list[PlaceBand[Figure]]) -> Chart:
    words = survey.words
    out = [survey.place(band.label) for band in bands if _stands_out(band)]
    rows = [
        (
            survey.place(band.label),
            [
                Spot(
                    band.share if printed.has_percent(band.base) else None,
                    _beside_expected(survey, band),
                    (band.expected_low, band.expected_high),
                )
            ],
        )
        for band in bands
    ]
    theme_name = survey.quoted(theme)
    if out:
        title = words("place_stands_out", n=len(out), places=printed.listed(words, out), theme=theme_name)
    else:
        outside = any(band.band in _BY_CHANCE for band in bands)
        title = words("place_none_stands_out" if outside else "place_as_expected", theme=theme_name)
    said = [f"{survey.place(band.label)}: {share_of(words, band.share, band.base)}." for band in bands]
    return for_every_page(
        survey,
        rows,
        lambda rows, sheet: spot_chart(
            words,
            rows,
            series=[""],
            ticks=percent_ticks(survey),
            aside_width=128,
            title=title,
            description=" ".join(said),
            sheet=sheet,
        ),
    )


def _table(survey: SurveyFigures, theme: Theme, bands: list[PlaceBand[Figure]]) -> Table:
    words = survey.words
    given = [band for band in bands if band.acceptable is not None and band.achievable is not None]
    rows = []
    for band in bands:
        cells = [share_of(words, band.share, band.base), _expected(survey, band), _beside_expected(survey, band)]
        if given:
            cells.append(words(_against(band, band.threshold)[0]) if band.threshold else printed.NONE)
        rows.append((Heading(survey.place(band.label)), cells))
    columns = [
        words("field_place"),
        words("table_people"),
        words("place_expected_range"),
        words("place_what_chance_says"),
    ]
    if given:
        columns.append(
            words(
                "place_against" if given[0].direction == "higher is better" else "place_against_up_to",
                acceptable=printed.percentage(words, given[0].acceptable or 0),
                achievable=printed.percentage(words, given[0].achievable or 0),
            )
        )
    made = table(words, survey.plain(theme), columns, rows)
    return dataclasses.replace(made, coloured={words(one): colour for one, colour in (*_THRESHOLDS.values(), _WORSE)})


def _against(band: PlaceBand[Figure], threshold: Threshold) -> tuple[str, str]:
    """The phrase and the colour of how a place stands to what is acceptable and achievable."""
    is_worse = threshold == "below acceptable" and band.direction == "lower is better"
    return _WORSE if is_worse else _THRESHOLDS[threshold]


def _expected(survey: SurveyFigures, band: PlaceBand[Figure]) -> str:
    words = survey.words
    low, high = printed.number(band.expected_low), printed.number(band.expected_high)
    if low is None or high is None or not printed.has_percent(band.base):
        return printed.NONE
    return printed.percent_range(words, low, high)
