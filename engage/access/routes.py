"""Signing in and out."""

from __future__ import annotations

import re
import secrets

from flask import Blueprint, Response, g, make_response, redirect, request, url_for

from engage import clock
from engage.access.forms import SignInForm, StaffForm
from engage.access.guards import public, requires
from engage.access.sessions import end_session
from engage.access.signed_in import (
    delete_cookie,
    form_cookie,
    session_cookie,
    session_token,
    set_cookie,
    signed_in,
    staff,
)
from engage.access.signing_in import sign_in as try_to_sign_in
from engage.access.staff_pages import staff_page
from engage.access.throttling import WINDOW, network_of
from engage.audit.events import SignedOut, record
from engage.services import services
from engage.unit_of_work import Database

blueprint = Blueprint("access", __name__, url_prefix="/staff")

# The same words whether the account exists or not.
WRONG = "The e-mail address or the password is not right."
THROTTLED = "There have been too many tries from here. Wait 15 minutes, then try again."
NO_COOKIE = "Your browser did not send the cookie that signing in needs. Allow cookies for this address and try again."


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response:
    settings = services().settings
    if signed_in() is None and not request.cookies.get(form_cookie(settings)):
        g.form_nonce = secrets.token_urlsafe(24)
    form = SignInForm()
    complete = form.validate_on_submit()
    if form.is_submitted() and form.csrf_token.errors:
        return _page(form, NO_COOKIE, 400)
    if not complete:
        return _page(form, None, 422 if form.is_submitted() else 200)
    outcome = try_to_sign_in(
        services().database,
        email=form.email.data or "",
        password=form.password.data or "",
        network=network_of(request.remote_addr),
        former_token=session_token(),
        secret_key=settings.secret_key,
        at=clock.now(),
    )
    if outcome.token is None:
        throttled = outcome.refused == "throttled"
        return _page(form, THROTTLED if throttled else WRONG, 429 if throttled else 422)
    response = make_response(redirect(_own_page(request.args.get("next", "")), 303))
    set_cookie(response, session_cookie(settings), outcome.token)
    delete_cookie(response, form_cookie(settings))
    return response


@blueprint.post("/sign-out")
@requires("use_staff_pages")
def sign_out() -> Response:
    if not StaffForm().is_sent():
        return make_response(redirect(url_for("studio.home"), 303))
    _end(services().database)
    response = make_response(redirect(url_for("access.sign_in"), 303))
    delete_cookie(response, session_cookie(services().settings))
    # Cookies are left alone: somebody may be part-way through a survey in the same browser.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _end(database: Database) -> None:
    who = staff()
    with database.writing() as session:
        end_session(session, token=session_token())
        event = SignedOut(who.email)
        record(session, event, organisation_id=who.organisation_id, by=who.email, at=clock.now())


def _page(form: SignInForm, problem: str | None, status: int) -> Response:
    errors = {"email": problem} if problem else {field: found[0] for field, found in form.errors.items() if field}
    response = make_response(staff_page("access/sign_in.html", form=form, errors=errors), status)
    if status == 429:
        response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    if "form_nonce" in g:
        set_cookie(response, form_cookie(services().settings), g.form_nonce)
    return response


def _own_page(wanted: str) -> str:
    """The wanted address if it is one of our staff pages, else the first one: nobody is sent elsewhere from here."""
    if re.fullmatch(r"/staff(/[A-Za-z0-9._~-]+)*/?(\?[A-Za-z0-9._~=&%+-]*)?", wanted):
        return wanted
    return url_for("studio.home")
