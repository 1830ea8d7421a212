"""What goes wrong on staff pages loses nobody's words, and says what to do."""

import pytest

from engage.unit_of_work import Database
from tests.engage.conftest import SignedInAs
from tests.factories import a_collector, a_survey

THEME = "/staff/surveys/small-survey/themes/waiting"
WORDS = "Waiting is the hardest part of it all"
AUTOSAVE = {"X-Autosave": "1"}


@pytest.fixture(autouse=True)
def survey(database: Database) -> None:
    with database.writing() as session:
        a_collector(session, a_survey(session))


def test_words_for_a_theme_that_somebody_removed_are_shown_again(signed_in_as: SignedInAs) -> None:
    anna = signed_in_as("officer")
    token = anna.token(THEME)
    gone = "/staff/surveys/small-survey/themes/no-such-theme"
    fields = {"csrf_token": token, "revision": "1", "title": "A", "plain_title": "B", "explanation": WORDS}
    answer = anna.client.post(gone, data=fields, environ_base=anna.environment)
    assert answer.status_code == 404
    assert WORDS in answer.text
    assert "not there any more" in answer.text
    told = anna.client.post(gone, data=fields, headers=AUTOSAVE, environ_base=anna.environment)
    assert "What you typed is still here" in told.json["status"]


def test_words_typed_after_a_session_ended_are_shown_again(signed_in_as: SignedInAs) -> None:
    browser = signed_in_as("officer")
    fields = {"csrf_token": browser.token(THEME), "revision": "1", "explanation": WORDS}
    browser.client.delete_cookie("engage-staff")
    answer = browser.client.post(THEME, data=fields, environ_base=browser.environment)
    assert answer.status_code == 401
    assert WORDS in answer.text
    assert f"/staff/sign-in?next={THEME}" in answer.text
    told = browser.client.post(THEME, data=fields, headers=AUTOSAVE, environ_base=browser.environment)
    assert told.status_code == 401
    assert "signed out" in told.json["status"]


def test_a_password_is_never_shown_again(signed_in_as: SignedInAs) -> None:
    browser = signed_in_as("officer")
    browser.client.delete_cookie("engage-staff")
    answer = browser.client.post("/staff/account/password", data={"new": "four random words please"})
    assert "four random words" not in answer.text


@pytest.mark.parametrize("number", ["9" * 400, "-" + "9" * 400, "1e400"])
def test_a_number_out_of_every_range_is_refused_with_a_reason(signed_in_as: SignedInAs, number: str) -> None:
    browser = signed_in_as("officer")
    for path, fields in (
        ("/staff/surveys/small-survey/readers", {"reader": "Anna", "role": "patient", "days": number}),
        ("/staff/surveys/small-survey/audiences", {"another": "Choirs", "another_number": number, "revision": "1"}),
    ):
        assert browser.post(path, fields).status_code in (404, 422), path


def test_a_date_beyond_reach_is_refused(signed_in_as: SignedInAs) -> None:
    browser = signed_in_as("officer")
    for day in ("9999-12-31", "0001-01-01"):
        answer = browser.post("/staff/surveys/small-survey/dates", {"closes_on": day, "revision": "1"})
        assert answer.status_code == 422
        assert "Choose a day between 2000 and" in answer.text


def test_an_address_with_a_sign_that_no_name_holds_is_not_found(signed_in_as: SignedInAs) -> None:
    browser = signed_in_as("officer")
    for path in ("/staff/surveys/%00", "/staff/jobs/%00", "/staff/surveys/small-survey/themes/%00"):
        assert browser.get(path).status_code == 404


def test_staff_are_not_sent_to_the_code_from_a_poster(signed_in_as: SignedInAs) -> None:
    page = signed_in_as("officer").get("/staff/surveys/no-such-survey")
    assert page.status_code == 404
    assert "poster" not in page.text
    assert 'href="/staff/"' in page.text


def test_a_button_pressed_twice_adds_one_place(signed_in_as: SignedInAs, database: Database) -> None:
    browser = signed_in_as("officer")
    fields = {"name": "Breast clinic", "place": "Ward 7", "audience": "patients", "channel": "poster", "language": ""}
    first = browser.post("/staff/surveys/small-survey/share/add", fields)
    second = browser.post("/staff/surveys/small-survey/share/add", fields)
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]


def test_a_wrong_choice_is_named_in_plain_words(signed_in_as: SignedInAs) -> None:
    fields = {"reader": "Anna", "role": "superuser", "days": "7"}
    page = signed_in_as("officer").post("/staff/surveys/small-survey/readers", fields).text
    assert "Not a valid choice" not in page
