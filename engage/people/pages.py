"""The people of an organisation: the list, inviting, and one person's page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from flask import Blueprint, Response, abort, make_response, redirect, url_for
from sqlalchemy.orm import Session

from engage import clock
from engage.access.accounts import AccountRefused, enable_account, roles_of
from engage.access.form_pages import form_page, refuse
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.second_factors import switch_off
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.people.forms import InviteForm, RolesForm
from engage.people.invitations import cancel_invitation, invite, make_password_link, open_invitations
from engage.people.managing import (
    PersonRefused,
    change_roles,
    check_may_change,
    disable_person,
    find_own_invitation,
    find_person,
    list_people,
    organisations_of,
    roles_to_give,
)
from engage.people.roles import ROLE_NAMES, ROLE_SENTENCES
from engage.services import services
from surveys.storage import tables

blueprint = Blueprint("people", __name__, url_prefix="/staff/people")

# Numbers beyond this fit into no database.
NUMBER = "int(max=2147483647)"


@blueprint.get("")
@requires("manage_people")
def show() -> str:
    who, at = staff(), clock.now()
    with services().database.reading() as session:
        people = list_people(session, who)
        here = organisations_of(session, who)
        invitations = open_invitations(session, organisation_ids=here, at=at)
    return staff_page(
        "access/people.html",
        people=people,
        invitations=invitations,
        several=len(here) > 1,
        role_names=ROLE_NAMES,
        form=StaffForm(formdata=None),
    )


@blueprint.route("/invite", methods=["GET", "POST"])
@requires("manage_people")
def send_invitation() -> Response:
    who = staff()
    form = InviteForm()
    form.offer(roles_to_give(who.permissions))
    with services().database.reading() as session:
        names = organisations_of(session, who)
    form.organisation.choices = list(names.items())
    if not form.is_sent():
        return form_page("access/invite.html", form, several=len(names) > 1, sentences=ROLE_SENTENCES)
    try:
        with services().database.writing() as session:
            token = invite(
                session,
                organisation_id=form.organisation.data,
                email=form.email.data or "",
                roles=form.roles.data or [],
                at=clock.now(),
                by=who.email,
            )
    except AccountRefused as refusal:
        refuse(form, "email", str(refusal))
        return form_page("access/invite.html", form, several=len(names) > 1, sentences=ROLE_SENTENCES)
    return _link_page(token, (form.email.data or "").strip(), is_new=True)


@blueprint.post(f"/invitations/<{NUMBER}:invitation>/cancel")
@requires("manage_people")
def cancel(invitation: int) -> Response:
    who, at = staff(), clock.now()
    if StaffForm().is_sent():
        with services().database.writing() as session:
            found = find_own_invitation(session, who, invitation) or abort(404)
            cancel_invitation(session, invitation=found, at=at, by=who.email)
    return make_response(redirect(url_for("people.show"), 303))


@blueprint.route(f"/<{NUMBER}:person>", methods=["GET", "POST"])
@requires("manage_people")
def person(person: int) -> Response:
    who, form = staff(), RolesForm()
    form.offer(roles_to_give(who.permissions))
    if form.is_sent():
        try:
            with services().database.writing() as session:
                account = find_person(session, who, person) or abort(404)
                change_roles(session, who, account=account, roles=form.roles.data or [], at=clock.now())
            return make_response(redirect(url_for("people.person", person=person), 303))
        except PersonRefused as refusal:
            refuse(form, "roles", str(refusal))
    return _person_page(person, form)


@blueprint.post(f"/<{NUMBER}:person>/disable")
@requires("manage_people")
def disable(person: int) -> Response:
    who, at = staff(), clock.now()
    return _changed(person, lambda session, account: disable_person(session, who, account=account, at=at))


@blueprint.post(f"/<{NUMBER}:person>/enable")
@requires("manage_people")
def enable(person: int) -> Response:
    who, at = staff(), clock.now()
    return _changed(person, lambda session, account: enable_account(session, account=account, at=at, by=who.email))


@blueprint.post(f"/<{NUMBER}:person>/second-factor-off")
@requires("manage_people")
def second_factor_off(person: int) -> Response:
    who, at = staff(), clock.now()
    return _changed(person, lambda session, account: switch_off(session, account=account, at=at, by=who.email))


@blueprint.post(f"/<{NUMBER}:person>/password-link")
@requires("manage_people")
def password_link(person: int) -> Response:
    who, at = staff(), clock.now()
    if not StaffForm().is_sent():
        return make_response(redirect(url_for("people.person", person=person), 303))
    try:
        with services().database.writing() as session:
            account = find_person(session, who, person) or abort(404)
            check_may_change(session, who, account)
            if account.disabled_at is not None:
                raise PersonRefused("This account is disabled. Enable it first.")
            token = make_password_link(session, account=account, at=at, by=who.email)
    except PersonRefused as refusal:
        return _person_page(person, RolesForm(formdata=None), str(refusal))
    return _link_page(token, account.email, is_new=False)


def _changed(person: int, change: Callable[[Session, tables.Account], None]) -> Response:
    who = staff()
    if StaffForm().is_sent():
        try:
            with services().database.writing() as session:
                account = find_person(session, who, person) or abort(404)
                check_may_change(session, who, account)
                change(session, account)
        except PersonRefused as refusal:
            return _person_page(person, RolesForm(formdata=None), str(refusal))
    return make_response(redirect(url_for("people.person", person=person), 303))


def _person_page(person: int, form: RolesForm, problem: str | None = None) -> Response:
    who = staff()
    with services().database.reading() as session:
        account = find_person(session, who, person) or abort(404)
        held = roles_of(session, account)
        organisation = organisations_of(session, who)[account.organisation_id]
    form.offer(roles_to_give(who.permissions))
    if not form.is_submitted() or problem:
        form.roles.data = list(held)
    if problem:
        refuse(form, "roles", problem)
    return form_page(
        "access/person.html",
        form,
        person=account,
        organisation=organisation,
        is_self=account.id == who.account_id,
        sentences=ROLE_SENTENCES,
    )


def _link_page(token: str, email: str, *, is_new: bool) -> Response:
    link = services().settings.base_url + url_for("invitation.accept", token=token)
    subject = "Your account for Engage" if is_new else "A new password for Engage"
    asked = "set up your account" if is_new else "choose a new password"
    body = f"Open this link to {asked}. It works once, within 7 days.\r\n\r\n{link}\r\n"
    letter = f"mailto:{quote(email, safe='@')}?subject={quote(subject)}&body={quote(body)}"
    return make_response(staff_page("access/link.html", link=link, letter=letter, email=email, is_new=is_new))
