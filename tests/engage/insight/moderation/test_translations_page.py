"""The page on which a comment is translated, and on which its language is corrected."""

import csv
import io
import re

import pytest
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.insight.moderation.test_passages_page import a_said_comment, events
from tests.engage.staff_browser import StaffBrowser

ARABIC = "شكرا للفريق \u2067في الجناح\u2069 A&E"
HEBREW = "תודה לצוות"
TRANSLATED = {"language": "en", "words": "Thanks to the team", "name": "Amina Khan", "way": "person"}


@pytest.fixture
def moderator(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("triage")


def translations_page(database: Database, said: str, *, language: str = "en") -> str:
    return a_said_comment(database, said, language=language).replace("/passages", "/translations")


def test_a_translation_stands_beside_the_comment_with_its_author_each_in_its_own_direction(
    moderator: StaffBrowser, database: Database
) -> None:
    path = translations_page(database, ARABIC, language="ar")
    assert moderator.post(path, TRANSLATED).status_code == 303
    assert moderator.post(path, {**TRANSLATED, "language": "he", "words": HEBREW, "way": "machine"}).status_code == 303
    page = moderator.get(path).text
    assert f'<blockquote class="engage-comment" lang="ar" dir="rtl"><p>{ARABIC.replace("&", "&amp;")}</p>' in page
    assert '<blockquote class="engage-comment" lang="en" dir="ltr"><p>Thanks to the team</p>' in page
    assert f'<blockquote class="engage-comment" lang="he" dir="rtl"><p>{HEBREW}</p>' in page
    assert "Translated by Amina Khan (person)" in page
    assert "Translated by Amina Khan (machine)" in page
    ref = path.split("/")[-2]
    assert events(database)[0] == (
        "comment translated",
        {"comment": ref, "language": "en", "translated_by": "Amina Khan (person)"},
    )


def test_what_is_hidden_keeps_its_brackets_around_it_where_words_run_from_right_to_left(
    moderator: StaffBrowser, database: Database
) -> None:
    path = translations_page(database, "هاتفي me@example.org.", language="ar")
    assert 'dir="rtl"><p>هاتفي <bdi dir="ltr">[email address]</bdi>.</p>' in moderator.get(path).text


def test_a_translation_is_changed_masked_and_deleted(moderator: StaffBrowser, database: Database) -> None:
    path = translations_page(database, ARABIC, language="ar")
    moderator.post(path, {**TRANSLATED, "words": "Thanks to me@example.org"})
    page = moderator.get(path + "?change=en").text
    assert "Thanks to [email address]</textarea>" in page
    assert 'value="Amina Khan"' in page
    moderator.post(path, {**TRANSLATED, "words": "Thank you, team"})
    assert "Thank you, team" in moderator.get(path).text
    with database.reading() as session:
        assert session.scalars(select(tables.CommentTranslation.words)).all() == ["Thank you, team"]
    assert moderator.post(f"{path}/remove", {"language": "en"}, form_at=path).status_code == 303
    assert "Translated by" not in moderator.get(path).text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"language": "ar"}, "The comment is in this language"),
        ({"language": "qq"}, "Choose a language of the list"),
        ({"language": ""}, "Choose a language"),
        ({"words": ""}, "Enter the translation"),
        ({"name": ""}, "Enter who or what translated it"),
        ({"way": ""}, "Choose who translated it"),
        ({"words": "x" * 20_001}, "Use 20,000 characters or fewer"),
    ],
)
def test_a_translation_that_lacks_something_is_not_kept_and_not_lost(
    moderator: StaffBrowser, database: Database, change: dict[str, str], message: str
) -> None:
    path = translations_page(database, ARABIC, language="ar")
    refused = moderator.post(path, {**TRANSLATED, **change})
    assert refused.status_code == 422
    assert message in refused.text
    assert {**TRANSLATED, **change}["words"] in refused.text
    with database.reading() as session:
        assert session.scalars(select(tables.CommentTranslation)).all() == []


def test_a_translation_that_redaction_overtook_says_so_until_it_is_saved_again(
    moderator: StaffBrowser, database: Database
) -> None:
    path = translations_page(database, "Diolch i Zebedee", language="cy")
    moderator.post(path, {**TRANSLATED, "words": "Thanks to Zebedee"})
    passages = path.replace("/translations", "/passages")
    moderator.post(passages, {"words": "Zebedee", "reason": "names somebody"})
    assert "Not shown to anybody" in moderator.get(path).text
    moderator.post(path, {**TRANSLATED, "words": "Thanks to […]"})
    assert "Not shown to anybody" not in moderator.get(path).text


def test_the_language_of_a_comment_is_corrected_in_place_and_recorded(
    moderator: StaffBrowser, database: Database
) -> None:
    path = translations_page(database, ARABIC)
    assert '<blockquote class="engage-comment" lang="en" dir="ltr">' in moderator.get(path).text
    assert (
        moderator.post(f"{path[: -len('/translations')]}/language", {"language": "ar"}, form_at=path).status_code == 303
    )
    page = moderator.get(path).text
    assert '<blockquote class="engage-comment" lang="ar" dir="rtl">' in page
    with database.reading() as session:
        assert session.scalars(select(tables.Comment.language)).all() == ["ar"]
        assert session.scalars(select(tables.Response.language)).all() == ["en"]
    assert [action for action, _ in events(database)] == ["comment language corrected"]
    again = moderator.post(f"{path[: -len('/translations')]}/language", {"language": "zz"}, form_at=path)
    assert again.status_code == 422


def test_the_log_can_be_published_without_words_and_without_names_of_staff(
    moderator: StaffBrowser, database: Database
) -> None:
    path = a_said_comment(database)
    log = "/staff/surveys/small-survey/comments/moderation"
    assert "Nothing was taken out" in moderator.get(log).text
    moderator.post(path, {"words": "Zebedee", "reason": "names somebody", "which": "all"})
    moderator.post(path, {"words": "rude", "reason": "abusive"})
    (passage, *_) = re.findall(r'name="passage" value="(\d+)"', moderator.get(path).text)
    moderator.post(f"{path}/undo", {"passage": passage}, form_at=path)
    page = moderator.get(log).text
    file = moderator.get(f"{log}.csv")
    assert file.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff"))))
    assert [(row["action"], row["reason"], bool(row["undone_on"])) for row in rows] == [
        ("Words taken out", "The words are abusive", False),
        ("Words taken out", "It names somebody", False),
        ("Words taken out", "It names somebody", True),
    ]
    assert {row["question"] for row in rows} == {"Waiting less: Would you like to say more?"}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"]) for row in rows)
    assert "triage@example.org" in page
    assert "@" not in file.text
    for words in ("Zebedee", "rude"):
        assert words not in file.text
        assert words not in page
    assert events(database)[-1] == ("file downloaded", {"file": "small-survey-moderation.csv"})
