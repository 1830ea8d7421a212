"""Sign-ups: an address, what it is for, and nothing else."""

import csv
import io
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.sign_ups import ContactFault, add_sign_up, list_sign_ups, read_contact, remove_sign_ups, sign_ups_csv
from surveys.storage import tables
from tests.factories import a_survey


def signing_up(session: Session, survey: tables.Survey, contact: str, wants: str = "workshop") -> bool:
    return add_sign_up(
        session, survey_id=survey.id, organisation_id=survey.organisation_id, wants=wants, contact=contact
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  sam@example.org ", "sam@example.org"),
        ("Sam.O'Hara+survey@Example.org", "Sam.O'Hara+survey@Example.org"),
        ("07700 900123", "07700900123"),
        ("(0161) 496-0123", "01614960123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("0044 7700 900 123", "00447700900123"),
        ("01632 96001", "0163296001"),
    ],
)
def test_addresses_and_numbers_are_taken_as_people_write_them(typed: str, kept: str) -> None:
    assert read_contact(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "missing"),
        (" \n ", "missing"),
        ("sam@", "email"),
        ("sam@example", "email"),
        ("sam@exa mple.org", "email"),
        ("sam@example..org", "email"),
        ("sam@example.org, jo@example.org", "email"),
        ("sam@example.org\nBcc: all@example.org", "email"),
        ("x" * 250 + "@example.org", "email"),
        ("999", "phone"),
        ("٠٧٧٠٠٩٠٠١٢٣", "phone"),
        ("0770090012345678901", "phone"),
        ("Sam Smith", "neither"),
        ("=cmd|' /C calc'!A0", "phone"),
    ],
)
def test_anything_else_is_refused_with_a_reason(typed: str, code: str) -> None:
    with pytest.raises(ContactFault) as fault:
        read_contact(typed)
    assert fault.value.code == code


def test_pressing_the_button_twice_keeps_one_address(session: Session) -> None:
    survey = a_survey(session)
    assert signing_up(session, survey, "sam@example.org")
    assert not signing_up(session, survey, " sam@example.org")
    assert signing_up(session, survey, "sam@example.org", wants="results")
    assert sorted(list_sign_ups(session, survey=survey)) == [
        ("results", "sam@example.org"),
        ("workshop", "sam@example.org"),
    ]


def test_pressing_twice_at_the_same_moment_keeps_one_address(database: Database) -> None:
    with database.writing() as session:
        survey = a_survey(session)
    together = threading.Barrier(6)

    def pressing(_: int) -> bool:
        together.wait()
        with database.writing() as session:
            return signing_up(session, survey, "sam@example.org")

    with ThreadPoolExecutor(6) as presses:
        assert sorted(presses.map(pressing, range(6))) == [False] * 5 + [True]


def test_the_list_does_not_tell_who_came_first(session: Session) -> None:
    survey = a_survey(session)
    for person in range(30):
        signing_up(session, survey, f"person{person}@example.org")
    orders = {tuple(list_sign_ups(session, survey=survey, wants="workshop")) for _ in range(5)}
    assert len(orders) == 5
    assert len({frozenset(order) for order in orders}) == 1
    assert set(tables.SignUp.__table__.columns.keys()) == {"key", "organisation_id", "survey_id", "wants", "contact"}


def test_the_export_holds_no_formula(session: Session) -> None:
    survey = a_survey(session)
    signing_up(session, survey, "+44 7700 900123")
    signing_up(session, survey, "=1+1@example.org")
    rows = list(csv.reader(io.StringIO(sign_ups_csv(session, survey=survey))))
    assert rows[0] == ["wants", "contact"]
    assert sorted(rows[1:]) == [["workshop", "'+447700900123"], ["workshop", "'=1+1@example.org"]]


def test_one_address_or_all_can_be_deleted(session: Session) -> None:
    survey = a_survey(session)
    for contact in ("sam@example.org", "jo@example.org", "07700900123"):
        signing_up(session, survey, contact)
    assert remove_sign_ups(session, survey=survey, contact="07700 900123") == 1
    assert remove_sign_ups(session, survey=survey) == 2
    assert list_sign_ups(session, survey=survey) == []
