"""What was taken out of a survey's comments and why, as a page and as a file that can be published."""

from __future__ import annotations

import csv
import datetime
import io
from zoneinfo import ZoneInfo

from flask import Response, make_response

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import FileDownloaded, record
from engage.insight.comments.opening import open_survey
from engage.services import services
from surveys.answers_file import neutralised
from surveys.comments.moderating import ALL_REASONS
from surveys.comments.moderation_log import LoggedPassage, counts_by_reason, moderation_log

ACTIONS = {"redact": "Words taken out", "show": "Mask lifted"}
_BYTE_ORDER_MARK = "\ufeff"


@requires("moderate_comments")
def show(slug: str) -> str:
    """Every decision about a passage, and how many are in force for each reason."""
    with services().database.reading() as session:
        opened = open_survey(session, slug)
        log = moderation_log(session, survey=opened.survey)
        return staff_page(
            "insight/moderation/log.html",
            survey=opened.survey,
            title=opened.title,
            log=log,
            counts=counts_by_reason(log),
            reasons=ALL_REASONS,
            actions=ACTIONS,
        )


@requires("moderate_comments")
def download(slug: str) -> Response:
    """The log as CSV for a spreadsheet: no words, no names of staff."""
    who = staff()
    with services().database.reading() as session:
        log = moderation_log(session, survey=open_survey(session, slug).survey)
    name = f"{slug}-moderation.csv"
    with services().database.writing() as session:
        event = FileDownloaded(slug, name)
        record(session, event, organisation_id=who.organisation_id, by=who.email, at=clock.now())
    response = make_response(_as_csv(log))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _as_csv(log: tuple[LoggedPassage, ...]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["date", "question", "action", "reason", "undone_on"])
    writer.writerows(
        [
            _day(one.made_at),
            neutralised(one.question),
            ACTIONS[one.action],
            ALL_REASONS.get(one.reason, one.reason),
            _day(one.undone_at) if one.undone_at else "",
        ]
        for one in log
    )
    return _BYTE_ORDER_MARK + stream.getvalue()


def _day(moment: datetime.datetime) -> str:
    return moment.astimezone(ZoneInfo(services().settings.time_zone)).date().isoformat()
