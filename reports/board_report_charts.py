"""The charts of themes in reports: what is drawn, what its heading says, and the sentence that stands for it."""

from __future__ import annotations

from collections.abc import Sequence

from reports import printed_figures as printed
from reports.charts import (
    Drawing,
    Share,
    Sheet,
    Spot,
    Stack,
    bar_chart,
    bar_panel,
    spot_chart,
    stacked_chart,
)
from reports.findings import findings
from reports.page_charts import Chart, for_every_page, in_direction
from reports.report_tables import place
from reports.sentences import importance
from reports.statistics.means import t_interval_holds
from reports.survey_figures import SurveyFigures
from reports.tabulation import Estimate, Figure, Group
from surveys.questionnaire import RatingQuestion, Theme

# So narrow that the smallest type of a chart, 11 units, is 24 points across a sheet of A3.
_WALL, _WALL_OF_LONG_NAMES = Sheet(340, 66), Sheet(340, 0)
_LONG_NAME = 16
"""From how many letters a name stands above its bar on a wall: beside it, it would take three lines and more."""
_FEW = 2
"""Of so few themes each is told, because "least often" would part what may be level."""


def series(survey: SurveyFigures) -> list[str]:
    """The names of the audiences in charts; none where only one is drawn."""
    return [survey.label(group) for group in survey.charted] if len(survey.charted) > 1 else [""]


def matters_most_chart(survey: SurveyFigures) -> Chart:
    """One bar per theme and audience: who chose it, or who called it important where no choice was asked."""
    rows = [
        (survey.plain(theme), [main_share(survey, group, theme) for group in survey.charted]) for theme in survey.themes
    ]
    found = findings(survey)
    return for_every_page(
        survey,
        rows,
        lambda rows, sheet: bar_chart(
            survey.words,
            rows,
            series=series(survey),
            title=found[0].headline if found else survey.words("chart_matters_most"),
            description=_description(survey),
            sheet=sheet,
        ),
    )


def main_share(survey: SurveyFigures, group: Group[Figure], theme: Theme) -> Share:
    """Who chose a theme, or who called it important where no choice was asked."""
    return Share(*survey.main_share(group, theme))


def _called_important(survey: SurveyFigures, group: Group[Figure], theme: Theme) -> Share:
    rating = survey.rating(group, theme)
    return Share(survey.positive(rating), rating.base, rating.percent_positive) if rating else Share(None, None)


def _description(survey: SurveyFigures) -> str:
    """What the chart shows, in a sentence per audience: its longest and its shortest bar."""
    return " ".join(
        _from_most_to_least(
            survey,
            [(theme, main_share(survey, group, theme)) for theme in survey.themes],
            phrase="chart_chose" if survey.asks_choice else "chart_called_important",
            who=survey.label(group),
        )
        for group in survey.charted
    )


def _from_most_to_least(survey: SurveyFigures, shares: Sequence[tuple[Theme, Share]], *, phrase: str, who: str) -> str:
    words = survey.words
    known = [
        (part / base, survey.quoted(theme), printed.share(words, share.part, share.base))
        for theme, share in shares
        if (part := printed.number(share.part)) is not None and (base := printed.number(share.base))
    ]
    if not known:
        return words("chart_no_figures", group=who)
    if len(known) <= _FEW:
        told = [f"{title} {said}" for _, title, said in known]
        return words("chart_each", group=who, shares=printed.listed(words, told))
    (highest, _, most), (lowest, _, least) = max(known), min(known)
    if highest == lowest:
        return words("chart_alike", group=who, share=most)
    # No theme alone is the most or the least where another is no less so.
    themes = {
        share: printed.listed(words, [title for _, title, said in known if said == share]) for share in (most, least)
    }
    return words(phrase, group=who, most=themes[most], most_share=most, least=themes[least], least_share=least)


def priority_chart(survey: SurveyFigures) -> Chart | None:
    """A dot per theme and audience with the line of chance and the place as a range; None where nothing has a place.

    An only theme has none.
    """
    words = survey.words
    rows = [
        (survey.plain(theme), [_place_spot(survey, group, theme) for group in survey.charted])
        for theme in survey.themes
    ]
    if len(rows) < 2 or all(spot.estimate is None for _, spots in rows for spot in spots):
        return None
    scored = not survey.asks_choice
    ticks = [(float(at), words.number(at)) for at in range(0, 11, 2)] if scored else percent_ticks(survey)
    return for_every_page(
        survey,
        rows,
        lambda rows, sheet: spot_chart(
            words,
            rows,
            series=series(survey),
            ticks=ticks,
            aside_width=92,
            title=_who_could_lead(survey),
            description=" ".join(_order(survey, group) for group in survey.charted),
            sheet=sheet,
        ),
    )


def _order(survey: SurveyFigures, group: Group[Figure]) -> str:
    """Where each theme stands among a group, in a sentence."""
    words = survey.words
    places = [f"{survey.quoted(theme)} {_place_spot(survey, group, theme).aside}" for theme in survey.themes]
    return f"{survey.label(group)}: {words('figure_list_joint').join(places)}."


def percent_ticks(survey: SurveyFigures) -> list[tuple[float, str]]:
    """The axis of a chart of shares."""
    return [(float(at), printed.percentage(survey.words, at)) for at in range(0, 101, 20)]


def _place_spot(survey: SurveyFigures, group: Group[Figure], theme: Theme) -> Spot:
    words, figures = survey.words, survey.theme_table(group, theme.id)
    if figures is None:
        return Spot(None, printed.NONE)
    estimate, base = (
        (figures.chosen, figures.chosen_base)
        if survey.asks_choice
        else (with_its_chance(figures.score_0_10, figures.score_base), figures.score_base)
    )
    said = place(words, figures.rank, figures.rank_low, figures.rank_high)
    known = estimate if printed.has_percent(base) else None
    return Spot(known, words("chart_place", place=said) if printed.number(figures.rank) is not None else said)


def with_its_chance(score: Estimate[Figure] | None, base: Figure | None) -> Estimate[Figure] | None:
    """A score without its interval where that would be drawn too short."""
    value, people = (printed.number(score.value), printed.number(base)) if score else (None, None)
    if score is None or value is None or people is None:
        return score
    return score if t_interval_holds(value, int(people), lowest=0, highest=10) else Estimate(score.value, None, None)


def _who_could_lead(survey: SurveyFigures) -> str:
    """How many themes chance alone could put first among the largest audience."""
    lead = survey.audiences[0]
    first = [
        theme
        for theme in survey.themes
        if (table := survey.theme_table(lead, theme.id)) and printed.number(table.rank_low or table.rank) == 1
    ]
    if len(first) == 1:
        return survey.words("chart_one_leads", theme=survey.quoted(first[0]), group=survey.name(lead))
    return survey.words("chart_some_could_lead", n=len(first), group=survey.name(lead))


def importance_charts(survey: SurveyFigures) -> list[Chart]:
    """One chart of stacked bars per audience, all with the same order of themes; none where themes are not rated."""
    return [_importance_chart(survey, group) for group in survey.charted] if survey.importance else []


def _importance_chart(survey: SurveyFigures, group: Group[Figure]) -> Chart:
    question = _importance_question(survey)
    options, beside = survey.questionnaire.options(question), survey.questionnaire.not_scored(question)
    rows, said = [], []
    for theme in survey.themes:
        rating = survey.rating(group, theme)
        counts = [rating.counts.get(option.id) for option in options] if rating else [None]
        aside = [rating.not_scored.get(answer.id) for answer in beside] if rating else []
        said.append((theme, _called_important(survey, group, theme)))
        rows.append(Stack(survey.plain(theme), counts, aside))
    several, found = survey.words("chart_not_scored"), importance(survey, group)
    return for_every_page(
        survey,
        rows,
        lambda rows, sheet: stacked_chart(
            survey.words,
            rows,
            parts=_parts(survey, question),
            aside_label=several if len(beside) > 1 else survey.words.said(beside[0].label) if beside else "",
            title=found.headline if found else survey.words("chart_importance", group=survey.name(group)),
            description=_from_most_to_least(survey, said, phrase="chart_called_important", who=survey.label(group)),
            sheet=sheet,
        ),
    )


def theme_chart(survey: SurveyFigures, theme: Theme) -> Drawing:
    """One theme's importance, a stacked bar per audience, narrow so that its type is large on a wall."""
    question = _importance_question(survey)
    options, words = survey.questionnaire.options(question), survey.words
    rows, said = [], []
    for group in survey.charted:
        rating = survey.rating(group, theme)
        counts = [rating.counts.get(option.id) for option in options] if rating else [None]
        rows.append(Stack(survey.label(group), counts))
        if rating:
            share = printed.share(words, survey.positive(rating), rating.base)
            said.append(words("chart_theme_important", group=survey.label(group), share=share))
    drawn = stacked_chart(
        words,
        rows,
        parts=_parts(survey, question),
        aside_label="",
        title=words("chart_theme", theme=survey.quoted(theme)),
        description=" ".join(said),
        sheet=_WALL_OF_LONG_NAMES if any(len(name) >= _LONG_NAME for name in series(survey)) else _WALL,
    )
    return in_direction(survey, drawn)


def theme_panels(survey: SurveyFigures) -> list[tuple[Theme, Drawing]]:
    """One small chart per theme: each measure that was asked, a bar per audience."""
    return [(theme, _theme_panel(survey, theme)) for theme in survey.themes]


def _theme_panel(survey: SurveyFigures, theme: Theme) -> Drawing:
    words = survey.words
    measures: list[tuple[str, list[Share]]] = []
    if survey.asks_choice:
        measures.append((words("table_chose_it"), [main_share(survey, group, theme) for group in survey.charted]))
    if survey.importance:
        shares = [_called_important(survey, group, theme) for group in survey.charted]
        measures.append((words("table_call_it_important"), shares))
    if survey.asks_clarity:
        tables = [survey.theme_table(group, theme.id) for group in survey.charted]
        shares = [Share(one.unclear_count, one.unclear_base) if one else Share(None, None) for one in tables]
        measures.append((words("table_hard_to_understand"), shares))
    said = [
        f"{measure}{words('figure_list_joint')}{survey.name(group)}: {printed.share(words, share.part, share.base)}."
        for measure, shares in measures
        for group, share in zip(survey.charted, shares, strict=True)
    ]
    drawn = bar_panel(
        words, measures, series=series(survey), title=f"{survey.plain(theme)}.", description=" ".join(said)
    )
    return in_direction(survey, drawn)


def _parts(survey: SurveyFigures, question: RatingQuestion) -> list[tuple[str, float]]:
    """The points of the question's scale with what they are worth: less the higher where the question is reversed."""
    points = survey.questionnaire.scale(question.scale).points
    return [(survey.words.said(point.label), -point.value if question.reverse else point.value) for point in points]


def _importance_question(survey: SurveyFigures) -> RatingQuestion:
    if survey.importance is None:
        raise ValueError("this survey does not rate its themes")
    return survey.importance
