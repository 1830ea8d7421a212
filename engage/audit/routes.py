"""The audit trail on a page and as a file: what happened in one's own organisation and those below it."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict
from wtforms import DateField, Form, SelectField, StringField
from wtforms.validators import Length, Optional

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.chain import head
from engage.audit.events import AuditTrailExported, record
from engage.audit.reading import Sought, actions, as_csv, audit_page, records
from engage.services import services
from surveys.organisations import organisation_and_below

blueprint = Blueprint("audit", __name__, url_prefix="/staff")

FILE = "audit.csv"
LAST_PAGE = 1_000_000


class DayField(DateField):
    """A date that says how to write it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """As a date; ValueError with what to enter."""
        try:
            super().process_formdata(valuelist)
        except ValueError as fault:
            raise ValueError("Enter a date such as 2026-11-21") from fault


class SearchForm(Form):
    """Sent with GET: it changes nothing, so it needs no token."""

    actor = StringField("Person", [Optional(), Length(max=254, message="Enter an e-mail address or a part of one")])
    action = SelectField("What happened", [Optional()])
    since = DayField("From", [Optional()])
    until = DayField("To", [Optional()])


@blueprint.get("/audit")
@requires("read_audit")
def trail() -> str:
    zone = ZoneInfo(services().settings.time_zone)
    number = _page_number()
    with services().database.reading() as session:
        seen = organisation_and_below(session, staff().organisation_id)
        form = _form(actions(session, organisation_ids=seen))
        found = audit_page(session, organisation_ids=seen, sought=_sought(form, zone), page=number)
        end = head(session)
        session.expunge_all()
    # Dates that cannot be read are left out of the search, and said so.
    return staff_page(
        "audit/trail.html",
        form=form,
        errors={field.name: field.errors[0] for field in form if field.errors},
        found=found,
        several=len(seen) > 1,
        number=number,
        asked={name: value for name, value in request.args.items(multi=False) if name in form and value},
        when=lambda moment: moment.astimezone(zone),
        end=end,
    )


@blueprint.get("/audit.csv")
@requires("read_audit")
def file() -> Response:
    who, zone = staff(), ZoneInfo(services().settings.time_zone)
    with services().database.writing() as session:
        seen = organisation_and_below(session, who.organisation_id)
        sought = _sought(_form(actions(session, organisation_ids=seen)), zone)
        content = "".join(as_csv(records(session, organisation_ids=seen, sought=sought)))
        record(session, AuditTrailExported(FILE), organisation_id=who.organisation_id, by=who.email, at=clock.now())
    # The mark at the start tells spreadsheets that the letters are UTF-8.
    response = Response("\ufeff" + content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return response


def _form(kinds: list[str]) -> SearchForm:
    form = SearchForm(MultiDict(request.args))
    form.action.choices = {"": "Everything"} | {kind: kind[:1].upper() + kind[1:] for kind in kinds}
    form.validate()
    return form


def _sought(form: SearchForm, zone: ZoneInfo) -> Sought:

    def given(name: str) -> datetime.date | None:
        day: datetime.date | None = None if form[name].errors else form[name].data
        # No database knows days close to the ends of the calendar in every zone.
        return day if day is not None and 1900 <= day.year <= 9000 else None

    return Sought(
        actor="" if form.actor.errors else (form.actor.data or "").replace("\0", "").strip(),
        action="" if form.action.errors else form.action.data or "",
        since=given("since"),
        until=given("until"),
        zone=zone,
    )


def _page_number() -> int:
    text = request.args.get("page", "1")
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 9 else 1
