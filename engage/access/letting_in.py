"""The cookies that go out when somebody is let in, and those by which their browser is known before."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from flask import Response, make_response, redirect, request, url_for

from engage.access.accounts import normalise_email
from engage.access.browsers import browser_name
from engage.access.signed_in import delete_cookie, form_cookie, session_cookie, session_token, set_cookie
from engage.access.signed_values import read_signed, signed
from engage.access.signing_in import HALF_WAY, Browser, Outcome
from engage.access.throttling import network_of
from engage.services import services
from engage.settings import Settings

_YEAR = datetime.timedelta(days=365)


def half_cookie(settings: Settings) -> str:
    """The cookie of somebody who has given a password and not yet the code of the second factor."""
    return "__Host-engage-half" if settings.secure else "engage-half"


def known_cookie(settings: Settings) -> str:
    """The cookie that stays in a browser in which somebody has signed in; it lets nobody in."""
    return "__Host-engage-known" if settings.secure else "engage-known"


def this_browser(email: str) -> Browser:
    """Where the request comes from, as far as it matters to whoever signs in with this address."""
    return Browser(
        network=network_of(request.remote_addr),
        name=browser_name(request.headers.get("User-Agent", "")),
        known=_known_to(email),
        former_token=session_token(),
    )


def let_in(outcome: Outcome, then: str) -> Response:
    """On to the page ``then``; to the second factor first, where it is still to come."""
    settings = services().settings
    if outcome.half is not None:
        response = make_response(redirect(url_for("second_factor.ask", next=then), 303))
        set_cookie(response, half_cookie(settings), outcome.half, lasts=HALF_WAY)
        return response
    if outcome.token is None:
        raise ValueError("nobody was let in")
    response = make_response(redirect(then, 303))
    set_cookie(response, session_cookie(settings), outcome.token)
    set_cookie(
        response,
        known_cookie(settings),
        signed(settings, "known browser", [secrets.token_urlsafe(12), _digest(outcome.email)]),
        lasts=_YEAR,
    )
    delete_cookie(response, form_cookie(settings))
    delete_cookie(response, half_cookie(settings))
    return response


def _known_to(email: str) -> str | None:
    settings = services().settings
    match read_signed(settings, "known browser", request.cookies.get(known_cookie(settings), "")):
        case [str(browser), str(digest)] if digest == _digest(email):
            return browser
    return None


def _digest(email: str) -> str:
    return hashlib.sha256(normalise_email(email).encode("utf-8", "replace")).hexdigest()[:32]
