"""What people raised in their comments: the points of each question, in the chapter on comments and in the annex."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports import printed_figures as printed
from reports.printed_mentions import Mentions, in_order, name_of, points_table, sentiments
from reports.printed_quotes import PrintedQuote, quotes_on
from reports.report_tables import Table
from reports.sentences import most_raised
from reports.survey_figures import CHARTED_GROUPS, SurveyFigures
from reports.tabulation import Shown

_MOST = 6
_BESIDE_HOW_SAID = 2


@dataclass(frozen=True, slots=True)
class Raised:
    """One question: its name, a sentence that says what was raised most, what to know about it, the points, and quotes.
    ``table`` is None where no point can be shown."""

    name: str
    title: str
    beside: tuple[str, ...]
    table: Table | None
    quotes: tuple[PrintedQuote, ...]


@dataclass(frozen=True, slots=True)
class RaisedInFull:
    """One question in the annex: all points by group, and how people said them. ``kept_back``: whether some groups are
    not told."""

    name: str
    tables: tuple[Table, ...]
    kept_back: bool


def raised(survey: SurveyFigures) -> tuple[Raised, ...]:
    """All questions of a frame together, then each theme in the order of the report, then the other questions."""
    found, quoted = [], set()
    for one in in_order(survey):
        # Where two frames code a question, its quotes stand once.
        quotes = quotes_on(survey, one.key) if one.key and one.key not in quoted else ()
        quoted.add(one.key)
        found.append(
            Raised(
                name_of(survey, one),
                most_raised(survey, one),
                tuple(_beside(survey, one)),
                points_table(survey, one, _first(survey, one), most=_MOST) if one.rows else None,
                quotes,
            )
        )
    return tuple(found)


def how_quoted(survey: SurveyFigures) -> str:
    """How quotes were chosen; or that nobody is quoted, and why where nobody has read the comments for points."""
    if survey.results.quotes and survey.results.quotes.quoted:
        return survey.words("quotes_how")
    return survey.words("quotes_none" if survey.results.mentions else "comments_intro")


def raised_in_full(survey: SurveyFigures) -> tuple[RaisedInFull, ...]:
    """As ``raised``, with every point and every group of which anything can be shown."""
    found = []
    for one in in_order(survey):
        told = [place for place, column in enumerate(one.columns) if not place or printed.number(column.coded)]
        if one.rows:
            kept_back = any(not isinstance(column.coded, Shown) for column in one.columns)
            found.append(RaisedInFull(name_of(survey, one), _points_in_full(survey, one, told), kept_back))
    return tuple(found)


def _points_in_full(survey: SurveyFigures, one: Mentions, told: list[int]) -> tuple[Table, ...]:
    """How people said each point stands beside who raised it where a page has room, else in a table of its own."""
    how_said = sentiments(survey, one)
    if how_said is None:
        return (points_table(survey, one, told),)
    if len(told) <= _BESIDE_HOW_SAID:
        return (points_table(survey, one, told, how_said=True),)
    return points_table(survey, one, told), how_said


def _beside(survey: SurveyFigures, one: Mentions) -> Iterator[str]:
    if one.key is None:
        yield survey.words("mention_once")
    if len(one.rows) > _MOST:
        yield survey.words("mention_in_full")


def _first(survey: SurveyFigures, one: Mentions) -> list[int]:
    """Everybody and, where there are several, the audiences that charts show, as far as anything is shown of them."""
    shown = [str(group.value) for group in survey.charted]
    audiences = [
        place
        for place, column in enumerate(one.columns)
        if column.field == "audience" and column.value in shown and isinstance(column.coded, Shown)
    ]
    return [0, *audiences][: CHARTED_GROUPS + 1]
