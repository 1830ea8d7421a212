"""Revisions of a design: conflicts, parts of different people put together, undo, what is kept and for how long."""

import dataclasses
import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

import surveys.designing
from engage.unit_of_work import Database
from surveys.designing import (
    Content,
    Design,
    EditedMeanwhile,
    NothingToUndo,
    ensure_design,
    find_design,
    new_design,
    revisions_of,
    save_design,
    undo_change,
)
from surveys.designing.texts import with_words
from surveys.designing.themes import change_theme, remove_theme, theme_words
from surveys.organisations import ensure_root
from surveys.questionnaire import Theme
from surveys.storage import tables
from tests.factories import NOW, a_questionnaire, a_survey

ANNA, BEN = "anna@example.org", "ben@example.org"


def begun(session: Session) -> tables.Survey:
    design = new_design(session, organisation=ensure_root(session), questionnaire=a_questionnaire(), at=NOW, by=ANNA)
    return session.get_one(tables.Survey, design.survey_id)


def now(session: Session, survey: tables.Survey) -> Design:
    found = find_design(session, survey=survey)
    assert found is not None
    return found


def retitled(session: Session, survey: tables.Survey, theme: str, title: str, *, seen: int, by: str = ANNA) -> Design:
    """Somebody who saw revision ``seen`` gives a theme another plain title."""

    def change(content: Content) -> Content:
        words = dataclasses.replace(theme_words(content.questionnaire, theme), plain_title=title)
        return dataclasses.replace(content, questionnaire=change_theme(content.questionnaire, theme, words))

    def part(content: Content) -> Theme:
        return content.questionnaire.theme(theme)

    says = f"Theme “{title}” changed"
    return save_design(session, survey=survey, seen=seen, part=part, change=change, says=says, at=NOW, by=by)


def titles(design: Design) -> dict[str, str]:
    return {theme.id: theme.plain_title.in_language("en") for theme in design.questionnaire.themes}


def test_changes_of_different_parts_are_put_together(session: Session) -> None:
    survey = begun(session)
    retitled(session, survey, "waiting", "Sooner", seen=1)
    design = retitled(session, survey, "staff", "People", seen=1, by=BEN)
    assert (
        titles(design)
        == titles(now(session, survey))
        == {"waiting": "Sooner", "digital": "Better technology", "staff": "People"}
    )


def test_a_change_of_the_same_part_is_refused_and_nothing_is_saved(session: Session) -> None:
    survey = begun(session)
    retitled(session, survey, "waiting", "Sooner", seen=1)
    with pytest.raises(EditedMeanwhile) as met:
        retitled(session, survey, "waiting", "Faster", seen=1, by=BEN)
    assert (met.value.design.revision, met.value.design.changed_by) == (2, ANNA)
    assert titles(now(session, survey))["waiting"] == "Sooner"


def test_whoever_read_both_texts_may_replace_the_other(session: Session) -> None:
    survey = begun(session)
    retitled(session, survey, "waiting", "Sooner", seen=1)
    assert titles(retitled(session, survey, "waiting", "Faster", seen=2, by=BEN))["waiting"] == "Faster"


def test_a_part_that_is_gone_cannot_be_saved(session: Session) -> None:
    survey = begun(session)

    def change(content: Content) -> Content:
        return dataclasses.replace(content, questionnaire=remove_theme(content.questionnaire, "staff"))

    save_design(session, survey=survey, seen=1, part=lambda c: None, change=change, says="-", at=NOW, by=ANNA)
    with pytest.raises(LookupError):
        retitled(session, survey, "staff", "People", seen=1, by=BEN)


def test_saving_what_is_already_there_makes_no_revision(session: Session) -> None:
    survey = begun(session)
    assert retitled(session, survey, "waiting", "Waiting less", seen=1).revision == 1


def test_two_people_who_write_the_same_do_not_disagree(session: Session) -> None:
    survey = begun(session)
    retitled(session, survey, "waiting", "Sooner", seen=1)
    assert retitled(session, survey, "waiting", "Sooner", seen=1, by=BEN).revision == 2


def test_undo_goes_back_change_by_change_and_names_each_once(session: Session) -> None:
    survey = begun(session)
    for number, title in enumerate(("One", "Two", "Three"), start=1):
        retitled(session, survey, "waiting", title, seen=number)
    said = []
    for _ in range(2):
        said.append(now(session, survey).undoes)
        undo_change(session, survey=survey, seen=now(session, survey).revision, at=NOW, by=BEN)
    assert said == ["Theme “Three” changed", "Theme “Two” changed"]
    design = now(session, survey)
    assert (titles(design)["waiting"], design.undoes) == ("One", "Theme “One” changed")
    assert [one.change for one in revisions_of(session, survey=survey)] == [
        "Undone: Theme “Two” changed",
        "Undone: Theme “Three” changed",
        "Theme “Three” changed",
        "Theme “Two” changed",
        "Theme “One” changed",
        "Survey begun",
    ]


def test_a_change_after_an_undo_is_undone_before_older_ones(session: Session) -> None:
    survey = begun(session)
    retitled(session, survey, "waiting", "One", seen=1)
    retitled(session, survey, "waiting", "Two", seen=2)
    undo_change(session, survey=survey, seen=3, at=NOW, by=ANNA)
    retitled(session, survey, "staff", "People", seen=4)
    assert now(session, survey).undoes == "Theme “People” changed"
    after = undo_change(session, survey=survey, seen=5, at=NOW, by=ANNA)
    assert (after.undoes, titles(after)["waiting"]) == ("Theme “One” changed", "One")
    first = undo_change(session, survey=survey, seen=6, at=NOW, by=ANNA)
    assert (first.undoes, first.questionnaire.themes) == (None, a_questionnaire().themes)
    with pytest.raises(NothingToUndo):
        undo_change(session, survey=survey, seen=7, at=NOW, by=ANNA)


def test_nobody_undoes_what_they_did_not_see(session: Session) -> None:
    survey = begun(session)
    retitled(session, survey, "waiting", "One", seen=1)
    with pytest.raises(EditedMeanwhile):
        undo_change(session, survey=survey, seen=1, at=NOW, by=BEN)


def test_old_revisions_go_and_cannot_be_undone_to(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveys.designing, "REVISIONS_KEPT", 4)
    survey = begun(session)
    for number in range(1, 7):
        retitled(session, survey, "waiting", f"Title {number}", seen=number)
    kept = [design.revision for design in revisions_of(session, survey=survey)]
    assert kept == [7, 6, 5, 4]
    undone = 0
    while now(session, survey).undoes:
        undo_change(session, survey=survey, seen=now(session, survey).revision, at=NOW, by=ANNA)
        undone += 1
    assert undone == 2
    with pytest.raises(EditedMeanwhile):
        retitled(session, survey, "staff", "People", seen=2)


def test_texts_may_be_blank_and_come_back_blank(session: Session) -> None:
    survey = begun(session)
    retitled(session, survey, "waiting", "", seen=1)
    assert titles(now(session, survey))["waiting"] == ""


def test_a_name_in_use_gets_a_number(session: Session) -> None:
    root = ensure_root(session)
    made = [
        new_design(session, organisation=root, questionnaire=a_questionnaire(slug="cancer"), at=NOW, by=ANNA)
        for _ in range(3)
    ]
    assert [design.questionnaire.slug for design in made] == ["cancer", "cancer-2", "cancer-3"]


def test_the_design_of_a_survey_from_a_file_begins_with_what_is_published(session: Session) -> None:
    survey = a_survey(session)
    design = ensure_design(session, survey=survey, at=NOW, by=ANNA)
    assert (design.questionnaire, design.undoes) == (a_questionnaire(languages=("en",)), None)
    assert ensure_design(session, survey=survey, at=NOW, by=BEN) == design


saves = st.lists(
    st.tuples(st.sampled_from(["waiting", "digital", "staff", "undo"]), st.integers(0, 3), st.sampled_from("ABC")),
    max_size=12,
)


@given(steps=saves)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_saving_and_undoing_never_lose_other_parts(
    empty_sqlite_database: Database, steps: list[tuple[str, int, str]]
) -> None:
    """Whoever saves, having seen whichever revision: only the part that was saved or undone is another one."""
    with Session(empty_sqlite_database.writing_engine) as session:
        survey = begun(session)
        for what, behind, title in steps:
            before = now(session, survey)
            seen = max(before.revision - behind, 1)
            try:
                if what == "undo":
                    undone = before.undoes
                    after = undo_change(session, survey=survey, seen=before.revision, at=NOW, by=ANNA)
                    back = find_design(session, survey=survey, revision=before.before)
                    assert back is not None
                    assert after.content == back.content
                    assert after.change == f"Undone: {undone}"
                else:
                    after = retitled(session, survey, what, title, seen=seen)
                    others = {name: words for name, words in titles(before).items() if name != what}
                    assert titles(after) == others | {what: title}
            except (EditedMeanwhile, NothingToUndo):
                assert now(session, survey) == before
        rows = session.scalars(
            select(tables.DesignRevision.revision).where(tables.DesignRevision.survey_id == survey.id)
        )
        assert sorted(rows) == list(range(1, now(session, survey).revision + 1))


def test_a_moment_is_kept_with_each_change(session: Session) -> None:
    survey = begun(session)
    later = NOW + datetime.timedelta(hours=1)

    def change(content: Content) -> Content:
        title = with_words(content.questionnaire.title, "Another", "en")
        return dataclasses.replace(content, questionnaire=dataclasses.replace(content.questionnaire, title=title))

    save_design(session, survey=survey, seen=1, part=lambda c: None, change=change, says="Title", at=later, by=BEN)
    assert (now(session, survey).changed_at, now(session, survey).changed_by) == (later, BEN)
