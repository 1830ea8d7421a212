"""Whether a survey's next report has to wait for more answers."""

from __future__ import annotations

import datetime

from sqlalchemy.orm import Session

from engage.insight.snapshots import newest_snapshot
from engage.queue.work import JobRefused
from reports.disclosure import DisclosedResults
from reports.printed_figures import number
from reports.results_snapshot import results_from_snapshot
from surveys.publishing import survey_status
from surveys.storage import tables


def refuse_a_few_more(
    session: Session, *, survey: tables.Survey, results: DisclosedResults, at: datetime.datetime
) -> None:
    """JobRefused where this report and the one before would differ by a few people, and so show what those few said.

    The first report is always made, and so is one after the survey has closed, or the last answers would never be
    reported. Nobody stands behind the answers of a demonstration.
    """
    former = newest_snapshot(session, survey=survey)
    if former is None or results.demonstration or survey_status(survey, at) != "open":
        return
    try:
        before = number(results_from_snapshot(former.document["results"]).everybody.responses)
    except ValueError:
        return
    now = number(results.everybody.responses)
    enough = results.rules.minimum_base
    if before is not None and now is not None and 0 < now - before < enough:
        raise JobRefused(
            f"Fewer than {enough} more people have answered since the last report, so the two together would show what "
            "those few said. Make a new report when more have answered, or after the survey has closed."
        )
