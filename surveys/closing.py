"""When people can answer a published survey: new dates, closing, reopening, withdrawing. Each can be taken back.

Answers stay whatever is done here, and so do the codes: whoever scans one is told how things stand.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from surveys.designing import Content, find_design, save_design
from surveys.publishing import DEFAULT_TIME_ZONE, NotPublishable, midnight, survey_status
from surveys.storage import tables


class NothingToDo(ValueError):
    """The survey already is what was asked for, or cannot become it; the message says how it stands."""


def first_and_last_day(
    survey: tables.Survey, *, time_zone: str = DEFAULT_TIME_ZONE
) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and the last day for answers, where the organisation is; None where there is no limit."""
    zone = ZoneInfo(time_zone)
    opens = survey.opens_at.astimezone(zone).date() if survey.opens_at else None
    moment = datetime.timedelta(microseconds=1)
    closes = (survey.closes_at - moment).astimezone(zone).date() if survey.closes_at else None
    return opens, closes


def change_dates(
    session: Session,
    *,
    survey: tables.Survey,
    opens: datetime.date | None,
    closes: datetime.date | None,
    time_zone: str = DEFAULT_TIME_ZONE,
) -> None:
    """Give the survey these first and last days, without a new version. None: from now on; without an end.

    NotPublishable where it would close before it opens.
    """
    zone = ZoneInfo(time_zone)
    if opens and closes and closes < opens:
        raise NotPublishable("the survey would close before it opens; choose a last day that is not before the first")
    survey.opens_at = midnight(opens, zone) if opens else None
    survey.closes_at = midnight(closes + datetime.timedelta(days=1), zone) if closes else None
    session.flush()


def close_survey(
    session: Session, *, survey: tables.Survey, at: datetime.datetime, by: str, time_zone: str = DEFAULT_TIME_ZONE
) -> None:
    """Take no more answers from now on; those that were begun before are taken for 24 hours.

    NothingToDo unless the survey is open.
    """
    status = survey_status(survey, at)
    if status != "open":
        raise NothingToDo(f"the survey is {status.replace('_', ' ')}, so there is nothing to close")
    survey.closes_at = at
    session.flush()
    _plan(session, survey, at.astimezone(ZoneInfo(time_zone)).date(), "Survey closed", at, by)


def reopen_survey(
    session: Session,
    *,
    survey: tables.Survey,
    closes: datetime.date | None,
    at: datetime.datetime,
    by: str,
    time_zone: str = DEFAULT_TIME_ZONE,
) -> None:
    """Take answers again until the end of the day ``closes`` (None: without an end).

    NothingToDo unless the survey is closed; NotPublishable for a day that is past.
    """
    if survey_status(survey, at) != "closed":
        raise NothingToDo("the survey is not closed, so there is nothing to open again")
    zone = ZoneInfo(time_zone)
    if closes and closes < at.astimezone(zone).date():
        raise NotPublishable("this day is past; choose today or a later day")
    survey.closes_at = midnight(closes + datetime.timedelta(days=1), zone) if closes else None
    session.flush()
    _plan(session, survey, closes, "Survey opened again", at, by)


def withdraw_survey(session: Session, *, survey: tables.Survey, at: datetime.datetime) -> None:
    """Take the survey out of public view at once; half-finished answers can no longer be sent. NothingToDo if it is."""
    if survey.withdrawn_at is not None:
        raise NothingToDo("the survey is already withdrawn")
    survey.withdrawn_at = at
    session.flush()


def put_back_survey(session: Session, *, survey: tables.Survey) -> None:
    """Undo a withdrawal; the dates count again. NothingToDo unless the survey is withdrawn."""
    if survey.withdrawn_at is None:
        raise NothingToDo("the survey is not withdrawn")
    survey.withdrawn_at = None
    session.flush()


def _plan(
    session: Session, survey: tables.Survey, closes: datetime.date | None, says: str, at: datetime.datetime, by: str
) -> None:
    """Keep the planned last day in step, so that the next edit does not bring the former one back."""
    design = find_design(session, survey=survey)
    if design is None:
        return

    def closing_then(content: Content) -> Content:
        return Content(content.questionnaire, replace(content.preparation, closes_on=closes))

    save_design(
        session,
        survey=survey,
        seen=design.revision,
        part=lambda content: content.preparation.closes_on,
        change=closing_then,
        says=says,
        at=at,
        by=by,
    )
