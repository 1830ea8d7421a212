"""The pages on which a test or spam answer is found and removed. What was looked at and removed is noted."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import ResponseRemoved, SingleAnswersShown, record
from engage.services import services
from engage.studio.forms import RemoveForm, SearchForm
from engage.studio.overview import own_survey, survey_line
from engage.studio.single_answers import MOST_SHOWN, Search, search_answers, single_answer
from surveys.collecting import remove_response
from surveys.collectors import collectors_of

blueprint = Blueprint("removing", __name__, url_prefix="/staff")


@blueprint.get("/surveys/<slug>/answers")
@requires("remove_responses")
def answers(slug: str) -> Response:
    who, at = staff(), clock.now()
    with services().database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        line = survey_line(session, survey=survey, at=at)
        collectors = collectors_of(session, survey=survey)
        form = SearchForm(request.args)
        form.collector.choices = {"": "All collectors"} | {one.code: f"{one.code} {one.name}" for one in collectors}
        asked = any(request.args.get(field.name) for field in form)
        found = None
        if asked and form.validate():
            by_code = {collector.code: collector.id for collector in collectors}
            search = Search(by_code.get(form.collector.data or ""), form.day.data, (form.words.data or "").strip())
            found = search_answers(session, survey=survey, search=search)
    if found:
        with services().database.writing() as session:
            event = SingleAnswersShown(slug, len(found))
            record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
    errors = {field.name: field.errors[0] for field in form if field.errors}
    page = staff_page(
        "studio/answers.html",
        survey=line,
        form=form,
        found=found,
        most=MOST_SHOWN,
        errors=errors,
        remove=RemoveForm(formdata=None),
    )
    return make_response(page, 422 if errors else 200)


@blueprint.post("/surveys/<slug>/answers/remove")
@requires("remove_responses")
def remove(slug: str) -> Response:
    """Asked for the first time without a reason, it shows the answer and asks for one."""
    form = RemoveForm()
    complete = form.is_sent()
    who, at = staff(), clock.now()
    with services().database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        line = survey_line(session, survey=survey, at=at)
        answer = single_answer(session, survey=survey, key=form.key.data or "") or abort(404)
    if not complete:
        first_time = form.sure.data != "yes"
        errors = {} if first_time or not form.reason.errors else {"reason": form.reason.errors[0]}
        if first_time:
            form.reason.errors = ()
        page = staff_page("studio/remove.html", survey=line, form=form, answer=answer, errors=errors)
        return make_response(page, 422 if errors else 200)
    with services().database.writing() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        if remove_response(session, survey=survey, key=bytes.fromhex(answer.key)):
            event = ResponseRemoved(slug, answer.collector, (form.reason.data or "").strip())
            record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
    return make_response(redirect(url_for("removing.removed", slug=slug), 303))


@blueprint.get("/surveys/<slug>/answers/removed")
@requires("remove_responses")
def removed(slug: str) -> str:
    with services().database.reading() as session:
        survey = own_survey(session, organisation_id=staff().organisation_id, slug=slug) or abort(404)
        line = survey_line(session, survey=survey, at=clock.now())
    return staff_page("studio/removed.html", survey=line)
