"""Rows of what stands beside others: a reference population, weighted figures, places beside one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reports.figure_rows.about_answers import one_value
from reports.figure_rows.row import FigureRow, Subject, asked_of, estimated, plain, single
from reports.sentences.missing import name_of_group
from reports.sheet_labels import characteristic_name, field_name, population_name, verdict, weighted_by, yes_or_no
from reports.splitting import BETWEEN
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, PlaceBand, Representation


def rows_beside_others(survey: SurveyFigures) -> Iterator[FigureRow]:
    """The reference population, the weights and the places, each where there is any."""
    for table in survey.results.representation:
        yield from _reference(survey, table)
    yield from _weighted(survey)
    for place in survey.results.places:
        yield from _place(survey, place)


def _reference(survey: SurveyFigures, table: Representation[Figure]) -> Iterator[FigureRow]:
    words, name = survey.words, characteristic_name(survey, table)
    # An audience that alone is compared is crossed with the characteristic, as groups by two fields are.
    field, before = table.characteristic, ""
    if table.audience is not None:
        field, before = f"audience{BETWEEN}{field}", f"{table.audience}{BETWEEN}"
    source = words("figure_list_apart").join((words.set_apart(table.source), table.date))
    together = Subject("representation", field, before, name, source=source)
    for group in table.groups:
        called = one_value(survey, name, name_of_group(survey, table, group))
        subject = replace(together, population_value=f"{before}{group.group}", population=called)
        yield from single(subject, "count", group.count, base=table.base)
        yield from single(subject, "percent", group.percent, base=table.base)
        yield from plain(subject, "reference_percent", group.reference_percent)
        under = yes_or_no(words, group.under_represented)
        said = words("sheet_field_value", field=words("sheet_under_represented"), value=under)
        yield from single(subject, "difference", group.difference, verdict=said)
        yield from single(subject, "index", group.index)
        yield from single(subject, "missing_people", group.missing_people)
    yield from single(together, "base", table.base)
    yield from single(together, "unknown", table.unknown)
    yield from single(together, "dissimilarity", table.dissimilarity)
    yield from single(together, "p_value", table.p_value)


def _weighted(survey: SurveyFigures) -> Iterator[FigureRow]:
    weighted = survey.results.weighted
    if weighted is None:
        return
    group = survey.results_group(weighted.audience) if weighted.audience else survey.results.everybody
    whom = Subject("weighted", group.field or "", group.value or "", population_name(survey, group))
    whom = replace(whom, source=weighted_by(survey))
    for share in weighted.shares:
        subject = replace(whom, **asked_of(survey, share.theme_id))
        yield from single(subject, f"{share.measure}.base", share.base)
        yield from estimated(subject, f"{share.measure}.unweighted", share.unweighted, base=share.base)
        yield from estimated(subject, f"{share.measure}.weighted", share.weighted, base=share.base)
    yield from single(whom, "base", weighted.base)
    yield from single(whom, "design_effect", weighted.deff)
    yield from single(whom, "effective_number", weighted.n_eff)
    yield from single(whom, "trimmed", weighted.trimmed)


def _place(survey: SurveyFigures, one: PlaceBand[Figure]) -> Iterator[FigureRow]:
    words, measure = survey.words, one.measure
    name = one_value(survey, field_name(survey, one.field), words.set_apart(one.label))
    subject = Subject("places", one.field, one.value, name, **asked_of(survey, one.theme_id))
    against = verdict(words, one.threshold) if one.threshold else ""
    share = f"{measure}.percent" if measure == "chosen" else measure
    yield from single(subject, f"{measure}.base", one.base)
    yield from estimated(subject, share, one.share, base=one.base, verdict=against)
    yield from single(subject, f"{measure}.expected_low", one.expected_low, verdict=verdict(words, one.band))
    yield from single(subject, f"{measure}.expected_high", one.expected_high, verdict=verdict(words, one.band))
    yield from single(subject, f"{measure}.p_adjusted", one.p_adjusted, verdict=verdict(words, one.words))
    yield from plain(subject, f"{measure}.acceptable", one.acceptable)
    yield from plain(subject, f"{measure}.achievable", one.achievable)
