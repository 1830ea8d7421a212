"""The page on which words of a comment are taken out and wrong masks lifted."""

import html
import re

import pytest
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.storage import tables
from tests.commented import a_comment, a_commented_survey
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser

SAID = "Zebedee on ward 4 was rude. Zebedee, write to z@example.org!"


@pytest.fixture
def moderator(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("triage")


def a_said_comment(database: Database, said: str = SAID, *, language: str = "en", state: str = "read") -> str:
    """The comment's page of passages."""
    with database.writing() as session:
        screened = a_comment(session, a_commented_survey(session), said, language=language)
        session.get_one(tables.CommentState, screened.ref).state = state
        return f"/staff/surveys/small-survey/comments/{screened.ref.hex()}/passages"


def words_of(page: str) -> str:
    found = re.search(r'<blockquote class="engage-comment"[^>]*><p>(.*?)</p>', page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def events(database: Database) -> list[tuple[str, dict[str, str]]]:
    with database.reading() as session:
        found = session.scalars(select(tables.AuditEvent).order_by(tables.AuditEvent.id)).all()
        return [(one.action, one.detail) for one in found if not one.action.startswith("sign")]


def test_words_are_taken_out_for_a_reason_and_put_back(moderator: StaffBrowser, database: Database) -> None:
    path = a_said_comment(database)
    taken = moderator.post(path, {"words": "ward  4 was\r\nrude", "reason": "abusive"})
    assert (taken.status_code, taken.location) == (303, path)
    page = moderator.get(path).text
    assert words_of(page) == "Zebedee on […]. Zebedee, write to [email address]!"
    assert "The words are abusive, at" in page
    (passage,) = re.findall(r'name="passage" value="(\d+)"', page)
    assert moderator.post(f"{path}/undo", {"passage": passage}, form_at=path).status_code == 303
    page = moderator.get(path).text
    assert words_of(page) == "Zebedee on ward 4 was rude. Zebedee, write to [email address]!"
    assert "Undone" in page
    assert moderator.post(f"{path}/undo", {"passage": passage}, form_at=path).status_code == 303
    ref = path.split("/")[-2]
    assert events(database) == [
        ("passage redacted", {"comment": ref, "reason": "abusive"}),
        ("passage undone", {"comment": ref, "action": "redact"}),
    ]


@pytest.mark.parametrize(
    ("which", "left"),
    [
        ("0", "[…] on ward 4 was rude. Zebedee, write to [email address]!"),
        ("1", "Zebedee on ward 4 was rude. […], write to [email address]!"),
        ("all", "[…] on ward 4 was rude. […], write to [email address]!"),
    ],
)
def test_words_that_stand_there_twice_are_asked_about(
    moderator: StaffBrowser, database: Database, which: str, left: str
) -> None:
    path = a_said_comment(database)
    fields = {"words": "Zebedee", "reason": "names somebody"}
    asked = moderator.post(path, fields)
    assert asked.status_code == 422
    assert "These words stand there 2 times" in asked.text
    assert "<strong>Zebedee</strong> on ward 4" in asked.text
    assert moderator.post(path, {**fields, "which": "2"}).status_code == 422
    assert moderator.post(path, {**fields, "which": which}).status_code == 303
    assert words_of(moderator.get(path).text) == left


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"words": "Dougal", "reason": "abusive"}, "do not stand in the comment"),
        ({"words": "z@example.org", "reason": "abusive"}, "do not stand in the comment"),
        ({"words": "", "reason": "abusive"}, "Enter the words to take out"),
        ({"words": "rude"}, "Choose why these words are taken out"),
        ({"words": "rude", "reason": "dull"}, "Choose why these words are taken out"),
    ],
)
def test_what_cannot_be_taken_out_is_said_and_nothing_changes(
    moderator: StaffBrowser, database: Database, fields: dict[str, str], message: str
) -> None:
    path = a_said_comment(database)
    refused = moderator.post(path, fields)
    assert refused.status_code == 422
    assert message in refused.text
    assert words_of(moderator.get(path).text) == "Zebedee on ward 4 was rude. Zebedee, write to [email address]!"
    assert events(database) == []


def test_a_wrong_mask_is_looked_behind_first_and_lifted_then(moderator: StaffBrowser, database: Database) -> None:
    path = a_said_comment(database)
    page = moderator.get(path).text
    assert "z@example.org" not in page
    (rules,) = re.findall(r'name="rules" value="([^"]+)"', page)
    fields = {"number": "0", "harmless": "y", "rules": rules}
    unsaid = moderator.post(f"{path}/show", {**fields, "harmless": ""}, form_at=path)
    assert unsaid.status_code == 422
    assert "z@example.org" not in unsaid.text
    seen = moderator.post(f"{path}/show", fields, form_at=path)
    assert seen.status_code == 200
    assert words_of(seen.text) == SAID
    assert seen.headers["Cache-Control"].startswith("no-store")
    assert words_of(moderator.get(path).text).endswith("write to [email address]!")
    assert moderator.post(f"{path}/show", {**fields, "sure": "yes"}, form_at=path).status_code == 303
    page = moderator.get(path).text
    assert words_of(page) == SAID
    (passage,) = re.findall(r'name="passage" value="(\d+)"', page)
    moderator.post(f"{path}/undo", {"passage": passage}, form_at=path)
    assert "z@example.org" not in moderator.get(path).text
    assert [action for action, _ in events(database)] == ["mask looked behind", "mask lifted", "passage undone"]
    assert "z@example.org" not in repr(events(database))


@pytest.mark.parametrize("change", [{"number": "1"}, {"number": "-1"}, {"number": "x"}, {"rules": "0.0.old"}])
def test_a_mask_that_is_not_there_any_more_is_not_lifted(
    moderator: StaffBrowser, database: Database, change: dict[str, str]
) -> None:
    path = a_said_comment(database)
    (rules,) = re.findall(r'name="rules" value="([^"]+)"', moderator.get(path).text)
    fields = {"number": "0", "harmless": "y", "rules": rules, "sure": "yes", **change}
    refused = moderator.post(f"{path}/show", fields, form_at=path)
    assert refused.status_code == 422
    assert "z@example.org" not in refused.text
    assert events(database) == []


def test_a_comment_reads_in_its_own_direction_wherever_its_words_stand(
    moderator: StaffBrowser, database: Database
) -> None:
    path = a_said_comment(database, "الفريق لطيف جدا والفريق صبور", language="ar")
    page = moderator.post(path, {"words": "الفريق", "reason": "abusive"}).text
    assert '<blockquote class="engage-comment" lang="ar" dir="rtl">' in page
    assert re.search(r'<textarea[^>]* lang="ar" dir="rtl"', page)
    assert page.count('<span lang="ar" dir="rtl">…') == 2


@pytest.mark.parametrize("name", ["zz", "0" * 32, "0" * 31, "%00" * 16])
def test_a_comment_that_is_not_there_is_not_found(moderator: StaffBrowser, database: Database, name: str) -> None:
    a_said_comment(database)
    for page in ("passages", "translations"):
        assert moderator.get(f"/staff/surveys/small-survey/comments/{name}/{page}").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("analyst", 403), ("editor", 403), ("viewer", 403), ("safeguarding", 200)]
)
def test_only_those_who_moderate_take_words_out(
    signed_in_as: SignedInAs, database: Database, role: str, status: int
) -> None:
    path = a_said_comment(database)
    browser = signed_in_as(role)
    for page in (path, path.replace("passages", "translations"), "/staff/surveys/small-survey/comments/moderation"):
        assert browser.get(page).status_code == status


def test_an_escalated_comment_is_moderated_by_those_who_sort_comments(
    moderator: StaffBrowser, database: Database
) -> None:
    path = a_said_comment(database, state="escalated")
    assert moderator.post(path, {"words": "rude", "reason": "abusive"}).status_code == 303
