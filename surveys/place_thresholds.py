"""What a survey's owner calls acceptable and achievable, by theme and measure, for the table of places.

Given as a CSV file with the columns theme, measure, acceptable and achievable, and direction where fewer people are
better; kept with the survey.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeGuard

from sqlalchemy.orm import Session

from surveys.questionnaire import Questionnaire
from surveys.reference_population.faults import Fault, in_words, quoted
from surveys.small_tables import UnreadableTable, table_rows
from surveys.storage import tables

Measure = Literal["chosen", "percent_positive"]
MEASURES: tuple[Measure, ...] = ("chosen", "percent_positive")
Direction = Literal["higher is better", "lower is better"]
DIRECTIONS: tuple[Direction, ...] = ("higher is better", "lower is better")
COLUMNS = ("theme", "measure", "acceptable", "achievable")
FURTHER_COLUMNS = ("direction",)
MOST_BYTES = 64 * 1024
MOST_FAULTS = 50


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares of people, 0-100: from ``acceptable`` on a place is acceptable, from ``achievable`` on it does well.

    Where lower is better, up to each of them.
    """

    acceptable: float
    achievable: float
    direction: Direction = "higher is better"


PlaceThresholds = Mapping[tuple[str, Measure], Thresholds]
"""By theme id and measure."""


class ThresholdFaults(ValueError):
    """The file cannot be taken; ``faults`` says everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))[:MOST_FAULTS]
        super().__init__("\n".join(f"line {fault.line}: {fault.message}" for fault in self.faults))


def read_thresholds(content: bytes, questionnaire: Questionnaire) -> PlaceThresholds:
    """The thresholds in a CSV file; raises ThresholdFaults with every fault that it has.

    A theme is named by its id or its title, in any case. Numbers are percentages, with or without the sign.
    """
    themes = _themes(questionnaire)
    found: dict[tuple[str, Measure], Thresholds] = {}
    lines: dict[tuple[str, Measure], int] = {}
    faults: list[Fault] = []
    for line, row in _rows(content):
        theme, measure = themes.get(row["theme"].casefold()), row["measure"].casefold()
        if theme is None:
            known = in_words(one.id for one in questionnaire.themes)
            faults.append(Fault(line, f"there is no theme {quoted(row['theme'])}; there are {known}"))
        if not _is_measure(measure):
            faults.append(Fault(line, f"the measure {quoted(row['measure'])} is none; write {' or '.join(MEASURES)}"))
        numbers = [_percentage(row[name]) for name in ("acceptable", "achievable")]
        faults += [
            Fault(line, f"{name} {quoted(row[name])} is no percentage; write a number from 0 to 100, such as 60")
            for name, number in zip(("acceptable", "achievable"), numbers, strict=True)
            if number is None
        ]
        acceptable, achievable = numbers
        direction = _direction(row["direction"])
        if direction is None:
            told = (
                f"the direction {quoted(row['direction'])} is none; write {' or '.join(DIRECTIONS)}, or leave it empty"
            )
            faults.append(Fault(line, told))
        elif acceptable is not None and achievable is not None:
            faults += _order(line, Thresholds(acceptable, achievable, direction))
        if theme is None or not _is_measure(measure) or acceptable is None or achievable is None or direction is None:
            continue
        if (theme, measure) in found:
            first = lines[theme, measure]
            faults.append(Fault(line, f"{theme} and {measure} stand in line {first} already; leave one of the two out"))
        lines.setdefault((theme, measure), line)
        found[theme, measure] = Thresholds(acceptable, achievable, direction)
    if not found and not faults:
        faults.append(Fault(1, "there is no row below the names of the columns; add one for each theme"))
    if faults:
        raise ThresholdFaults(faults)
    return found


def put_thresholds(
    session: Session, *, survey: tables.Survey, thresholds: PlaceThresholds, at: datetime.datetime, by: str
) -> None:
    """Keep the thresholds with the survey, in the place of any that it had."""
    kept = session.get(tables.PlaceThresholds, survey.id)
    if kept is None:
        kept = tables.PlaceThresholds(survey_id=survey.id, organisation_id=survey.organisation_id)
        session.add(kept)
    kept.document = {
        "thresholds": [
            {
                "theme": theme,
                "measure": measure,
                "acceptable": one.acceptable,
                "achievable": one.achievable,
                "direction": one.direction,
            }
            for (theme, measure), one in thresholds.items()
        ]
    }
    kept.changed_at, kept.changed_by = at, by
    session.flush()


def find_thresholds(session: Session, *, survey: tables.Survey) -> PlaceThresholds:
    """The survey's thresholds in the order of the file; empty where it has none."""
    kept = session.get(tables.PlaceThresholds, survey.id)
    rows = kept.document["thresholds"] if kept is not None else ()
    return {
        (row["theme"], row["measure"]): Thresholds(
            row["acceptable"],
            row["achievable"],
            # Thresholds that were kept before there was a direction were all of this one.
            row.get("direction", "higher is better"),
        )
        for row in rows
    }


def remove_thresholds(session: Session, *, survey: tables.Survey) -> bool:
    """Take the survey's thresholds away; False where it has none."""
    kept = session.get(tables.PlaceThresholds, survey.id)
    if kept is None:
        return False
    session.delete(kept)
    session.flush()
    return True


def _themes(questionnaire: Questionnaire) -> dict[str, str]:
    """The id of each theme by whatever it may be called, in lower case; an id goes before a title that is like it."""
    language = questionnaire.language
    named = [
        (text.in_language(language).casefold(), theme.id)
        for theme in questionnaire.themes
        for text in (theme.title, theme.plain_title)
    ]
    return dict(named) | {theme.id.casefold(): theme.id for theme in questionnaire.themes}


def _is_measure(text: str) -> TypeGuard[Measure]:
    return text in MEASURES


def _direction(text: str) -> Direction | None:
    """The direction in words, "higher is better" where none is given; None for other words."""
    return next((one for one in DIRECTIONS if one == (text.casefold() or DIRECTIONS[0])), None)


def _order(line: int, given: Thresholds) -> Iterator[Fault]:
    """A fault where achievable is not at least as good as acceptable."""
    if given.direction == "higher is better" and given.achievable < given.acceptable:
        yield Fault(
            line,
            f"achievable is {given.achievable:g}, less than acceptable, {given.acceptable:g}; swap the two, "
            "or write “lower is better” in a column direction",
        )
    if given.direction == "lower is better" and given.achievable > given.acceptable:
        yield Fault(
            line,
            f"achievable is {given.achievable:g}, more than acceptable, {given.acceptable:g}, where lower is better; "
            "swap the two",
        )


def _percentage(text: str) -> float | None:
    try:
        number = float(text.removesuffix("%").strip())
    except ValueError:
        return None
    return number if math.isfinite(number) and 0 <= number <= 100 else None


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with the line that each begins on. Raises ThresholdFaults for what is no such file at all."""
    if len(content) > MOST_BYTES:
        raise _refused("the file has more than 64 KB; thresholds are much smaller: check the file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused("the file is not in UTF-8; save it as CSV UTF-8 and give it again") from None
    try:
        yield from table_rows(text, COLUMNS, further=FURTHER_COLUMNS)
    except UnreadableTable as unreadable:
        raise ThresholdFaults([unreadable.fault]) from None


def _refused(message: str, line: int = 1) -> ThresholdFaults:
    return ThresholdFaults([Fault(line, message)])
