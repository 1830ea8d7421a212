"""The audit trail as administrators read it and take it home."""

import csv
import datetime
import io

import pytest

from engage.audit.events import FileDownloaded, SignedOut, record
from engage.unit_of_work import Database
from surveys.organisations import add_organisation, ensure_root
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser

LATE = datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)


@pytest.fixture
def administrator(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("administrator")


def recorded(database: Database, *, by: str, number: int = 1, at: datetime.datetime = LATE) -> None:
    with database.writing() as session:
        owner = ensure_root(session).id
        for _ in range(number):
            record(session, FileDownloaded("small-survey", "board.pdf"), organisation_id=owner, by=by, at=at)


def rows(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))


def test_the_newest_event_comes_first_with_its_details(administrator: StaffBrowser, database: Database) -> None:
    recorded(database, by="zoe@example.org")
    page = administrator.get("/staff/audit").text
    assert page.index("zoe@example.org</td>") < page.index("Sign in succeeded:")
    assert "File downloaded: small-survey" in page
    assert "file: board.pdf" in page


def test_a_search_finds_by_person_action_and_local_day(administrator: StaffBrowser, database: Database) -> None:
    recorded(database, by="zoe@example.org")
    # Half past eleven at night in UTC is the next day in London in summer.
    found = administrator.get("/staff/audit?actor=ZOE&action=file+downloaded&since=2026-07-01&until=2026-07-01").text
    assert "zoe@example.org</td>" in found
    assert "Sign in succeeded:" not in found
    assert "No event is like this" in administrator.get("/staff/audit?until=2026-06-30").text
    assert "No event is like this" in administrator.get("/staff/audit?actor=%25").text


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday",
        "since=0001-01-01",
        "until=9999-12-31",
        "page=0",
        "page=99999999999999999999",
        "page=%D9%A3",
        "action=no+such",
        "actor=%00",
        "actor=" + "x" * 300,
    ],
)
def test_a_search_that_makes_no_sense_does_no_harm(administrator: StaffBrowser, query: str) -> None:
    assert administrator.get(f"/staff/audit?{query}").status_code == 200
    assert administrator.get(f"/staff/audit.csv?{query}").status_code == 200


def test_a_date_that_cannot_be_read_is_said_so(administrator: StaffBrowser) -> None:
    page = administrator.get("/staff/audit?since=yesterday").text
    assert "There is a problem" in page
    assert "<title>Error: Audit trail" in page
    assert "Enter a date such as 2026-11-21" in page


def test_older_events_are_on_further_pages_that_keep_the_search(
    administrator: StaffBrowser, database: Database
) -> None:
    recorded(database, by="zoe@example.org", number=60)
    first = administrator.get("/staff/audit?actor=zoe").text
    assert first.count('<td class="nhsuk-table__cell">zoe@example.org') == 50
    assert 'href="/staff/audit?page=2&amp;actor=zoe"' in first
    second = administrator.get("/staff/audit?page=2&actor=zoe").text
    assert second.count('<td class="nhsuk-table__cell">zoe@example.org') == 10
    assert "Older events" not in second


def test_the_file_holds_what_was_searched_for_and_cannot_act_in_a_spreadsheet(
    administrator: StaffBrowser, database: Database
) -> None:
    recorded(database, by="=cmd|' /C calc'!A0")
    answer = administrator.get("/staff/audit.csv?action=file+downloaded")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
    (row,) = rows(answer.text)
    assert row["actor"] == "'=cmd|' /C calc'!A0"
    assert len(row["hash"]) == 64
    assert "audit trail exported" in [row["action"] for row in rows(administrator.get("/staff/audit.csv").text)]


def test_one_sees_the_own_organisation_and_those_below_only(
    administrator: StaffBrowser, signed_in_as: SignedInAs, database: Database
) -> None:
    from tests.engage.staff_browser import StaffBrowser as Browser
    from tests.factories import an_account

    with database.writing() as session:
        child = add_organisation(session, parent=ensure_root(session), name="Hospice", kind="provider")
        an_account(session, "administrator", email="head@hospice.example.org").organisation_id = child.id
        record(session, SignedOut("x"), organisation_id=child.id, by="nurse@hospice.example.org", at=LATE)
    recorded(database, by="zoe@example.org")
    page = administrator.get("/staff/audit").text
    assert "nurse@hospice.example.org" in page
    assert "Hospice</td>" in page
    below = Browser(administrator.client.application)
    below.sign_in("head@hospice.example.org")
    for path in ("/staff/audit", "/staff/audit.csv"):
        assert "nurse@hospice.example.org" in below.get(path).text
        assert "zoe@example.org" not in below.get(path).text
