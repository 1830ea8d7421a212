"""Going through an import as an officer's browser does: every field of the page is sent with every button."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Any

from werkzeug.test import TestResponse

from engage.unit_of_work import Database
from surveys.designing import Design, find_design, new_design
from surveys.organisations import ensure_root
from surveys.storage import tables
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW, a_questionnaire

IMPORT = "/staff/surveys/small-survey/import"
REVIEW = f"{IMPORT}/review"
THEMES = "/staff/surveys/small-survey/themes"


def a_design(database: Database, **changes: Any) -> None:
    """A survey that is being designed; ``changes`` replace fields of its questionnaire."""
    with database.writing() as session:
        questionnaire = a_questionnaire(**changes)
        new_design(session, organisation=ensure_root(session), questionnaire=questionnaire, at=NOW, by="a@example.org")


def the_design(database: Database) -> Design:
    with database.reading() as session:
        survey = session.query(tables.Survey).one()
        found = find_design(session, survey=survey)
    assert found is not None
    return found


def upload(browser: StaffBrowser, content: bytes, name: str, pasted: str = "") -> TestResponse:
    data = {"csrf_token": browser.token(IMPORT), "document": (io.BytesIO(content), name), "pasted": pasted}
    return browser.client.post(IMPORT, data=data, content_type="multipart/form-data", environ_base=browser.environment)


def paste(browser: StaffBrowser, text: str) -> TestResponse:
    data = {"csrf_token": browser.token(IMPORT), "pasted": text}
    return browser.client.post(IMPORT, data=data, content_type="multipart/form-data", environ_base=browser.environment)


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._area: str | None = None
        self._in_form = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._in_form = str(given.get("action", "")).endswith("/import/review")
        if not self._in_form or not given.get("name"):
            return
        name = str(given["name"])
        if tag == "textarea":
            self._area, self.values[name] = name, ""
        elif tag == "input" and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.values[name] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            # The first line feed in a text area is not part of its text.
            self.values[self._area] = self.values[self._area].removeprefix("\n")
            self._area = None


def fields(page: str) -> dict[str, str]:
    """Every field of the review's form, as a browser would send it."""
    parser = _Fields()
    parser.feed(page)
    return parser.values


def press(browser: StaffBrowser, act: str, page: str | None = None, **typed: str) -> TestResponse:
    """Press a button of the review (of ``page``, else as it is now) after typing into its fields."""
    values = fields(page if page is not None else browser.get(REVIEW).text)
    values.update({name.replace("_", "-"): value for name, value in typed.items()})
    return browser.client.post(REVIEW, data={**values, "act": act}, environ_base=browser.environment)


def themes_on(page: str) -> list[tuple[str, str]]:
    """Title and explanation of each theme on the page."""
    values = fields(page)
    count = len([name for name in values if re.fullmatch(r"title-\d+", name)])
    return [(values[f"title-{at}"], values[f"explanation-{at}"]) for at in range(count)]
