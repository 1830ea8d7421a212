"""How many comments stand where and how late they were opened, as a file."""

from __future__ import annotations

import csv
import io
from zoneinfo import ZoneInfo

from flask import Response

from engage.access.guards import requires
from engage.insight.comments.opening import open_survey
from engage.insight.comments.saying import LEVEL_NAMES
from engage.services import services
from engage.studio.going_live.standing import today
from surveys.comments.counting import QueueCounts, count_queue
from surveys.comments.opened_late import FirstReadings, first_readings

COLUMNS = (
    "level", "waiting", "overdue", "read", "escalated", "no action",
    "opened", "median working days to opening", "opened late",
)  # fmt: skip


@requires("read_comments")
def counts_file(slug: str) -> Response:
    """The counts of the hub, one line a level."""
    with services().database.reading() as session:
        survey = open_survey(session, slug).survey
        counts = count_queue(session, survey=survey, today=today())
        readings = first_readings(session, survey=survey, zone=ZoneInfo(services().settings.time_zone))
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for level, name in LEVEL_NAMES.items():
        writer.writerow((name, *_cells(counts, readings[level], level)))
    writer.writerow(("Not screened yet", counts.unscreened, *[""] * 7))
    # The mark at the start tells spreadsheets that the letters are UTF-8.
    response = Response("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-comments-counts.csv"'
    return response


def _cells(counts: QueueCounts, opened: FirstReadings, level: str) -> tuple[object, ...]:
    of_level = next(found for name, found in counts.by_level.items() if name == level)
    median = "" if opened.median_days is None else f"{opened.median_days:g}"
    return (
        of_level.waiting, of_level.overdue, of_level.read, of_level.escalated, of_level.no_action,
        opened.read, median, opened.late,
    )  # fmt: skip
