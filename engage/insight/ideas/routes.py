"""Ideas: grouped by coding, chosen with an order, and carried into the draft of the next survey."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, url_for
from sqlalchemy.orm import Session

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.coding_events import CodeFrameMade, IdeasWentForward
from engage.audit.events import SurveyBegun
from engage.insight.coding.frames import EMPTY, record_coding
from engage.insight.comments.opening import OpenedSurvey, open_survey
from engage.insight.ideas.forms import BeginForm, ForwardForm, chosen, place_field, typed
from engage.services import services
from surveys.coding.frames import FrameRefused, make_frame, open_questions
from surveys.coding.ideas import FEWEST_PEOPLE, MOST_FORWARD, Idea, IdeasRefused, idea_frame, ideas, with_ideas
from surveys.coding.to_code import Progress, progress, whole
from surveys.designing import new_design
from surveys.library.starting import begin_questionnaire, starting_points
from surveys.questionnaire import Questionnaire
from surveys.questionnaire_file import to_yaml
from surveys.storage import tables

blueprint = Blueprint("ideas", __name__, url_prefix="/staff/surveys/<slug>/ideas")

NAME = "Ideas"
NEXT = "strategy"
"""The starting point of the survey in which people rate the ideas."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the page shows. ``frame`` is None as long as nobody has begun; ``questions`` are labels by id."""

    opened: OpenedSurvey
    frame: tables.CodeFrame | None
    questions: dict[str, str]
    ideas: tuple[Idea, ...]
    far: Progress


@blueprint.get("")
@requires("code_comments")
def show(slug: str) -> Response:
    """The ideas, how many people raised each, and the form in which they go forward."""
    return _page(_standing(slug), ForwardForm(formdata=None))


@blueprint.post("")
@requires("code_comments")
def begin(slug: str) -> Response:
    """Begin to group the answers of some questions into ideas."""
    standing, form = _standing(slug), BeginForm()
    form.questions.choices = standing.questions
    if standing.frame is None:
        if not form.is_sent():
            return _page(standing, ForwardForm(formdata=None), {"questions": "Choose a question"})
        try:
            with services().database.writing() as session:
                frame = make_frame(
                    session,
                    survey=open_survey(session, slug).survey,
                    name=NAME,
                    questions=form.questions.data or (),
                    kind="ideas",
                    at=clock.now(),
                    by=staff().email,
                )
                record_coding(session, CodeFrameMade(slug, frame.id, EMPTY))
        except FrameRefused as refused:
            return _page(standing, ForwardForm(formdata=None), {"questions": str(refused)})
    return make_response(redirect(url_for("ideas.show", slug=slug), 303))


@blueprint.post("/next-survey")
@requires("design_surveys")
def next_survey(slug: str) -> Response:
    """A new survey whose themes are the chosen ideas, to be designed further."""
    standing, form = _standing(slug), ForwardForm()
    who, at = staff(), clock.now()
    try:
        with services().database.writing() as session:
            drafted = _drafted(session, standing, form)
            if isinstance(drafted, dict):
                return _page(standing, form, drafted)
            organisation = session.get_one(tables.Organisation, who.organisation_id)
            words = f"Begun from ideas of {standing.opened.title}"[:200]
            design = new_design(
                session, organisation=organisation, questionnaire=drafted, change=words, at=at, by=who.email
            )
            begun = design.questionnaire.slug
            record_coding(session, IdeasWentForward(slug, len(drafted.themes), begun))
            record_coding(session, SurveyBegun(begun, f"ideas of {slug}"))
    except IdeasRefused as refused:
        return _page(standing, form, {"forward": str(refused)})
    return make_response(redirect(url_for("studio.survey", slug=begun), 303))


@blueprint.post("/file")
@requires("code_comments")
def file(slug: str) -> Response:
    """The same draft as a questionnaire file."""
    standing, form = _standing(slug), ForwardForm()
    try:
        with services().database.writing() as session:
            drafted = _drafted(session, standing, form)
            if isinstance(drafted, dict):
                return _page(standing, form, drafted)
            record_coding(session, IdeasWentForward(slug, len(drafted.themes), ""))
    except IdeasRefused as refused:
        return _page(standing, form, {"forward": str(refused)})
    response = Response(to_yaml(drafted), content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{drafted.slug}.yaml"'
    return response


def _standing(slug: str) -> _Standing:
    with services().database.reading() as session:
        opened = open_survey(session, slug)
        frame = idea_frame(session, survey=opened.survey)
        asked = {
            one.id: f"{one.text} (about each theme)" if one.in_themes else one.text
            for one in open_questions(session, survey=opened.survey)
        }
        found = ideas(session, frame=frame) if frame else ()
        far = whole(progress(session, frame=frame)) if frame else Progress(0, 0)
        session.expunge_all()
    return _Standing(opened, frame, asked, found, far)


def _drafted(session: Session, standing: _Standing, form: ForwardForm) -> Questionnaire | dict[str, str]:
    """The next survey's questionnaire as the form asks for it, or what is wrong, by the name of the field."""
    forward, problems = chosen(standing.ideas)
    complete = form.is_sent()
    problems |= {name: messages[0] for name, messages in form.errors.items() if name}
    if standing.frame is None or problems or not complete:
        return problems or {"forward": "The form could not be read. Send it again."}
    organisation = session.get_one(tables.Organisation, staff().organisation_id)
    questionnaire = begin_questionnaire(
        next(point for point in starting_points() if point.id == NEXT),
        title=str(form.title.data),
        audience="",
        organisation=organisation.name,
        standing_texts=organisation.standing_texts,
    )
    return with_ideas(session, questionnaire, frame=standing.frame, forward=forward)


def _page(standing: _Standing, form: ForwardForm, errors: dict[str, str] | None = None) -> Response:
    question = BeginForm(formdata=None)
    question.questions.choices = standing.questions
    page = staff_page(
        "insight/ideas.html",
        standing=standing,
        opened=standing.opened,
        frame=standing.frame,
        form=form,
        question=question,
        button=StaffForm(formdata=None),
        typed=typed,
        place_field=place_field,
        errors=errors or {},
        fewest=FEWEST_PEOPLE,
        most=MOST_FORWARD,
        may_design="design_surveys" in standing.opened.may,
    )
    return make_response(page, 422 if errors else 200)
