"""No edition goes public but with words that a named person approved."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys import designing
from surveys.designing import Content, Design, find_design, new_design, save_design
from surveys.editions import add_language, remove_language, with_translations
from surveys.organisations import ensure_root
from surveys.preparation import Preparation
from surveys.questionnaire import Text
from surveys.sign_offs import edition_sign_offs, edition_subject, sign_off, signed_languages
from surveys.storage import tables
from tests.factories import NOW, a_questionnaire
from tests.surveys.editions.test_editions import in_urdu

Edit = Callable[[Content], Content]


def in_urdu_content() -> Content:
    return Content(*in_urdu(a_questionnaire()))


def begun(session: Session, content: Content) -> tables.Survey:
    made = new_design(
        session,
        organisation=ensure_root(session),
        questionnaire=content.questionnaire,
        preparation=content.preparation,
        at=NOW,
        by="officer@example.org",
    )
    return session.get_one(tables.Survey, made.survey_id)


def edited(session: Session, survey: tables.Survey, change: Edit) -> Design:
    now = find_design(session, survey=survey)
    assert now is not None
    return save_design(
        session,
        survey=survey,
        seen=now.revision,
        part=lambda content: content,
        change=change,
        says="A change",
        at=NOW,
        by="officer@example.org",
    )


def signed(session: Session, survey: tables.Survey, revision: int = 1) -> None:
    sign_off(
        session, survey=survey, subject=edition_subject("ur"), name="Sana Malik", role="translator",
        revision=revision, at=NOW,
    )  # fmt: skip


def translated(content: Content, key: str, words: str) -> Content:
    return Content(*with_translations(content.questionnaire, content.preparation, "ur", {key: words}))


def renamed(content: Content) -> Content:
    held = dict(content.questionnaire.title.by_language) | {"en": "Another name"}
    return replace(content, questionnaire=replace(content.questionnaire, title=Text(tuple(held.items()))))


def _tried(revision: int, content: Content) -> Content:
    return replace(content, preparation=replace(content.preparation, previewed=revision))


def test_a_changed_translation_makes_a_sign_off_out_of_date(database: Database) -> None:
    with database.writing() as session:
        survey = begun(session, in_urdu_content())
        content = in_urdu_content()
        assert signed_languages(session, survey=survey, content=content) == frozenset()
        signed(session, survey)
        assert signed_languages(session, survey=survey, content=content) == {"ur"}
        later = edited(session, survey, lambda content: translated(content, "title", "نیا"))
        assert signed_languages(session, survey=survey, content=later.content) == frozenset()
        found = edition_sign_offs(session, survey=survey, content=later.content)["ur"]
        assert (found.name, found.is_current) == ("Sana Malik", False)
        signed(session, survey, later.revision)
        assert signed_languages(session, survey=survey, content=later.content) == {"ur"}


def test_a_language_that_was_emptied_is_not_signed(database: Database) -> None:
    def emptied(content: Content) -> Content:
        removed = remove_language(content.questionnaire, content.preparation, "ur")
        return Content(*add_language(*removed, "ur"))

    with database.writing() as session:
        survey = begun(session, in_urdu_content())
        signed(session, survey)
        later = edited(session, survey, emptied)
        assert signed_languages(session, survey=survey, content=later.content) == frozenset()


@pytest.mark.parametrize("change", [renamed, lambda content: translated(content, "title", "")])
def test_what_is_no_longer_shown_needs_no_new_sign_off(database: Database, change: Edit) -> None:
    with database.writing() as session:
        survey = begun(session, in_urdu_content())
        signed(session, survey)
        later = edited(session, survey, change)
        assert signed_languages(session, survey=survey, content=later.content) == {"ur"}


def test_what_was_signed_is_kept_however_much_is_changed_later(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(designing, "REVISIONS_KEPT", 3)
    with database.writing() as session:
        survey = begun(session, in_urdu_content())
        signed(session, survey)
        for day in range(1, 8):
            later = edited(
                session,
                survey,
                partial(_tried, day),
            )
        assert find_design(session, survey=survey, revision=1) is not None
        assert find_design(session, survey=survey, revision=2) is None
        assert signed_languages(session, survey=survey, content=later.content) == {"ur"}


def test_translations_of_an_uploaded_file_fall_out_of_date_later(database: Database) -> None:
    content = in_urdu_content()
    with database.writing() as session:
        survey = begun(session, Content(content.questionnaire, Preparation()))
        signed(session, survey)
        later = edited(session, survey, renamed)
        assert later.preparation.edition("ur").sources
        rewritten = edited(session, survey, lambda content: translated(content, "title", "نیا نام"))
        assert signed_languages(session, survey=survey, content=rewritten.content) == frozenset()
