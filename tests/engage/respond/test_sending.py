"""Sending: once, whatever happens; part of it; again for somebody else; and never a word lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text

from engage.unit_of_work import Database
from tests.engage.respond.conftest import MakeSurvey, following
from tests.engage.respond.forms import Follower, Page, fill_in

SO_FAR = "Send what I have answered so far"
Stored = Callable[[str], int]


def first_page(follower: Follower, code: str) -> Page:
    return follower.submit(follower.get(f"/{code}"))


def to_check(follower: Follower, code: str) -> Page:
    page = first_page(follower, code)
    while not page.address.endswith("/check"):
        page = follower.submit(page, fill_in(page.form))
    return page


def test_what_is_answered_so_far_can_be_sent_from_the_first_page(
    follower: Follower, survey: MakeSurvey, stored: Stored, database: Database
) -> None:
    page = first_page(follower, survey())
    page = follower.submit(page, {"most_important": ["staff"]}, button=SO_FAR)
    assert page.heading == "Your answers have been sent"
    assert stored("response") == 1
    with database.reading() as session:
        (document,) = session.execute(text("SELECT answers FROM response_document")).scalars()
    assert document == '{"answers":{"most_important":["staff"]}}', "what was never shown is not stored as skipped"


def test_sending_nothing_at_all_is_asked_about(follower: Follower, survey: MakeSurvey, stored: Stored) -> None:
    page = follower.submit(first_page(follower, survey()), button=SO_FAR)
    assert page.title.startswith("Error: ")
    assert "Answer at least one question" in page.text
    assert stored("response") == 0


def test_the_same_form_sent_five_times_at_once_is_stored_once(
    application: Flask, client: FlaskClient, follower: Follower, survey: MakeSurvey, stored: Stored
) -> None:
    code = survey()
    page = to_check(follower, code)
    cookie = client.get_cookie(f"answers-{code}")
    assert cookie is not None

    def send(_: int) -> Page:
        other = application.test_client()
        other.set_cookie(cookie.key, cookie.value)
        return following(other).post(page.address, page.form.data())

    with ThreadPoolExecutor(5) as pool:
        pages = list(pool.map(send, range(5)))
    assert {page.heading for page in pages} == {"Your answers have been sent"}
    assert len({page.address for page in pages}) == 1, "every press of the button leads to the same page"
    assert stored("response") == 1
    with application.extensions["engage"].database.reading_drafts() as session:
        assert session.execute(text("SELECT count(*) FROM draft")).scalar_one() == 0


def test_a_second_sending_with_other_answers_is_offered_as_another_persons(
    follower: Follower, survey: MakeSurvey, stored: Stored
) -> None:
    form_page = follower.get(f"/{survey()}/all")
    follower.submit(form_page, {"waiting.comment": "The first thought."})
    again = follower.submit(form_page, {"waiting.comment": "A second thought."})
    assert stored("response") == 1
    assert "already sent answers from this page" in again.text
    assert again.form.controls["waiting.comment"].chosen == ["A second thought."]
    assert again.form.main_button.text == "Send as another person"
    after = follower.submit(again)
    assert after.heading == "Your answers have been sent"
    assert stored("response") == 2


def test_answering_again_for_someone_else_makes_a_second_response(
    follower: Follower, survey: MakeSurvey, stored: Stored
) -> None:
    code = survey()
    for _ in range(2):
        page = first_page(follower, code)
        assert page.form.controls["most_important"].chosen == [], "nothing of the first person is left"
        follower.submit(page, {"most_important": ["staff"]}, button=SO_FAR)
    assert stored("response") == 2


def test_a_page_that_is_sent_after_everything_was_sent_keeps_its_words(
    follower: Follower, survey: MakeSurvey, stored: Stored
) -> None:
    page = first_page(follower, survey())
    theme = follower.submit(page, {"most_important": ["staff"]})
    follower.submit(theme, {"waiting.comment": "Sent."}, button=SO_FAR)
    late = follower.submit(theme, {"waiting.comment": "Typed in another tab."})
    assert "no longer kept" in late.text
    assert late.form.controls["waiting.comment"].chosen == ["Typed in another tab."]
    assert stored("response") == 1


def test_a_locked_database_answers_with_what_was_typed_and_a_way_to_try_again(
    capfd: pytest.CaptureFixture[str], application: Flask, follower: Follower, survey: MakeSurvey
) -> None:
    page = first_page(follower, survey())
    database: Database = application.extensions["engage"].database
    if not database.url.startswith("sqlite"):
        return
    database.close()
    for engine in (database.engine, database.drafts_engine):
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 50"))
    holder = sqlite3.connect(database.drafts_url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        failed = follower.submit(page, {"most_important": ["staff"]})
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    logged = "".join(capfd.readouterr())
    assert "OperationalError" in logged
    assert "INSERT" not in logged, "a database's message quotes what it was given"
    assert failed.status == 503
    assert "could not be saved" in failed.text
    after = follower.submit(failed)
    assert after.status == 200
    assert after.heading == "Waiting less"


def test_one_page_mode_sets_no_cookie(client: FlaskClient, follower: Follower, survey: MakeSurvey) -> None:
    code = survey()
    page = follower.get(f"/{code}/all")
    page = follower.submit(page, fill_in(page.form))
    assert page.heading == "Your answers have been sent"
    assert client.get_cookie(f"answers-{code}") is None
