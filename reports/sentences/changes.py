"""What changed since the last time the questions were asked, and where a change must not be read off the total."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from reports import printed_figures as printed
from reports.sentences.differences import importance_theme
from reports.sentences.finding import Finding, capital, people_of
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Group, Series, WavePoint
from reports.wave_measures import Measure


@dataclass(frozen=True, slots=True)
class Followed:
    """What is followed over time: a theme by its id, or a question of a survey without themes by its key. ``plain`` is
    its name for people, and ``quoted`` the same inside a sentence."""

    key: str
    plain: str
    quoted: str


def clear_changes(survey: SurveyFigures) -> tuple[Finding, ...]:
    """A finding for each clear change of a share or score since the last wave, the largest change of a share first."""
    told = [
        (series, of, group, gap)
        for series, of, group in followed(survey)
        if series.words in ("higher", "lower")
        and series.difference is not None
        and (gap := printed.number(series.difference.value)) is not None
    ]
    # Points of a score and percentage points are no measure of each other: shares come first.
    ordered = sorted(told, key=lambda entry: (entry[0].measure == "score_0_10", -abs(entry[3])))
    return tuple(_change(survey, series, of, group) for series, of, group, _ in ordered)


def other_changes(survey: SurveyFigures) -> tuple[str, ...]:
    """What may be said of all themes, or questions, that did not clearly change: a sentence per audience and reason.

    One of which ``clear_changes`` tells something for an audience is not counted among those without a change.
    """
    words = survey.words
    changed = {(series.audience, of.key) for series, of, _ in followed(survey) if series.words in ("higher", "lower")}
    of_measure = [one for one in followed(survey) if one[0].measure == shown_measure(survey)]
    found = Counter(
        (survey.name(group), series.words)
        for series, of, group in of_measure
        if series.words != "not comparable" and (series.audience, of.key) not in changed
    )
    said = []
    for (name, verdict), number in found.items():
        key = "since_similar" if verdict == "similar" else "since_too_few"
        said.append(words(key, n=number, group=name))
    new = {of.key for series, of, _ in of_measure if series.words == "not comparable"}
    if new:
        said.append(words("since_new", n=len(new)))
    return tuple(said)


def mix_warnings(survey: SurveyFigures) -> tuple[str, ...]:
    """A warning for each theme or question on which every audience went one way and all together the other: Simpson's
    paradox."""
    words = survey.words
    moved = dict.fromkeys(
        of for series in _series(survey) if series.mix_moved and (of := _followed_by(survey, series)) is not None
    )
    said = [words("mix_moved", title=of.quoted) for of in moved]
    return (*said, words("mix_read_apart")) if said else ()


def shown_measure(survey: SurveyFigures) -> Measure:
    """The measure that the report draws and tables over time: who chose each theme, else what each theme, or question,
    was rated."""
    if survey.results.headline_order == "chosen":
        return "chosen"
    return "percent_positive" if survey.importance is not None or not survey.questionnaire.themes else "score_0_10"


def followed(survey: SurveyFigures) -> list[tuple[Series[Figure], Followed, Group[Figure]]]:
    """Every series with what it is about and the group whose figures it holds. Of ratings of themes only that of
    importance is told."""
    found = []
    for series in _series(survey):
        of, group = _followed_by(survey, series), _group(survey, series)
        if of is not None and group is not None:
            found.append((series, of, group))
    return found


def _series(survey: SurveyFigures) -> tuple[Series[Figure], ...]:
    return survey.results.change.series if survey.results.change else ()


def _followed_by(survey: SurveyFigures, series: Series[Figure]) -> Followed | None:
    themes = survey.questionnaire.themes
    if not themes:
        item = survey.questionnaire.item(series.key)
        return Followed(item.key, survey.words.said(item.question.text), survey.quoted_question(item))
    if series.measure == "percent_positive":
        theme = importance_theme(survey, series.key)
    else:
        theme = next((theme for theme in themes if theme.id == series.key), None)
    return Followed(theme.id, survey.plain(theme), survey.quoted(theme)) if theme else None


def _group(survey: SurveyFigures, series: Series[Figure]) -> Group[Figure] | None:
    """The audience of a series; where only one answered, that one."""
    if series.audience is None:
        return survey.audiences[0]
    return next((group for group in survey.results.audiences if group.value == series.audience), None)


def _change(survey: SurveyFigures, series: Series[Figure], of: Followed, group: Group[Figure]) -> Finding:
    words = survey.words
    way = "more" if series.words == "higher" else "fewer"
    headline = capital(words(f"since_{series.measure}_{way}", title=of.quoted, group=survey.name(group)))
    then, now = series.points[-2], series.points[-1]
    if series.measure != "score_0_10":
        shares = {"then": _share(survey, then), "now": _share(survey, now)}
        return Finding(headline, (words("since_then_and_now", **shares),))
    people = {"then": printed.count(words, then.base), "now": printed.count(words, now.base)}
    return Finding(headline, (words("since_bases", **people),))


def _share(survey: SurveyFigures, point: WavePoint[Figure]) -> str:
    return printed.share(survey.words, people_of(point.value, point.base), point.base)
