"""Drafts: whole for their owner, unreadable to everyone else, and safe with two tabs."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.answers import Value
from surveys.drafts import (
    Draft,
    ReturnCode,
    TooManyTries,
    delete_draft,
    derive_return_code,
    load_draft,
    make_return_code,
    new_return_code,
    note_try,
    open_draft,
    open_with_return_code,
    save_draft,
)
from surveys.drafts.return_codes import MOST_TRIES, WINDOW
from surveys.drafts.sealing import token_hash
from surveys.organisations import ensure_root
from surveys.short_codes import normalise
from surveys.storage import tables
from tests.factories import NOW, TODAY

ANSWERS: dict[str, Value] = {
    "most_important": ("waiting", "staff"),
    "waiting.importance": "very",
    "waiting.comment": "Nobody told my sister Zebedee.",
    "visits": 3,
    "missing": None,
}
STATE = {"nonce": "abc", "theme_order": ["staff", "waiting"]}


def opened(session: Session, answers: dict[str, Value] | None = None) -> str:
    token, _ = open_draft(session, collector_id=7, version_id=3, at=TODAY, answers=answers or ANSWERS, state=STATE)
    return token


def test_a_draft_comes_back_as_it_was_kept(database: Database) -> None:
    with database.writing_drafts() as drafts:
        token = opened(drafts)
    with database.reading_drafts() as drafts:
        assert load_draft(drafts, token=token) == Draft(7, 3, ANSWERS, STATE, 1, TODAY)
        assert load_draft(drafts, token=token[::-1]) is None
        assert load_draft(drafts, token="") is None


def test_what_is_stored_shows_neither_answers_nor_token(sqlite_database: Database, tmp_path: Path) -> None:
    with sqlite_database.writing_drafts() as drafts:
        token = opened(drafts)
        candidate = new_return_code(collector_code="7C3QX8")
        code = make_return_code(drafts, token=token, candidate=candidate)
    sqlite_database.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("drafts"))
    assert code is not None
    for secret in ("Zebedee", "waiting", "very", token, code):
        assert secret.encode() not in stored
    assert token_hash(token) in stored


def test_saving_a_page_keeps_the_other_pages(database: Database) -> None:
    tomorrow = TODAY + datetime.timedelta(days=1)
    with database.writing_drafts() as drafts:
        token = opened(drafts)
        saved = save_draft(
            drafts, token=token, answers={"visits": 4}, seen_version=1, at=tomorrow, state={"page": "you"}
        )
    assert saved is not None
    assert not saved.overtaken
    with database.reading_drafts() as drafts:
        kept = load_draft(drafts, token=token)
    assert kept == saved.draft
    assert kept == Draft(7, 3, {**ANSWERS, "visits": 4}, {**STATE, "page": "you"}, 2, tomorrow)


def test_a_late_tab_is_merged_and_told(database: Database) -> None:
    with database.writing_drafts() as drafts:
        token = opened(drafts)
        first = save_draft(drafts, token=token, answers={"visits": 4, "missing": "Parking"}, seen_version=1, at=TODAY)
        late = save_draft(drafts, token=token, answers={"visits": 5}, seen_version=1, at=TODAY)
    assert first is not None
    assert late is not None
    assert (first.overtaken, first.replaced) == (False, ())
    assert (late.overtaken, late.replaced) == (True, ("visits",))
    assert late.draft.answers == {**ANSWERS, "visits": 5, "missing": "Parking"}
    assert late.draft.row_version == 3


def test_pages_saved_at_the_same_moment_are_all_kept(database: Database) -> None:
    with database.writing_drafts() as drafts:
        token = opened(drafts, {"visits": 1})
    together = threading.Barrier(8)

    def saving(page: int) -> None:
        together.wait()
        with database.writing_drafts() as drafts:
            save_draft(drafts, token=token, answers={f"page{page}": "yes"}, seen_version=1, at=TODAY)

    with ThreadPoolExecutor(8) as tabs:
        list(tabs.map(saving, range(8)))
    with database.reading_drafts() as drafts:
        kept = load_draft(drafts, token=token)
    assert kept is not None
    assert kept.answers == {"visits": 1, **{f"page{page}": "yes" for page in range(8)}}
    assert kept.row_version == 9


def test_a_draft_that_is_gone_cannot_be_saved_or_deleted_again(database: Database) -> None:
    with database.writing_drafts() as drafts:
        token = opened(drafts)
        assert delete_draft(drafts, token=token)
        assert not delete_draft(drafts, token=token)
        assert save_draft(drafts, token=token, answers={"visits": 1}, seen_version=1, at=TODAY) is None
        assert make_return_code(drafts, token=token, candidate=ReturnCode("x", b"x" * 32, b"x" * 32)) is None


@pytest.mark.parametrize("column", ["content", "wrapped_key"])
def test_a_row_that_was_tampered_with_opens_nothing(database: Database, column: str) -> None:
    with database.writing_drafts() as drafts:
        token = opened(drafts)
        stored = drafts.scalars(select(getattr(tables.Draft, column))).one()
        changed = stored[:-1] + bytes((stored[-1] ^ 1,))
        drafts.execute(update(tables.Draft).values({column: changed}))
        assert load_draft(drafts, token=token) is None
        assert save_draft(drafts, token=token, answers={}, seen_version=1, at=TODAY) is None


def test_a_draft_cannot_be_moved_to_another_collector(database: Database) -> None:
    with database.writing_drafts() as drafts:
        token = opened(drafts)
        drafts.execute(update(tables.Draft).values(collector_id=8))
        assert load_draft(drafts, token=token) is None


def test_a_return_code_opens_the_draft_on_another_device(database: Database) -> None:
    candidate = new_return_code(collector_code="7C3QX8")
    with database.writing_drafts() as drafts:
        token = opened(drafts)
        code = make_return_code(drafts, token=token, candidate=candidate)
    assert code == candidate.code == normalise(code, length=12).code
    typed = derive_return_code(code, collector_code="7C3QX8")
    with database.writing_drafts() as drafts:
        found = open_with_return_code(drafts, candidate=typed, collector_id=7)
    assert found is not None
    new_token, draft = found
    assert draft.answers == ANSWERS
    with database.writing_drafts() as drafts:
        assert load_draft(drafts, token=token) is None
        assert load_draft(drafts, token=new_token) == draft
        assert open_with_return_code(drafts, candidate=typed, collector_id=7) is not None


def test_asking_twice_gives_the_same_return_code(database: Database) -> None:
    with database.writing_drafts() as drafts:
        token = opened(drafts)
        first = make_return_code(drafts, token=token, candidate=new_return_code(collector_code="7C3QX8"))
        save_draft(drafts, token=token, answers={"visits": 9}, seen_version=2, at=TODAY)
        again = make_return_code(drafts, token=token, candidate=new_return_code(collector_code="7C3QX8"))
    assert again == first


def test_a_return_code_is_worth_nothing_elsewhere(database: Database) -> None:
    candidate = new_return_code(collector_code="7C3QX8")
    with database.writing_drafts() as drafts:
        make_return_code(drafts, token=opened(drafts), candidate=candidate)
        elsewhere = derive_return_code(candidate.code, collector_code="222222")
        assert open_with_return_code(drafts, candidate=elsewhere, collector_id=7) is None
        assert open_with_return_code(drafts, candidate=candidate, collector_id=8) is None
        wrong_key = ReturnCode(candidate.code, candidate.locator, bytes(32))
        assert open_with_return_code(drafts, candidate=wrong_key, collector_id=7) is None


def test_wrong_return_codes_are_limited_at_each_collector_for_a_while(database: Database) -> None:
    def trying(collector_id: int, at: datetime.datetime) -> None:
        with database.writing_drafts() as drafts:
            note_try(drafts, collector_id=collector_id, at=at)

    for _ in range(MOST_TRIES):
        trying(7, NOW)
    with pytest.raises(TooManyTries) as refused:
        trying(7, NOW)
    assert refused.value.until == NOW + WINDOW
    trying(8, NOW)
    trying(7, NOW + WINDOW)


def test_first_tries_at_the_same_moment_are_all_counted(database: Database) -> None:
    together = threading.Barrier(6)

    def trying(_: int) -> None:
        together.wait()
        with database.writing_drafts() as drafts:
            note_try(drafts, collector_id=7, at=NOW)

    with ThreadPoolExecutor(6) as people:
        list(people.map(trying, range(6)))
    with database.reading_drafts() as drafts:
        assert drafts.scalars(select(tables.ReturnCodeTries.tries)).one() == 6


def test_a_return_code_that_opens_is_not_counted(database: Database) -> None:
    candidate = new_return_code(collector_code="7C3QX8")
    with database.writing_drafts() as drafts:
        make_return_code(drafts, token=opened(drafts), candidate=candidate)
        for _ in range(MOST_TRIES + 5):
            note_try(drafts, collector_id=7, at=NOW)
            assert open_with_return_code(drafts, candidate=candidate, collector_id=7) is not None


def test_sending_deletes_the_draft_once_the_answers_are_stored_and_not_before(database: Database) -> None:
    with database.writing_drafts() as drafts:
        token = opened(drafts)

    def failing(session: Session) -> None:
        ensure_root(session)
        raise InterruptedError

    def forgetting(drafts: Session) -> bool:
        return delete_draft(drafts, token=token)

    with pytest.raises(InterruptedError):
        database.run_sending(failing, forgetting)
    with database.reading_drafts() as drafts:
        assert load_draft(drafts, token=token) is not None
    with database.reading() as session:
        assert session.scalars(select(tables.Organisation)).all() == []
    assert database.run_sending(lambda session: ensure_root(session).slug, forgetting) == "trust"
    with database.reading_drafts() as drafts:
        assert load_draft(drafts, token=token) is None
    with database.reading() as session:
        assert len(session.scalars(select(tables.Organisation)).all()) == 1


def test_a_draft_that_cannot_be_deleted_undoes_a_sending_in_the_same_database_only(database: Database) -> None:
    def failing(drafts: Session) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        database.run_sending(ensure_root, failing)
    with database.reading() as session:
        stored = len(session.scalars(select(tables.Organisation)).all())
    assert stored == (0 if database.drafts_url == database.url else 1)
