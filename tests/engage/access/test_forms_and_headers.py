"""Forms without their token change nothing, and every page carries the headers that protect it."""

import pytest
from flask import Flask
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import PASSWORD, a_collector, a_response, a_survey

HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}


@pytest.fixture
def code(database: Database) -> str:
    with database.writing() as session:
        survey = a_survey(session)
        collector = a_collector(session, survey)
        a_response(session, collector)
        return collector.code


POSTS = (
    "/staff/surveys/small-survey/share/{code}",
    "/staff/surveys/small-survey/results/new",
    "/staff/surveys/small-survey/answers/remove",
)


@pytest.mark.parametrize("path", [*POSTS, "/staff/sign-out"])
@pytest.mark.parametrize("token", [None, "", "0" * 64, "of another session"])
def test_a_form_without_its_token_is_refused(
    signed_in_as: SignedInAs, database: Database, code: str, path: str, token: str | None
) -> None:
    browser = signed_in_as("officer")
    if token == "of another session":
        token = signed_in_as("officer").token("/staff/")
    fields = {"what": "leaflet", "key": "0" * 32, "sure": "yes", "reason": "a test of ours"}
    answer = browser.client.post(path.format(code=code), data=fields | ({} if token is None else {"csrf_token": token}))
    assert answer.status_code == 400
    assert browser.is_signed_in()
    with database.reading() as session:
        assert session.scalars(select(tables.Job)).all() == []
        assert len(session.scalars(select(tables.Response)).all()) == 1


def test_a_token_ends_with_its_session(signed_in_as: SignedInAs, code: str) -> None:
    browser = signed_in_as("officer")
    token = browser.token("/staff/")
    browser.sign_out()
    browser.sign_in("officer@example.org")
    answer = browser.client.post(
        f"/staff/surveys/small-survey/share/{code}", data={"csrf_token": token, "name": "Ward"}
    )
    assert answer.status_code == 400


def test_signing_in_needs_the_cookie_of_the_form(application: Flask, signed_in_as: SignedInAs) -> None:
    signed_in_as("officer")
    browser = StaffBrowser(application)
    token = browser.token("/staff/sign-in")
    browser.client.delete_cookie("engage-form")
    answer = browser.client.post(
        "/staff/sign-in", data={"csrf_token": token, "email": "officer@example.org", "password": PASSWORD}
    )
    assert answer.status_code == 400
    assert "Allow cookies" in answer.text
    assert not browser.is_signed_in()


def test_nothing_changes_on_get(signed_in_as: SignedInAs, code: str) -> None:
    browser = signed_in_as("officer")
    for path in (
        "/staff/sign-out",
        "/staff/surveys/small-survey/results/new",
        "/staff/surveys/small-survey/answers/remove",
    ):
        # Addresses of a public survey look alike, so those may be what answers that there is no such page.
        assert browser.get(path).status_code in (404, 405)
    assert browser.is_signed_in()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/staff/", 200), ("/staff/sign-in", 200), ("/staff/surveys/none", 404), ("/staff/nowhere", 404),
        ("/staff/surveys/none/results/new", 405), ("/staff/jobs/nothing", 404), ("/health/live", 200),
        ("/metrics", 200),
    ],
)  # fmt: skip
def test_every_answer_carries_the_headers(signed_in_as: SignedInAs, path: str, status: int) -> None:
    answer = signed_in_as("officer").get(path)
    assert answer.status_code == status
    for name, value in HEADERS.items():
        assert value in answer.headers.get(name, ""), name


def test_a_refused_role_gets_a_page_with_the_headers(signed_in_as: SignedInAs, code: str) -> None:
    answer = signed_in_as("viewer").get(f"/staff/collectors/{code}")
    assert answer.status_code == 403
    for name, value in HEADERS.items():
        assert value in answer.headers.get(name, ""), name


def test_what_an_officer_writes_is_never_markup(signed_in_as: SignedInAs, database: Database) -> None:
    with database.writing() as session:
        a_collector(session, name="<script>alert(1)</script>", place="<img src=x onerror=alert(1)>")
    page = signed_in_as("officer").get("/staff/surveys/small-survey").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page
