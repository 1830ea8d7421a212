"""Drafts: this phone remembers, a code opens them elsewhere, two tabs lose nothing, cookies may be off."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from surveys.questionnaire_file import read_questionnaire
from surveys.short_codes import new_code
from tests.engage.respond.conftest import MakeSurvey, following
from tests.engage.respond.forms import Follower, Page
from tests.engage.respond.test_sending import SO_FAR, first_page, to_check

LATER = "Finish this later"
NOW = datetime.datetime.now(datetime.UTC)
SetClock = Callable[[datetime.datetime], None]


def test_the_phone_remembers_and_carries_on_where_it_stopped(follower: Follower, survey: MakeSurvey) -> None:
    code = survey()
    theme = follower.submit(first_page(follower, code), {"most_important": ["staff"]})
    later = follower.submit(theme, {"waiting.comment": "Half a thought"}, button=LATER)
    assert "remembers your answers until" in later.text
    start = follower.get(f"/{code}")
    assert start.form.main_button.text == "Carry on"
    assert follower.submit(start).heading == "Better technology"
    back = follower.get(theme.address)
    assert back.form.controls["waiting.comment"].chosen == ["Half a thought"]


def test_a_code_opens_the_answers_on_another_phone(application: Flask, follower: Follower, survey: MakeSurvey) -> None:
    code = survey()
    later = follower.submit(first_page(follower, code), {"most_important": ["staff"]}, button=LATER)
    shown = follower.submit(later)
    return_code = shown.text.split("Your code is ")[1][:14]
    other = following(application.test_client())
    page = other.submit(other.get(f"/{code}/return"), {"return-code": return_code.lower()})
    assert page.heading == "Waiting less"
    assert other.get(f"/{code}/en/page/most_important").form.controls["most_important"].chosen == ["staff"]


def test_wrong_codes_are_answered_kindly_and_limited(follower: Follower, survey: MakeSurvey) -> None:
    code = survey()
    page = follower.get(f"/{code}/return")
    assert "Enter the code" in follower.submit(page).text
    wrong = follower.submit(page, {"return-code": new_code(length=12)})
    assert "do not recognise that code" in wrong.text
    for _ in range(20):
        wrong = follower.submit(page, {"return-code": new_code(length=12)})
    assert wrong.status == 429
    assert "Too many codes" in wrong.text


def test_refused_cookies_lead_to_one_page_with_the_answers_kept(
    client: FlaskClient, follower: Follower, survey: MakeSurvey, stored: Callable[[str], int]
) -> None:
    code = survey()
    page = first_page(follower, code)
    client.delete_cookie(f"answers-{code}")
    page = follower.get(page.address)
    one_page = follower.submit(page, {"most_important": ["staff"]})
    assert "does not keep cookies" in one_page.text
    assert one_page.form.controls["most_important"].chosen == ["staff"]
    sent = follower.submit(one_page, {"missing": "Parking"})
    assert sent.heading == "Your answers have been sent"
    assert stored("response") == 1


def test_refused_cookies_still_let_the_first_page_be_sent(
    client: FlaskClient, follower: Follower, survey: MakeSurvey, stored: Callable[[str], int]
) -> None:
    code = survey()
    page = first_page(follower, code)
    client.delete_cookie(f"answers-{code}")
    sent = follower.submit(follower.get(page.address), {"most_important": ["staff"]}, button=SO_FAR)
    assert sent.heading == "Your answers have been sent"
    assert stored("response") == 1


def test_two_tabs_are_told_of_each_other_and_lose_nothing(follower: Follower, survey: MakeSurvey) -> None:
    code = survey()
    first = first_page(follower, code)
    tab_one = follower.submit(first, {"most_important": ["staff"]})
    tab_two = follower.get(tab_one.address)
    follower.submit(tab_one, {"waiting.comment": "From the first tab"})
    told = follower.submit(tab_two, {"waiting.comment": "From the second tab"})
    assert "changed somewhere else" in told.text
    assert told.form.controls["waiting.comment"].chosen == ["From the second tab"]
    assert follower.get(tab_one.address).form.controls["waiting.comment"].chosen == ["From the first tab"]
    assert follower.submit(told).heading == "Better technology"
    assert follower.get(tab_one.address).form.controls["waiting.comment"].chosen == ["From the second tab"]


def test_tabs_on_different_pages_are_merged_without_a_word(follower: Follower, survey: MakeSurvey) -> None:
    code = survey()
    theme = follower.submit(first_page(follower, code), {"most_important": ["staff"]})
    other = follower.get(theme.address.replace("waiting", "staff"))
    follower.submit(theme, {"waiting.importance": "very"})
    assert follower.submit(other, {"staff.importance": "not"}).heading == "What is your connection to the service?"
    assert follower.get(theme.address).form.controls["waiting.importance"].chosen == ["very"]


def test_a_page_of_somebody_who_has_begun_anew_is_not_mixed_in(follower: Follower, survey: MakeSurvey) -> None:
    code = survey()
    theme = follower.submit(first_page(follower, code), {"most_important": ["staff"]})
    follower.submit(follower.get(f"/{code}"), button="Start again for someone else")
    late = follower.submit(theme, {"waiting.comment": "Of the first person"})
    assert late.form.controls["waiting.comment"].chosen == ["Of the first person"]
    assert follower.get(f"/{code}").form.main_button.text == "Start", "nothing was put into the new person's answers"


def test_a_form_that_stood_open_for_days_keeps_its_words(follower: Follower, survey: MakeSurvey, at: SetClock) -> None:
    theme = follower.submit(first_page(follower, survey()), {"most_important": ["staff"]})
    at(NOW + datetime.timedelta(hours=49))
    again = follower.submit(theme, {"waiting.comment": "Typed two days ago"})
    assert "open for a long time" in again.text
    assert again.form.controls["waiting.comment"].chosen == ["Typed two days ago"]
    assert follower.submit(again).heading == "Better technology"


def test_a_forged_token_saves_nothing_and_keeps_the_words(
    follower: Follower, survey: MakeSurvey, stored: Callable[[str], int]
) -> None:
    theme = follower.submit(first_page(follower, survey()), {"most_important": ["staff"]})
    theme.form.controls["token"].chosen = ["A" * 59]
    again = follower.submit(theme, {"waiting.comment": "Typed"}, button=SO_FAR)
    assert again.form.controls["waiting.comment"].chosen == ["Typed"]
    assert stored("response") == 0
    assert follower.submit(again, button=SO_FAR).heading == "Your answers have been sent"


def test_the_language_can_be_changed_on_the_way(follower: Follower, survey: MakeSurvey) -> None:
    arabic = Path(__file__).resolve().parents[2] / "surveys" / "data" / "arabic.yaml"
    code = survey(read_questionnaire(arabic.read_bytes()))
    page = first_page(follower, code)
    assert (page.language, page.direction) == ("ar", "rtl")
    follower.submit(page, fill_in_first(page))
    english = follower.get(follower.get(page.address).links["English"])
    assert (english.language, english.direction) == ("en", "ltr")
    name = next(iter(fill_in_first(page)))
    assert english.form.controls[name].chosen, "the answer came along"


def fill_in_first(page: Page) -> dict[str, str | list[str]]:
    control = next(control for control in page.form.controls.values() if control.choices)
    return {control.name: [control.choices[0]]}


def test_clearing_a_selection_needs_no_script(follower: Follower, survey: MakeSurvey) -> None:
    theme = follower.submit(first_page(follower, survey()), {"most_important": ["staff"]})
    follower.submit(theme, {"waiting.importance": "very", "waiting.comment": "Kept"})
    page = follower.get(theme.address)
    assert page.form.controls["waiting.importance"].chosen == ["very"]
    (clear,) = [button for button in page.form.buttons if button.name == "clear"]
    cleared = follower.submit(page, button=clear.text)
    assert cleared.address == theme.address
    assert cleared.form.controls["waiting.importance"].chosen == []
    assert cleared.form.controls["waiting.comment"].chosen == ["Kept"]


def test_a_changed_answer_leads_back_to_the_list(follower: Follower, survey: MakeSurvey) -> None:
    check = to_check(follower, survey())
    link = check.links["Change Waiting less: How important is this to you?"]
    page = follower.get(link.split("#")[0])
    assert page.links["Back"].endswith("/check")
    back = follower.submit(page, {"waiting.importance": "quite"})
    assert back.heading == "Check your answers before you send them"
    assert "Quite important" in back.text
