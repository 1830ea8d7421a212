"""The tables of the live page: the same words on the page and in the files, each count as rough as it may be shown."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engage.insight.live.counting import Counts
from engage.languages import long_date, own_name
from engage.respond.page_counts import ABOUT_YOU, CHECK, ERROR, ON_ONE_PAGE, OPENED, PAGE, SENT, STARTED
from surveys.answers_file import neutralised
from surveys.preparation import Preparation
from surveys.questionnaire import Questionnaire
from surveys.rough_counts import rough, rough_number, rough_share
from surveys.routing import JourneyPage, journey
from surveys.storage import tables

ROUGHLY = "Numbers of 10 and more are to the nearest 5, and smaller ones are not told, so that nobody can be found."
WAYS = {
    "web": "On their own phone or computer",
    "paper": "On paper",
    "kiosk": "On a tablet of ours",
    "phone": "By telephone",
    "import": "Imported from a file",
    "demonstration": "Made up for the demonstration",
}


@dataclass(frozen=True, slots=True)
class LiveTable:
    """A table ready to be shown. ``name`` is that of its file; the first cell of a row says what the row is about.

    ``bars`` has one length for each row, 0-100, or None where the number is not told.
    """

    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    bars: tuple[int | None, ...] = ()


def weeks(counts: Counts) -> LiveTable:
    """Answers per week, from the first week with answers to the last."""
    by_week = counts.answers_by(lambda one: one.on - datetime.timedelta(days=one.on.weekday()))
    first, last = min(by_week, default=None), max(by_week, default=None)
    mondays = []
    while first is not None and last is not None and first <= last:
        mondays.append(first)
        first += datetime.timedelta(days=7)
    rows = tuple((f"Week of {long_date(monday, 'en')}", rough(by_week[monday])) for monday in mondays)
    numbers = [by_week[monday] for monday in mondays]
    return LiveTable("weeks", "Answers by week", ("Week", "Answers"), rows, bars=_bars(numbers))


def collectors(counts: Counts, rows: Sequence[tables.Collector], audiences: dict[str, str]) -> LiveTable:
    """What was planned at each collector, and what came of it."""
    answers = counts.answers_by(lambda one: one.collector_id)
    visits = counts.visits_by(lambda one: (one.collector_id, one.page))
    lines = tuple(
        (
            one.name,
            one.code,
            one.place.rpartition(" / ")[2] or "Not stated",
            audiences.get(one.audience_id, one.audience_id),
            f"{one.planned_reach:,}" if one.planned_reach else "Not stated",
            rough(visits[one.id, OPENED] + visits[one.id, ON_ONE_PAGE]),
            rough(visits[one.id, STARTED]),
            rough(answers[one.id]),
            rough_share(answers[one.id], one.planned_reach or 0),
        )
        for one in rows
    )
    columns = (
        "Collector", "Code", "Place", "Audience", "Planned", "Opened", "Started", "Answers", "Of planned",
    )  # fmt: skip
    bars = _bars([answers[one.id] for one in rows])
    return LiveTable("collectors", "Reach by collector", columns, lines, bars=bars)


def audiences(
    counts: Counts, rows: Iterable[tables.Collector], labels: dict[str, str], preparation: Preparation | None
) -> LiveTable:
    """Whom the survey was meant to reach, and whom it does; those without any answer stand there as well."""
    of_collector = {one.id: one.audience_id for one in rows}
    answers = counts.answers_by(lambda one: of_collector.get(one.collector_id, ""))
    planned = dict(preparation.planned_audiences) if preparation else {}
    wanted = list(dict.fromkeys([*planned, *of_collector.values()]))
    lines = tuple(
        (
            labels.get(one, one),
            f"{planned[one]:,}" if planned.get(one) else "Not stated",
            rough(answers[one]),
            rough_share(answers[one], planned.get(one, 0)),
        )
        for one in wanted
    )
    columns = ("Audience", "To be heard", "Answers", "Of planned")
    bars = _bars([answers[one] for one in wanted])
    return LiveTable("audiences", "Reach by audience", columns, lines, bars=bars)


def languages(counts: Counts, questionnaire: Questionnaire) -> LiveTable:
    """In which languages people opened the survey and answered it."""
    answers = counts.answers_by(lambda one: one.language)
    opened = counts.visits_by(lambda one: one.language if one.page in (OPENED, ON_ONE_PAGE) else "")
    known = dict.fromkeys([questionnaire.language, *questionnaire.languages, *answers])
    lines = tuple((own_name(code), rough(opened[code]), rough(answers[code])) for code in known)
    columns = ("Language", "Opened", "Answers")
    bars = _bars([answers[code] for code in known])
    return LiveTable("languages", "Reach by language", columns, lines, bars=bars)


def ways(counts: Counts) -> LiveTable:
    """How people took part, as they chose; what kind of device it was is never looked at."""
    answers = counts.answers_by(lambda one: one.mode)
    lines = tuple((label, rough(answers[mode])) for mode, label in WAYS.items() if answers[mode])
    notes = ("This is how people chose to take part. We never look at what device they use.",)
    return LiveTable("ways", "Ways of taking part", ("Way", "Answers"), lines, notes)


def funnel(counts: Counts, questionnaire: Questionnaire) -> LiveTable:
    """How many visits went on at each page, from opening the survey to what comes after sending."""
    visits = counts.visits_by(lambda one: one.page)
    started = visits[STARTED]
    pages = [(_title(page, questionnaire), PAGE + page.id, ERROR + page.id) for page in journey(questionnaire)]
    steps = [
        ("Opened", OPENED, ""),
        ("Started", STARTED, ""),
        *pages,
        ("Reached “Check your answers”", CHECK, ""),
        ("Sent", SENT, ""),
        ("Went on to questions about themselves", ABOUT_YOU, ""),
    ]
    lines = tuple(
        (
            label,
            rough(visits[step]),
            rough_share(visits[step], rough_number(started) or 0) if step != OPENED else "",
            rough(visits[error]) if error else "",
        )
        for label, step, error in steps
    )
    notes = (
        "Opened: the first page was shown to somebody. Started: Start was pressed. Sent: the answers were sent.",
        "At each page: Continue was pressed there for the first time in a visit.",
        f"{rough(visits[ON_ONE_PAGE])} opened the survey on one page; those visits have no steps before sending.",
    )
    columns = ("Step", "Visits", "Of those who started", "Shown again with an error")
    return LiveTable(
        "funnel", "Where people stop", columns, lines, notes, _bars([visits[step] for _, step, _ in steps])
    )


def as_csv(table: LiveTable) -> str:
    """The table as a file for spreadsheets; text that a spreadsheet would run is made harmless."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(table.columns)
    writer.writerows([neutralised(cell) for cell in row] for row in table.rows)
    # The mark at the start tells spreadsheets that the letters are UTF-8.
    return "\ufeff" + written.getvalue()


def _title(page: JourneyPage, questionnaire: Questionnaire) -> str:
    own = questionnaire.language
    if page.theme:
        number = questionnaire.themes.index(page.theme) + 1
        return f"Theme {number}: {page.theme.plain_title.in_language(own)}"
    titled = page.page.title if page.page and page.page.title else page.questions[0].text
    return titled.in_language(own)


def _bars(numbers: Sequence[int]) -> tuple[int | None, ...]:
    shown = [rough_number(number) for number in numbers]
    longest = max((number or 0 for number in shown), default=0)
    return tuple(None if number is None else 100 * number // longest if longest else 0 for number in shown)
