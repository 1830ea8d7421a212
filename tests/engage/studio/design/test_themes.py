"""The pages on which themes are written: list, words, hints, saving with and without script, two people at once."""

import re

import pytest

from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.design.conftest import SURVEY, NowOf

THEMES = f"{SURVEY}/themes"
WAITING = f"{THEMES}/waiting"
WORDS = {"title": "Waiting strategy", "plain_title": "Sooner", "explanation": "You wait less.\nMuch less."}
AUTOSAVE = {"X-Autosave": "1"}


def revision_on(browser: StaffBrowser, path: str) -> str:
    found: list[str] = re.findall(r'name="revision" value="(\d+)"', browser.get(path).text)
    return found[-1]


def ids(now: NowOf) -> list[str]:
    return [theme.id for theme in now().themes]


def test_a_theme_is_added_and_its_own_page_opens(officer: StaffBrowser, now: NowOf) -> None:
    reply = officer.post(THEMES, {"revision": "1", "title": "Faster  tests"})
    assert (reply.status_code, reply.location) == (303, f"{THEMES}/faster-tests")
    page = officer.get(f"{THEMES}/faster-tests").text
    assert ">Theme 4</h1>" in page
    assert 'value="Faster tests"' in page
    assert ids(now) == ["waiting", "digital", "staff", "faster-tests"]


def test_a_theme_without_a_title_is_not_added(officer: StaffBrowser, now: NowOf) -> None:
    reply = officer.post(THEMES, {"revision": "1", "title": ""})
    assert reply.status_code == 422
    assert '<a href="#title">Write the title of the theme that you want to add</a>' in reply.text
    assert "<title>Error: " in reply.text
    assert len(ids(now)) == 3


@pytest.mark.parametrize(
    ("act", "order", "then"),
    [
        ("down waiting", ["digital", "waiting", "staff"], f"{THEMES}#theme-waiting"),
        ("up staff", ["waiting", "staff", "digital"], f"{THEMES}#theme-staff"),
        ("remove digital", ["waiting", "staff"], THEMES),
    ],
)
def test_themes_are_put_in_order_and_removed(
    officer: StaffBrowser, now: NowOf, act: str, order: list[str], then: str
) -> None:
    reply = officer.post(THEMES, {"revision": "1", "act": act})
    assert (reply.status_code, reply.location) == (303, then)
    assert ids(now) == order


def test_what_was_removed_can_be_brought_back_from_the_same_page(officer: StaffBrowser, now: NowOf) -> None:
    officer.post(THEMES, {"revision": "1", "act": "remove digital"})
    assert "Theme “Better technology” removed</span></button>" in officer.get(THEMES).text
    officer.post(f"{SURVEY}/undo", {"revision": "2", "then": THEMES}, form_at=THEMES)
    assert ids(now) == ["waiting", "digital", "staff"]


def test_words_are_saved_and_the_page_shows_how_people_see_them(officer: StaffBrowser, now: NowOf) -> None:
    reply = officer.post(WAITING, {"revision": "1", **WORDS})
    assert (reply.status_code, reply.location) == (303, WAITING)
    page = officer.get(WAITING).text
    assert '<p class="nhsuk-heading-m engage-seen__title" id="shown-title">Sooner</p>' in page
    assert "5 words of 60 at most." in page
    assert "Reading score (SMOG) 3.0" in page
    assert now().theme("waiting").explanation.in_language("en") == "You wait less.\nMuch less."


def test_saving_leads_to_the_next_theme_and_after_the_last_to_all(officer: StaffBrowser) -> None:
    assert officer.post(WAITING, {"revision": "1", **WORDS, "next": "yes"}).location == f"{THEMES}/digital"
    assert officer.post(f"{THEMES}/staff", {"revision": "1", **WORDS, "next": "yes"}).location == THEMES


def test_a_script_saves_and_gets_the_hints_of_what_it_saved(officer: StaffBrowser, now: NowOf) -> None:
    fields = {"revision": "1", **WORDS, "explanation": "Utilisation.", "csrf_token": officer.token(WAITING)}
    reply = officer.client.post(WAITING, data=fields, headers=AUTOSAVE, environ_base=officer.environment)
    assert reply.json == {
        "revision": 2,
        "status": "All changes saved",
        "frame": {"last-change": "Last change: just now.", "undoes": "Theme “Sooner” changed"},
        "hints": {
            "explanation-count": "1 word of 60 at most.",
            "explanation-score": "Reading score (SMOG) 8.5: most people can read it. Aim for less than 12.",
            "explanation-long": "Long words: utilisation.",
            "shown-title": "Sooner",
            "shown-explanation": "Utilisation.",
        },
    }
    assert now().theme("waiting").plain_title.in_language("en") == "Sooner"


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("title", "x" * 301, "Use at most 300 characters for the title"),
        ("picture", "javascript:alert(1)", "Enter an address that begins with https://"),
        ("audio", "../secret.mp3", "Enter an address that begins with https://"),
        ("video", "http://example.org/a.mp4", "Enter an address that begins with https://"),
        ("easy_sentences", "\n".join("abcdefghijklm"), "Use at most 12 sentences"),
    ],
)
def test_what_cannot_be_saved_stays_on_the_page_with_what_to_do(
    officer: StaffBrowser, now: NowOf, name: str, typed: str, said: str
) -> None:
    before = now()
    reply = officer.post(WAITING, {"revision": "1", **WORDS, name: typed})
    assert reply.status_code == 422
    assert f'<a href="#{name}">{said}' in reply.text
    assert typed in reply.text
    assert "You wait less." in reply.text
    assert now() == before


def test_two_people_on_the_same_theme_are_told_and_nothing_is_lost(
    officer: StaffBrowser, signed_in_as: SignedInAs, now: NowOf
) -> None:
    editor = signed_in_as("editor")
    editor.post(WAITING, {"revision": "1", **WORDS, "plain_title": "Theirs"})
    reply = officer.post(WAITING, {"revision": "1", **WORDS, "plain_title": "Mine"})
    assert reply.status_code == 409
    assert "editor@example.org saved “Theme “Theirs” changed”" in reply.text
    assert "<strong>Plain title:</strong> Theirs" in reply.text
    assert 'value="Mine"' in reply.text
    assert now().theme("waiting").plain_title.in_language("en") == "Theirs"
    assert officer.post(WAITING, {"revision": "2", **WORDS, "plain_title": "Mine"}).status_code == 303
    assert now().theme("waiting").plain_title.in_language("en") == "Mine"


def test_two_people_on_two_themes_do_not_meet(officer: StaffBrowser, signed_in_as: SignedInAs, now: NowOf) -> None:
    signed_in_as("editor").post(WAITING, {"revision": "1", **WORDS})
    assert officer.post(f"{THEMES}/staff", {"revision": "1", **WORDS, "plain_title": "People"}).status_code == 303
    assert [theme.plain_title.in_language("en") for theme in now().themes] == ["Sooner", "Better technology", "People"]


def test_a_script_is_told_when_somebody_was_faster(officer: StaffBrowser, signed_in_as: SignedInAs) -> None:
    signed_in_as("editor").post(WAITING, {"revision": "1", **WORDS})
    fields = {"revision": "1", **WORDS, "plain_title": "Mine", "csrf_token": officer.token(WAITING)}
    reply = officer.client.post(WAITING, data=fields, headers=AUTOSAVE, environ_base=officer.environment)
    assert reply.status_code == 409
    assert "editor@example.org changed this part meanwhile" in reply.get_json()["status"]


def test_an_order_that_somebody_else_changed_is_not_changed_blindly(
    officer: StaffBrowser, signed_in_as: SignedInAs, now: NowOf
) -> None:
    signed_in_as("editor").post(THEMES, {"revision": "1", "act": "down waiting"})
    reply = officer.post(THEMES, {"revision": "1", "act": "up staff"})
    assert reply.status_code == 409
    assert "editor@example.org changed the themes" in reply.text
    assert ids(now) == ["digital", "waiting", "staff"]
    assert revision_on(officer, THEMES) == "2"


def test_a_theme_that_is_gone_is_not_found(officer: StaffBrowser) -> None:
    officer.post(THEMES, {"revision": "1", "act": "remove waiting"})
    assert officer.get(WAITING).status_code == 404
    assert officer.post(WAITING, {"revision": "1", **WORDS}, form_at=THEMES).status_code == 404
    assert officer.post(THEMES, {"revision": "1", "act": "remove waiting"}).status_code == 404


def test_an_empty_list_says_what_to_do(officer: StaffBrowser, now: NowOf) -> None:
    for number, name in enumerate(("waiting", "digital", "staff"), start=1):
        officer.post(THEMES, {"revision": str(number), "act": f"remove {name}"})
    page = officer.get(THEMES).text
    assert "This survey has no themes yet" in page
    assert f'href="{SURVEY}/import"' in page


@pytest.mark.parametrize("role", ["viewer", "patient_partner", "analyst", "triage"])
def test_whoever_may_not_design_cannot_open_the_pages(
    officer: StaffBrowser, signed_in_as: SignedInAs, role: str
) -> None:
    browser = signed_in_as(role)
    for path in (THEMES, WAITING, f"{SURVEY}/questions", f"{SURVEY}/scales", f"{SURVEY}/history"):
        assert browser.get(path).status_code == 403


def test_another_organisations_themes_are_not_found(officer: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        survey = session.query(tables.Survey).one()
        other = tables.Organisation(slug="other", name="Other", kind="trust", parent_id=survey.organisation_id)
        session.add(other)
        session.flush()
        survey.organisation_id = other.id
    for path in (THEMES, WAITING, f"{SURVEY}/questions", f"{SURVEY}/questions/quote", f"{SURVEY}/scales"):
        assert officer.get(path).status_code == 404
