"""What an organisation adds to the masking of comments, on its page and by the command."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from engage.commands import engage
from engage.unit_of_work import Database
from surveys.comments.screening import own_details
from surveys.masking import OwnDetails
from surveys.masking.own import MOST_NAMES
from surveys.organisations import ensure_root
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.organisations.test_tree_page import below, head_of
from tests.engage.staff_browser import StaffBrowser

PAGE = "/staff/organisation/masking"
TRY = f"{PAGE}/try"


@pytest.fixture
def administrator(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("administrator")


def kept(database: Database) -> OwnDetails:
    with database.writing() as session:
        return own_details(session, organisation_id=ensure_root(session).id)


def trail(database: Database) -> list[dict[str, object]]:
    event = tables.AuditEvent
    with database.reading() as session:
        query = select(event.detail).where(event.action == "masking list changed").order_by(event.id)
        return list(session.scalars(query))


def test_what_is_kept_masks_and_the_trail_holds_counts_alone(administrator: StaffBrowser, database: Database) -> None:
    fields = {"hospital_number": "rx1  999999", "staff_names": "Zebedee\n\nNowak, Anna\nzebedée"}
    assert administrator.post(PAGE, fields).headers["Location"] == f"{PAGE}?saved=yes"
    assert kept(database) == OwnDetails("RX1 999999", ("Zebedee", "Anna Nowak"))
    page = administrator.get(f"{PAGE}?saved=yes").text
    assert "RX1 483920" in page
    assert "2 names are kept now" in page
    tried = administrator.post(TRY, {"words": "anna nowak & Zebedee lost RX1 111222"}, form_at=PAGE).text
    assert '<p dir="auto">[name] &amp; [name] lost [hospital number]</p>' in tried
    assert trail(database) == [{"names": 2, "hospital_number": True}]
    assert "ebed" not in str(administrator.get("/staff/audit").text)


def test_saving_the_same_again_is_no_change_and_nothing_takes_it_away(
    administrator: StaffBrowser, database: Database
) -> None:
    fields = {"hospital_number": "", "staff_names": "Zebedee"}
    for _ in range(2):
        administrator.post(PAGE, fields)
    assert len(trail(database)) == 1
    administrator.post(PAGE, {"hospital_number": "", "staff_names": " "})
    assert kept(database) == OwnDetails()
    assert trail(database)[1] == {"names": 0, "hospital_number": False}


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ("9999", "would hide too much"),
        ("AAAAAA", "would hide too much"),
        (r"\d{6}999999", "letters, digits, spaces, hyphens, slashes and full stops only"),
        ("999999,1999999,2999999,3999999,4999999,5999999", "at most 5 shapes"),
        ("RX1 999999 " * 10, "at most 100 characters"),
    ],
)
def test_a_shape_that_would_hide_too_much_or_is_a_program_is_refused(
    administrator: StaffBrowser, database: Database, shape: str, said: str
) -> None:
    refused = administrator.post(PAGE, {"hospital_number": shape, "staff_names": "Zebedee"})
    assert refused.status_code == 422
    assert said in refused.text
    assert "Zebedee" in refused.text
    assert kept(database) == OwnDetails()


def test_every_line_that_is_no_name_is_named_and_what_was_typed_stays(
    administrator: StaffBrowser, database: Database
) -> None:
    lines = "Zebedee\nWill\n12345\nx\n" + "y" * 81
    refused = administrator.post(PAGE, {"hospital_number": "RX1 999999", "staff_names": lines})
    assert refused.status_code == 422
    assert re.findall(r"<li>Line (\d+):", refused.text) == ["2", "3", "4", "5"]
    assert "“Will” is an everyday word too" in refused.text
    assert "4 lines of the list cannot be used" in refused.text
    assert "Zebedee\nWill\n12345" in refused.text.replace("\r", "")
    assert kept(database) == OwnDetails()


def test_a_list_may_be_long_and_not_longer(administrator: StaffBrowser, database: Database) -> None:
    letters = "abcdefghij"
    names = ["Zeb " + "".join(letters[int(digit)] for digit in f"{number:04}") for number in range(MOST_NAMES)]
    assert administrator.post(PAGE, {"staff_names": "\r\n".join(names)}).status_code == 303
    assert len(kept(database).staff_names) == MOST_NAMES
    refused = administrator.post(PAGE, {"staff_names": "\n".join([*names, "Zebedee"])})
    assert f"give at most {MOST_NAMES}" in refused.text
    assert len(kept(database).staff_names) == MOST_NAMES


def test_trying_keeps_nothing_and_an_empty_sentence_is_asked_for(
    administrator: StaffBrowser, database: Database
) -> None:
    tried = administrator.post(TRY, {"words": "Dr Smith <b>rang</b> 07700 900123"}, form_at=PAGE)
    assert "Dr [name] &lt;b&gt;rang&lt;/b&gt; [phone number]</p>" in tried.text
    assert administrator.post(TRY, {"words": " "}, form_at=PAGE).status_code == 422
    assert kept(database) == OwnDetails()
    assert trail(database) == []


def test_each_organisation_has_its_own_list(administrator: StaffBrowser, database: Database) -> None:
    administrator.post(PAGE, {"staff_names": "Zebedee"})
    below(database, "Trust A")
    other = head_of(administrator, database, "trust-a")
    assert "Zebedee" not in other.get(PAGE).text
    other.post(PAGE, {"staff_names": "Ermintrude"})
    assert kept(database) == OwnDetails("", ("Zebedee",))


def test_the_page_is_reached_from_the_organisations_texts(administrator: StaffBrowser) -> None:
    assert f'href="{PAGE}"' in administrator.get("/staff/organisation").text


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: Database) -> Path:
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path))
    monkeypatch.setenv("ENGAGE_DATABASE_URL", database.url)
    monkeypatch.setenv("ENGAGE_DRAFTS_URL", database.drafts_url)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(engage, ("organisation", "masking", *words))


def test_the_command_keeps_what_it_is_given_and_tells_counts_alone(instance: Path, database: Database) -> None:
    names = instance / "names.txt"
    names.write_text("\ufeffZebedee\nNowak, Anna\n", "utf-8")
    assert run().stdout == "hospital number\tnone\nstaff names\t0\n"
    assert run("--staff-names", str(names)).stdout == "hospital number\tnone\nstaff names\t2\n"
    assert run("--hospital-number", "RX1 999999").stdout == "hospital number\tRX1 999999\nstaff names\t2\n"
    assert kept(database) == OwnDetails("RX1 999999", ("Zebedee", "Anna Nowak"))
    assert run("--remove").stdout == "hospital number\tnone\nstaff names\t0\n"
    assert [event["names"] for event in trail(database)] == [2, 2, 0]


def test_the_command_names_every_faulty_line_and_keeps_nothing(instance: Path, database: Database) -> None:
    names = instance / "names.txt"
    names.write_text("Zebedee\nWill\n99\n", "utf-8")
    done = run("--staff-names", str(names), "--hospital-number", "9")
    assert done.exit_code != 0
    assert f"{names}:2: “Will” is an everyday word" in done.stderr
    assert f"{names}:3: " in done.stderr
    assert "--hospital-number: “9” would hide too much" in done.stderr
    names.write_bytes(b"Zo\xe9")
    assert "Save it as UTF-8" in run("--staff-names", str(names)).stderr
    assert run("--remove", "--hospital-number", "RX1 999999").exit_code == 2
    assert kept(database) == OwnDetails()
