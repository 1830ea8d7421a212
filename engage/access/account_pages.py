"""What everybody may change about their own account: name, password, and where they are signed in."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, url_for

from engage import clock
from engage.access.account_forms import EndSessionForm, NameForm, NewPasswordForm
from engage.access.accounts import account_named, end_sessions
from engage.access.form_pages import form_page, is_confirmed, refuse
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.letting_in import let_in, this_browser
from engage.access.passwords import PasswordRefused, check_new_password, hash_password
from engage.access.routes import signed_out
from engage.access.second_factors import recovery_codes_left
from engage.access.sessions import end_listed_session, list_sessions, start_session
from engage.access.signed_in import session_token, staff
from engage.access.signing_in import Outcome
from engage.audit.events import NameChanged, PasswordChanged, SessionsEnded, record
from engage.services import services

blueprint = Blueprint("account", __name__, url_prefix="/staff/account")


@blueprint.route("", methods=["GET", "POST"])
@requires("use_staff_pages")
def show() -> Response:
    who, at = staff(), clock.now()
    form = NameForm(data={"name": who.name})
    if not form.is_sent():
        with services().database.reading() as session:
            account = account_named(session, email=who.email)
            left = recovery_codes_left(session, account_id=who.account_id)
            sessions = list_sessions(session, account_id=who.account_id, token=session_token(), at=at)
        return form_page(
            "access/account.html",
            form,
            has_second_factor=account.second_factor_at is not None,
            codes_left=left,
            password_changed_at=account.password_changed_at,
            sessions=sessions,
            end_form=StaffForm(formdata=None),
        )
    with services().database.writing() as session:
        account_named(session, email=who.email).name = (form.name.data or "").strip()
        record(session, NameChanged(who.email), organisation_id=who.organisation_id, by=who.email, at=at)
    return make_response(redirect(url_for("account.show"), 303))


@blueprint.route("/password", methods=["GET", "POST"])
@requires("use_staff_pages")
def password() -> Response:
    who, form, at = staff(), NewPasswordForm(), clock.now()
    if not is_confirmed(form, "present"):
        return form_page("access/password.html", form)
    chosen = form.password.data or ""
    try:
        check_new_password(chosen, email=who.email)
    except PasswordRefused as refusal:
        refuse(form, "password", str(refusal))
        return form_page("access/password.html", form)
    stored = hash_password(chosen)
    with services().database.writing() as session:
        account = account_named(session, email=who.email)
        account.password_hash, account.password_changed_at = stored, at
        end_sessions(session, account)
        token = start_session(session, account=account, at=at, browser=this_browser(who.email).name)
        record(session, PasswordChanged(who.email), organisation_id=who.organisation_id, by=who.email, at=at)
    return let_in(Outcome(token, email=who.email), url_for("account.show"))


@blueprint.post("/end-session")
@requires("use_staff_pages")
def end_session() -> Response:
    who, form = staff(), EndSessionForm()
    if form.is_sent():
        with services().database.writing() as session:
            if end_listed_session(session, account_id=who.account_id, reference=form.session.data or ""):
                event = SessionsEnded(who.email, 1)
                record(session, event, organisation_id=who.organisation_id, by=who.email, at=clock.now())
    return make_response(redirect(url_for("account.show"), 303))


@blueprint.post("/sign-out-everywhere")
@requires("use_staff_pages")
def sign_out_everywhere() -> Response:
    who = staff()
    if not StaffForm().is_sent():
        return make_response(redirect(url_for("account.show"), 303))
    with services().database.writing() as session:
        ended = end_sessions(session, account_named(session, email=who.email))
        event = SessionsEnded(who.email, ended)
        record(session, event, organisation_id=who.organisation_id, by=who.email, at=clock.now())
    return signed_out()
