"""Many rows at once from a list: looked at first, made with one button, and never twice."""

import io

import pytest
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.sharing.conftest import SHARE

PLACES = f"{SHARE}/places"
LIST = "Trust / Ward 7 | patients | poster | 200\n\nStaff room | Staff: nursing and midwifery\nCafé ||| 1,500"


def made(database: Database) -> list[tuple[str, str, str, str, int | None]]:
    with database.reading() as session:
        found = session.scalars(select(tables.Collector).order_by(tables.Collector.id))
        return [(one.name, one.place, one.audience_id, one.channel, one.planned_reach) for one in found]


def test_a_list_is_shown_first_and_made_with_one_button(officer: StaffBrowser, database: Database) -> None:
    preview = officer.post(PLACES, {"lines": LIST})
    assert preview.status_code == 200
    assert "These 3 rows will be made" in preview.text
    assert made(database) == []
    assert officer.post(PLACES, {"lines": LIST, "sure": "yes"}).status_code == 303
    assert made(database) == [
        ("Ward 7", "Trust / Ward 7", "patients", "poster", 200),
        ("Staff room", "Staff room", "staff_nursing", "", None),
        ("Café", "Café", "patients", "", 1500),
    ]


def test_the_same_list_again_makes_nothing_twice(officer: StaffBrowser, database: Database) -> None:
    officer.post(PLACES, {"lines": LIST, "sure": "yes"})
    again = officer.post(PLACES, {"lines": LIST, "sure": "yes"})
    assert again.status_code == 422
    assert "already" in again.text
    assert len(made(database)) == 3


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "Write at least one place"),
        ("| staff", "Line 1: Begin with the name of the place"),
        ("Ward | aliens", "“aliens” is not in the list of audiences"),
        ("Ward | staff | poster | lots", "“lots” is not a number of people"),
        ("Ward | staff | poster | 0", "“0” is not a number of people"),
        ("Ward | staff | poster | 5 | more", "at most four parts"),
        ("x" * 201, "Shorten the place"),
        ("Ward | staff | " + "x" * 101, "Shorten the channel"),
        ("A\nA", "Line 2: The planner has a row"),
        ("\n".join(f"Ward {n}" for n in range(501)), "at most 500 places"),
    ],
)
def test_a_wrong_line_stops_everything_and_the_list_stays(
    officer: StaffBrowser, database: Database, line: str, message: str
) -> None:
    answer = officer.post(PLACES, {"lines": line, "sure": "yes"})
    assert answer.status_code == 422
    assert message in answer.text
    assert f">{line}</textarea>" in answer.text.replace("&#34;", '"')
    assert made(database) == []


@pytest.mark.parametrize(
    "content",
    [
        "Place,Audience,Channel,Number\r\nWard 7,staff,poster,20\r\n".encode("utf-8-sig"),
        b"Ward 7;staff;poster;20\n",
        b"Ward 7\tstaff\tposter\t20",
        '"Ward 7","staff","poster","20"\n\n'.encode("utf-16").decode("utf-16").encode("cp1252"),
    ],
)
def test_an_uploaded_list_is_put_on_the_page_to_be_corrected(
    officer: StaffBrowser, database: Database, content: bytes
) -> None:
    fields = {"csrf_token": officer.token(PLACES), "lines": "", "file": (io.BytesIO(content), "places.csv")}
    answer = officer.client.post(PLACES, data=fields, environ_base=officer.environment)
    assert "These 1 rows will be made" in answer.text
    assert ">Ward 7 | staff | poster | 20</textarea>" in answer.text
    assert made(database) == []


def test_a_file_that_is_no_list_is_refused(officer: StaffBrowser) -> None:
    fields = {"csrf_token": officer.token(PLACES), "lines": "Kept", "file": (io.BytesIO(b"PK\x03\x04\x00"), "x.xlsx")}
    answer = officer.client.post(PLACES, data=fields, environ_base=officer.environment)
    assert answer.status_code == 422
    assert "This is not a CSV file" in answer.text
    assert ">Kept</textarea>" in answer.text


@pytest.mark.parametrize("places", [5_000, 16_000])
def test_a_file_that_is_far_too_long_is_refused_on_the_page(officer: StaffBrowser, places: int) -> None:
    content = "".join(f"Ward number {number},staff\n" for number in range(places)).encode()
    fields = {"csrf_token": officer.token(PLACES), "lines": "Kept", "file": (io.BytesIO(content), "places.csv")}
    answer = officer.client.post(PLACES, data=fields, environ_base=officer.environment)
    assert answer.status_code == 422
    assert "at most 500 places" in answer.text
