"""The charts of reports: what is drawn, what its heading says, and the sentence that stands for it."""

from __future__ import annotations

from collections.abc import Sequence

from reports import printed_figures as printed
from reports.charts import BarChart, Share, StackedChart, bar_chart, stacked_chart
from reports.findings import findings
from reports.survey_figures import SurveyFigures
from reports.tabulation import Estimate, Figure, Group
from surveys.questionnaire import RatingQuestion, Theme

# So narrow that the smallest type of a chart, 11 units, is 24 points across a sheet of A3.
_WALL_WIDTH = 340


def matters_most_chart(survey: SurveyFigures) -> BarChart:
    """One bar per theme and audience: who chose it, or who called it important where no choice was asked."""
    rows = [
        (survey.plain(theme), [_share(survey, group, theme) for group in survey.charted]) for theme in survey.themes
    ]
    found = findings(survey)
    return bar_chart(
        survey.words,
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
    """What the chart shows, in a sentence per audience: its longest and its shortest bar."""
    return " ".join(
        _from_most_to_least(
            survey,
            [(theme, _share(survey, group, theme)) for theme in survey.themes],
            verb="chose" if survey.asks_choice else "called important",
            who=survey.label(group),
        )
        for group in survey.charted
    )


def _from_most_to_least(survey: SurveyFigures, shares: Sequence[tuple[Theme, Share]], *, verb: str, who: str) -> str:
    known = [
        (part / base, survey.plain(theme), printed.share(survey.words, share.part, share.base))
        for theme, share in shares
        if (part := printed.number(share.part)) is not None and (base := printed.number(share.base))
    ]
    if not known:
        return f"{who}: no figures can be shown."
    _, most, most_said = max(known, key=lambda one: one[0])
    _, least, least_said = min(known, key=lambda one: one[0])
    most, least = printed.quoted(survey.words, most), printed.quoted(survey.words, least)
    return f"{who} most often {verb} {most}: {most_said}. They least often {verb} {least}: {least_said}."


def importance_charts(survey: SurveyFigures) -> list[StackedChart]:
    """One chart of stacked bars per audience, all with the same order of themes; none where themes are not rated."""
    return [importance_chart(survey, group) for group in survey.charted] if survey.importance else []


def importance_chart(survey: SurveyFigures, group: Group[Figure]) -> StackedChart:
    """The answers of a group to the importance question, a stacked bar per theme. ValueError where none is asked."""
    question = _importance_question(survey)
    options, beside = survey.questionnaire.options(question), survey.questionnaire.not_scored(question)
    rows, said = [], []
    for theme in survey.themes:
        rating = survey.rating(group, theme)
        counts = [rating.counts.get(option.id) for option in options] if rating else [None]
        said.append((theme, Share(survey.positive(rating), rating.base if rating else None)))
        aside = (
            " + ".join(printed.count(survey.words, rating.not_scored.get(answer.id)) for answer in beside)
            if rating
            else ""
        )
        rows.append((survey.plain(theme), counts, aside))
    return stacked_chart(
        survey.words,
        rows,
        parts=_parts(survey, question),
        aside_label="Not scored" if len(beside) > 1 else survey.words.said(beside[0].label) if beside else "",
        title=f"How important {survey.name(group)} find each theme.",
        description=_from_most_to_least(survey, said, verb="called important", who=survey.label(group)),
    )


def theme_chart(survey: SurveyFigures, theme: Theme) -> StackedChart:
    """One theme's importance, a stacked bar per audience, narrow so that its type is large on a wall."""
    question = _importance_question(survey)
    options = survey.questionnaire.options(question)
    rows, said = [], []
    for group in survey.charted:
        rating = survey.rating(group, theme)
        counts = [rating.counts.get(option.id) for option in options] if rating else [None]
        rows.append((survey.label(group), counts, ""))
        if rating:
            share = printed.share(survey.words, survey.positive(rating), rating.base)
            said.append(f"{survey.label(group)} who call it important: {share}.")
    return stacked_chart(
        survey.words,
        rows,
        parts=_parts(survey, question),
        aside_label="",
        title=f"How important people find {survey.plain(theme)}.",
        description=" ".join(said),
        width=_WALL_WIDTH,
        label_width=66,
    )


def _parts(survey: SurveyFigures, question: RatingQuestion) -> list[tuple[str, float]]:
    """The points of the question's scale with what they are worth: less the higher where the question is reversed."""
    points = survey.questionnaire.scale(question.scale).points
    return [(survey.words.said(point.label), -point.value if question.reverse else point.value) for point in points]


def _importance_question(survey: SurveyFigures) -> RatingQuestion:
    if survey.importance is None:
        raise ValueError("this survey does not rate its themes")
    return survey.importance
