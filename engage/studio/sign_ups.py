"""Downloading the addresses that people left for a workshop or for the results."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.audit.events import SignUpsExported, record
from engage.services import services
from engage.studio.overview import own_survey
from surveys.sign_ups import list_sign_ups, sign_ups_csv

blueprint = Blueprint("sign_ups", __name__, url_prefix="/staff")


@blueprint.get("/surveys/<slug>/sign-ups.csv")
@requires("export_sign_ups")
def export(slug: str) -> Response:
    who = staff()
    with services().database.writing() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        content = sign_ups_csv(session, survey=survey)
        event = SignUpsExported(slug, len(list_sign_ups(session, survey=survey)))
        record(session, event, organisation_id=who.organisation_id, by=who.email, at=clock.now())
    # The mark at the start tells spreadsheets that the letters are UTF-8.
    response = Response("\ufeff" + content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-sign-ups.csv"'
    return response
