"""A list of places as officers paste or upload it, one on each line: place, audience, channel, number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.collectors import LONGEST_CHANNEL, LONGEST_NAME, LONGEST_PLACE, normalise_place
from surveys.planner import MOST_PLANNED, Plan

MOST_LINES = 500
_COLUMNS = 4
_HEADINGS = {"place", "places", "name", "where"}


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """One line: what it would become, or what is wrong with it."""

    line: int
    text: str
    plan: Plan | None
    problem: str | None


def read_places(
    text: str, *, audiences: Mapping[str, str], existing: Iterable[Plan], usual_audience: str = "patients"
) -> tuple[ListedPlace, ...]:
    """Every line that is not empty, in order. ``audiences``: label by id; either may be written, in any case.

    A row that the planner has already, or that stands twice in the list, is a problem, so that sending a list again
    makes nothing twice.
    """
    by_words = {label.casefold(): id_ for id_, label in audiences.items()} | {id_.casefold(): id_ for id_ in audiences}
    seen = {_same(plan) for plan in existing}
    found: list[ListedPlace] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        plan, problem = _read_line(line, by_words, usual_audience)
        if plan is not None and _same(plan) in seen:
            plan, problem = None, "The planner has a row for this place, audience and channel already"
        if plan is not None:
            seen.add(_same(plan))
        found.append(ListedPlace(number, line.strip(), plan, problem))
    return tuple(found)


def lines_of_file(content: bytes) -> str:
    """An uploaded CSV file as lines with bars, ready to be read and corrected on the page. ValueError says why not.

    Commas, semicolons and tabs separate; a first line with the names of the columns is left out.
    """
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ValueError("Save the list as CSV (UTF-8) and upload it again")
    if "\x00" in text:
        raise ValueError("This is not a CSV file. Save the list as CSV and upload it again")
    first = text.splitlines()[0] if text.strip() else ""
    separator = max(",;\t|", key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    if rows and rows[0] and rows[0][0].strip().casefold() in _HEADINGS:
        rows = rows[1:]
    return "\n".join(" | ".join(" ".join(cell.replace("|", "/").split()) for cell in row) for row in rows if any(row))


def _read_line(line: str, audiences: Mapping[str, str], usual: str) -> tuple[Plan | None, str | None]:
    cells = [" ".join(cell.split()) for cell in line.split("|")]
    if len(cells) > _COLUMNS and any(cells[_COLUMNS:]):
        return None, "Write at most four parts: place | audience | channel | number"
    place, audience, channel, number = (*cells[:_COLUMNS], *[""] * (_COLUMNS - len(cells)))
    if not place:
        return None, "Begin with the name of the place"
    if len(place) > min(LONGEST_NAME, LONGEST_PLACE):
        return None, f"Shorten the place to {LONGEST_NAME} characters or fewer"
    if len(channel) > LONGEST_CHANNEL:
        return None, f"Shorten the channel to {LONGEST_CHANNEL} characters or fewer"
    known = audiences.get((audience or usual).casefold())
    if known is None:
        return None, f"“{audience}” is not in the list of audiences. Choose one from the list below"
    planned, problem = _number(number)
    if problem:
        return None, problem
    name = place.rpartition("/")[2].strip() or place
    return Plan(name=name, place=normalise_place(place), audience=known, channel=channel, planned_reach=planned), None


def _number(text: str) -> tuple[int | None, str | None]:
    plain = text.replace(",", "").replace(" ", "")
    if not plain:
        return None, None
    if not (plain.isascii() and plain.isdigit()) or not 0 < int(plain[:12]) <= MOST_PLANNED:
        return None, f"“{text}” is not a number of people. Write a whole number such as 200, or leave it out"
    return int(plain), None


def _same(plan: Plan) -> tuple[str, str, str]:
    return plan.place.casefold(), plan.audience, plan.channel.casefold()
