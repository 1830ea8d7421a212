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


def is_a_few_more(before: DisclosedResults, now: DisclosedResults) -> bool:
    """Whether two results of a reader's own places beside the total differ by a few people, there or elsewhere.

    Nobody else's answers can be told apart then, so the reader goes on seeing the results from before. Unlike those
    of the whole survey they wait after closing too: the answers that are missing are in the survey's own report.
    """
    (own_before, all_before), (own_now, all_now) = (
        tuple(number(group.responses) for group in results.audiences) for results in (before, now)
    )
    if own_before is None or own_now is None or all_before is None or all_now is None:
        return False
    enough = max(group.minimum_base for group in now.audiences)
    own = own_now - own_before
    elsewhere = all_now - all_before - own
    return any(0 < abs(few) < enough for few in (own, elsewhere))


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
