"""The tree of organisations: the own one and those below it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, url_for
from sqlalchemy.orm import Session

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import OrganisationAdded, OrganisationRenamed, SecondFactorRuleChanged, record
from engage.organisations.forms import AddOrganisationForm, ChangeOrganisationForm
from engage.services import services
from surveys.organisations import KINDS, Branch, OrganisationRefused, add_organisation, rename_organisation, tree_below
from surveys.storage import tables

blueprint = Blueprint("organisations", __name__, url_prefix="/staff")


@blueprint.route("/organisations", methods=["GET", "POST"])
@requires("manage_organisations")
def tree() -> Response:
    who, form = staff(), AddOrganisationForm()
    with services().database.reading() as session:
        branches = tree_below(session, who.organisation_id)
        session.expunge_all()
    form.below.choices = {branch.organisation.slug: " › ".join(branch.path) for branch in branches}
    if form.is_sent():
        problem = _add(form)
        if problem is None:
            return make_response(redirect(url_for("organisations.tree"), 303))
        form.name.errors = [problem]
    errors = {name: found[0] for name, found in form.errors.items() if name and found}
    page = staff_page("organisations/tree.html", branches=branches, kinds=KINDS, form=form, errors=errors)
    return make_response(page, 422 if errors else 200)


def _add(form: AddOrganisationForm) -> str | None:
    """What keeps the organisation from being added; None when it was."""
    who = staff()
    with services().database.writing() as session:
        parent = _own(session, str(form.below.data))
        try:
            added = add_organisation(session, parent=parent, name=form.name.data or "", kind=str(form.kind.data))
        except OrganisationRefused as refused:
            return _sentence(refused)
        event = OrganisationAdded(added.slug, added.name, added.kind)
        record(session, event, organisation_id=who.organisation_id, by=who.email, at=clock.now())
    return None


@blueprint.route("/organisations/<organisation>", methods=["GET", "POST"])
@requires("manage_organisations")
def change(organisation: str) -> Response:
    who = staff()
    with services().database.reading() as session:
        found = _branch(session, organisation)
        session.expunge_all()
    form = ChangeOrganisationForm(obj=found.organisation)
    if form.is_sent():
        with services().database.writing() as session:
            problem = _change(session, _own(session, organisation), form)
        if problem is None:
            return make_response(redirect(url_for("organisations.tree"), 303))
        form.name.errors = [problem]
    errors = {name: found_[0] for name, found_ in form.errors.items() if name and found_}
    page = staff_page(
        "organisations/organisation.html",
        branch=found,
        kinds=KINDS,
        is_own=found.organisation.id == who.organisation_id,
        form=form,
        errors=errors,
    )
    return make_response(page, 422 if errors else 200)


def _change(session: Session, organisation: tables.Organisation, form: ChangeOrganisationForm) -> str | None:
    """What keeps the organisation from being changed; None when it was."""
    who, at, before = staff(), clock.now(), organisation.name
    try:
        rename_organisation(session, organisation=organisation, name=form.name.data or "")
    except OrganisationRefused as refused:
        return _sentence(refused)
    required = bool(form.second_factor_required.data)
    switched = organisation.second_factor_required != required
    organisation.second_factor_required = required
    if organisation.name != before:
        event = OrganisationRenamed(organisation.slug, before, organisation.name)
        record(session, event, organisation_id=organisation.id, by=who.email, at=at)
    if switched:
        changed = SecondFactorRuleChanged(organisation.slug, required)
        record(session, changed, organisation_id=organisation.id, by=who.email, at=at)
    return None


def _branch(session: Session, slug: str) -> Branch:
    """The signed-in person's own organisation or one below it; anything else ends the request with 404."""
    branches = tree_below(session, staff().organisation_id)
    return next((branch for branch in branches if branch.organisation.slug == slug), None) or abort(404)


def _own(session: Session, slug: str) -> tables.Organisation:
    return _branch(session, slug).organisation


def _sentence(refused: Exception) -> str:
    return f"{str(refused)[:1].upper()}{str(refused)[1:]}"
