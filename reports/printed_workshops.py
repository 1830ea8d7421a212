"""What workshops said as reports print it: in a chapter of its own, apart from every figure of the survey."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reports import labels
from reports import printed_figures as printed
from reports.report_tables import Heading, Table, table
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Suppressed, WorkshopTold
from reports.workshops_said import votes_together
from surveys.questionnaire import Theme

POINTS = ("agreed", "not_agreed", "ideas")


@dataclass(frozen=True, slots=True)
class PointsOnTheme:
    """The points that workshops raised on a theme, by the columns of the capture sheet; each names its workshop."""

    theme: str
    columns: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PrintedWorkshops:
    """The chapter: sentences that say what it is, the workshops, the votes (None where none may be shown), points."""

    sentences: tuple[str, ...]
    held: Table
    votes: Table | None
    voted: str
    points: tuple[PointsOnTheme, ...]
    point_columns: tuple[str, ...]


def printed_workshops(survey: SurveyFigures) -> PrintedWorkshops | None:
    """What the chapter prints; None where no workshop was entered."""
    told, words = survey.results.workshops, survey.words
    if not told:
        return None
    sentences = [words("workshops_apart"), words("workshops_both")]
    small = [one for one in told if isinstance(one.people, Suppressed)]
    if small:
        base = max(one.minimum_base for one in small)
        sentences.append(words("workshops_small", n=len(small), base=words.number(base)))
    votes, voted = _votes(survey)
    points = tuple(one for theme in survey.themes if (one := _points(survey, theme)))
    columns = tuple(words(f"workshop_{name}") for name in POINTS)
    return PrintedWorkshops(tuple(sentences), _held(survey), votes, voted, points, columns)


def _held(survey: SurveyFigures) -> Table:
    words = survey.words
    rows = [
        (
            Heading(words("workshops_number", number=number, date=words.date(one.held_on)), words.set_apart(one.place)),
            [
                words.set_apart(one.facilitator_role) or printed.NONE,
                audience_name(survey, one),
                printed.count(words, one.people),
                printed.count(words, one.votes),
            ],
        )
        for number, one in enumerate(survey.results.workshops, start=1)
    ]
    columns = [words(f"workshops_{name}") for name in ("when", "led_by", "for", "people", "votes")]
    held = table(words, words("workshops_held"), columns, rows)
    # The key to "too few" is about people who answered; what it means here stands above the table.
    return replace(held, notes=tuple(note for note in held.notes if note != words("figure_too_few_key")))


def audience_name(survey: SurveyFigures, one: WorkshopTold[Figure]) -> str:
    """Whom a workshop was for."""
    if one.audience is None:
        return survey.words("workshops_for_all")
    return labels.value_label(survey.words, survey.questionnaire, "audience", one.audience, one.audience_label)


def _votes(survey: SurveyFigures) -> tuple[Table | None, str]:
    """The votes by theme beside all that were counted, and a sentence that says whose they are."""
    words, together = survey.words, votes_together(survey.results.workshops)
    if together is None:
        return None, words("workshops_no_votes")
    rows = []
    for theme in survey.themes:
        votes = together.by_theme.get(theme.id)
        counted = words("workshops_not_counted") if votes is None else printed.counts_of(words, votes, together.votes)
        rows.append((Heading(survey.plain(theme)), [counted]))
    counts = {"people": printed.count(words, together.people), "votes": printed.count(words, together.votes)}
    voted = words("workshops_voted", n=together.workshops, workshops=words.number(together.workshops), **counts)
    columns = (words("table_theme"), words("workshops_votes_of"))
    return table(words, words("workshops_votes_table"), columns, rows), voted


def _points(survey: SurveyFigures, theme: Theme) -> PointsOnTheme | None:
    columns = tuple(tuple(_of_workshops(survey, theme, name)) for name in POINTS)
    return PointsOnTheme(survey.plain(theme), columns) if any(columns) else None


def _of_workshops(survey: SurveyFigures, theme: Theme, name: str) -> list[str]:
    """The points of one column, each behind the number of its workshop where there were several."""
    words, told = survey.words, survey.results.workshops
    said = [
        (number, point)
        for number, one in enumerate(told, start=1)
        for at in one.themes
        if at.theme_id == theme.id
        for point in getattr(at, name)
    ]
    if len(told) < 2:
        return [words.set_apart(point) for _, point in said]
    return [words("workshops_point", number=number, point=words.set_apart(point)) for number, point in said]
