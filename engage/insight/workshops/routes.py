"""Adding what a workshop said: one form for a workshop, a list of all, and the way back for what was taken out."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, url_for
from sqlalchemy.orm import Session

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.recording import Event, record
from engage.audit.workshop_events import WorkshopAdded, WorkshopChanged, WorkshopPutBack, WorkshopRemoved
from engage.insight.comments.opening import OpenedSurvey, open_survey
from engage.insight.workshops.forms import WorkshopForm, filled_from, form_for
from engage.services import services
from surveys.audiences import audience_choices
from surveys.workshops.keeping import (
    ChangedMeanwhile,
    Kept,
    add_workshop,
    change_workshop,
    find_workshop,
    put_workshop_back,
    remove_workshop,
    workshops_of,
)
from surveys.workshops.letters import theme_keys
from surveys.workshops.records import POINTS, WorkshopRefused

blueprint = Blueprint("workshops", __name__, url_prefix="/staff/surveys/<slug>/workshops")


@blueprint.get("")
@requires("make_reports")
def show(slug: str) -> Response:
    """Every workshop with what was counted, and those that were taken out."""
    with services().database.reading() as session:
        opened = open_survey(session, slug)
        kept = workshops_of(session, survey=opened.survey)
        labels = dict(audience_choices(session))
    page = staff_page(
        "insight/workshops/list.html",
        survey=opened.survey,
        title=opened.title,
        workshops=[one for one in kept if not one.is_removed],
        removed=[one for one in kept if one.is_removed],
        labels=labels,
        form=StaffForm(formdata=None),
    )
    return make_response(page)


@blueprint.route("/add", methods=["GET", "POST"])
@requires("make_reports")
def add(slug: str) -> Response:
    """One more workshop."""
    opened, form = _opened(slug, None)
    if not form.is_sent():
        return _page(opened, form)
    try:
        with services().database.writing() as session:
            survey = open_survey(session, slug).survey
            kept, is_new = add_workshop(
                session, survey=survey, record=form.record(_themes(opened), {}), at=clock.now(), by=staff().email
            )
            if is_new:
                _note(session, WorkshopAdded(slug, kept.number))
    except WorkshopRefused as refused:
        form.say(refused.problems)
        return _page(opened, form)
    return _back(slug)


@blueprint.route("/<int:workshop>", methods=["GET", "POST"])
@requires("make_reports")
def change(slug: str, workshop: int) -> Response:
    """One workshop as it was entered, to be put right."""
    with services().database.reading() as session:
        kept = find_workshop(session, survey=open_survey(session, slug).survey, number=workshop) or abort(404)
    opened, form = _opened(slug, kept)
    if not form.is_sent():
        return _page(opened, form, kept)
    seen = str(form.seen.data or "")
    try:
        with services().database.writing() as session:
            changed = change_workshop(
                session,
                survey=open_survey(session, slug).survey,
                number=workshop,
                record=form.record(_themes(opened), kept.record.themes),
                seen=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
                at=clock.now(),
                by=staff().email,
            )
            if changed:
                _note(session, WorkshopChanged(slug, workshop, changed))
    except WorkshopRefused as refused:
        form.say(refused.problems)
        return _page(opened, form, kept)
    except ChangedMeanwhile as overtaken:
        # Whoever saves again has read that theirs replaces the other's.
        form.seen.data = str(overtaken.kept.row_version)
        return _page(opened, form, overtaken.kept, overtaken_by=overtaken.kept.changed_by)
    return _back(slug)


@blueprint.post("/<int:workshop>/remove")
@requires("make_reports")
def remove(slug: str, workshop: int) -> Response:
    """Take a workshop out of reports that are made from now on. It can be put back."""
    _sent_as_a_button()
    with services().database.writing() as session:
        survey = open_survey(session, slug).survey
        find_workshop(session, survey=survey, number=workshop) or abort(404)
        if remove_workshop(session, survey=survey, number=workshop, at=clock.now(), by=staff().email):
            _note(session, WorkshopRemoved(slug, workshop))
    return _back(slug)


@blueprint.post("/<int:workshop>/put-back")
@requires("make_reports")
def put_back(slug: str, workshop: int) -> Response:
    """Undo a removal."""
    _sent_as_a_button()
    with services().database.writing() as session:
        survey = open_survey(session, slug).survey
        find_workshop(session, survey=survey, number=workshop) or abort(404)
        if put_workshop_back(session, survey=survey, number=workshop):
            _note(session, WorkshopPutBack(slug, workshop))
    return _back(slug)


def _opened(slug: str, kept: Kept | None) -> tuple[OpenedSurvey, WorkshopForm]:
    with services().database.reading() as session:
        opened = open_survey(session, slug)
        audiences = audience_choices(session)
    form = form_for(_themes(opened))(data=filled_from(kept.record, seen=kept.row_version) if kept else None)
    form.offer(audiences)
    return opened, form


def _themes(opened: OpenedSurvey) -> tuple[str, ...]:
    return tuple(theme.id for theme in opened.questionnaire.themes)


def _page(opened: OpenedSurvey, form: WorkshopForm, kept: Kept | None = None, *, overtaken_by: str = "") -> Response:
    questionnaire = opened.questionnaire
    errors = {name: found[0] for name, found in form.errors.items() if name and found}
    page = staff_page(
        "insight/workshops/workshop.html",
        survey=opened.survey,
        title=opened.title,
        form=form,
        kept=kept,
        errors=errors,
        overtaken_by=overtaken_by,
        keys=theme_keys(questionnaire),
        themes=[(theme.id, theme.plain_title.in_language(questionnaire.language)) for theme in questionnaire.themes],
        points=POINTS,
    )
    return make_response(page, 422 if errors or overtaken_by else 200)


def _sent_as_a_button() -> None:
    if not StaffForm().is_sent():
        abort(400)


def _note(session: Session, event: Event) -> None:
    record(session, event, organisation_id=staff().organisation_id, by=staff().email, at=clock.now())


def _back(slug: str) -> Response:
    return make_response(redirect(url_for("workshops.show", slug=slug), 303))
