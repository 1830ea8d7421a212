"""The queue of comments, and one comment with what people do about it."""

from __future__ import annotations

import datetime
import re

import pytest
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.storage import tables
from tests.commented import a_comment, a_commented_survey
from tests.engage.conftest import SignedInAs
from tests.engage.organisations.test_tree_page import events
from tests.engage.staff_browser import StaffBrowser
from tests.factories import a_response, some_answers

HUB = "/staff/surveys/small-survey/comments"
QUEUE = f"{HUB}/queue"
TODAY = datetime.date.today()  # noqa: DTZ011 The pages themselves ask for today.
LAST_WEEK = TODAY - datetime.timedelta(days=9)

HARM = "He hit me. Ring 07700 900123"
COMPLAINT = "I want to complain about the parking"
REST = "Signs in larger letters please"
OLD_REST = "Shorter waits for blood tests"
FOREIGN = "Waxaan rabaa wax fiican"


@pytest.fixture
def refs(database: Database) -> dict[str, str]:
    """The names of five comments by their words."""
    with database.writing() as session:
        at = a_commented_survey(session)
        made = {
            REST: a_comment(session, at, REST, on=TODAY, read=False),
            HARM: a_comment(session, at, HARM, on=TODAY, read=False),
            OLD_REST: a_comment(session, at, OLD_REST, on=LAST_WEEK, read=False, theme="digital", rating="not"),
            COMPLAINT: a_comment(session, at, COMPLAINT, on=TODAY, read=False),
            FOREIGN: a_comment(session, at, FOREIGN, on=TODAY, read=False, language="so"),
        }
        return {words: comment.ref.hex() for words, comment in made.items()}


@pytest.fixture
def reader(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("triage")


def listed(page: str) -> list[str]:
    return [name[-32:] for name in re.findall(r'href="[^"]*/comments/([0-9a-f]{32})', page)]


def state(database: Database, ref: str) -> tables.CommentState | None:
    with database.reading() as session:
        found = session.get(tables.CommentState, bytes.fromhex(ref))
        if found:
            session.expunge(found)
        return found


def act(reader: StaffBrowser, ref: str, action: str, *, query: str = "", **more: str) -> str:
    """Press a button on the comment's page as it is now; the page it leads to, or the page that refuses."""
    path = f"{HUB}/{ref}{query}"
    page = reader.get(path).text
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    assert seen
    answer = reader.post(path, {"action": action, "seen": seen[1], **more})
    return answer.headers["Location"] if answer.status_code == 303 else answer.text


def test_the_most_urgent_come_first_then_the_longest_waiting(reader: StaffBrowser, refs: dict[str, str]) -> None:
    page = reader.get(QUEUE).text
    assert listed(page) == [refs[one] for one in (HARM, FOREIGN, COMPLAINT, OLD_REST, REST)]
    assert "07700" not in page
    assert "He hit me. Ring [phone number]" in page
    assert "Violence: “hit me”; Masked: phone number" in page
    assert 'lang="so"' in page
    assert page.count("Overdue</strong>") == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("level=complaint", [COMPLAINT]),
        ("overdue=1", [OLD_REST]),
        ("question=digital.comment", [OLD_REST]),
        ("standing=read", []),
        ("standing=all&level=harm", [HARM]),
        ("level=nonsense&standing=nonsense&page=%D9%A3", [HARM, FOREIGN, COMPLAINT, OLD_REST, REST]),
        ("page=99999999", []),
        ("question=%00", [HARM, FOREIGN, COMPLAINT, OLD_REST, REST]),
    ],
)
def test_a_part_of_the_queue_can_be_asked_for(
    reader: StaffBrowser, refs: dict[str, str], query: str, found: list[str]
) -> None:
    page = reader.get(f"{QUEUE}?{query}")
    assert page.status_code == 200
    assert listed(page.text) == [refs[one] for one in found]


def test_deciding_leads_to_the_next_comment_and_at_last_back_to_the_queue(
    reader: StaffBrowser, refs: dict[str, str], database: Database
) -> None:
    on = act(reader, refs[HARM], "no action")
    assert f"/comments/{refs[FOREIGN]}?" in on
    assert "The last comment: no action" in reader.get(on).text
    assert listed(reader.get(QUEUE).text)[0] == refs[FOREIGN]
    end = act(reader, refs[REST], "read")
    assert "/comments/queue?" in end
    kept = state(database, refs[REST])
    assert kept
    assert (kept.state, kept.read_by, kept.level) == ("read", "triage@example.org", "rest")
    assert events(database)[-2:] == ["comment decided", "comment decided"]


def test_going_through_a_part_stays_within_it(reader: StaffBrowser, refs: dict[str, str]) -> None:
    page = reader.get(f"{HUB}/{refs[OLD_REST]}?level=rest").text
    assert f"/comments/{refs[REST]}?level=rest" in page
    assert refs[HARM] not in page
    on = act(reader, refs[OLD_REST], "read", query="?level=rest")
    assert f"/comments/{refs[REST]}?level=rest" in on


def test_a_comment_shows_what_its_reader_needs(reader: StaffBrowser, refs: dict[str, str]) -> None:
    page = reader.get(f"{HUB}/{refs[OLD_REST]}").text
    for words in (
        "Better technology",
        "Not important",
        "English",
        "Patients",
        "Alliance / North / Trust",
        "New</strong>",
    ):
        assert words in page
    assert reader.get(f"{HUB}/{'0' * 32}").status_code == 404
    assert reader.get(f"{HUB}/nonsense").status_code == 404


def test_escalating_says_to_whom_and_under_which_number(
    reader: StaffBrowser, refs: dict[str, str], database: Database
) -> None:
    act(reader, refs[HARM], "escalate", owner="Safeguarding lead", reference="INC-4471")
    kept = state(database, refs[HARM])
    assert kept
    assert (kept.state, kept.owner, kept.reference) == ("escalated", "Safeguarding lead", "INC-4471")
    page = reader.get(f"{HUB}/{refs[HARM]}").text
    assert "Safeguarding lead" in page
    assert "Comment decided (escalated): triage@example.org" in page
    act(reader, refs[HARM], "take over")
    act(reader, refs[HARM], "read")
    back = state(database, refs[HARM])
    assert back
    assert (back.state, back.owner) == ("read", "triage@example.org")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"owner": "he said: signs in LARGER letters"}, "Do not repeat words of the comment here"),
        ({"reference": "Signs in larger letters please"}, "Do not repeat words of the comment here"),
        ({"reference": "999 000 0018"}, "Write the number of the report, not one of a person"),
        ({"reference": "x" * 101}, "Use 100 characters or fewer"),
    ],
)
def test_notes_do_not_repeat_the_comment_or_name_a_patient(
    reader: StaffBrowser, refs: dict[str, str], database: Database, fields: dict[str, str], says: str
) -> None:
    page = act(reader, refs[REST], "escalate", **fields)
    assert says in page
    assert state(database, refs[REST]) is None


def test_the_second_of_two_is_told_what_the_first_did(
    signed_in_as: SignedInAs, refs: dict[str, str], database: Database
) -> None:
    ann, ben = signed_in_as("triage"), signed_in_as("officer", network="192.0.2.11")
    path = f"{HUB}/{refs[HARM]}"
    act(ann, refs[HARM], "escalate", owner="PALS")
    late = ben.post(path, {"action": "no action", "seen": ""})
    assert late.status_code == 409
    assert "triage@example.org made it “escalated”" in late.text
    kept = state(database, refs[HARM])
    assert kept
    assert kept.state == "escalated"


def test_the_rest_of_a_page_is_put_aside_at_once_and_taken_back(
    reader: StaffBrowser, refs: dict[str, str], database: Database
) -> None:
    page = reader.get(QUEUE).text
    names = re.search(r'name="refs" value="([^"]*)"', page)
    assert names
    assert set(names[1].split()) == {refs[REST], refs[OLD_REST]}
    on = reader.post(f"{QUEUE}/put-aside", {"refs": names[1] + " " + refs[HARM]}, form_at=QUEUE).headers["Location"]
    assert state(database, refs[HARM]) is None
    after = reader.get(on).text
    assert "2 comments are marked as read, with no action" in after
    assert listed(after) == [refs[one] for one in (HARM, FOREIGN, COMPLAINT)]
    moment = re.search(r'name="moment" value="([^"]*)"', after)
    assert moment
    undone = reader.post(f"{QUEUE}/undo", {"moment": moment[1]}, form_at=QUEUE).headers["Location"]
    assert "<p>2 comments are waiting again.</p>" in reader.get(undone).text
    assert state(database, refs[REST]) is None
    assert events(database)[-2:] == ["comments put aside", "comments put back"]
    for nonsense in ("yesterday", "2026-11-21T00:00:00", ""):
        assert reader.post(f"{QUEUE}/undo", {"moment": nonsense}, form_at=QUEUE).status_code == 400
    assert reader.post(f"{QUEUE}/put-aside", {"refs": "xyz"}, form_at=QUEUE).status_code == 400


def test_where_no_worker_runs_a_few_comments_are_sorted_on_the_spot(
    reader: StaffBrowser, refs: dict[str, str], database: Database
) -> None:
    with database.writing() as session:
        collector = session.scalars(select(tables.Collector)).one()
        a_response(session, collector, some_answers(missing="He punched her"))
    assert "<strong>2</strong> comments are not sorted yet" in reader.get(QUEUE).text
    on = reader.post(f"{QUEUE}/sort", form_at=QUEUE).headers["Location"]
    page = reader.get(on).text
    assert "2 comments were sorted now" in page
    assert "not sorted yet" not in page
    assert len(listed(page)) == len(refs) + 2


def test_seeing_what_was_written_needs_a_reason_and_is_written_down(
    reader: StaffBrowser, refs: dict[str, str], database: Database
) -> None:
    path = f"{HUB}/{refs[HARM]}"
    assert "07700" not in reader.get(path).text
    refused = reader.post(f"{path}/reveal", {}, form_at=path)
    assert refused.status_code == 422
    assert "Choose why you need to see it" in refused.text
    for other in ("", "he hit me ring"):
        again = reader.post(f"{path}/reveal", {"reason": "other", "other": other}, form_at=path)
        assert again.status_code == 422
        assert "07700" not in again.text
    shown = reader.post(f"{path}/reveal", {"reason": "risk"}, form_at=path)
    assert "07700 900123" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert "07700" not in reader.get(path).text
    with database.reading() as session:
        event = session.scalars(select(tables.AuditEvent).where(tables.AuditEvent.action == "comment revealed")).one()
    assert event.detail == {"comment": refs[HARM], "reason": "Somebody may be at risk"}


def test_a_safeguarding_lead_sees_urgent_comments_as_they_were_written(
    signed_in_as: SignedInAs, refs: dict[str, str], database: Database
) -> None:
    lead = signed_in_as("safeguarding")
    assert "07700 900123" in lead.get(f"{HUB}/{refs[HARM]}").text
    assert events(database)[-1] == "comment shown unmasked"
    lead.get(f"{HUB}/{refs[REST]}")
    assert events(database).count("comment shown unmasked") == 1
    assert "07700" not in lead.get(QUEUE).text
    assert "07700" not in signed_in_as("administrator", network="192.0.2.12").get(f"{HUB}/{refs[HARM]}").text


def test_whoever_sorts_no_comments_sees_no_queue(signed_in_as: SignedInAs, refs: dict[str, str]) -> None:
    analyst = signed_in_as("analyst")
    assert analyst.get(QUEUE).status_code == 403
    assert analyst.get(f"{HUB}/{refs[REST]}").status_code == 403
    assert "Read comments</a>" not in analyst.get(HUB).text
