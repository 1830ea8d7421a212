"""The same questions asked more than once: what changed, and where nothing can be compared."""

from __future__ import annotations

from dataclasses import dataclass

from reports import printed_figures as printed
from reports.board_report.shares import share_of
from reports.board_report_charts import series as series_names
from reports.board_report_charts import with_its_chance
from reports.charts import Drawing, TimePoint, time_panel
from reports.page_charts import in_direction
from reports.report_tables import Heading, Table, gap, table
from reports.sentences.changes import Followed, followed, shown_measure
from reports.survey_figures import SurveyFigures
from reports.tabulation import Change, Estimate, Figure, Group, Series, WavePoint

SeriesOfEach = dict[Followed, list[Series[Figure]]]
_SAID = {
    "higher": "waves_higher",
    "lower": "waves_lower",
    "similar": "waves_similar",
    "too few to say": "table_cannot_tell",
    "not comparable": "waves_not_comparable",
}


@dataclass(frozen=True, slots=True)
class OverTime:
    """``waves``: each survey and its dates. ``panels``: a small chart per theme, or rating question of a survey without
    themes. ``tables``: one per audience."""

    waves: tuple[tuple[str, str], ...]
    panels: tuple[tuple[Followed, Drawing], ...]
    tables: tuple[Table, ...]


def over_time(survey: SurveyFigures, dated: dict[int, str]) -> OverTime | None:
    """What changed since the waves before; None where the survey was asked once. ``dated``: the dates of each wave."""
    change = survey.results.change
    main = _series_of_each(survey)
    if change is None or not main:
        return None
    words = survey.words
    return OverTime(
        tuple((words.set_apart(wave.title), dated[place]) for place, wave in enumerate(change.waves)),
        tuple((of, _panel(survey, change, of, main, dated)) for of in _in_order(survey, main)),
        tuple(_table(survey, group, main, dated) for group in survey.charted),
    )


def has_changes(survey: SurveyFigures) -> bool:
    """Whether there is anything to show over time."""
    return bool(_series_of_each(survey))


def _in_order(survey: SurveyFigures, main: SeriesOfEach) -> list[Followed]:
    """Themes as in the rest of the report, questions as they were asked."""
    order = [theme.id for theme in survey.themes] or [item.key for item in survey.questionnaire.items]
    return sorted(main, key=lambda of: order.index(of.key))


def _series_of_each(survey: SurveyFigures) -> SeriesOfEach:
    """The series of the measure that is shown, by the theme or question that they are about."""
    found: SeriesOfEach = {}
    change = survey.results.change
    if change is None or len(change.waves) < 2:
        return found
    for series, of, _ in followed(survey):
        if series.measure == shown_measure(survey):
            found.setdefault(of, []).append(series)
    return found


def _of_group(main: SeriesOfEach, group: Group[Figure], of: Followed) -> Series[Figure] | None:
    """The series of a group; that of everybody has no audience, as has that of a single one."""
    same = main[of]
    return next((one for one in same if one.audience == group.value), same[0] if len(same) == 1 else None)


def _panel(
    survey: SurveyFigures, change: Change[Figure], of: Followed, main: SeriesOfEach, dated: dict[int, str]
) -> Drawing:
    words = survey.words
    lines, said = [], []
    for group in survey.charted:
        series = _of_group(main, group, of)
        if series is None:
            continue
        new = [False, *(one == "new" for one in series.comparability)]
        points = [
            TimePoint(_drawn(series, point), _short(survey, series, point), broken)
            for point, broken in zip(series.points, new, strict=False)
        ]
        lines.append(points)
        values = [f"{dated[place]}: {_in_full(survey, series, point)}" for place, point in enumerate(series.points)]
        said.append(f"{survey.label(group)}. {'; '.join(values)}.")
    scored = shown_measure(survey) == "score_0_10"
    drawn = time_panel(
        lines,
        series=series_names(survey),
        times=[words("waves_wave", number=place + 1) for place, _ in enumerate(change.waves)],
        highest=10 if scored else 100,
        ends=("0", "10") if scored else (printed.percentage(words, 0), printed.percentage(words, 100)),
        title=of.plain if of.plain.endswith(("?", "؟", ".")) else f"{of.plain}.",
        description=" ".join(said),
    )
    return in_direction(survey, drawn)


def _drawn(series: Series[Figure], point: WavePoint[Figure]) -> Estimate[Figure] | None:
    """A value that enough people stand behind, with its interval where that can be drawn."""
    if not printed.has_percent(point.base):
        return None
    return with_its_chance(point.value, point.base) if series.measure == "score_0_10" else point.value


def _short(survey: SurveyFigures, series: Series[Figure], point: WavePoint[Figure]) -> str:
    drawn = _drawn(series, point)
    value = printed.number(drawn.value) if drawn else None
    if value is None:
        return ""
    return (
        printed.score(survey.words, point.value, point.base)
        if series.measure == "score_0_10"
        else printed.percentage(survey.words, value)
    )


def _in_full(survey: SurveyFigures, series: Series[Figure], point: WavePoint[Figure]) -> str:
    if series.measure == "score_0_10":
        return printed.score(survey.words, point.value, point.base)
    return share_of(survey.words, point.value, point.base)


def _table(survey: SurveyFigures, group: Group[Figure], main: SeriesOfEach, dated: dict[int, str]) -> Table:
    words = survey.words
    rows = []
    for of in _in_order(survey, main):
        series = _of_group(main, group, of)
        if series is None:
            continue
        cells = [_in_full(survey, series, point) for point in series.points]
        said = words(_SAID[series.words])
        if series.words in ("higher", "lower", "similar") and series.comparability[-1:] == ("similar",):
            said = words("waves_reworded", said=said)
        rows.append((Heading(of.plain), [*cells, gap(words, series.difference), said]))
    columns = [words("waves_of"), *(words("waves_wave", number=place + 1) for place in sorted(dated))]
    columns += [words("waves_gap"), words("table_what_we_can_say")]
    return table(words, words("waves_table", group=survey.label(group)), columns, rows)
