"""The second factor: asked for at sign-in, set up, switched off, and its recovery codes."""

from __future__ import annotations

import base64
import binascii
import datetime
from urllib.parse import quote

from flask import Blueprint, Response, make_response, redirect, request, url_for

from engage import clock
from engage.access.account_forms import CodeForm, OwnPasswordForm, SetUpForm
from engage.access.accounts import account_named
from engage.access.form_pages import THROTTLED, form_page, is_confirmed, refuse
from engage.access.guards import public, requires
from engage.access.letting_in import half_cookie, let_in, this_browser
from engage.access.routes import own_page
from engage.access.second_factors import (
    app_address,
    matching_step,
    new_recovery_codes,
    new_secret,
    opened_secret,
    recovery_codes_left,
    sealed_secret,
    switch_off,
    switch_on,
)
from engage.access.sessions import renew_session
from engage.access.signed_in import expect_form, hand_out, session_token, staff
from engage.access.signing_in import give_code, half_signed_in
from engage.access.staff_pages import staff_page
from engage.services import services
from surveys.qr_codes import qr_code, svg_path

blueprint = Blueprint("second_factor", __name__, url_prefix="/staff")

WRONG_CODE = "The code is not right, or it was used already. Wait for the next one, or use a recovery code."
WRONG_SET_UP_CODE = "The code is not right. Enter the one that the app shows now, and check the phone's clock."


@blueprint.route("/second-factor", methods=["GET", "POST"])
@public
def ask() -> Response:
    expect_form()
    database, settings, at = services().database, services().settings, clock.now()
    half = request.cookies.get(half_cookie(settings), "")
    email = half_signed_in(database, settings, half=half, at=at)
    then = own_page(request.args.get("next", ""))
    form = CodeForm()
    if email is None:
        return make_response(redirect(url_for("access.sign_in", next=then), 303))
    if not form.is_sent():
        return form_page("access/second_factor_asked.html", form)
    typed, browser = form.code.data or "", this_browser(email)
    outcome = give_code(database, settings, half=half, typed=typed, browser=browser, at=at)
    if outcome.refused is None:
        return let_in(outcome, then)
    refuse(form, "code", THROTTLED if outcome.refused == "throttled" else WRONG_CODE)
    return form_page("access/second_factor_asked.html", form)


@blueprint.route("/account/second-factor", methods=["GET", "POST"])
@requires("use_staff_pages")
def set_up() -> Response:
    who, settings, at = staff(), services().settings, clock.now()
    with services().database.reading() as session:
        is_on = account_named(session, email=who.email).second_factor_at is not None
        left = recovery_codes_left(session, account_id=who.account_id)
    if is_on:
        return make_response(staff_page("access/second_factor_on.html", left=left))
    form = SetUpForm()
    is_sent = form.is_sent()
    secret = _carried(form) or new_secret()
    step = matching_step(secret, form.code.data or "", at=at) if is_sent else None
    sealed = sealed_secret(settings, account_id=who.account_id, secret=secret)
    if step is None:
        if is_sent:
            refuse(form, "code", WRONG_SET_UP_CODE)
        return _set_up_page(form, secret, sealed)
    return _switched_on(sealed, step, at)


@blueprint.route("/account/second-factor/off", methods=["GET", "POST"])
@requires("use_staff_pages")
def off() -> Response:
    who, form = staff(), OwnPasswordForm()
    if not is_confirmed(form, "password"):
        return form_page("access/second_factor_off.html", form)
    with services().database.writing() as session:
        switch_off(session, account=account_named(session, email=who.email), at=clock.now(), by=who.email)
    return make_response(redirect(url_for("account.show"), 303))


@blueprint.route("/account/recovery-codes", methods=["GET", "POST"])
@requires("use_staff_pages")
def recovery_codes() -> Response:
    who, form = staff(), OwnPasswordForm()
    if not is_confirmed(form, "password"):
        return form_page("access/new_recovery_codes.html", form)
    with services().database.writing() as session:
        account = account_named(session, email=who.email)
        if account.second_factor_at is None:
            return make_response(redirect(url_for("second_factor.set_up"), 303))
        codes = new_recovery_codes(session, account=account, at=clock.now(), by=who.email)
    return _codes_page(codes)


def _switched_on(sealed: bytes, step: int, at: datetime.datetime) -> Response:
    who = staff()
    with services().database.writing() as session:
        account = account_named(session, email=who.email)
        if account.second_factor_at is not None:
            # Sent twice: the codes of the first time are the ones that count.
            return make_response(redirect(url_for("second_factor.set_up"), 303))
        codes = switch_on(session, account=account, sealed=sealed, step=step, at=at, by=who.email)
        token = renew_session(session, token=session_token())
    if token is not None:
        hand_out(token)
    return _codes_page(codes)


def _codes_page(codes: tuple[str, ...]) -> Response:
    text = "Recovery codes for Engage. Each works once.\r\n\r\n" + "\r\n".join(codes) + "\r\n"
    address = "data:text/plain;charset=utf-8," + quote(text)
    return make_response(staff_page("access/recovery_codes.html", codes=codes, download=address))


def _set_up_page(form: SetUpForm, secret: str, sealed: bytes) -> Response:
    who = staff()
    address = app_address(secret, email=who.email)
    form.secret.data, form.secret.raw_data = base64.urlsafe_b64encode(sealed).decode(), None
    return form_page(
        "access/second_factor_set_up.html",
        form,
        picture=_picture(address),
        address=address,
        key=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        required=who.must_set_up,
    )


def _carried(form: SetUpForm) -> str | None:
    """The secret that the form carries; None if it is not one that was handed out to this account."""
    try:
        sealed = base64.urlsafe_b64decode(form.secret.data or "")
    except (binascii.Error, ValueError):
        return None
    return opened_secret(services().settings, account_id=staff().account_id, sealed=sealed)


def _picture(content: str) -> str:
    """A QR code as the address of a picture that holds itself."""
    code = qr_code(content, error_correction="M")
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {code.side} {code.side}">'
        f'<path fill="#fff" d="M0 0h{code.side}v{code.side}H0z"/><path d="{svg_path(code)}"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode()
