"""Rows of the same questions in earlier waves, and of what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reports.figure_rows.about_answers import one_value
from reports.figure_rows.row import FigureRow, Subject, asked_of, estimated, plain, single
from reports.sheet_labels import field_name, group_name, verdict
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Series, WaveOf


def rows_about_waves(survey: SurveyFigures) -> Iterator[FigureRow]:
    """Each measure in each wave, the earliest first, then the last wave beside the one before."""
    change = survey.results.change
    for series in change.series if change else ():
        yield from _series(survey, series, change.waves if change else ())


def _series(survey: SurveyFigures, series: Series[Figure], waves: tuple[WaveOf, ...]) -> Iterator[FigureRow]:
    words, measure = survey.words, series.measure
    subject = Subject("change", population=words("mention_everybody"), **asked_of(survey, series.key))
    if series.audience:
        name = one_value(survey, field_name(survey, "audience"), group_name(survey, "audience", series.audience))
        subject = replace(subject, population_field="audience", population_value=series.audience, population=name)
    compared = ("", *series.comparability)
    for wave, how, point in zip(waves, compared, series.points, strict=True):
        # The wave's name is put together of ids, which no language changes.
        of_wave = replace(subject, source=f"{wave.survey_slug} {wave.version}")
        said = words(f"sheet_question_{how}") if how else ""
        share = f"{measure}.percent" if measure == "chosen" else measure
        if point.value is not None:
            yield from estimated(of_wave, share, point.value, base=point.base, verdict=said)
        yield from single(of_wave, f"{measure}.base", point.base)
    yield from estimated(subject, f"{measure}.difference", series.difference, verdict=verdict(words, series.words))
    yield from single(subject, f"{measure}.p_adjusted", series.p_adjusted)
    yield from plain(subject, f"{measure}.family_size", series.family_size)
    yield from single(subject, f"{measure}.trend_p", series.trend_p)
