"""Pages for what goes wrong, in words that say what to do. What somebody typed stays there, ready to be tried again."""

from __future__ import annotations

from flask import Flask, Response, request
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from engage.languages import DEFAULT, Wording, catalogue_languages, wording
from engage.public_pages import page
from engage.request_log import log_fault
from engage.respond.posted import Posted, read_form
from engage.services import services
from engage.staff_error_pages import refused_to_staff

RETRY_SECONDS = 10
_UNSAID = ("token", "draft", "action", "clear")


def handle_errors(application: Flask) -> None:
    """Answer every error of the application with a page of ours."""
    application.register_error_handler(HTTPException, _refused)
    application.register_error_handler(Exception, _failed)


def _refused(error: HTTPException) -> Response:
    if error.response is not None:
        # Flask makes its own kind of response for every error that it raises.
        return error.get_response()  # type: ignore[return-value]
    code = error.code or 500
    if code >= 500:
        return _failed(error)
    if request.path.startswith("/staff"):
        return refused_to_staff(code, error)
    words = _words()
    match code:
        case 404 | 405:
            heading = words("Page not found")
            said = words("Check the address, or enter the code from your poster.")
        case 403:
            heading = words("You cannot open this page")
            said = words("Ask an administrator if you need it for your work.")
        case 413:
            heading = words("Too much was entered")
            said = words("Go back and shorten what you have written. It is still on the page before this one.")
        case 429:
            heading = words("Too many tries")
            said = words("Wait a few minutes, then try again.")
        case _:
            heading = words("The page could not be read")
            said = words("Go back and try again, or enter the code from your poster.")
    response = _page("errors/refused.html", words, code, heading=heading, said=said)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _failed(error: Exception) -> Response:
    log_fault(error)
    words = _words()
    is_busy = isinstance(error, OperationalError | PoolTimeout) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    )
    posted = _posted()
    response = _page(
        "errors/failed.html",
        words,
        503 if is_busy else 500,
        address=request.full_path.rstrip("?") if request.method == "POST" else None,
        posted=[(name, value) for name, values in posted.items() for value in values],
        typed=[value for name, values in posted.items() if name not in _UNSAID for value in values if " " in value],
    )
    if is_busy:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _page(template: str, words: Wording, status: int, **values: object) -> Response:
    return Response(page(template, words.language, services().assets, **values), status, mimetype="text/html")


def _posted() -> Posted:
    if request.method != "POST" or request.path.startswith("/staff"):
        return Posted({})
    try:
        return read_form(request)
    except (RequestEntityTooLarge, OSError):
        return Posted({})


def _words() -> Wording:
    """The language of the address, if it holds one that the words around a survey exist in."""
    named = (request.view_args or {}).get("language")
    return wording(named if named in catalogue_languages() else DEFAULT)
