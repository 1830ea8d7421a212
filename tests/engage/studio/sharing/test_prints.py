"""Prints of all rows in one zip file: asked for in two clicks, made by the worker, read back, and taken away."""

import datetime
import io
import zipfile

import pytest
from sqlalchemy import select

from engage.queue import jobs
from engage.queue.work import carry_out_job
from engage.settings import Settings
from engage.studio.sharing import prints
from engage.unit_of_work import Database
from reports.code_reading import codes_on, page_pictures
from surveys.storage import tables
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.sharing.conftest import SHARE
from tests.factories import a_collector

PRINT = f"{SHARE}/print"
EVERYTHING = {"kinds": ["poster-a4", "poster-a5"], "languages": "en", "which": "all"}
pytestmark = pytest.mark.usefixtures("no_waiting")


@pytest.fixture
def codes(officer: StaffBrowser, database: Database) -> tuple[str, str]:
    with database.writing() as session:
        survey = session.scalars(select(tables.Survey)).one()
        return a_collector(session, survey, name="Ward 7").code, a_collector(session, survey, name="Café").code


def waiting(database: Database) -> int:
    with database.reading() as session:
        (job_id,) = jobs.waiting(session, asked_before=datetime.datetime.now(datetime.UTC))
    return job_id


def asked(database: Database) -> list[tables.Job]:
    with database.reading() as session:
        found = list(session.scalars(select(tables.Job)))
        session.expunge_all()
    return found


def test_what_is_ticked_at_first_is_two_posters_for_every_row(officer: StaffBrowser, codes: tuple[str, str]) -> None:
    page = officer.get(PRINT).text
    assert "<strong>4 files</strong>" in page
    assert page.count(" checked") == 3


def test_everything_is_made_by_the_worker_and_every_code_leads_to_its_row(
    officer: StaffBrowser, settings: Settings, database: Database, codes: tuple[str, str]
) -> None:
    answer = officer.post(PRINT, EVERYTHING)
    assert answer.status_code == 303
    place = answer.headers["Location"]
    page = officer.get(place).text
    assert "0 of 4 files are made" in page
    assert "http-equiv" not in page
    carry_out_job(settings, waiting(database))
    ready = officer.get(place).text
    assert "Download everything (4 files, ZIP)" in ready
    bundle = officer.get(f"{place}/prints.zip")
    assert "small-survey-prints.zip" in bundle.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(bundle.data)) as files:
        names = files.namelist()
        assert names == [
            "contents.csv",
            "trust-ward-7-poster-a4-en.pdf", "trust-ward-7-poster-a5-en.pdf",
            "trust-cafe-poster-a4-en.pdf", "trust-cafe-poster-a5-en.pdf",
        ]  # fmt: skip
        one = files.read("trust-cafe-poster-a5-en.pdf")
    assert codes_on(page_pictures(one)[0]) == [f"HTTP://LOCALHOST/{codes[1]}"]
    alone = officer.get(f"{place}/trust-cafe-poster-a5-en.pdf")
    assert alone.data == one
    assert officer.get(f"{place}/../../etc/passwd").status_code == 404
    assert officer.get(f"{place}/missing.pdf").status_code == 404
    with database.reading() as session:
        actions = [(one.action, one.detail) for one in session.scalars(select(tables.AuditEvent))]
    assert ("prints asked", {"files": 4}) in actions


def test_asking_twice_gives_the_same_work_and_the_page_leads_back_to_it(
    officer: StaffBrowser, database: Database, codes: tuple[str, str]
) -> None:
    places = {officer.post(PRINT, EVERYTHING).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    page = officer.get(PRINT).text
    assert "Prints are being made" in page
    assert places.pop().removeprefix("http://localhost") in page


def test_one_row_is_chosen_from_its_own_link(officer: StaffBrowser, database: Database, codes: tuple[str, str]) -> None:
    assert "<strong>2 files</strong>" in officer.get(f"{PRINT}?row={codes[1]}").text
    officer.post(PRINT, {"kinds": "cards", "languages": "en", "which": "some", "rows": codes[1]})
    (job,) = asked(database)
    assert (job.parameters["codes"], job.parameters["kinds"]) == ([codes[1]], ["cards"])


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"kinds": []}, "Choose at least one kind"),
        ({"languages": []}, "Choose at least one language"),
        ({"which": "some"}, "Tick at least one row"),
        ({"which": "some", "rows": "222222"}, "Choose only answers in the list"),
        ({"kinds": "poster-a2"}, "Choose only answers in the list"),
    ],
)
def test_only_what_is_offered_is_printed(
    officer: StaffBrowser, database: Database, codes: tuple[str, str], changed: dict[str, object], message: str
) -> None:
    answer = officer.post(PRINT, {**EVERYTHING, **changed})
    assert answer.status_code == 422
    assert message in answer.text
    assert asked(database) == []


def test_very_many_files_are_made_only_when_somebody_says_so_twice(
    officer: StaffBrowser, database: Database, codes: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prints, "MANY_FILES", 3)
    answer = officer.post(PRINT, EVERYTHING)
    assert answer.status_code == 422
    assert "These are 4 files" in answer.text
    assert asked(database) == []
    assert officer.post(PRINT, {**EVERYTHING, "sure": "y"}).status_code == 303


def test_stopped_codes_are_not_printed(officer: StaffBrowser, database: Database, codes: tuple[str, str]) -> None:
    officer.post(f"{SHARE}/{codes[0]}/stop", {"stop": "yes"})
    officer.post(PRINT, EVERYTHING)
    assert asked(database)[0].parameters["codes"] == [codes[1]]


def test_work_that_is_stopped_makes_no_more_files(
    officer: StaffBrowser, settings: Settings, database: Database, codes: tuple[str, str]
) -> None:
    place = officer.post(PRINT, EVERYTHING).headers["Location"]
    job_id = waiting(database)
    officer.post(f"{place}/stop", form_at=place)
    carry_out_job(settings, job_id)
    page = officer.get(place).text
    assert "The work was stopped" in page
    assert officer.get(f"{place}/prints.zip").status_code == 404


def test_work_that_is_stopped_in_the_middle_ends_before_its_next_print(
    officer: StaffBrowser,
    settings: Settings,
    database: Database,
    codes: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from reports.prints import Printer

    place = officer.post(PRINT, EVERYTHING).headers["Location"]
    made: list[str] = []

    def file(printer: Printer, invitation: object, kind: str) -> bytes:
        made.append(kind)
        officer.post(f"{place}/stop", form_at=place)
        return b"%PDF"

    monkeypatch.setattr(Printer, "file", file)
    carry_out_job(settings, waiting(database))
    assert made == ["poster-a4"]
    assert "The work was stopped" in officer.get(place).text


def test_a_print_that_cannot_be_made_says_which_and_why(
    officer: StaffBrowser, settings: Settings, database: Database, codes: tuple[str, str]
) -> None:
    from surveys.organisations import ensure_root
    from surveys.publishing import publish
    from tests.factories import NOW, a_questionnaire, words

    with database.writing() as session:
        long = a_questionnaire(title=words("Why " * 150 + "?"))
        publish(session, organisation=ensure_root(session), questionnaire=long, at=NOW, by="p@example.org")
    place = officer.post(PRINT, {**EVERYTHING, "kinds": "screen"}).headers["Location"]
    carry_out_job(settings, waiting(database))
    page = officer.get(place).text
    assert "The prints could not be made" in page
    assert "trust-ward-7-screen-en.png: The texts do not fit on a screen. Shorten the title" in page
