"""The gate: what a survey still lacks, what publishing would do in one sentence, and the button that does it."""

from __future__ import annotations

import datetime

from flask import Response, make_response, redirect, url_for
from sqlalchemy.orm import Session
from wtforms import BooleanField, RadioField
from wtforms.validators import Optional

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import DatesChanged, SurveyPublished, record
from engage.services import services
from engage.studio.going_live.editing_places import editing_address
from engage.studio.going_live.saying import answering_days, answering_sentence, english_name
from engage.studio.going_live.standing import Standing, publishers_of, standing_of, today
from engage.studio.opening import DesignForm, Opened, open_design
from surveys.closing import change_dates
from surveys.comparing import worst_effect
from surveys.publishing import NotPublishable, current_version, is_published
from surveys.publishing import publish as publish_questionnaire
from surveys.storage import tables

TRIED = "Nobody has tried the survey since its last change. Try it, then tick the box"


class PublishForm(DesignForm):
    tried = BooleanField("I have tried this survey as people will meet it")
    meaning = RadioField(
        "Do the new words ask the same thing as before?",
        [Optional()],
        choices={
            "same": "Yes, they only say it better. Results stay together",
            "changed": "No, they ask something else. Results will be shown in two parts",
        },
    )


@requires("design_surveys")
def show_gate(slug: str) -> Response:
    """What is missing, or what publishing will do; whoever may not publish is told whom to ask."""
    opened = open_design(slug)
    return _page(opened, PublishForm(formdata=None), _standing(opened))


@requires("publish_surveys")
def publish(slug: str) -> Response:
    """Publish the design as it was shown; nothing happens where it lacks something or has changed meanwhile."""
    opened, form = open_design(slug), PublishForm()
    form.is_sent()
    standing = _standing(opened)
    if form.revision.data != str(opened.design.revision):
        return _page(opened, form, standing, {"revision": "Somebody changed the survey meanwhile. Look at it again"})
    if standing.version and not standing.differences:
        return make_response(redirect(url_for("going_live.show_gate", slug=slug), 303))
    errors = _errors(form, standing)
    if not errors:
        try:
            _publish(opened, standing, same_meaning=form.meaning.data == "same")
        except NotPublishable as refusal:
            errors = {"missing": f"{refusal}".capitalize()}
    if errors:
        return _page(opened, form, standing, errors)
    return make_response(redirect(url_for("going_live.show_published", slug=slug), 303))


@requires("publish_surveys")
def publish_dates(slug: str) -> Response:
    """Let the planned dates of a published survey hold from now on, without a new version."""
    opened, form = open_design(slug), DesignForm()
    form.is_sent()
    standing = _standing(opened)
    if standing.new_dates:
        opens, closes = standing.planned
        try:
            with services().database.writing() as session:
                survey = session.merge(opened.survey, load=False)
                _set_dates(session, survey, opens, closes)
        except NotPublishable as refusal:
            return _page(opened, PublishForm(formdata=None), standing, {"dates": f"{refusal}".capitalize()})
    return make_response(redirect(url_for("going_live.show_published", slug=slug), 303))


@requires("design_surveys")
def show_published(slug: str) -> Response:
    """What holds now, and what to do next."""
    opened = open_design(slug)
    with services().database.reading() as session:
        survey = session.merge(opened.survey, load=False)
        if not is_published(session, survey=survey):
            return make_response(redirect(url_for("going_live.show_gate", slug=slug), 303))
        version = current_version(session, survey=survey).number
        standing = standing_of(session, survey=survey, design=opened.design)
    page = staff_page(
        "studio/going_live/published.html",
        survey=opened.survey,
        title=_title(opened),
        version=version,
        sentence=answering_sentence(standing.public, standing.days, standing.codes, today()),
        codes=standing.codes,
        may=staff().permissions,
    )
    return make_response(page)


def _standing(opened: Opened) -> Standing:
    with services().database.reading() as session:
        return standing_of(session, survey=session.merge(opened.survey, load=False), design=opened.design)


def _errors(form: PublishForm, standing: Standing) -> dict[str, str]:
    errors: dict[str, str] = {}
    if standing.missing:
        errors["missing"] = "The survey is not ready. Put right what is listed"
    if not standing.was_tried and not form.tried.data:
        errors["tried"] = TRIED
    if worst_effect(standing.differences) == "wording" and form.meaning.data not in ("same", "changed"):
        errors["meaning"] = "Say whether the new words ask the same thing as before"
    return errors


def _publish(opened: Opened, standing: Standing, *, same_meaning: bool) -> None:
    who, at, settings = staff(), clock.now(), services().settings
    effect = worst_effect(standing.differences)
    with services().database.writing() as session:
        survey = session.merge(opened.survey, load=False)
        done = publish_questionnaire(
            session,
            organisation=session.get_one(tables.Organisation, survey.organisation_id),
            questionnaire=standing.public,
            at=at,
            by=who.email,
            same_meaning=effect == "safe" or (effect == "wording" and same_meaning),
            time_zone=settings.time_zone,
        )
        event = SurveyPublished(done.slug, done.version)
        record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
        if standing.version is None:
            _set_dates(session, survey, *standing.planned)


def _set_dates(
    session: Session, survey: tables.Survey, opens: datetime.date | None, closes: datetime.date | None
) -> None:
    who = staff()
    change_dates(session, survey=survey, opens=opens, closes=closes, time_zone=services().settings.time_zone)
    event = DatesChanged(survey.slug, opens.isoformat() if opens else "", closes.isoformat() if closes else "")
    record(session, event, organisation_id=who.organisation_id, by=who.email, at=clock.now())


def _page(opened: Opened, form: PublishForm, standing: Standing, errors: dict[str, str] | None = None) -> Response:
    who, slug = staff(), opened.survey.slug
    may_publish = "publish_surveys" in who.permissions
    with services().database.reading() as session:
        publishers = [] if may_publish else publishers_of(session, organisation_id=who.organisation_id)
    form.revision.data = str(opened.design.revision)
    form.revision.raw_data = None
    page = staff_page(
        "studio/going_live/publish.html",
        survey=opened.survey,
        design=opened.design,
        title=_title(opened),
        form=form,
        errors=errors or {},
        standing=standing,
        effect=worst_effect(standing.differences),
        missing=[(one, editing_address(slug, one.place)) for one in standing.missing],
        sentence=answering_sentence(
            standing.public, standing.days if standing.version else standing.planned, standing.codes, today()
        ),
        dates_now=answering_days(standing.days),
        dates_planned=answering_days(standing.planned),
        language_name=english_name,
        may_publish=may_publish,
        publishers=publishers,
    )
    return make_response(page, 409 if errors and "revision" in errors else 422 if errors else 200)


def _title(opened: Opened) -> str:
    questionnaire = opened.design.questionnaire
    return questionnaire.title.in_language(questionnaire.language) or "Survey without a title"
