"""Closing, reopening and withdrawing a survey: a page that says what will happen, and a button that does it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, abort, make_response, redirect, url_for
from sqlalchemy.orm import Session
from wtforms.validators import InputRequired

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import Event, SurveyClosed, SurveyPutBack, SurveyReopened, SurveyWithdrawn, record
from engage.services import services
from engage.studio.about.dates import FORMS, Day
from engage.studio.overview import SurveyLine, own_survey, survey_line
from surveys.closing import NothingToDo, close_survey, put_back_survey, reopen_survey, withdraw_survey
from surveys.publishing import NotPublishable
from surveys.storage import tables

Act = Callable[[Session, tables.Survey], Event]


class ReopenForm(StaffForm):
    closes = Day("Last day for answers", [InputRequired("Enter the last day for answers")], format=FORMS)


@requires("publish_surveys")
def close(slug: str) -> Response:
    """Close the survey today."""
    line, form = _line(slug), StaffForm()

    def act(session: Session, survey: tables.Survey) -> Event:
        zone = services().settings.time_zone
        close_survey(session, survey=survey, at=clock.now(), by=staff().email, time_zone=zone)
        return SurveyClosed(survey.slug)

    return _confirmed("close", line, form, act, possible=line.status == "open")


@requires("publish_surveys")
def reopen(slug: str) -> Response:
    """Open a closed survey until a new last day, or put a withdrawn one back."""
    line = _line(slug)
    withdrawn = line.status == "withdrawn"
    form = StaffForm() if withdrawn else ReopenForm()

    def act(session: Session, survey: tables.Survey) -> Event:
        if withdrawn:
            put_back_survey(session, survey=survey)
            return SurveyPutBack(survey.slug)
        closes, settings = form["closes"].data, services().settings
        reopen_survey(
            session, survey=survey, closes=closes, at=clock.now(), by=staff().email, time_zone=settings.time_zone
        )
        return SurveyReopened(survey.slug, closes.isoformat())

    return _confirmed("reopen", line, form, act, possible=line.status in ("closed", "withdrawn"))


@requires("publish_surveys")
def withdraw(slug: str) -> Response:
    """Take the survey out of public view at once."""
    line, form = _line(slug), StaffForm()

    def act(session: Session, survey: tables.Survey) -> Event:
        withdraw_survey(session, survey=survey, at=clock.now())
        return SurveyWithdrawn(survey.slug)

    return _confirmed("withdraw", line, form, act, possible=line.status not in ("draft", "withdrawn"))


def _line(slug: str) -> SurveyLine:
    with services().database.reading() as session:
        survey = own_survey(session, organisation_id=staff().organisation_id, slug=slug) or abort(404)
        return survey_line(session, survey=survey, at=clock.now())


def _confirmed(page: str, line: SurveyLine, form: StaffForm, act: Act, *, possible: bool) -> Response:
    """The page, or what it says done; a survey that already is so shows the page, which says how it stands."""
    who, problem = staff(), None
    if form.is_sent() and possible:
        try:
            with services().database.writing() as session:
                survey = own_survey(session, organisation_id=who.organisation_id, slug=line.slug) or abort(404)
                event = act(session, survey)
                record(session, event, organisation_id=who.organisation_id, by=who.email, at=clock.now())
            return make_response(redirect(url_for("studio.survey", slug=line.slug), 303))
        except (NothingToDo, NotPublishable) as refusal:
            problem = str(refusal)
    errors = {name: found[0] for name, found in form.errors.items() if found and name == "closes" and possible}
    if problem:
        errors["closes"] = problem[:1].upper() + problem[1:]
    template = f"studio/going_live/{page}.html"
    return make_response(
        staff_page(template, survey=line, form=form, errors=errors, possible=possible), 422 if errors else 200
    )
