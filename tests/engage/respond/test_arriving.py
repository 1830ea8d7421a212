"""Getting there: codes however they are typed, surveys that are not open, pages that do not exist, hostile requests."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from engage.security_headers import HEADERS
from engage.unit_of_work import Database
from surveys.publishing import find_survey
from surveys.questionnaire import SignUpOffer
from tests.engage.respond.conftest import MakeSurvey
from tests.engage.respond.forms import Follower
from tests.engage.respond.test_sending import SO_FAR, first_page
from tests.factories import a_questionnaire, words

UTC = datetime.UTC
SetClock = Callable[[datetime.datetime], None]


def test_a_code_is_read_however_it_is_typed_and_served_without_a_redirect(
    client: FlaskClient, survey: MakeSurvey
) -> None:
    code = survey()
    for typed in (code, code.lower(), f"{code[:3]}-{code[3:]}", f"{code[:3]} {code[3:]}", f"s/{code}", f"S/{code}"):
        response = client.get(f"/{typed}")
        assert response.status_code == 200, typed
        assert "What matters to you?" in response.text


def test_a_slash_behind_the_code_is_forgiven(client: FlaskClient, survey: MakeSurvey) -> None:
    code = survey()
    assert client.get(f"/{code}/").headers["Location"] == f"/{code}"
    assert client.get("/\\example.org/").headers["Location"] == "/%5Cexample.org"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Enter the code from your poster"),
        ("7C3QXO", "Our codes never use O, 0, I, L or 1"),
        ("7C3QX", "Our codes have 6 letters and numbers"),
        ("7C3QXA", "Our codes use only"),
        ("7C3QX9", "One of its letters or numbers is not right"),
        ("7C3QX8", "We do not recognise that code"),
        ("<b>é</b>", "Check the code"),
    ],
)
def test_a_wrong_code_gets_a_kind_word(follower: Follower, survey: MakeSurvey, typed: str, message: str) -> None:
    survey()
    page = follower.submit(follower.get("/"), {"code": typed})
    assert message in page.text
    assert page.form.controls["code"].chosen == [typed]
    if typed and "/" not in typed:
        unknown = follower.get(f"/{typed}")
        assert unknown.status == 404
        assert message in unknown.text
        assert unknown.form.controls["code"].chosen == [typed]


def test_a_right_code_leads_to_its_survey(follower: Follower, survey: MakeSurvey) -> None:
    page = follower.submit(follower.get("/"), {"code": f" {survey().lower()} "})
    assert page.heading == "What matters to you?"


def test_a_closed_survey_leads_to_its_outcome(follower: Follower, survey: MakeSurvey, at: SetClock) -> None:
    code = survey(closes=datetime.date(2026, 12, 31))
    at(datetime.datetime(2027, 1, 1, 0, 0, tzinfo=UTC))
    page = follower.get(f"/{code}")
    assert page.status == 200
    assert page.heading == "This survey closed on 31 December 2026"
    outcome = follower.get(page.links["Read what people said and what was decided"])
    assert outcome.status == 200
    assert "will be published on this page" in outcome.text


def test_answers_begun_before_closing_are_accepted_for_a_day(
    follower: Follower, survey: MakeSurvey, at: SetClock, stored: Callable[[str], int]
) -> None:
    code = survey(closes=datetime.date(2026, 12, 31))
    at(datetime.datetime(2026, 12, 31, 22, 30, tzinfo=UTC))
    page, other = first_page(follower, code), follower.get(f"/{code}/all")
    at(datetime.datetime(2027, 1, 1, 8, 0, tzinfo=UTC))
    assert follower.submit(page, {"most_important": ["staff"]}, button=SO_FAR).heading == "Your answers have been sent"
    at(datetime.datetime(2027, 1, 2, 0, 30, tzinfo=UTC))
    assert "closed" in follower.submit(other, {"missing": "Late"}).heading
    assert stored("response") == 1


def test_a_survey_that_is_not_open_yet_says_when(follower: Follower, survey: MakeSurvey, at: SetClock) -> None:
    code = survey(opens=datetime.date(2027, 2, 1))
    at(datetime.datetime(2027, 1, 1, tzinfo=UTC))
    page = follower.get(f"/{code}")
    assert page.heading == "This survey is not open yet"
    assert "1 February 2027" in page.text


def test_a_withdrawn_survey_says_so(follower: Follower, survey: MakeSurvey, database: Database) -> None:
    code = survey()
    with database.writing() as session:
        find_survey(session, slug="small-survey").withdrawn_at = datetime.datetime(2026, 1, 1, tzinfo=UTC)
    assert follower.get(f"/{code}").heading == "This survey has been withdrawn"


def test_a_demonstration_says_so_on_every_page(follower: Follower, survey: MakeSurvey) -> None:
    code = survey(a_questionnaire(demonstration=True))
    page = first_page(follower, code)
    follower.get(f"/{code}/all")
    follower.submit(page, {"most_important": ["staff"]}, button=SO_FAR)
    follower.get(f"/{code}/leaflet")
    follower.get("/outcomes/small-survey")
    assert all("Demonstration" in seen.text for seen in follower.visited)


def test_signing_up_shares_nothing_with_the_answers(
    follower: Follower, survey: MakeSurvey, stored: Callable[[str], int], database: Database
) -> None:
    offers = (SignUpOffer("workshop", words("A workshop")), SignUpOffer("results", words("The results")))
    code = survey(dataclasses.replace(a_questionnaire(), sign_up=offers, equality=()))
    thanks = follower.submit(first_page(follower, code), {"most_important": ["staff"]}, button=SO_FAR)
    assert thanks.heading == "Thank you"
    page = follower.get(thanks.links["Leave your email address or telephone number"])
    wrong = follower.submit(page, {"wants": ["workshop", "results"], "contact": "someone@"})
    assert "Enter an email address in the correct format" in wrong.text
    done = follower.submit(wrong, {"contact": "someone@example.org"})
    assert done.heading == "Thank you. We will be in touch"
    with database.reading() as session:
        rows = session.execute(text("SELECT * FROM sign_up")).mappings().all()
        (response,) = session.execute(text("SELECT * FROM response")).mappings().all()
    assert {row["wants"] for row in rows} == {"workshop", "results"}
    assert not {row["key"] for row in rows} & {response["key"], response["equality_key"]}


ADDRESSES = ("/", "/{code}", "/{code}/all", "/{code}/leaflet", "/{code}/en/page/most_important", "/{code}/return")


@pytest.mark.parametrize(
    "address", [*ADDRESSES, "/nothing/here/at/all", "/222223", "/static/built/none.css", "/privacy"]
)
def test_every_response_carries_the_headers(client: FlaskClient, survey: MakeSurvey, address: str) -> None:
    response = client.get(address.format(code=survey()))
    for name, value in HEADERS:
        assert response.headers[name] == value, name
    assert "Set-Cookie" not in response.headers
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"token=%00&draft=99999999999999999999&most_important=%00%ED%A0%80&waiting.comment=%E9\x00",
        b"token=" + b"A" * 3000,
        b"draft=%D9%A3&clear=&clear=nothing&action=later",
        b"&".join(b"a%d=1" % number for number in range(6000)),
        b"=&&&==&%%%zz",
        b'{"token": "\\ud800"}',
    ],
)
def test_hostile_forms_never_break_a_page(
    client: FlaskClient, survey: MakeSurvey, stored: Callable[[str], int], address: str, body: bytes
) -> None:
    path = address.format(code=survey())
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"):
        response = client.post(path, data=body, content_type=kind)
        assert response.status_code < 500, (path, kind, response.text)
    assert stored("response") == 0


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/%ED%A0%80",
        "/" + "A" * 5000,
        "/{code}/xx",
        "/{code}/en/page/%00",
        "/{code}/en/page/../../etc",
        "/{code}/en/after/zzz",
        "/{code}/en/after/" + "A" * 60 + "/thank-you",
        "/outcomes/%00",
        "/logo/99999999999999999999/x",
        "/privacy/%F0%9F%98%80",
    ],
)
def test_hostile_addresses_never_break_anything(client: FlaskClient, survey: MakeSurvey, path: str) -> None:
    assert client.get(path.format(code=survey())).status_code in (303, 400, 404)


def test_a_form_that_is_too_long_is_refused_with_a_word(client: FlaskClient, survey: MakeSurvey) -> None:
    path = f"/{survey()}/en/page/most_important"
    response = client.post(path, data=b"a=" + b"x" * 70_000, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "Too much was entered" in response.text


def test_one_page_takes_the_longest_answers_that_the_survey_allows(follower: Follower, survey: MakeSurvey) -> None:
    page = follower.get(f"/{survey()}/all")
    comments = {name: "😀" * 2000 for name, control in page.form.controls.items() if control.kind == "textarea"}
    assert follower.submit(page, comments).heading == "Your answers have been sent"


def test_a_request_for_another_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"Host": "localhost:8000"}).status_code == 200


def test_nothing_about_respondents_is_logged(
    capfd: pytest.CaptureFixture[str], follower: Follower, survey: MakeSurvey
) -> None:
    code = survey()
    page = first_page(follower, code)
    follower.submit(page, {"most_important": ["staff"]}, button=SO_FAR)
    follower.get("/nothing/here/at/all")
    follower.get("/health/live")
    logged = "".join(capfd.readouterr())
    assert "/health/live" in logged, "what may be logged is"
    assert code not in logged
    assert "staff" not in logged
    assert "127.0.0.1" not in logged
