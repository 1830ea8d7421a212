"""The page of a survey's reference population: empty, filled, refused, removed, and who may use it."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from engage.unit_of_work import Database
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.uploading import send_file
from tests.factories import a_collector

SURVEY = "/staff/surveys/small-survey"
PAGE = f"{SURVEY}/reference"
SEXES = (
    "characteristic,group,share,source,date\nsex,female,51,Trust register,2026-03\nsex,male,49,Trust register,2026-03\n"
)


@pytest.fixture
def analyst(signed_in_as: SignedInAs, database: Database) -> StaffBrowser:
    browser = signed_in_as("analyst")
    with database.writing() as session:
        a_collector(session)
    return browser


def upload(browser: StaffBrowser, content: str, *, file: str = "patients.csv") -> TestResponse:
    return send_file(browser, PAGE, {}, name="file", content=content.encode(), file=file)


def test_the_empty_page_says_which_population_is_right_and_gives_an_empty_file(analyst: StaffBrowser) -> None:
    page = analyst.get(PAGE).text
    assert "Nothing is compared yet" in page
    assert page.index("the profile of eligible patients") < page.index("The census, last of all")
    empty = analyst.get(f"{PAGE}/template.csv")
    assert empty.mimetype == "text/csv"
    assert "sex,female,,,,Female," in empty.text
    assert f'href="{PAGE}"' in analyst.get(SURVEY).text


def test_a_file_is_shown_as_it_was_read_and_can_be_removed(analyst: StaffBrowser) -> None:
    assert upload(analyst, SEXES).status_code == 303
    page = analyst.get(PAGE).text
    for words in (
        "patients.csv",
        "analyst@example.org",
        "What is your sex?",
        "Female",
        "51%",
        "Trust register, 2026-03",
    ):
        assert words in page
    assert analyst.post(f"{PAGE}/remove", form_at=PAGE).status_code == 303
    assert "Nothing is compared yet" in analyst.get(PAGE).text


def test_faults_are_listed_with_their_lines_and_what_was_kept_stays(analyst: StaffBrowser) -> None:
    upload(analyst, SEXES)
    refused = upload(analyst, SEXES.replace("male,49", "robot,49"))
    assert refused.status_code == 422
    assert "<strong>Line 3:</strong> sex has no group “robot”; it has female, male" in refused.text
    assert "51%" in refused.text
    assert "Choose the file on your computer" in upload(analyst, "", file="").text
    assert "more than 256 KB" in upload(analyst, SEXES + " " * 400_000).text


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_those_who_make_no_reports_do_not_see_it(signed_in_as: SignedInAs, database: Database, role: str) -> None:
    browser = signed_in_as(role)
    with database.writing() as session:
        a_collector(session)
    assert browser.get(PAGE).status_code == 403
    assert PAGE not in browser.get(SURVEY).text
