"""Signing in and out."""

from __future__ import annotations

import re

from flask import Blueprint, Response, make_response, redirect, request, url_for

from engage import clock
from engage.access.form_pages import THROTTLED, form_page, refuse
from engage.access.forms import SignInForm, StaffForm
from engage.access.guards import public, requires
from engage.access.letting_in import let_in, this_browser
from engage.access.sessions import end_session
from engage.access.signed_in import delete_cookie, expect_form, session_cookie, session_token, staff
from engage.access.signing_in import sign_in as try_to_sign_in
from engage.audit.events import SignedOut, record
from engage.services import services
from engage.unit_of_work import Database

blueprint = Blueprint("access", __name__, url_prefix="/staff")

TEMPLATE = "access/sign_in.html"
# The same words whether the account exists or not.
WRONG = "The e-mail address or the password is not right."
NO_COOKIE = "Your browser did not send the cookie that signing in needs. Allow cookies for this address and try again."


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response:
    expect_form()
    form = SignInForm()
    complete = form.validate_on_submit()
    if form.is_submitted() and form.csrf_token.errors:
        refuse(form, "email", NO_COOKIE)
        return make_response(form_page(TEMPLATE, form), 400)
    if not complete:
        return form_page(TEMPLATE, form)
    email = form.email.data or ""
    outcome = try_to_sign_in(
        services().database,
        services().settings,
        email=email,
        password=form.password.data or "",
        browser=this_browser(email),
        at=clock.now(),
    )
    if outcome.refused is None:
        return let_in(outcome, own_page(request.args.get("next", "")))
    refuse(form, "email", THROTTLED if outcome.refused == "throttled" else WRONG)
    return form_page(TEMPLATE, form)


@blueprint.post("/sign-out")
@requires("use_staff_pages")
def sign_out() -> Response:
    if not StaffForm().is_sent():
        return make_response(redirect(url_for("studio.home"), 303))
    _end(services().database)
    return signed_out()


def signed_out() -> Response:
    """On to the sign-in page, with nothing of the session left in the browser."""
    response = make_response(redirect(url_for("access.sign_in"), 303))
    delete_cookie(response, session_cookie(services().settings))
    # Cookies are left alone: somebody may be part-way through a survey in the same browser.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def own_page(wanted: str) -> str:
    """The wanted address if it is one of our staff pages, else the first one: nobody is sent elsewhere from here."""
    if re.fullmatch(r"/staff(/[A-Za-z0-9._~-]+)*/?(\?[A-Za-z0-9._~=&%+-]*)?", wanted):
        return wanted
    return url_for("studio.home")


def _end(database: Database) -> None:
    who = staff()
    with database.writing() as session:
        end_session(session, token=session_token())
        event = SignedOut(who.email)
        record(session, event, organisation_id=who.organisation_id, by=who.email, at=clock.now())
