"""A survey that is being designed, links to its preview, and somebody who reads it."""

import datetime
from dataclasses import replace
from html import unescape

from flask import Flask
from werkzeug.test import TestResponse

from engage.studio.preview.links import make_link
from engage.unit_of_work import Database
from surveys.designing import new_design
from surveys.organisations import ensure_root
from surveys.questionnaire import Comparison, Page, Questionnaire, TextQuestion
from surveys.storage import tables
from tests.factories import NOW, a_questionnaire, words
from tests.surveys.editions.test_editions import in_urdu

STAFF = "/staff/surveys/small-survey/preview"
TRY = f"{STAFF}/try"


def routed() -> Questionnaire:
    """A survey whose second page is asked only of patients, in English and Urdu."""
    small = a_questionnaire()
    only = Page(
        id="patients_only",
        questions=(TextQuestion(id="ward", text=words("Which ward?")),),
        show_if=Comparison("connection", "equals", "patient"),
    )
    place = next(i for i, page in enumerate(small.pages) if page.questions[0].id == "connection")
    return replace(small, pages=(*small.pages[: place + 1], only, *small.pages[place + 1 :]), equality=("age",))


def a_design(database: Database, questionnaire: Questionnaire | None = None) -> None:
    content = in_urdu(questionnaire or routed())
    with database.writing() as session:
        new_design(
            session, organisation=ensure_root(session), questionnaire=content[0], preparation=content[1], at=NOW,
            by="x@example.org",
        )  # fmt: skip


def a_link(database: Database, *, days: float = 14) -> str:
    with database.writing() as session:
        return make_link(
            session,
            survey=session.query(tables.Survey).one(),
            reader="Ann Reader",
            role="a patient",
            lasts=datetime.timedelta(days=days),
            at=datetime.datetime.now(datetime.UTC),
            by="x@example.org",
        )


class Reader:
    """Somebody's phone, with the cookies that it was given."""

    def __init__(self, application: Flask, prefix: str) -> None:
        self.client = application.test_client()
        self.prefix = prefix

    def get(self, path: str) -> TestResponse:
        return self.client.get(path if path.startswith("/") else f"{self.prefix}/{path}".rstrip("/"), buffered=True)

    def send(self, path: str, fields: dict[str, str | list[str]] | None = None) -> str:
        """Send a form; where it leads, or the page that came back."""
        where = path if path.startswith("/") else f"{self.prefix}/{path}".rstrip("/")
        reply = self.client.post(where, data=fields or {}, buffered=True)
        return reply.headers["Location"] if reply.status_code == 303 else unescape(reply.text)
