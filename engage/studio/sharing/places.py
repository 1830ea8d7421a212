"""Many rows of the planner at once, from a list of places."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import CollectorAdded, record
from engage.services import services
from engage.studio.overview import own_survey, survey_line
from engage.studio.sharing.forms import MOST_TYPED, PlacesForm
from engage.studio.sharing.rows import what_is_shared
from engage.studio.uploads import allow_upload, uploaded
from surveys.audiences import audience_choices
from surveys.collectors import add_collector, collectors_of
from surveys.places_list import MOST_LINES, ListedPlace, lines_of_file, read_places
from surveys.planner import CHANNELS, fill_in, plan_of

MOST_BYTES = 256 * 1024
TOO_LARGE = f"This list is too long. Upload a CSV file with at most {MOST_LINES} places"

blueprint = Blueprint("sharing_places", __name__, url_prefix="/staff/surveys/<slug>/share")


@blueprint.route("/places", methods=["GET", "POST"])
@requires("share_surveys")
def places(slug: str) -> Response:
    """Paste or upload, look at what would be made, then make it."""
    who, at, database = staff(), clock.now(), services().database
    readable = allow_upload(MOST_BYTES)
    form = PlacesForm() if readable else PlacesForm(formdata=None)
    complete = readable and form.is_sent()
    problem = None if readable else TOO_LARGE
    if readable and form.is_submitted():
        problem = _take_file(form)
    sure = complete and problem is None and request.form.get("sure") == "yes"
    with database.writing() if sure else database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        audiences = dict(audience_choices(session))
        listed = read_places(
            form.lines.data or "",
            audiences=audiences,
            existing=[plan_of(one) for one in collectors_of(session, survey=survey)],
            usual_audience=what_is_shared(session, survey=survey).usual_audience,
        )
        errors = _errors(form, listed, problem) if form.is_submitted() else {}
        form.lines.errors, form.file.errors = ([errors[name]] if name in errors else [] for name in ("lines", "file"))
        if sure and not errors:
            for one in listed:
                plan = one.plan
                if plan is None:
                    continue
                made = add_collector(
                    session, survey=survey, name=plan.name, audience=plan.audience, at=at, by=who.email
                )
                fill_in(session, collector=made, survey=survey, plan=plan, at=at)
                event = CollectorAdded(slug, made.code)
                record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
            return make_response(redirect(url_for("sharing.planner", slug=slug), 303))
        line = survey_line(session, survey=survey, at=at)
    page = staff_page(
        "studio/sharing/places.html",
        form=form,
        errors=errors,
        survey=line,
        listed=listed,
        audiences=audiences,
        channels=CHANNELS,
    )
    return make_response(page, 422 if errors else 200)


def _take_file(form: PlacesForm) -> str | None:
    """Put the lines of an uploaded file into the form, after those that were typed; what is wrong with the file."""
    given = uploaded(form.file.data)
    if given is None:
        return None
    try:
        lines = lines_of_file(given[1])
    except ValueError as refused:
        return str(refused)
    together = "\n".join(filter(None, (form.lines.data, lines)))
    if len(together.encode()) > MOST_TYPED:
        return TOO_LARGE
    form.lines.data = together
    return None


def _errors(form: PlacesForm, listed: tuple[ListedPlace, ...], problem: str | None) -> dict[str, str]:
    if form.lines.errors:
        return {"lines": str(form.lines.errors[0])}
    if problem:
        return {"file": problem}
    if not listed:
        return {"lines": "Write at least one place, or upload a list"}
    if len(listed) > MOST_LINES:
        return {"lines": f"Add at most {MOST_LINES} places at once. This list has {len(listed)}"}
    wrong = [one for one in listed if one.problem]
    return {"lines": f"Line {wrong[0].line}: {wrong[0].problem}"} if wrong else {}
