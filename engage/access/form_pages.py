"""Pages with one form: as they begin, and with what is wrong."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response

from engage import clock
from engage.access.forms import StaffForm
from engage.access.letting_in import this_browser
from engage.access.signed_in import keep_form_cookie, staff
from engage.access.signing_in import check_own_password
from engage.access.staff_pages import staff_page
from engage.access.throttling import WINDOW
from engage.services import services

THROTTLED = "There have been too many tries from here. Wait 15 minutes, then try again."
WRONG_PASSWORD = "The password is not right."  # noqa: S105 This is a message.


def form_page(template: str, form: StaffForm, **values: Any) -> Response:
    """The page of a form: 200 as it begins, 422 with its problems, 429 where somebody is to wait."""
    errors = {name: str(found[0]) for name, found in form.errors.items() if name and found}
    response = make_response(staff_page(template, form=form, errors=errors, **values), 422 if errors else 200)
    if THROTTLED in errors.values():
        response.status_code = 429
        response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return keep_form_cookie(response)


def refuse(form: StaffForm, field: str, problem: str) -> None:
    """Say at a field what is wrong with it, though it was filled in as its form asks."""
    form[field].errors = [problem]


def is_confirmed(form: StaffForm, field: str) -> bool:
    """Whether the form was sent with the signed-in person's own password in ``field``; says so there if not."""
    if not form.is_sent():
        return False
    who = staff()
    found = check_own_password(
        services().database,
        services().settings,
        email=who.email,
        password=form[field].data or "",
        browser=this_browser(who.email),
        at=clock.now(),
    )
    if found != "right":
        refuse(form, field, THROTTLED if found == "throttled" else WRONG_PASSWORD)
    return found == "right"
