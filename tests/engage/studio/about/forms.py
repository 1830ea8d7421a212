"""Filling in the forms about a survey as a browser does: with what stands there, and some of it changed."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from engage.unit_of_work import Database
from surveys.designing import Design, find_design, new_design
from surveys.organisations import ensure_root
from surveys.preparation import Preparation
from surveys.storage import tables
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW, a_questionnaire

HUB = "/staff/surveys/small-survey"
REVISION = re.compile(r'name="revision" value="(\d+)"')


def a_design(database: Database, preparation: Preparation | None = None, **changes: Any) -> None:
    """A survey that is being designed."""
    with database.writing() as session:
        new_design(
            session,
            organisation=ensure_root(session),
            questionnaire=a_questionnaire(**changes),
            preparation=preparation,
            at=NOW,
            by="somebody@example.org",
        )


def the_design(database: Database) -> Design:
    """The design of the only survey as it is now."""
    with database.reading() as session:
        design = find_design(session, survey=session.scalars(select(tables.Survey)).one())
    assert design is not None
    return design


def change(browser: StaffBrowser, page: str, fields: dict[str, Any], *, autosave: bool = False) -> TestResponse:
    """Open the page, change ``fields`` and send the whole form; a list stands for ticked boxes."""
    shown = browser.get(f"{HUB}/{page}").text
    form = shown[shown.index("data-autosave>") :]
    held: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        found = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if found.get("type") in ("radio", "checkbox"):
            if " checked" in tag:
                held.setdefault(found["name"], []).append(unescape(found["value"]))
        elif "name" in found:
            held[found["name"]] = unescape(found.get("value", ""))
    for name, text in re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', form):
        held[name] = unescape(text)
    headers = {"X-Autosave": "1"} if autosave else {}
    data = {**held, "csrf_token": browser.token(f"{HUB}/{page}"), **fields}
    return browser.client.post(f"{HUB}/{page}", data=data, headers=headers, environ_base=browser.environment)
