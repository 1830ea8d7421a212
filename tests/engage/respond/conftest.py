"""A running application with surveys in it, and a program that follows its forms."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from engage import clock
from engage.unit_of_work import Database
from surveys.questionnaire import Questionnaire
from tests.engage.respond.forms import Follower
from tests.factories import a_collector, a_survey

MakeSurvey = Callable[..., str]


@pytest.fixture
def client(application: Flask) -> FlaskClient:
    return application.test_client()


@pytest.fixture
def survey(database: Database) -> MakeSurvey:
    """Publishes a questionnaire and gives the code of a collector."""

    def make(questionnaire: Questionnaire | None = None, language: str | None = None, **publishing: object) -> str:
        with database.writing() as session:
            published = a_survey(session, questionnaire, **publishing)
            return a_collector(session, published, language=language).code

    return make


def following(client: FlaskClient) -> Follower:
    """A program that follows forms, in the browser of ``client``."""

    def fetch(method: str, address: str, body: str | None) -> tuple[int, str | None, str]:
        kind = "application/x-www-form-urlencoded" if body is not None else None
        response = client.open(address, method=method, data=body, content_type=kind)
        assert response.status_code != 303 or response.location
        return response.status_code, response.location if response.status_code == 303 else None, response.text

    return Follower(fetch)


@pytest.fixture
def follower(client: FlaskClient) -> Follower:
    return following(client)


@pytest.fixture
def stored(database: Database) -> Callable[[str], int]:
    """How many rows a table has."""

    def count(table: str) -> int:
        with database.reading() as session:
            return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608 The tests name the table.

    return count


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime.datetime], None]:
    """Sets the clock of the application."""

    def set_clock(moment: datetime.datetime) -> None:
        for module in ("answering", "starting", "checking", "one_page", "returning", "after_sending", "signing_up"):
            monkeypatch.setattr(f"engage.respond.{module}.now", lambda: moment)
        monkeypatch.setattr("engage.respond.public_information.now", lambda: moment)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return set_clock
