"""Pages for what goes wrong on staff pages. Whatever somebody typed is shown again, so that it can be copied."""

from __future__ import annotations

from flask import Response, jsonify, request
from werkzeug.exceptions import HTTPException

from engage.languages import DEFAULT
from engage.public_pages import page
from engage.services import services
from engage.typed_texts import AUTOSAVE, typed_texts

_SAID = {
    401: ("You have been signed out", "Nothing was saved now. Sign in again, then enter it once more."),
    403: ("You cannot open this page", "Ask an administrator if you need it for your work."),
    413: (
        "Too much was entered",
        "Go back and shorten what you have written. It is still on the page before this one.",
    ),
    429: ("Too many tries", "Wait a few minutes, then try again."),
}
_NOT_FOUND = ("Page not found", "Check the address, or go to your surveys.")
_GONE = (
    "This is not there any more",
    "Somebody may have removed it while you had it open, so nothing was saved now. It can be undone in the survey.",
)
_UNREADABLE = (
    "The form could not be read",
    "It may have been open since before you signed in. Open the page again, then enter it once more.",
)


def refused_to_staff(code: int, error: HTTPException) -> Response:
    """The page for a request that a staff page refused, or its words alone for a script that saves."""
    typed = typed_texts()
    not_found = _GONE if typed or AUTOSAVE in request.headers else _NOT_FOUND
    heading, said = _SAID.get(code, not_found if code in (404, 405) else _UNREADABLE)
    if AUTOSAVE in request.headers:
        then = " Sign in again in another tab, then press Save here." if code == 401 else ""
        said = f"Not saved: {heading[0].lower()}{heading[1:]}. What you typed is still here.{then}"
        response = jsonify({"status": said})
        response.status_code = code
        return response
    html = page(
        "errors/refused_to_staff.html",
        DEFAULT,
        services().assets,
        heading=heading,
        said=said,
        typed=typed,
        sign_in=f"/staff/sign-in?next={request.path}" if code == 401 else None,
    )
    response = Response(html, code, mimetype="text/html")
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response
