"""Who is signed in to the present request, and the cookie by which they are known."""

from __future__ import annotations

import datetime
import hmac
import secrets

from flask import Response, after_this_request, g, request

from engage import clock
from engage.access.sessions import NOTED_EVERY, Staff, find_session, note_seen, renew_session
from engage.services import services
from engage.settings import Settings


def session_cookie(settings: Settings) -> str:
    """The cookie's name. The prefix, which browsers enforce, needs HTTPS."""
    return "__Host-engage-staff" if settings.secure else "engage-staff"


def form_cookie(settings: Settings) -> str:
    """The cookie that ties the sign-in form to the browser before anybody is signed in."""
    return "__Host-engage-form" if settings.secure else "engage-form"


def signed_in() -> Staff | None:
    """Who is signed in, asked of the database once for each request."""
    if "staff" not in g:
        g.staff = _find()
    found: Staff | None = g.staff
    return found


def staff() -> Staff:
    """Who is signed in, in a view that requires it."""
    found = signed_in()
    if found is None:
        raise RuntimeError("this view must be declared with @requires")
    return found


def session_token() -> str:
    """The token of the request's session cookie, or the one that has just taken its place; empty without one."""
    renewed: str | None = g.get("renewed_token")
    return renewed or request.cookies.get(session_cookie(services().settings), "")


def set_cookie(response: Response, name: str, value: str, *, lasts: datetime.timedelta | None = None) -> None:
    """A cookie that ends with the browser unless it ``lasts``, is out of reach of scripts and stays on this address."""
    secure = services().settings.secure
    response.set_cookie(name, value, max_age=lasts, secure=secure, httponly=True, samesite="Lax", path="/")


def delete_cookie(response: Response, name: str) -> None:
    """Take the cookie back from the browser."""
    response.delete_cookie(name, secure=services().settings.secure, httponly=True, samesite="Lax", path="/")


def expect_form() -> None:
    """Before a form that is filled in by somebody who is not signed in: tie it to their browser."""
    if signed_in() is None and not request.cookies.get(form_cookie(services().settings)):
        g.form_nonce = secrets.token_urlsafe(24)


def keep_form_cookie(response: Response) -> Response:
    """``response`` with the cookie that such a form needs to be accepted."""
    if "form_nonce" in g:
        set_cookie(response, form_cookie(services().settings), g.form_nonce)
    return response


def form_token(secret_key: str) -> str:
    """What a form must carry to be accepted from this browser; empty where the browser sent no cookie yet."""
    settings = services().settings
    bound_to = session_token() if signed_in() else g.get("form_nonce") or request.cookies.get(form_cookie(settings), "")
    if not bound_to:
        return ""
    return hmac.new(secret_key.encode(), b"staff form\0" + bound_to.encode("utf-8", "replace"), "sha256").hexdigest()


def _find() -> Staff | None:
    token, at = session_token(), clock.now()
    if not token:
        return None
    database = services().database
    with database.reading() as session:
        found = find_session(session, token=token, at=at)
    if found is None:
        return None
    # A form that is being sent carries a token of the cookie it came with, so a new cookie waits for the next page.
    renewing = found.to_be_renewed and request.method == "GET"
    if renewing or at - found.last_seen_at >= NOTED_EVERY:
        with database.writing() as session:
            note_seen(session, token=token, at=at)
            renewed = renew_session(session, token=token) if renewing else None
        if renewed is not None:
            hand_out(renewed)
    return found


def hand_out(token: str) -> None:
    """The session goes on under this token: forms of this response are made for it, and its cookie holds it."""
    g.renewed_token = token
    after_this_request(_with_renewed_cookie)


def _with_renewed_cookie(response: Response) -> Response:
    set_cookie(response, session_cookie(services().settings), g.renewed_token)
    return response
