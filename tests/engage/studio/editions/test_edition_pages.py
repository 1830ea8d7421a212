"""Translating a survey: languages, texts in the page, sheets out and back, sign-off."""

import io
import re
from collections.abc import Mapping
from html import unescape

import pytest

from engage.languages import direction
from engage.studio.editions import files
from engage.unit_of_work import Database
from surveys.designing import Design, find_design, new_design
from surveys.editions import edition_status, texts_of
from surveys.editions.sheets import translation_sheet
from surveys.organisations import ensure_root
from surveys.preparation import Edition
from surveys.questionnaire import Questionnaire
from surveys.sign_offs import signed_languages
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW, a_questionnaire
from tests.surveys.editions.test_editions import in_urdu, reworded

EDITIONS = "/staff/surveys/small-survey/editions"
URDU = f"{EDITIONS}/ur"


@pytest.fixture
def officer(signed_in_as: SignedInAs, database: Database) -> StaffBrowser:
    with database.writing() as session:
        new_design(
            session, organisation=ensure_root(session), questionnaire=a_questionnaire(), at=NOW, by="x@example.org"
        )  # fmt: skip
    return signed_in_as("officer")


def design_of(database: Database) -> Design:
    with database.reading() as session:
        survey = session.query(tables.Survey).one()
        found = find_design(session, survey=survey)
        assert found is not None
        return found


def sent(officer: StaffBrowser, path: str, fields: Mapping[str, str], *, form_at: str | None = None) -> str:
    """Send a form with the revision on its page; where it leads, or the page that came back."""
    page = officer.get(form_at or path).text
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision
    reply = officer.post(path, {"revision": revision[1], **fields}, form_at=form_at)
    return reply.headers["Location"] if reply.status_code == 303 else reply.text


def with_urdu(officer: StaffBrowser) -> None:
    assert sent(officer, EDITIONS, {"language": "ur"}) == URDU


def uploaded(officer: StaffBrowser, name: str, content: bytes) -> str:
    reply = officer.client.post(
        f"{URDU}/upload",
        data={"csrf_token": officer.token(URDU), "file": (io.BytesIO(content), name)},
        environ_base=officer.environment,
        content_type="multipart/form-data",
    )
    return reply.headers["Location"] if reply.status_code == 303 else unescape(reply.text)


def urdu_sheet(kind: str = "xlsx") -> bytes:
    questionnaire, preparation = in_urdu(a_questionnaire())
    return translation_sheet(questionnaire, preparation.edition("ur"), kind="csv" if kind == "csv" else "xlsx")


def test_a_language_is_added_and_taken_out_again(officer: StaffBrowser, database: Database) -> None:
    with_urdu(officer)
    assert design_of(database).questionnaire.languages == ("en", "ur")
    page = officer.get(URDU).text
    assert '<span lang="ur" dir="rtl">اردو</span>' in page
    assert "Buttons and messages stay in English" in page
    assert sent(officer, f"{URDU}/remove", {"sure": "yes"}, form_at=URDU) == EDITIONS
    assert design_of(database).questionnaire.languages == ("en",)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ur", "rtl"), ("pa", "ltr"), ("pa-Arab", "rtl"), ("ar-Latn", "ltr"), ("ar-EG", "rtl"), ("pt-BR", "ltr")],
)
def test_a_script_in_the_code_decides_the_direction(language: str, expected: str) -> None:
    assert direction(language) == expected


def test_arabic_has_its_buttons_translated_and_is_said_to(officer: StaffBrowser) -> None:
    assert sent(officer, EDITIONS, {"language": "ar"}) == f"{EDITIONS}/ar"
    assert "Buttons and messages are in this language too" in officer.get(EDITIONS).text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Choose a language"),
        ({"code": "Swahili!"}, "Write a language code"),
        ({"code": "en"}, "The survey is in English already"),
    ],
)
def test_what_is_no_new_language_is_refused_with_a_reason(
    officer: StaffBrowser, database: Database, fields: dict[str, str], message: str
) -> None:
    page = sent(officer, EDITIONS, fields)
    assert message in unescape(page)
    assert "Error: " in page
    assert design_of(database).questionnaire.languages == ("en",)


def test_texts_are_translated_in_the_page(officer: StaffBrowser, database: Database) -> None:
    with_urdu(officer)
    where = f"{URDU}/texts"
    page = officer.get(where).text
    assert 'lang="ur" dir="rtl"' in page
    assert sent(officer, where, {"text.title": "  نام  ", "text.organisation": ""}).startswith(f"{where}?page=1")
    design = design_of(database)
    assert design.questionnaire.title.in_language("ur") == "نام"
    assert design.change == "Urdu: 1 text translated"
    assert "text.title" not in officer.get(f"{where}?show=open").text


def test_a_long_list_of_texts_comes_in_pages(officer: StaffBrowser) -> None:
    with_urdu(officer)
    number = len(texts_of(a_questionnaire()))
    assert f"Page 2 of {-(-number // 20)}" in officer.get(f"{URDU}/texts?page=2").text
    assert officer.get(f"{URDU}/texts?page=999999").status_code == 200
    assert officer.get(f"{URDU}/texts?page=٣").status_code == 200


def test_a_translation_out_of_date_is_ticked_as_still_right(officer: StaffBrowser, database: Database) -> None:
    questionnaire, preparation = in_urdu(a_questionnaire(slug="other"))
    with database.writing() as session:
        new_design(
            session, organisation=ensure_root(session), questionnaire=reworded(questionnaire, "New"),
            preparation=preparation, at=NOW, by="x@example.org",
        )  # fmt: skip
    where = "/staff/surveys/other/editions/ur/texts"
    page = officer.get(f"{where}?show=open").text
    assert page.count("Out of date</span>") == 1
    old = questionnaire.title.in_language("ur")
    assert sent(officer, f"{where}?show=open", {"text.title": old}).endswith("show=open")
    assert "Out of date</span>" in officer.get(where).text
    sent(officer, f"{where}?show=open", {"text.title": old, "right.title": "y"})
    assert "Nothing is missing or out of date" in officer.get(f"{where}?show=open").text


def test_two_translators_on_one_text_are_told_of_each_other(officer: StaffBrowser, database: Database) -> None:
    with_urdu(officer)
    where = f"{URDU}/texts"
    revision = str(design_of(database).revision)
    sent(officer, where, {"text.title": "پہلا"})
    reply = officer.post(where, {"revision": revision, "text.title": "دوسرا"})
    assert reply.status_code == 409
    assert "پہلا" in reply.text
    assert "دوسرا" in reply.text
    assert design_of(database).questionnaire.title.in_language("ur") == "پہلا"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_sheet_goes_out_and_comes_back(officer: StaffBrowser, database: Database, kind: str) -> None:
    with_urdu(officer)
    assert officer.get(f"{URDU}/open.{kind}").headers["Content-Disposition"].endswith(f'small-survey-ur-open.{kind}"')
    empty = officer.get(f"{URDU}/sheet.{kind}").data
    assert "No text would change" in officer.get(uploaded(officer, f"back.{kind}", empty)).text
    review = uploaded(officer, f"back.{kind}", urdu_sheet(kind))
    assert "texts would change" in officer.get(review).text
    assert edition_status(*_urdu(design_of(database))).ready == 0
    assert sent(officer, review, {"act": "take"}) == URDU
    assert edition_status(*_urdu(design_of(database))).is_whole
    assert officer.get(review).status_code == 404
    with database.reading() as session:
        assert {bytes(row.content) for row in session.query(tables.SurveyFile)} == {b""}


def _urdu(design: Design) -> tuple[Questionnaire, Edition]:
    return design.questionnaire, design.preparation.edition("ur")


def test_a_sheet_that_is_left_changes_nothing(officer: StaffBrowser, database: Database) -> None:
    with_urdu(officer)
    review = uploaded(officer, "back.xlsx", urdu_sheet())
    before = design_of(database)
    assert sent(officer, review, {"act": "leave"}) == URDU
    assert design_of(database) == before


def test_a_sheet_that_was_overtaken_is_looked_at_again(officer: StaffBrowser, database: Database) -> None:
    with_urdu(officer)
    review = uploaded(officer, "back.xlsx", urdu_sheet())
    revision = str(design_of(database).revision)
    sent(officer, f"{URDU}/texts", {"text.title": "پہلا"})
    reply = officer.post(review, {"revision": revision, "act": "take"})
    assert reply.status_code == 409
    assert design_of(database).questionnaire.title.in_language("ur") == "پہلا"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("", b"", "Choose the sheet"),
        ("sheet.xlsx", b"not a workbook", "not a workbook, or it is damaged"),
        ("sheet.docx", urdu_sheet("csv"), "not a workbook"),
        ("../../etc/sheet.csv", b"a,b\r\n1,2\r\n", "no column “Key (do not change)”"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_with_a_reason(
    officer: StaffBrowser, name: str, content: bytes, message: str
) -> None:
    with_urdu(officer)
    assert message in uploaded(officer, name, content)


def test_a_file_that_is_too_large_is_refused_unread(officer: StaffBrowser, monkeypatch: pytest.MonkeyPatch) -> None:
    with_urdu(officer)
    monkeypatch.setattr(files, "LARGEST_FILE", 1000)
    assert "larger than 5 MB" in uploaded(officer, "sheet.csv", b"x" * 70_000)


def test_a_named_person_signs_an_edition_off(officer: StaffBrowser, database: Database) -> None:
    with_urdu(officer)
    sent(officer, uploaded(officer, "back.xlsx", urdu_sheet()), {"act": "take"})
    page = sent(officer, f"{URDU}/sign-off", {}, form_at=URDU)
    assert "Enter the name" in page
    assert "Tick this if they have read every text" in page
    assert "Needs sign-off" in officer.get(EDITIONS).text
    sent(officer, f"{URDU}/sign-off", {"name": "Sana Malik", "role": "translator", "read": "y"}, form_at=URDU)
    page = officer.get(EDITIONS).text
    assert "Signed off by Sana Malik (translator)" in page
    assert "Goes live" in page
    with database.reading() as session:
        survey = session.query(tables.Survey).one()
        assert signed_languages(session, survey=survey, content=design_of(database).content) == {"ur"}
        assert "edition signed off" in [row.action for row in session.query(tables.AuditEvent)]


def test_what_happens_to_a_language_that_is_not_ready_is_chosen(officer: StaffBrowser, database: Database) -> None:
    with_urdu(officer)
    sent(officer, f"{URDU}/when-out-of-date", {"when_out_of_date": "fallback"}, form_at=URDU)
    assert design_of(database).preparation.edition("ur").when_out_of_date == "fallback"


def test_a_language_that_the_survey_has_not_is_not_found(officer: StaffBrowser) -> None:
    for path in (f"{EDITIONS}/pl", f"{EDITIONS}/pl/texts", f"{EDITIONS}/pl/sheet.xlsx", f"{EDITIONS}/en"):
        assert officer.get(path).status_code == 404
