"""A chart as it stands on the pages of a report: wide on paper, in parts where it is tall, and narrow on a phone."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from reports.charts import NARROW, WIDE, Drawing, Sheet, mirrored
from reports.survey_figures import SurveyFigures

TALLEST = 800
"""The height from which a chart does not stand on a page of A4 with its heading and the sentences about it."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Chart:
    """The same chart for wide pages, in as many parts as there are pages needed, and for a phone."""

    wide: tuple[Drawing, ...]
    narrow: Drawing

    @property
    def title(self) -> str:
        """The finding that it shows."""
        return self.narrow.title

    @property
    def description(self) -> str:
        """The sentence that stands for it."""
        return self.narrow.description


def for_every_page(
    survey: SurveyFigures, rows: Sequence[Row], draw: Callable[[Sequence[Row], Sheet], Drawing]
) -> Chart:
    """What ``draw`` makes of the rows on wide sheets and on a narrow one, in the direction of the language.

    The parts of a chart that is taller than a page have about as many rows each. The first alone is described, with all
    rows.
    """
    first, *others = _parts(rows, draw)
    wide = [first]
    for number, part in enumerate(others, start=2):
        title = survey.words("chart_part", title=part.title, part=number, parts=1 + len(others))
        wide.append(replace(part, title=title, description=""))
    return Chart(tuple(in_direction(survey, part) for part in wide), in_direction(survey, draw(rows, NARROW)))


def _parts(rows: Sequence[Row], draw: Callable[[Sequence[Row], Sheet], Drawing]) -> list[Drawing]:
    """As few wide drawings as hold all rows without being taller than a page."""
    each, parts = max(1, len(rows)), 1
    while True:
        drawn = [draw(rows[first : first + each], WIDE) for first in range(0, max(1, len(rows)), each)]
        if each == 1 or all(part.height <= TALLEST for part in drawn):
            return drawn
        parts += 1
        each = math.ceil(len(rows) / parts)


def in_direction(survey: SurveyFigures, drawing: Drawing) -> Drawing:
    """The drawing as it stands on a page of the survey's language."""
    return mirrored(drawing) if survey.words.direction == "rtl" else drawing
