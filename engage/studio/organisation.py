"""The organisation's own page: what every new survey begins with, its logo and its colour."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, request, url_for
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import OrganisationChanged, record
from engage.respond.logos import Logos
from engage.services import services
from engage.studio.about.lengths import PRIVACY_FITS, TEXT_FITS, TITLE_FITS
from engage.studio.logos import MOST_BYTES, LogoRefused, prepared_logo
from engage.studio.uploads import allow_upload, uploaded
from surveys.library.starting import suggested_texts
from surveys.organisations import OrganisationRefused, rename_organisation, set_face
from surveys.storage import tables
from surveys.wording.basics import LEAST_CONTRAST, contrast_with_white

blueprint = Blueprint("organisation", __name__, url_prefix="/staff")

# Read in full up to here, so that a picture that is too large loses nothing else of the form.
READ_BYTES = 4 * MOST_BYTES
TEXTS = ("contact", "help_line", "privacy", "telephone", "paper", "wifi", "sender")
_TOO_LARGE = "The picture has more than 5 MB. Make it smaller first. Type the other fields again"


class OrganisationForm(StaffForm):
    name = StringField("Name", [DataRequired("Write the organisation's name"), TITLE_FITS])
    contact = TextAreaField("Contact for questions and worries", [TEXT_FITS])
    help_line = TextAreaField("Where to get help", [TEXT_FITS])
    privacy = TextAreaField("Privacy", [PRIVACY_FITS])
    telephone = StringField("Taking part by telephone", [TEXT_FITS])
    paper = StringField("Taking part on paper", [TEXT_FITS])
    wifi = StringField("Name of your guest wifi", [TITLE_FITS])
    sender = StringField(
        "Sender of text messages", [Length(max=11, message="Use 11 characters or fewer: telephones show no more")]
    )
    logo = FileField("New logo")
    without_logo = BooleanField("Take the logo away")
    colour = StringField("Colour")

    def validate_colour(self, field: StringField) -> None:
        """White words must be readable on it, and it on white."""
        if not field.data:
            return
        ratio = contrast_with_white(field.data)
        if ratio is None or not field.data.startswith("#"):
            raise ValidationError("Write the colour as # and six digits or letters a to f, for example #005eb8")
        if ratio < LEAST_CONTRAST:
            said = f"This colour is too pale to read: its contrast with white is {ratio:.1f} to 1"
            raise ValidationError(f"{said}. Choose a darker one, with at least 4.5 to 1")


@blueprint.route("/organisation", methods=["GET", "POST"])
@requires("manage_organisations")
def organisation() -> Response:
    """One form. A text that is left empty is asked for again in each survey."""
    readable = allow_upload(READ_BYTES)
    who = staff()
    with services().database.reading() as session:
        own = session.get_one(tables.Organisation, who.organisation_id)
        session.expunge_all()
    held = _held(own)
    form = OrganisationForm(data=held) if readable else OrganisationForm(formdata=None, data=held)
    if not readable:
        return _page(own, form, {"logo": _TOO_LARGE})
    complete = form.is_sent()
    problems = {name: str(found[0]) for name, found in form.errors.items() if name and found}
    picture = None
    if form.is_submitted():
        picture, refused = _picture(form)
        problems |= {"logo": refused} if refused else {}
    if not complete or problems:
        return _page(own, form, problems)
    try:
        _save(form, picture)
    except OrganisationRefused as refusal:
        return _page(own, form, {"name": f"{refusal}"})
    return make_response(redirect(url_for("organisation.organisation", saved="yes"), 303))


def _save(form: OrganisationForm, picture: tuple[bytes, str] | None) -> None:
    who, at = staff(), clock.now()
    with services().database.writing() as session:
        own = session.get_one(tables.Organisation, who.organisation_id)
        # A suggestion that nobody changed is not kept, so that it goes on naming the organisation rightly.
        suggested = _suggested(own.name)
        texts = {name: form[name].data for name in TEXTS if form[name].data not in ("", suggested.get(name))}
        kept = None if form.without_logo.data or own.logo is None else (own.logo, own.logo_type)
        logo, kind = picture or kept or (None, None)
        colour = (form.colour.data or "").lower() or None
        changes = {
            "name": own.name != form.name.data,
            "standing texts": own.standing_texts != texts,
            "logo": own.logo != logo,
            "colour": own.colour != colour,
        }
        rename_organisation(session, organisation=own, name=form.name.data or "")
        own.standing_texts = texts
        set_face(session, organisation=own, logo=logo, logo_type=kind, colour=colour)
        parts = tuple(name for name, changed in changes.items() if changed)
        if parts:
            event = OrganisationChanged(own.slug, parts)
            record(session, event, organisation_id=own.id, by=who.email, at=at)


def _picture(form: OrganisationForm) -> tuple[tuple[bytes, str] | None, str]:
    """The new logo ready to be stored, and what is wrong with what was sent."""
    given = uploaded(form.logo.data)
    if given is None:
        return None, ""
    try:
        return prepared_logo(given[1]), ""
    except LogoRefused as refused:
        return None, str(refused)


def _held(own: tables.Organisation) -> dict[str, str]:
    suggested = _suggested(own.name)
    texts = {name: own.standing_texts.get(name) or suggested.get(name, "") for name in TEXTS}
    return {"name": own.name, "colour": own.colour or "", **texts}


def _suggested(name: str) -> dict[str, str]:
    return {key: text.replace("{organisation}", name) for key, text in suggested_texts().items()}


def _page(own: tables.Organisation, form: OrganisationForm, problems: dict[str, str]) -> Response:
    # A fresh look, because the public pages remember a logo for half a minute.
    logo = Logos(services().database.reading).of(own.id)
    page = staff_page(
        "studio/organisation.html",
        form=form,
        errors=problems,
        logo=logo,
        organisation=own,
        saved=request.args.get("saved") == "yes" and not problems,
    )
    return make_response(page, 422 if problems else 200)
