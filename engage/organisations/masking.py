"""What the own organisation adds to the masking of comments, and a sentence to try it with."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, request, url_for
from sqlalchemy.orm import Session
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import MaskingListChanged, record
from engage.services import services
from surveys.comments.masking_list import MaskingListRefused, find_masking_list, keep_masking_list
from surveys.masking import KINDS, OwnDetails, find_masks, masked
from surveys.masking.own import LONGEST_SHAPES, MOST_NAMES, shape_example
from surveys.storage import tables

blueprint = Blueprint("masking", __name__, url_prefix="/staff/organisation")

LONGEST_TRY = 2_000
SHOWN_FAULTS = 20


class MaskingForm(StaffForm):
    hospital_number = StringField(
        "How your hospital numbers look",
        [Length(max=LONGEST_SHAPES, message=f"Use at most {LONGEST_SHAPES} characters for all shapes together")],
    )
    staff_names = TextAreaField("Names of your staff, one a line")


class TryForm(StaffForm):
    words = TextAreaField(
        "A sentence",
        [
            DataRequired("Write a sentence to try"),
            Length(max=LONGEST_TRY, message=f"Use at most {LONGEST_TRY} characters"),
        ],
    )


@blueprint.route("/masking", methods=["GET", "POST"])
@requires("manage_organisations")
def show() -> Response:
    own = _own()
    form = MaskingForm(data=_held(own))
    if not form.is_sent():
        return _page(own, form, TryForm(formdata=None))
    try:
        with services().database.writing() as session:
            _keep(session, form)
    except MaskingListRefused as refused:
        if refused.shape:
            form.hospital_number.errors = [refused.shape]
        if refused.names:
            form.staff_names.errors = [_how_many(len(refused.names))]
        return _page(own, form, TryForm(formdata=None), refused.names)
    return make_response(redirect(url_for("masking.show", saved="yes"), 303))


@blueprint.post("/masking/try")
@requires("manage_organisations")
def attempt() -> Response:
    """The sentence as everybody would see it. It is answered at once and kept nowhere."""
    own, form = _own(), TryForm()
    complete = form.is_sent()
    words = form.words.data or ""
    result = masked(words, find_masks(words, own)) if complete else None
    return _page(own, MaskingForm(formdata=None, data=_held(own)), form, result=result)


def _own() -> OwnDetails:
    with services().database.reading() as session:
        kept = find_masking_list(session, organisation=_organisation(session))
        return OwnDetails(kept.hospital_number, tuple(kept.staff_names)) if kept else OwnDetails()


def _held(own: OwnDetails) -> dict[str, str]:
    return {"hospital_number": own.hospital_number, "staff_names": "\n".join(own.staff_names)}


def _keep(session: Session, form: MaskingForm) -> None:
    who, at, own = staff(), clock.now(), _organisation(session)
    names = (form.staff_names.data or "").splitlines()
    if keep_masking_list(
        session, organisation=own, hospital_number=form.hospital_number.data or "", names=names, at=at, by=who.email
    ):
        kept = find_masking_list(session, organisation=own)
        event = MaskingListChanged(own.slug, len(kept.staff_names) if kept else 0, bool(kept and kept.hospital_number))
        record(session, event, organisation_id=own.id, by=who.email, at=at)


def _organisation(session: Session) -> tables.Organisation:
    return session.get_one(tables.Organisation, staff().organisation_id)


def _page(
    own: OwnDetails,
    form: MaskingForm,
    trying: TryForm,
    faults: tuple[tuple[int, str], ...] = (),
    result: str | None = None,
) -> Response:
    found = {**form.errors, **trying.errors}
    errors = {name: said[0] for name, said in found.items() if name and said}
    page = staff_page(
        "organisations/masking.html",
        form=form,
        trying=trying,
        faults=faults[:SHOWN_FAULTS],
        more_faults=max(0, len(faults) - SHOWN_FAULTS),
        example=shape_example(own.hospital_number),
        names=len(own.staff_names),
        most_names=MOST_NAMES,
        kinds=KINDS,
        result=result,
        saved=request.args.get("saved") == "yes",
        errors=errors,
    )
    return make_response(page, 422 if errors else 200)


def _how_many(lines: int) -> str:
    if lines == 1:
        return "One line of the list cannot be used: it is named above it"
    return f"{lines} lines of the list cannot be used: they are named above it"
