"""Who is signed in to the present request, and the cookie by which they are known."""

from __future__ import annotations

import hmac

from flask import Response, g, request

from engage import clock
from engage.access.sessions import NOTED_EVERY, Staff, find_session, note_seen
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
    """The token of the request's session cookie; empty without one."""
    return request.cookies.get(session_cookie(services().settings), "")


def set_cookie(response: Response, name: str, value: str) -> None:
    """A cookie that ends with the browser, is out of reach of scripts and stays on this address."""
    response.set_cookie(name, value, secure=services().settings.secure, httponly=True, samesite="Lax", path="/")


def delete_cookie(response: Response, name: str) -> None:
    """Take the cookie back from the browser."""
    response.delete_cookie(name, secure=services().settings.secure, httponly=True, samesite="Lax", path="/")


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
    if found is not None and at - found.last_seen_at >= NOTED_EVERY:
        with database.writing() as session:
            note_seen(session, token=token, at=at)
    return found
