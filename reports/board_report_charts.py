"""The charts of reports: what is drawn, what its heading says, and the sentence that stands for it."""

from __future__ import annotations

from reports import printed_figures as printed
from reports.charts import BarChart, Share, StackedChart, bar_chart, stacked_chart
from reports.findings import findings
from reports.survey_figures import SurveyFigures
from reports.tabulation import Estimate, Figure, Group
from surveys.questionnaire import Theme


def matters_most_chart(survey: SurveyFigures) -> BarChart:
    """One bar per theme and audience: who chose it, or who called it important where no choice was asked."""
    rows = [
        (survey.plain(theme), [_share(survey, group, theme) for group in survey.charted]) for theme in survey.themes
    ]
    found = findings(survey)
    return bar_chart(
        rows,
        series=[survey.label(group) for group in survey.charted] if len(survey.charted) > 1 else [""],
        title=found[0].headline if found else "What matters most.",
        description=_description(survey),
    )


def _share(survey: SurveyFigures, group: Group[Figure], theme: Theme) -> Share:
    figures = survey.theme_table(group, theme.id)
    if survey.asks_choice:
        return Share(figures.chosen_count, figures.chosen_base, figures.chosen) if figures else Share(None, None)
    rating = survey.rating(group, theme)
    if rating is None:
        return Share(None, None)
    interval: Estimate[Figure] | None = rating.percent_positive
    return Share(survey.positive(rating), rating.base, interval)


def _description(survey: SurveyFigures) -> str:
    """What the chart shows, in a sentence per audience: its first and its last theme with figures."""
    sentences = []
    for group in survey.charted:
        told = [
            (share, printed.number(share.part) or 0, theme)
            for theme in survey.themes
            if printed.number((share := _share(survey, group, theme)).part) is not None
        ]
        if not told:
            sentences.append(f"{survey.label(group)}: no figures can be shown.")
            continue
        most, least = max(told, key=lambda entry: entry[1]), min(told, key=lambda entry: entry[1])
        sentences.append(
            f"{survey.label(group)}: from {printed.share(most[0].part, most[0].base)} for {survey.plain(most[2])} "
            f"to {printed.share(least[0].part, least[0].base)} for {survey.plain(least[2])}."
        )
    return " ".join(sentences)


def importance_charts(survey: SurveyFigures) -> list[StackedChart]:
    """One chart of stacked bars per audience, all with the same order of themes; none where themes are not rated."""
    return [importance_chart(survey, group) for group in survey.charted] if survey.importance else []


def importance_chart(survey: SurveyFigures, group: Group[Figure], *, only: Theme | None = None) -> StackedChart:
    """The answers of a group to the importance question as stacked bars; ``only``: the bar of one theme."""
    question = survey.importance
    if question is None:
        raise ValueError("this survey does not rate its themes")
    options, beside = survey.questionnaire.options(question), survey.questionnaire.not_scored(question)
    rows = []
    for theme in (only,) if only else survey.themes:
        rating = survey.rating(group, theme)
        counts = [rating.counts.get(option.id) for option in options] if rating else [None]
        aside = " + ".join(printed.count(rating.not_scored.get(answer.id)) for answer in beside) if rating else ""
        rows.append(("" if only else survey.plain(theme), counts, aside))
    said = [
        f"{survey.plain(theme)}, {printed.share(survey.positive(rating), rating.base)}"
        for theme in ((only,) if only else survey.themes)
        if (rating := survey.rating(group, theme))
    ]
    return stacked_chart(
        rows,
        parts=[survey.words.said(option.label) for option in options],
        aside_label="Not scored" if len(beside) > 1 else survey.words.said(beside[0].label) if beside else "",
        title=f"How important {survey.name(group)} find {'this theme' if only else 'each theme'}.",
        description=f"Called important by: {'; '.join(said)}.",
    )
