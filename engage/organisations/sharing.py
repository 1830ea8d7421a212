"""Who may read whose results: recording an agreement, ending it, and the list of all of them."""

from __future__ import annotations

from typing import Literal, cast

from flask import Blueprint, Response, abort, make_response, redirect, url_for
from sqlalchemy.orm import Session

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import SharingAgreed, SharingEnded, record
from engage.organisations.forms import SCOPES, EndSharingForm, SharingForm
from engage.services import services
from engage.studio.home_lines import survey_titles
from engage.studio.overview import own_survey
from surveys.sharing import (
    Scope,
    SharingRefused,
    agree_sharing,
    agreements_of,
    end_sharing,
    find_agreement,
    possible_readers,
)
from surveys.storage import tables

blueprint = Blueprint("agreements", __name__, url_prefix="/staff")


@blueprint.route("/sharing", methods=["GET", "POST"])
@requires("manage_organisations")
def show() -> Response:
    who, form = staff(), SharingForm()
    with services().database.reading() as session:
        lines = agreements_of(session, organisation_id=who.organisation_id)
        own = session.get_one(tables.Organisation, who.organisation_id)
        form.survey.choices = dict(survey_titles(session, organisation_id=own.id))
        form.reader.choices = {one.slug: one.name for one in possible_readers(session, organisation=own)}
        name = own.name
    if form.is_sent():
        with services().database.writing() as session:
            problem = _agree(session, form)
        if problem is None:
            return make_response(redirect(url_for("agreements.show"), 303))
        form.reader.errors = [problem]
    errors = {field: found[0] for field, found in form.errors.items() if field and found}
    page = staff_page(
        "organisations/sharing.html",
        given=[line for line in lines if line.owner_id == who.organisation_id],
        received=[line for line in lines if line.owner_id != who.organisation_id],
        name=name,
        scopes=SCOPES,
        form=form,
        ending=EndSharingForm(formdata=None),
        errors=errors,
    )
    return make_response(page, 422 if errors else 200)


def _agree(session: Session, form: SharingForm) -> str | None:
    """What keeps the agreement from being recorded; None when it was."""
    who, at = staff(), clock.now()
    survey = own_survey(session, organisation_id=who.organisation_id, slug=str(form.survey.data)) or abort(404)
    own = session.get_one(tables.Organisation, who.organisation_id)
    readers = {one.slug: one for one in possible_readers(session, organisation=own)}
    reader, scope = readers.get(str(form.reader.data)) or abort(404), cast(Scope, form.scope.data)
    reference = form.reference.data or ""
    try:
        agree_sharing(session, survey=survey, reader=reader, scope=scope, reference=reference, at=at, by=who.email)
    except SharingRefused as refused:
        return f"{str(refused)[:1].upper()}{str(refused)[1:]}"
    event = SharingAgreed(survey.slug, reader.slug, scope, reference)
    record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
    return None


@blueprint.post("/sharing/end")
@requires("manage_organisations")
def end() -> Response:
    who, at, form = staff(), clock.now(), EndSharingForm()
    if not form.is_sent():
        abort(400)
    with services().database.writing() as session:
        wanted = int(form.agreement.data or "0")
        agreement = find_agreement(session, organisation_id=who.organisation_id, agreement_id=wanted) or abort(404)
        end_sharing(session, agreement=agreement, at=at, by=who.email)
        survey = session.get_one(tables.Survey, agreement.survey_id)
        reader = session.get_one(tables.Organisation, agreement.reader_id)
        ended_by: Literal["owner", "reader"] = "owner" if survey.organisation_id == who.organisation_id else "reader"
        event = SharingEnded(survey.slug, reader.slug, ended_by)
        record(session, event, organisation_id=agreement.organisation_id, by=who.email, at=at)
    return make_response(redirect(url_for("agreements.show"), 303))
