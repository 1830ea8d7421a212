"""``engage survey close``, ``reopen`` and ``withdraw``: ending a survey, and taking that back."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from engage import clock
from engage.commands.context import database, fail, of_organisation, settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engage.audit.events import Event
    from surveys.storage import tables

BY = "command line"


@click.command(epilog="Example: engage survey close cancer-strategy")
@click.argument("slug")
@of_organisation
def close(slug: str, organisation: str | None) -> None:
    """Close the survey SLUG now. What people have begun can still be sent for 24 hours."""

    def act(session: Session, survey: tables.Survey) -> Event:
        from engage.audit.events import SurveyClosed
        from surveys.closing import close_survey

        close_survey(session, survey=survey, at=clock.now(), by=BY, time_zone=settings().time_zone)
        return SurveyClosed(survey.slug)

    _carry_out(slug, organisation, act)


@click.command(epilog="Example: engage survey reopen cancer-strategy --closes 2027-03-31")
@click.argument("slug")
@click.option("--closes", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The new last day for answers.")
@of_organisation
def reopen(slug: str, closes: datetime.datetime | None, organisation: str | None) -> None:
    """Open the closed survey SLUG again, or put a withdrawn one back, with its dates as they were."""

    def act(session: Session, survey: tables.Survey) -> Event:
        from engage.audit.events import SurveyPutBack, SurveyReopened
        from surveys.closing import put_back_survey, reopen_survey

        if survey.withdrawn_at is not None:
            put_back_survey(session, survey=survey)
            return SurveyPutBack(survey.slug)
        day = closes.date() if closes else None
        reopen_survey(session, survey=survey, closes=day, at=clock.now(), by=BY, time_zone=settings().time_zone)
        return SurveyReopened(survey.slug, day.isoformat() if day else "")

    _carry_out(slug, organisation, act)


@click.command(epilog="Example: engage survey withdraw cancer-strategy")
@click.argument("slug")
@of_organisation
def withdraw(slug: str, organisation: str | None) -> None:
    """Take the survey SLUG out of public view at once; its answers are kept. ``reopen`` puts it back."""

    def act(session: Session, survey: tables.Survey) -> Event:
        from engage.audit.events import SurveyWithdrawn
        from surveys.closing import withdraw_survey

        withdraw_survey(session, survey=survey, at=clock.now())
        return SurveyWithdrawn(survey.slug)

    _carry_out(slug, organisation, act)


def _carry_out(slug: str, organisation: str | None, act: Callable[[Session, tables.Survey], Event]) -> None:
    """Do it, note it, and print the survey with how it stands now."""
    from engage.audit.events import record
    from surveys.closing import NothingToDo
    from surveys.publishing import NotPublishable, SurveyNotFound, find_survey, survey_status

    at = clock.now()
    try:
        with database().writing() as session:
            survey = find_survey(session, slug=slug, organisation=organisation)
            event = act(session, survey)
            record(session, event, organisation_id=survey.organisation_id, by=BY, at=at)
            standing = f"{survey.slug}\t{survey_status(survey, clock.now())}"
    except (SurveyNotFound, NothingToDo, NotPublishable) as refusal:
        fail(f"{refusal}.")
    click.echo(standing)
