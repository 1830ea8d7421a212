"""A second coder on their pages: blind until the last comment is coded, then measured, then talked through."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.coding.drawing import open_sample
from surveys.coding.frames import live_codes
from surveys.coding.samples import agreement_tables
from surveys.storage import tables
from tests.coding import give, had
from tests.engage.conftest import SignedInAs
from tests.engage.organisations.test_tree_page import events
from tests.engage.staff_browser import StaffBrowser
from tests.sampled import comments_to_sample

ANALYST = "analyst@example.org"


@dataclass
class At:
    """An officer who has coded three comments with one frame, and an analyst who can code them again."""

    officer: StaffBrowser
    analyst: StaffBrowser
    database: Database
    frame_id: int
    codes: dict[str, int]
    refs: list[bytes]

    @property
    def frame_page(self) -> str:
        return f"/staff/surveys/small-survey/coding/{self.frame_id}"

    @property
    def page(self) -> str:
        return f"{self.frame_page}/second-coder"

    def draw(self) -> None:
        assert self.officer.post(self.page, {"coder": ANALYST}).status_code == 303

    def code_again(self, name: str) -> str:
        """The analyst gives the next comment this code; where that leads."""
        at = self.analyst.get(f"{self.page}/comments/next").headers["Location"]
        sent = self.analyst.post(at, {"code": str(self.codes[name]), "seen": ""})
        assert sent.status_code == 303, sent.text
        return sent.headers["Location"]

    def code_all(self, name: str) -> None:
        for _ in self.refs:
            self.code_again(name)


@pytest.fixture
def at(signed_in_as: SignedInAs, database: Database) -> At:
    officer, analyst = signed_in_as("officer"), signed_in_as("analyst")
    with database.writing() as session:
        sampled = comments_to_sample(session, 3)
        for comment in sampled.comments:
            give(session, sampled.frame, comment, {"Waiting": "negative"}, by="officer@example.org")
        codes = {code.name: code.id for code in live_codes(session, frame_id=sampled.frame.id)}
        return At(officer, analyst, database, sampled.frame.id, codes, [one.ref for one in sampled.comments])


def test_a_sample_is_drawn_for_somebody_who_may_code_and_coded_none_of_it(at: At) -> None:
    page = at.officer.get(at.page).text
    assert "3 comments are coded. All of them" in page
    assert f'<option value="{ANALYST}">' in page
    own = at.officer.post(at.page, {"coder": "officer@example.org"})
    assert own.status_code == 422
    assert "coded 3 of these comments already" in own.text
    assert at.officer.post(at.page, {"coder": "nobody@example.org"}).status_code == 422
    at.draw()
    assert "analyst@example.org has coded <strong>0 of 3</strong>" in at.officer.get(at.page).text
    assert events(at.database) == ["coding sample drawn"]


def test_a_viewer_cannot_be_asked_and_cannot_look(at: At, signed_in_as: SignedInAs) -> None:
    viewer = signed_in_as("viewer")
    assert "viewer@example.org" not in at.officer.get(at.page).text
    assert viewer.get(at.page).status_code == 403


def test_the_second_coder_sees_no_first_code_and_nothing_else_of_the_frame(at: At) -> None:
    at.draw()
    first = at.analyst.get(f"{at.page}/comments/next").headers["Location"]
    page = at.analyst.get(first).text
    assert "checked" not in page
    assert "officer@example.org" not in page
    for address in (at.frame_page, f"{at.frame_page}/{at.refs[0].hex()}", f"{at.frame_page}/history", f"{at.page}/1"):
        assert at.analyst.get(address).headers.get("Location") == at.page, address


def test_nobody_sees_the_second_codes_before_all_are_given(at: At) -> None:
    at.draw()
    at.code_again("Staff")
    for address in (f"{at.page}/1", f"{at.page}/1/differences"):
        assert at.officer.get(address).status_code == 404
    comment = at.analyst.get(f"{at.page}/comments/next").headers["Location"]
    assert at.officer.get(comment).status_code == 404
    at.code_again("Staff")
    assert at.code_again("Staff").startswith(f"{at.page}/comments/next?after=")
    assert at.analyst.get(f"{at.page}/comments/next").headers["Location"] == at.page
    assert at.officer.get(f"{at.page}/1").status_code == 200
    assert at.analyst.get(at.frame_page).status_code == 200
    assert at.analyst.get(comment).status_code == 404


def test_the_page_shows_how_far_both_agree_in_figures_and_words(at: At) -> None:
    at.draw()
    for name in ("Waiting", "Waiting", "Staff"):
        at.code_again(name)
    page = at.officer.get(f"{at.page}/1").text
    row = re.search(r"Waiting</th>(.*?)</tr>", page, re.DOTALL)
    assert row
    cells = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row[1].split("</td>")][:-1]
    assert cells == ["Too few to say", "0.00 (0.00)", "2 (67%)", "2", "1", "0", "0.80"]
    assert "Kappa not defined" in page
    assert "Look at the 1 comment that differs" in page
    assert "Of 2 codes that both gave to the same comment, 0 (0%) got the same sentiment" in page


def test_a_decision_changes_what_counts_and_not_what_was_measured(at: At) -> None:
    at.draw()
    at.code_all("Staff")
    page = at.officer.get(f"{at.page}/1/differences").text
    assert page.count("Decide<span") == 3
    assert "Waiting (negative)" in page
    ref = at.refs[0].hex()
    decide = f"{at.page}/1/differences/{ref}"
    form = at.officer.get(decide).text
    assert form.count(" checked>") == 1
    seen = re.search(r'name="seen" value="(\w+)"', form)
    assert seen
    staff_code = at.codes["Staff"]
    said = {"seen": seen[1], "code": str(staff_code), f"sentiment-{staff_code}": "mixed"}
    saved = at.officer.post(decide, said)
    assert saved.headers["Location"] == f"{at.page}/1/differences?page=1#comment-{ref}"
    with at.database.reading() as session:
        frame, comment = (
            session.get_one(tables.CodeFrame, at.frame_id),
            session.get_one(tables.ScreenedComment, at.refs[0]),
        )
        assert had(session, frame, comment) == {"Staff": "mixed"}
        (measured,) = agreement_tables(session, frame_id=at.frame_id)
    assert measured.codes[0].only_first == 3
    assert "<strong>Staff (mixed)</strong> (decided since)" in " ".join(
        at.officer.get(f"{at.page}/1/differences").text.split()
    )
    # Somebody who still has the page as it was before is told, and nothing of the decision is lost.
    late = at.officer.post(decide, {**said, "seen": seen[1], f"sentiment-{staff_code}": "positive"})
    assert late.status_code == 409
    assert "Somebody else coded this comment meanwhile" in late.text
    # A comment about which they agree, or of another survey, is nobody's to decide here.
    assert at.officer.get(f"{at.page}/1/differences/{'0' * 32}").status_code == 404


def test_an_escalated_comment_can_be_left_out_and_a_sample_given_up(at: At) -> None:
    at.draw()
    at.code_again("Staff")
    with at.database.writing() as session:
        (uncoded, *_) = [ref for ref in at.refs if session.get(tables.CodedComment, (ref, at.frame_id, 1)) is None]
        session.get_one(tables.CommentState, uncoded).state = "escalated"
    assert "1 of them was escalated since" in at.officer.get(at.page).text
    assert at.officer.post(f"{at.page}/leave-out", form_at=at.page).status_code == 303
    assert "escalated since" not in at.officer.get(at.page).text
    assert at.officer.post(f"{at.page}/end", form_at=at.page).status_code == 303
    with at.database.reading() as session:
        assert open_sample(session, frame_id=at.frame_id) is None
    assert events(at.database) == ["coding sample drawn", "coding sample ended"]
    assert at.officer.post(f"{at.page}/end", form_at=at.page).status_code == 409


def test_no_event_and_no_address_says_what_a_comment_says(at: At) -> None:
    at.draw()
    at.code_all("Staff")
    with at.database.reading() as session:
        told = " ".join(f"{event.subject} {event.detail}" for event in session.scalars(select(tables.AuditEvent)))
    assert "Comment number" not in told
    assert not any(ref.hex() in told for ref in at.refs)
