"""The page on which one comment is coded after another, without script."""

from __future__ import annotations

import re

import pytest
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.coding.changing import split_code
from surveys.coding.coding import coding_of
from surveys.coding.frames import CodeText
from surveys.storage import tables
from tests.coding import a_frame, code_named, give, had
from tests.commented import Commented, a_comment, a_commented_survey
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW

HUB = "/staff/surveys/small-survey/coding"
SEEN = re.compile(r'name="seen" value="([0-9a-f]*)"')


class Desk:
    """A survey with a frame, and comments to code."""

    def __init__(self, session: Session) -> None:
        self.at: Commented = a_commented_survey(session)
        self.frame = a_frame(session, self.at)
        self.frame_id, self.survey_id = self.frame.id, self.at.survey.id
        self.codes = {name: code_named(session, self.frame, name).id for name in ("Waiting", "Staff", "Parking")}
        self.refs: dict[str, str] = {}

    def add(self, session: Session, name: str, text: str, **given: str) -> None:
        self.refs[name] = a_comment(session, self.at, text, **given).ref.hex()  # type: ignore[arg-type]  # As a_comment takes them.

    def page(self, name: str) -> str:
        return f"{HUB}/{self.frame_id}/{self.refs[name]}"

    @property
    def next(self) -> str:
        return f"{HUB}/{self.frame_id}/next"


@pytest.fixture
def desk(database: Database) -> Desk:
    with database.writing() as session:
        desk = Desk(session)
        desk.add(session, "slow", "I rang 01132 432 799 for weeks", rating="quite")
        desk.add(session, "kind", "Kind nurses", theme="staff", rating=None)
        return desk


@pytest.fixture
def coder(desk: Desk, signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("analyst")


def coded(database: Database, desk: Desk, name: str) -> dict[str, str] | None:
    with database.reading() as session:
        ref = bytes.fromhex(desk.refs[name])
        if coding_of(session, frame_id=desk.frame_id, ref=ref) is None:
            return None
        frame = session.get_one(tables.CodeFrame, desk.frame_id)
        return had(session, frame, session.get_one(tables.ScreenedComment, ref))


def test_a_comment_is_shown_with_its_theme_and_rating_and_nothing_that_identifies(
    coder: StaffBrowser, desk: Desk
) -> None:
    page = coder.get(desk.page("slow")).text
    for shown in ("Waiting less", "Would you like to say more?", "Quite important", "0 of 2 coded"):
        assert shown in page
    assert "I rang [phone number] for weeks" in page
    for hidden in ("432 799", "Waiting room", "Northshire / ", "patients", "2026"):
        assert hidden not in page
    assert "Rating given" not in coder.get(desk.page("kind")).text


def test_codes_are_saved_and_the_next_comment_comes(coder: StaffBrowser, desk: Desk, database: Database) -> None:
    first = coder.get(desk.next)
    assert first.status_code == 303
    said = {"code": str(desk.codes["Waiting"]), f"sentiment-{desk.codes['Waiting']}": "negative", "seen": ""}
    saved = coder.post(desk.page("slow"), said)
    assert (saved.status_code, saved.location) == (303, desk.page("kind"))
    assert coded(database, desk, "slow") == {"Waiting": "negative"}
    assert coder.post(desk.page("kind"), {"action": "none", "seen": ""}).status_code == 303
    assert coded(database, desk, "kind") == {}
    done = coder.get(desk.next)
    assert (done.status_code, "No comment is left to code" in done.text) == (200, True)
    again = coder.get(desk.page("slow")).text
    assert re.search(rf'value="{desk.codes["Waiting"]}"[^>]* checked', again)
    assert "2 of 2 coded" in again


def test_saving_without_a_code_asks_for_one(coder: StaffBrowser, desk: Desk, database: Database) -> None:
    refused = coder.post(desk.page("slow"), {"seen": ""})
    assert (refused.status_code, "say that no code fits" in refused.text) == (422, True)
    nonsense = {"seen": "", "code": "999999999999", f"sentiment-{desk.codes['Staff']}": "angry"}
    assert coder.post(desk.page("slow"), nonsense).status_code == 422
    unknown = coder.post(desk.page("slow"), {"seen": "", "code": "99999999"})
    assert (unknown.status_code, "Choose from the list as it is" in unknown.text) == (422, True)
    assert coded(database, desk, "slow") is None


def test_two_who_code_the_same_comment_are_told_and_lose_nothing(
    coder: StaffBrowser, desk: Desk, database: Database
) -> None:
    with database.writing() as session:
        comment = session.get_one(tables.ScreenedComment, bytes.fromhex(desk.refs["slow"]))
        give(
            session,
            session.get_one(tables.CodeFrame, desk.frame_id),
            comment,
            {"Parking": "mixed"},
            by="ben@example.org",
        )
    mine = {"code": str(desk.codes["Waiting"]), f"sentiment-{desk.codes['Waiting']}": "negative", "seen": ""}
    met = coder.post(desk.page("slow"), mine)
    assert met.status_code == 409
    assert "ben@example.org gave it “Parking” (mixed)." in met.text
    assert re.search(rf'value="{desk.codes["Waiting"]}"[^>]* checked', met.text)
    assert coded(database, desk, "slow") == {"Parking": "mixed"}
    found = SEEN.search(met.text)
    assert found
    assert coder.post(desk.page("slow"), {**mine, "seen": found[1]}).status_code == 303
    assert coded(database, desk, "slow") == {"Waiting": "negative"}


def test_codes_are_taken_away_again(coder: StaffBrowser, desk: Desk, database: Database) -> None:
    coder.post(desk.page("slow"), {"code": str(desk.codes["Staff"]), "seen": ""})
    found = SEEN.search(coder.get(desk.page("slow")).text)
    assert found
    assert coder.post(desk.page("slow"), {"action": "clear", "seen": found[1]}).location == desk.page("slow")
    assert coded(database, desk, "slow") is None


def test_filters_stay_while_somebody_goes_on(coder: StaffBrowser, desk: Desk, database: Database) -> None:
    with database.writing() as session:
        desk.add(session, "other", "Slow too")
    address = coder.get(f"{desk.next}?theme=waiting").location
    assert address is not None
    assert address.endswith("?theme=waiting")
    page = coder.get(address).text
    assert "0 of 2 coded" in page
    assert re.search(r'action="[^"]*\?theme=waiting"', page)
    assert coder.get(f"{desk.next}?theme=nonsense").status_code == 200


def test_comments_of_a_split_code_come_again_with_what_they_had(
    coder: StaffBrowser, desk: Desk, database: Database
) -> None:
    coder.post(desk.page("kind"), {"code": str(desk.codes["Staff"]), "seen": ""})
    with database.writing() as session:
        code = session.get_one(tables.Code, desk.codes["Staff"])
        split_code(session, code=code, into=[CodeText("Nurses"), CodeText("Doctors")], at=NOW, by="coder")
    address = coder.get(f"{desk.next}?which=recode").location
    assert address == f"{desk.page('kind')}?which=recode"
    assert "It had “Staff”, which is no longer in use" in coder.get(address).text


def test_a_comment_that_was_passed_on_or_does_not_exist_is_not_found(
    coder: StaffBrowser, desk: Desk, database: Database
) -> None:
    with database.writing() as session:
        session.get_one(tables.CommentState, bytes.fromhex(desk.refs["slow"])).state = "escalated"
    assert coder.get(desk.page("slow")).status_code == 404
    for name in ("0" * 32, "xyz", "A" * 32):
        assert coder.get(f"{HUB}/{desk.frame_id}/{name}").status_code == 404
    assert coder.get(f"{HUB}/{desk.frame_id + 1}/next").status_code == 404
    kept = coder.post(desk.page("slow"), {"code": str(desk.codes["Staff"]), "seen": ""}, form_at=desk.page("kind"))
    assert kept.status_code == 404
    assert coded(database, desk, "slow") is None


def test_a_comment_in_another_language_has_its_direction_and_its_translation(
    coder: StaffBrowser, desk: Desk, database: Database
) -> None:
    with database.writing() as session:
        desk.add(session, "arabic", "انتظرت طويلا", language="ar")
        owner = session.get_one(tables.CodeFrame, desk.frame_id).organisation_id
        session.add(
            tables.CommentTranslation(
                ref=bytes.fromhex(desk.refs["arabic"]),
                language="en",
                organisation_id=owner,
                words="I waited long, ring 01132 432 799",
                translated_by="Interpreting service",
                made_at=NOW,
                made_by="coder",
            )
        )
    page = coder.get(desk.page("arabic")).text
    assert '<blockquote class="engage-comment" lang="ar" dir="rtl"><p>انتظرت طويلا</p>' in page
    assert "translated by Interpreting service" in page
    assert "I waited long, ring [phone number]" in page
