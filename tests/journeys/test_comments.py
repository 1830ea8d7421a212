"""Two hundred comments, from the page on which they are written to the report that quotes some of them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from engage import clock
from engage.application import create_application
from engage.demonstration import shipped_survey
from engage.demonstration.comments import PATIENTS
from engage.demonstration.reading import code_again, code_what_is_read, quote_each_theme
from engage.demonstration.unusual_comments import AT_RISK, COMPLAINTS, IDENTIFYING
from engage.queue.screening import screen_waiting
from engage.settings import Settings, load_settings
from engage.unit_of_work import Database
from reports.board_report import board_report_html
from reports.request import reported_questionnaire, results_to_give_out
from surveys.audiences import ensure_shipped
from surveys.collectors import add_collector
from surveys.organisations import ensure_root
from surveys.publishing import find_survey, publish
from surveys.storage import tables
from tests.engage.respond.conftest import following
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW, TODAY, an_account

NUMBER = 200
SLUG = "cancer-strategy-themes"
QUEUE = f"/staff/surveys/{SLUG}/comments/queue"
CANARIES = ("Anwar Example", "07700 900123", "999 000 0018", "jo.bloggs", "O'Example", "12/03/1944", "QQ 12 34 56 C",
            "example.org/my-story", "Sampleton")  # fmt: skip
PERSON = "reader@example.org"
SECOND = "second@example.org"
POINTS = ("very", "very", "fairly", "not-very")


def comments() -> Iterator[tuple[str, str]]:
    """Two hundred comments with their themes; those that somebody has to look at come in the middle."""
    unusual = [("fair-care", words) for words in (*IDENTIFYING, *AT_RISK, *COMPLAINTS)]
    every = [(theme, said) for theme, comments in PATIENTS.items() for said, _codes in comments]
    ordinary = random.Random(1).sample(every * 2, NUMBER - len(unusual))
    half = len(ordinary) // 2
    yield from (*ordinary[:half], *unusual, *ordinary[half:])


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[Flask]:
    """A trust's own installation with the shipped survey open, and a code on a poster."""
    instance = tmp_path_factory.mktemp("comments")
    for name in ("engage.sqlite", "drafts.sqlite"):
        (instance / name).write_bytes((empty_sqlite / name).read_bytes())
    settings = load_settings({"ENGAGE_INSTANCE": str(instance), "ENGAGE_BASE_URL": "http://localhost"})
    application = create_application(settings)
    with database_of(application).writing() as session:
        ensure_shipped(session)
        questionnaire = replace(shipped_survey(today=TODAY)[0], demonstration=False)
        organisation = ensure_root(session)
        publish(session, organisation=organisation, questionnaire=questionnaire, at=NOW, by=PERSON)
        survey = find_survey(session, slug=SLUG)
        add_collector(
            session, survey=survey, name="Waiting room", place="Trust", audience="patients", at=NOW, by=PERSON
        )
        an_account(session, "triage", email=PERSON)
        an_account(session, "safeguarding", email=SECOND)
    yield application
    database_of(application).close()


def database_of(application: Flask) -> Database:
    database: Database = application.extensions["engage"].database
    return database


def settings_of(application: Flask) -> Settings:
    settings: Settings = application.extensions["engage"].settings
    return settings


@pytest.fixture(scope="module")
def sent(application: Flask) -> int:
    """Everybody has sent a comment through the page on a phone; how many comments there are."""
    with database_of(application).reading() as session:
        code = session.scalars(select(tables.Collector.code)).one()
    for place, (theme, words) in enumerate(comments()):
        follower = following(application.test_client())
        answers = {
            f"{theme}.comment": words,
            f"{theme}.importance": POINTS[place % len(POINTS)],
            "quote-words": "yes" if place % 3 else "no",
        }
        page = follower.submit(follower.get(f"/{code}/all"), answers)
        assert page.heading == "Your answers have been sent"
        assert "999" in page.text, "everybody is told where to get help, whatever they wrote"
    with database_of(application).reading() as session:
        return len(session.scalars(select(tables.Comment.item_key)).all())


@pytest.fixture(scope="module")
def screened(application: Flask, sent: int) -> int:
    """The worker has sorted them."""
    return screen_waiting(database_of(application))


def staff(application: Flask, email: str) -> StaffBrowser:
    browser = StaffBrowser(application)
    assert browser.sign_in(email).status_code == 303
    return browser


def words_in(page: str) -> list[str]:
    """What stands in the boxes of comments, in their order."""
    return [
        " ".join(unescape(re.sub("<[^>]+>", "", found)).split())
        for found in re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.DOTALL)
    ]


def test_the_three_at_risk_are_first_and_nothing_identifying_is_shown(application: Flask, screened: int) -> None:
    assert screened == NUMBER
    reader = staff(application, PERSON)
    pages = [reader.get(f"{QUEUE}?page={number}").text for number in range(1, 5)]
    read = [words for page in pages for words in words_in(page)]
    assert len(read) == NUMBER
    first = next(place for place, words in enumerate(read) if words not in AT_RISK and "cruel" not in words)
    assert set(AT_RISK) <= set(read[:first])
    # Some ordinary comments hold a word that rules take seriously; a person puts them aside.
    assert first <= len(AT_RISK) + 4
    assert not [canary for canary in CANARIES for page in pages if canary in page]
    assert sum("[" in words for words in read) == len(IDENTIFYING)


def test_the_safeguarding_lead_passes_them_on_and_they_are_gone_from_everywhere_else(
    application: Flask, screened: int
) -> None:
    lead = staff(application, SECOND)
    with database_of(application).reading() as session:
        rows = session.execute(
            select(tables.ScreenedComment.ref, tables.ScreenedComment.words).where(
                tables.ScreenedComment.level == "harm"
            )
        ).all()
    for ref, words in rows:
        if words in AT_RISK:
            page = f"/staff/surveys/{SLUG}/comments/{ref.hex()}"
            fields = {"action": "escalate", "owner": "Safeguarding team", "reference": "DATIX-1", "seen": ""}
            assert lead.post(page, fields).status_code == 303
    with database_of(application).reading() as session:
        states = session.scalars(select(tables.CommentState.state)).all()
    assert states == ["escalated"] * len(AT_RISK)
    assert not [words for words in AT_RISK if words in staff(application, PERSON).get(QUEUE).text]


def test_the_rest_is_read_coded_and_quoted_and_the_report_counts_people(application: Flask, screened: int) -> None:
    reader = staff(application, PERSON)
    for _ in range(5):
        page = reader.get(QUEUE).text
        refs = re.search(r'name="refs" value="([^"]*)"', page)
        if refs is None:
            break
        assert reader.post(f"{QUEUE}/put-aside", {"refs": refs[1]}, form_at=QUEUE).status_code == 303
    for name in re.findall(rf"/staff/surveys/{SLUG}/comments/(\w{{32}})", reader.get(QUEUE).text):
        address = f"/staff/surveys/{SLUG}/comments/{name}"
        assert reader.post(address, {"action": "no action", "seen": ""}).status_code == 303
    assert "Nothing waits to be read" in reader.get(QUEUE).text
    with database_of(application).writing() as session:
        survey = find_survey(session, slug=SLUG)
        frame = code_what_is_read(session, survey=survey, at=clock.now())
        code_again(session, frame=frame, at=clock.now())
        quote_each_theme(session, survey=survey, at=clock.now())
    with database_of(application).reading() as session:
        results = results_to_give_out(session, slug=SLUG, at=clock.now()).results
        questionnaire = reported_questionnaire(session, slug=SLUG, results=results)
    report = board_report_html(results, questionnaire, language="en")
    text = " ".join(unescape(re.sub("<[^>]+>", " ", report)).split())
    assert results.quotes
    by_theme: dict[str | None, int] = {}
    for quote in results.quotes.quoted:
        by_theme[quote.theme_id] = by_theme.get(quote.theme_id, 0) + 1
        assert quote.words in text
    assert by_theme == {theme.id: 2 for theme in questionnaire.themes}
    assert re.search(r"\d+ people (?:who commented|whose comments)", text), "the base stands in the heading"
    assert "Kappa" in text
    assert not [words for words in (*CANARIES, *AT_RISK) if words in text]
