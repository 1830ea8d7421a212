"""The activity planner: its rows are the survey's collectors, and each has a code, an address and prints."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import CollectorAdded, CollectorChanged, CollectorRestarted, CollectorStopped, record
from engage.services import services
from engage.studio.overview import own_survey, survey_line
from engage.studio.sharing.forms import RowForm
from engage.studio.sharing.rows import own_row, what_is_shared
from surveys.audiences import audience_choices, is_staff
from surveys.collectors import add_collector, collectors_of, restart_collector, stop_collector
from surveys.planner import CHANNELS, fill_in, place_suggestions, plan_of, planner_csv, read_planner, twin_of
from surveys.qr_codes import QUIET_ZONE, address_for_qr, grouped_code, qr_code, svg_path
from surveys.storage import tables

blueprint = Blueprint("sharing", __name__, url_prefix="/staff/surveys/<slug>/share")

ONE_CODE = "One code for everybody"


@blueprint.route("", methods=["GET", "POST"])
@requires("share_surveys")
def planner(slug: str) -> Response:
    """The planner; its button makes one code at once, for whoever wants no more."""
    who, at, database = staff(), clock.now(), services().database
    form = StaffForm()
    if form.is_sent():
        with database.writing() as session:
            survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
            # Pressed twice, the button still makes one code.
            code = next((one.code for one in collectors_of(session, survey=survey)), None)
            if code is None:
                audience = what_is_shared(session, survey=survey).usual_audience
                made = add_collector(session, survey=survey, name=ONE_CODE, audience=audience, at=at, by=who.email)
                code = made.code
                event = CollectorAdded(survey=slug, code=code)
                record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
        return make_response(redirect(url_for("sharing.row", slug=slug, code=code), 303))
    with database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        line = survey_line(session, survey=survey, at=at)
        shared = what_is_shared(session, survey=survey)
        plan = read_planner(session, survey=survey, planned_audiences=shared.planned_audiences)
    only = plan.rows[0] if len(plan.rows) == 1 else None
    page = staff_page(
        "studio/sharing/planner.html",
        form=form,
        survey=line,
        planner=plan,
        shared=shared,
        only=only,
        code=_code(only.code) if only else None,
    )
    return make_response(page)


@blueprint.get("/planner.csv")
@requires("share_surveys")
def planner_file(slug: str) -> Response:
    """The planner for a spreadsheet."""
    who, settings = staff(), services().settings
    with services().database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        planned = what_is_shared(session, survey=survey).planned_audiences
        plan = read_planner(session, survey=survey, planned_audiences=planned)
    # The mark at the start tells spreadsheets that the letters are UTF-8.
    content = "\ufeff" + planner_csv(plan, base_url=settings.base_url)
    response = Response(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-planner.csv"'
    return response


@blueprint.route("/add", methods=["GET", "POST"])
@requires("share_surveys")
def add(slug: str) -> Response:
    """One more row, with a code of its own."""
    who, at, database = staff(), clock.now(), services().database
    with database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        shared = what_is_shared(session, survey=survey)
        form = RowForm(audience=shared.usual_audience)
        values = _offered(session, form, survey, shared.languages)
        line = survey_line(session, survey=survey, at=at)
    if not form.is_sent():
        return _form_page("studio/sharing/add.html", form, survey=line, **values)
    plan = form.plan()
    with database.writing() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        made = add_collector(session, survey=survey, name=plan.name, audience=plan.audience, at=at, by=who.email)
        fill_in(session, collector=made, survey=survey, plan=plan, at=at)
        code = twin_of(session, collector=made)
        if code is None:
            code = made.code
            record(session, CollectorAdded(slug, code), organisation_id=who.organisation_id, by=who.email, at=at)
        else:
            # The button was pressed twice: the row is there.
            session.rollback()
    return make_response(redirect(url_for("sharing.row", slug=slug, code=code), 303))


@blueprint.route("/<code>", methods=["GET", "POST"])
@requires("share_surveys")
def row(slug: str, code: str) -> Response:
    """One row: its code and address, what to print, and everything that the planner says of it."""
    who, at, database = staff(), clock.now(), services().database
    with database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        found = own_row(session, survey=survey, code=code) or abort(404)
        shared = what_is_shared(session, survey=survey)
        plan = plan_of(found)
        form = RowForm(data={name: getattr(plan, name) for name in plan.__slots__} | {"language": plan.language or ""})
        languages = dict.fromkeys((*shared.languages, *([plan.language] if plan.language else [])))
        values = _offered(session, form, survey, languages)
        line = survey_line(session, survey=survey, at=at)
        rows = read_planner(session, survey=survey, planned_audiences=shared.planned_audiences).rows
        session.expunge_all()
    if not form.is_sent():
        shown = next(one for one in rows if one.code == found.code)
        return _form_page(
            "studio/sharing/row.html", form, survey=line, row=shown, code=_code(found.code), shared=shared, **values
        )
    with database.writing() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        stored = own_row(session, survey=survey, code=code) or abort(404)
        changed = fill_in(session, collector=stored, survey=survey, plan=form.plan(), at=at)
        if changed:
            event = CollectorChanged(slug, stored.code, changed)
            record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
    return make_response(redirect(url_for("sharing.planner", slug=slug), 303))


@blueprint.route("/<code>/stop", methods=["GET", "POST"])
@requires("share_surveys")
def stop(slug: str, code: str) -> Response:
    """Stop a code, or start it again, once somebody has read what that means."""
    who, at, database = staff(), clock.now(), services().database
    form = StaffForm()
    sent = form.is_sent()
    with database.writing() if sent else database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        found = own_row(session, survey=survey, code=code) or abort(404)
        line = survey_line(session, survey=survey, at=at)
        stopped = found.stopped_at is not None
        if sent and request.form.get("stop") == "yes" and not stopped:
            stop_collector(session, collector=found, at=at, by=who.email)
            record(
                session, CollectorStopped(slug, found.code), organisation_id=who.organisation_id, by=who.email, at=at
            )
        elif sent and request.form.get("stop") == "no" and stopped:
            restart_collector(session, collector=found, at=at, by=who.email)
            event = CollectorRestarted(slug, found.code)
            record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
        session.flush()
        session.expunge_all()
    if sent:
        return make_response(redirect(url_for("sharing.row", slug=slug, code=found.code), 303))
    page = staff_page(
        "studio/sharing/stop.html", form=form, survey=line, row=found, stopped=stopped, code=_code(found.code)
    )
    return make_response(page)


def _offered(session: Any, form: RowForm, survey: tables.Survey, languages: Any) -> dict[str, Any]:
    """What the form of a row lets people choose from; stored audiences that are not in the list stay possible."""
    form.offer(audience_choices(session), languages)
    return {
        "places": place_suggestions(session, organisation_id=survey.organisation_id),
        "channels": CHANNELS,
        "is_staff": is_staff(form.audience.data or ""),
    }


def _form_page(template: str, form: RowForm, **values: Any) -> Response:
    errors = {name: found[0] for name, found in form.errors.items() if name and found}
    return make_response(staff_page(template, form=form, errors=errors, **values), 422 if errors else 200)


def _code(code: str) -> dict[str, Any]:
    """A code as a page shows it: in groups, with its address and the QR code's drawing."""
    base_url = services().settings.base_url
    drawn = qr_code(address_for_qr(base_url, code))
    return {
        "code": code,
        "grouped": grouped_code(code),
        "address": f"{base_url}/{code}",
        "path": svg_path(drawn),
        "side": drawn.side,
        "quiet_zone": QUIET_ZONE,
    }
