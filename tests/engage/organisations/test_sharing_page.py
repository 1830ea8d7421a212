"""Agreements on their page: recorded by the owner, ended by either side, kept in the audit trail."""

import pytest
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.organisations.test_tree_page import below, events, head_of
from tests.engage.staff_browser import StaffBrowser
from tests.factories import a_survey

SHARING = "/staff/sharing"
FIELDS = {"survey": "small-survey", "reader": "trust-a", "scope": "all", "reference": "DSA-14"}


@pytest.fixture
def administrator(signed_in_as: SignedInAs, database: Database) -> StaffBrowser:
    browser = signed_in_as("administrator")
    below(database, "Trust A")
    below(database, "Trust B")
    with database.writing() as session:
        a_survey(session)
    return browser


def agreement_id(database: Database) -> str:
    with database.reading() as session:
        return str(session.scalars(select(tables.SharingAgreement.id)).one())


def test_an_agreement_is_recorded_listed_and_ended_by_the_owner(
    administrator: StaffBrowser, database: Database
) -> None:
    assert "Nothing is shared yet" in administrator.get(SHARING).text
    assert administrator.post(SHARING, FIELDS).status_code == 303
    page = administrator.get(SHARING).text
    assert "DSA-14" in page
    assert "All results of the survey</td>" in page
    ended = administrator.post(f"{SHARING}/end", {"agreement": agreement_id(database)}, form_at=SHARING)
    assert ended.status_code == 303
    assert "by administrator@example.org</td>" in administrator.get(SHARING).text
    assert events(database) == ["sharing agreed", "sharing ended"]


def test_the_page_says_which_place_is_shared_whatever_the_reader_calls_itself_later(
    administrator: StaffBrowser, database: Database
) -> None:
    administrator.post(SHARING, {**FIELDS, "scope": "own"})
    covered = "Places that begin with “Our organisation / Trust A” or hold the whole name “Trust A”."
    assert covered in administrator.get(SHARING).text
    reader = head_of(administrator, database, "trust-a")
    changed = reader.post("/staff/organisations/trust-a", {"name": "Hospice"})
    assert changed.status_code == 303
    for browser in (administrator, reader):
        assert covered in browser.get(SHARING).text
    with database.reading() as session:
        assert session.scalars(select(tables.SharingAgreement.own_place)).one() == "Our organisation / Trust A"


def test_sharing_everything_names_no_place(administrator: StaffBrowser) -> None:
    administrator.post(SHARING, FIELDS)
    assert "Places that begin with" not in administrator.get(SHARING).text


def test_the_reader_ends_it_too_and_nobody_else_does(administrator: StaffBrowser, database: Database) -> None:
    administrator.post(SHARING, FIELDS)
    wanted = {"agreement": agreement_id(database)}
    other = head_of(administrator, database, "trust-b")
    assert "DSA-14" not in other.get(SHARING).text
    assert other.post(f"{SHARING}/end", wanted, form_at=SHARING).status_code == 404
    reader = head_of(administrator, database, "trust-a")
    assert "What others share with Trust A" in reader.get(SHARING).text
    assert reader.post(f"{SHARING}/end", wanted, form_at=SHARING).status_code == 303
    assert reader.post(f"{SHARING}/end", wanted, form_at=SHARING).status_code == 404
    with database.reading() as session:
        event = session.scalars(select(tables.AuditEvent).where(tables.AuditEvent.action == "sharing ended")).one()
    assert event.detail == {"reader": "trust-a", "ended_by": "reader"}


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"reference": ""}, "Say where the written agreement is kept"),
        ({"scope": ""}, "Choose what it may see"),
        ({"scope": "everything"}, "Choose what it may see"),
        ({"survey": "somebody-elses"}, "Choose a survey"),
        ({"reader": "trust"}, "Choose an organisation"),
    ],
)
def test_a_refused_agreement_says_why_and_keeps_what_was_typed(
    administrator: StaffBrowser, database: Database, changed: dict[str, str], problem: str
) -> None:
    answer = administrator.post(SHARING, {**FIELDS, **changed})
    assert answer.status_code == 422
    assert problem in answer.text
    assert ('value="DSA-14"' in answer.text) is ("reference" not in changed)
    assert events(database) == []


def test_the_same_is_not_agreed_twice(administrator: StaffBrowser) -> None:
    administrator.post(SHARING, FIELDS)
    answer = administrator.post(SHARING, FIELDS)
    assert answer.status_code == 422
    assert "Trust A can read this survey already" in answer.text


@pytest.mark.parametrize("agreement", ["", "x", "99999999999", "٣", "7"])
def test_nonsense_ends_nothing(administrator: StaffBrowser, agreement: str) -> None:
    answer = administrator.post(f"{SHARING}/end", {"agreement": agreement}, form_at=SHARING)
    assert answer.status_code in (400, 404)
