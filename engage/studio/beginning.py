"""Beginning a survey: from a starting point, or as a copy of another one."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, url_for
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import SurveyBegun, record
from engage.services import services
from engage.studio.opening import open_design
from engage.studio.overview import UNTITLED
from surveys.designing import new_design
from surveys.designing.copying import copied
from surveys.library.starting import StartingPoint, begin_questionnaire, starting_points
from surveys.storage import tables

blueprint = Blueprint("beginning", __name__, url_prefix="/staff")

LONGEST_TITLE = 200


class NewSurveyForm(StaffForm):
    start = RadioField("What do you want to do?", [InputRequired("Choose what you want to do")])
    title = StringField(
        "What shall the survey be called?",
        [
            DataRequired("Write what the survey shall be called"),
            Length(max=LONGEST_TITLE, message=f"Use {LONGEST_TITLE} characters or fewer for the title"),
        ],
    )
    audience = StringField(
        "Whom do you want to ask? (optional)",
        [Length(max=LONGEST_TITLE, message=f"Use {LONGEST_TITLE} characters or fewer to say whom you ask")],
    )


class CopyForm(StaffForm):
    title = StringField(
        "What shall the new survey be called?",
        [
            DataRequired("Write what the new survey shall be called"),
            Length(max=LONGEST_TITLE, message=f"Use {LONGEST_TITLE} characters or fewer for the title"),
        ],
    )


@blueprint.route("/new-survey", methods=["GET", "POST"])
@requires("design_surveys")
def new_survey() -> Response:
    form, points = NewSurveyForm(), starting_points()
    form.start.choices = {point.id: point.name for point in points}
    if not form.is_sent():
        errors = {name: found[0] for name, found in form.errors.items() if name and found}
        hints = {point.id: f"{point.purpose} {_length(point)}" for point in points}
        page = staff_page("studio/new_survey.html", form=form, errors=errors, hints=hints)
        return make_response(page, 422 if errors else 200)
    point = next(point for point in points if point.id == form.start.data)
    who, at = staff(), clock.now()
    with services().database.writing() as session:
        organisation = session.get_one(tables.Organisation, who.organisation_id)
        questionnaire = begin_questionnaire(
            point,
            title=form.title.data or "",
            audience=form.audience.data or "",
            organisation=organisation.name,
            standing_texts=organisation.standing_texts,
        )
        design = new_design(session, organisation=organisation, questionnaire=questionnaire, at=at, by=who.email)
        slug = design.questionnaire.slug
        record(session, SurveyBegun(slug, point.name), organisation_id=who.organisation_id, by=who.email, at=at)
    hub = url_for("studio.survey", slug=slug)
    return make_response(redirect(f"{hub}/import" if point.imports_themes else hub, 303))


@blueprint.route("/surveys/<slug>/copy", methods=["GET", "POST"])
@requires("design_surveys")
def copy(slug: str) -> Response:
    opened = open_design(slug)
    questionnaire = opened.design.questionnaire
    title = questionnaire.title.in_language(questionnaire.language) or UNTITLED
    form = CopyForm(title=f"Copy of {title}"[:LONGEST_TITLE])
    if not form.is_sent():
        errors = {name: found[0] for name, found in form.errors.items() if name and found}
        page = staff_page("studio/copy.html", form=form, errors=errors, survey=opened.survey, title=title)
        return make_response(page, 422 if errors else 200)
    content = copied(opened.design.content, title=form.title.data or "")
    who, at = staff(), clock.now()
    with services().database.writing() as session:
        organisation = session.get(tables.Organisation, who.organisation_id) or abort(404)
        design = new_design(
            session,
            organisation=organisation,
            questionnaire=content.questionnaire,
            preparation=content.preparation,
            change=f"Copied from {title}"[:200],
            at=at,
            by=who.email,
        )
        event = SurveyBegun(design.questionnaire.slug, f"copy of {slug}")
        record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
    return make_response(redirect(url_for("studio.survey", slug=design.questionnaire.slug), 303))


def _length(point: StartingPoint) -> str:
    if not point.pages:
        return ""
    themes = f" with {point.usual_themes} themes" if point.usual_themes else ""
    minutes = "1 minute" if point.minutes == 1 else f"{point.minutes} minutes"
    return f"About {minutes} to answer, on {point.pages} short pages{themes}."
