"""The page on which a survey is linked to the one that it asks again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for
from sqlalchemy.orm import Session

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import WaveLinked, WaveRemoved, record
from engage.insight.waves.forms import EarlierForm, QuestionsForm, field_of
from engage.services import services
from engage.studio.home_lines import survey_titles
from engage.studio.overview import SurveyLine, own_survey, survey_line
from surveys.comparing.comparability import COMPARABILITIES, Comparability, ComparedItem
from surveys.publishing import is_published
from surveys.storage import tables
from surveys.waves import (
    WaveRefused,
    compared_with_earlier,
    earlier_survey,
    link_wave,
    possible_earlier_surveys,
    remove_wave,
    wave_of,
)

blueprint = Blueprint("waves", __name__, url_prefix="/staff/surveys/<slug>/waves")

_CHANGED = "Somebody chose another survey meanwhile. Compare the questions again"


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the page shows. ``possible`` are titles by slug of surveys that may come before; None for a draft."""

    survey: SurveyLine
    possible: dict[str, str] | None
    earlier: str
    items: tuple[ComparedItem, ...]


@blueprint.get("")
@requires("make_reports")
def show(slug: str) -> Response:
    return _page(_standing(slug))


@blueprint.post("")
@requires("make_reports")
def link(slug: str) -> Response:
    """Link the survey to the earlier one that was chosen; each question compares as the two questionnaires say."""
    standing, form = _standing(slug), EarlierForm()
    form.earlier.choices = [("", "Choose a survey"), *(standing.possible or {}).items()]
    if not form.is_sent():
        return _page(standing, form, problems={"earlier": (form.earlier.errors or [""])[0]})
    with services().database.writing() as session:
        _link(session, slug, str(form.earlier.data), {})
    return _back(slug)


@blueprint.post("/questions")
@requires("make_reports")
def questions(slug: str) -> Response:
    """Keep what somebody says of single questions."""
    standing, form = _standing(slug), QuestionsForm()
    if not form.is_sent():
        abort(400)
    if not standing.earlier or form.earlier.data != standing.earlier:
        return _page(standing, problems={"main": _CHANGED})
    items = [item for item in standing.items if item.can_be_chosen]
    said = {item.key: request.form.get(field_of(item.key), item.comparability) for item in items}
    chosen = {key: one for key, words in said.items() for one in COMPARABILITIES if one == words}
    with services().database.writing() as session:
        _link(session, slug, standing.earlier, chosen)
    return _back(slug)


@blueprint.post("/remove")
@requires("make_reports")
def remove(slug: str) -> Response:
    """Let the survey stand alone again."""
    if not StaffForm().is_sent():
        abort(400)
    who = staff()
    with services().database.writing() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        earlier = earlier_survey(session, survey=survey)
        if earlier is not None and remove_wave(session, survey=survey):
            event = WaveRemoved(slug, earlier.slug)
            record(session, event, organisation_id=who.organisation_id, by=who.email, at=clock.now())
    return _back(slug)


def _standing(slug: str) -> _Standing:
    who, at = staff(), clock.now()
    with services().database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        line = survey_line(session, survey=survey, at=at)
        if not is_published(session, survey=survey):
            return _Standing(line, None, "", ())
        titles = dict(survey_titles(session, organisation_id=who.organisation_id))
        possible = [one.slug for one in possible_earlier_surveys(session, survey=survey)]
        earlier = earlier_survey(session, survey=survey)
        return _Standing(
            line,
            {one: f"{titles[one]} ({one})" for one in possible},
            earlier.slug if earlier else "",
            compared_with_earlier(session, survey=survey),
        )


def _link(session: Session, slug: str, earlier_slug: str, chosen: dict[str, Comparability]) -> None:
    who, at = staff(), clock.now()
    survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
    earlier = own_survey(session, organisation_id=who.organisation_id, slug=earlier_slug) or abort(404)
    try:
        link_wave(session, survey=survey, earlier=earlier, chosen=chosen, at=at, by=who.email)
    except WaveRefused:
        # Only what somebody else did since the page was read can be refused here.
        abort(409)
    event = WaveLinked(slug, earlier_slug, _chosen(session, survey))
    record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)


def _chosen(session: Session, survey: tables.Survey) -> int:
    linked = wave_of(session, survey=survey)
    return len(linked.comparability) if linked else 0


def _page(standing: _Standing, form: EarlierForm | None = None, *, problems: dict[str, str] | None = None) -> Response:
    if form is None:
        form = EarlierForm(formdata=None, earlier=standing.earlier)
        form.earlier.choices = [("", "Choose a survey"), *(standing.possible or {}).items()]
    page = staff_page(
        "insight/waves.html",
        survey=standing.survey,
        possible=standing.possible,
        earlier=(standing.possible or {}).get(standing.earlier, standing.earlier),
        differing=[item for item in standing.items if item.can_be_chosen and item.derived != "same"],
        not_asked=[item for item in standing.items if not item.can_be_chosen],
        same=[item for item in standing.items if item.derived == "same"],
        form=form,
        questions=QuestionsForm(formdata=None, earlier=standing.earlier),
        field_of=field_of,
        problems=problems,
    )
    return make_response(page, 422 if problems else 200)


def _back(slug: str) -> Response:
    return make_response(redirect(url_for("waves.show", slug=slug), 303))
