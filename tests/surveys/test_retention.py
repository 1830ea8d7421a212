"""Retention: what is past its date goes, nothing else does, and files forget the order of arrival."""

import datetime
import secrets
from pathlib import Path
from typing import Any

from sqlalchemy import Row, func, select, text, update
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.collecting import Sent, begin_batch, collect_many, remove_response
from surveys.collectors import ResolvedCollector, current_version, resolve_code
from surveys.comments.screening import screen_new
from surveys.drafts import load_draft, note_try, open_draft
from surveys.retention import RetentionCounts, rewrite_in_key_order, run_retention
from surveys.sign_ups import add_sign_up
from surveys.storage import tables
from tests.commented import a_comment, a_commented_survey
from tests.factories import NOW, TODAY, a_collector, a_response, an_account, some_answers

DAY = datetime.timedelta(days=1)


def running(database: Database, *, at: datetime.datetime = NOW) -> RetentionCounts:
    with database.writing_both() as (session, drafts):
        return run_retention(session, drafts, at=at, today=at.date())


def test_an_empty_database_has_nothing_past_its_date(database: Database) -> None:
    assert running(database) == RetentionCounts(0, 0, 0, 0, 0, 0)


def test_receipts_go_when_their_date_is_more_than_two_days_back(database: Database) -> None:
    with database.writing() as session:
        collector = a_collector(session)
        for days in range(5):
            a_response(session, collector, at=TODAY - days * DAY, receipt_key=secrets.token_bytes(32))
    assert running(database).receipts == 2
    with database.reading() as session:
        assert sorted(session.scalars(select(tables.Receipt.kept_on))) == [TODAY - 2 * DAY, TODAY - DAY, TODAY]
        assert session.scalar(select(func.count()).select_from(tables.Response)) == 5


def test_drafts_go_seven_days_after_the_last_answer(database: Database) -> None:
    with database.writing_drafts() as drafts:
        tokens = {
            days: open_draft(drafts, collector_id=1, version_id=1, at=TODAY - days * DAY)[0] for days in (0, 7, 8, 30)
        }
        note_try(drafts, collector_id=1, at=NOW - 2 * DAY)
        note_try(drafts, collector_id=2, at=NOW)
    counts = running(database)
    assert (counts.drafts, counts.return_code_tries) == (2, 1)
    with database.reading_drafts() as drafts:
        assert [days for days, token in tokens.items() if load_draft(drafts, token=token)] == [0, 7]


def test_sessions_and_counters_of_staff_go(database: Database) -> None:
    with database.writing() as session:
        account = an_account(session)
        for hours in (-1, 1):
            session.add(
                tables.StaffSession(
                    id_hash=secrets.token_bytes(32),
                    account_id=account.id,
                    created_at=NOW - DAY,
                    last_seen_at=NOW - DAY,
                    expires_at=NOW + datetime.timedelta(hours=hours),
                )
            )
        for age in (datetime.timedelta(hours=1), 2 * DAY):
            session.add(tables.Throttle(key_hash=secrets.token_bytes(32), window_started_at=NOW - age, count=3))
    counts = running(database)
    assert (counts.staff_sessions, counts.throttles) == (1, 1)


def test_an_import_that_broke_off_is_removed_a_day_later(database: Database) -> None:
    with database.writing() as session:
        collector = a_collector(session)
        batch = begin_batch(session, survey=collector.survey, file_name="answers.csv", at=NOW, by="officer")
        collect_many(
            session,
            version_id=current_version(session, collector).id,
            batch_id=batch.id,
            sent=[Sent(collector, some_answers(), "en", "import", TODAY, foreign_id=str(n)) for n in range(3)],
        )
        a_response(session, collector)
    assert running(database, at=NOW + DAY).unfinished_imports == 0
    assert running(database, at=NOW + DAY + datetime.timedelta(seconds=1)).unfinished_imports == 3
    with database.reading() as session:
        for table, left in ((tables.Response, 1), (tables.Comment, 1), (tables.ForeignId, 0), (tables.ImportBatch, 0)):
            assert session.scalar(select(func.count()).select_from(table)) == left


def screened_and_coded(session: Session, collector: ResolvedCollector, on: datetime.date) -> None:
    """One more comment, with a row in every table that a comment's name is a key of."""
    survey = session.get_one(tables.Survey, collector.survey_id)
    a_response(session, collector, at=on, receipt_key=secrets.token_bytes(32))
    screen_new(session, survey=survey)
    coded = select(tables.CodedComment.ref)
    screened = session.scalars(select(tables.ScreenedComment).where(tables.ScreenedComment.ref.not_in(coded))).one()
    frame = session.scalar(select(tables.CodeFrame))
    owned = {"organisation_id": survey.organisation_id}
    if frame is None:
        made = {"version": 1, "made_at": NOW, "made_by": "officer"}
        frame = tables.CodeFrame(survey_id=survey.id, name="Care", kind="codes", questions=["comment"], **owned, **made)
        session.add(frame)
        session.flush()
        words = dict.fromkeys(("name", "definition", "include", "exclude", "example"), "")
        session.add(tables.Code(frame_id=frame.id, key="time", position=1, added_in=1, **owned, **words))
        session.add(tables.CodingSample(frame_id=frame.id, round=1, coder="b", drawn_at=NOW, drawn_by="a", **owned))
        session.flush()
    code = session.scalars(select(tables.Code)).one()
    place = {"ref": screened.ref, **owned}
    state = {"state": "read", "read_at": NOW, "read_by": "a", "state_at": NOW, "state_by": "a"}
    translated = {"words": "x", "translated_by": "x (person)", "made_at": NOW, "made_by": "a"}
    session.add(tables.CommentState(survey_id=survey.id, **place, **state))
    session.add(tables.CommentTranslation(language="cy", **place, **translated))
    coding = {"frame_id": frame.id, "round": 0}
    session.add(tables.CodedComment(frame_version=1, coded_at=NOW, coded_by="a", **place, **coding))
    session.flush()
    session.add(tables.Mention(code_id=code.id, sentiment="mixed", suggested=False, **place, **coding))
    session.add(tables.CodingSampleComment(frame_id=frame.id, round=1, first_codes=[], **place))
    session.add(tables.CodeSuggestion(code_id=code.id, probability=0.5, **place))


OF_COMMENTS = (
    tables.ScreenedComment,
    tables.CommentState,
    tables.CommentTranslation,
    tables.CodedComment,
    tables.Mention,
    tables.CodingSampleComment,
    tables.CodeSuggestion,
)


def stored(session: Session) -> list[list[Row[Any]]]:
    mapped = (tables.Response, tables.ResponseDocument, tables.Comment, tables.Receipt, tables.SignUp, *OF_COMMENTS)
    return [sorted(session.execute(select(*table.__table__.columns)).all(), key=repr) for table in mapped]


def test_rewriting_changes_no_row_and_forgets_the_order_of_arrival(database: Database) -> None:
    yesterday = TODAY - DAY
    with database.writing() as session:
        collector = resolve_code(session, a_collector(session).code)
        assert collector is not None
    for _ in range(20):
        with database.writing() as session:
            screened_and_coded(session, collector, yesterday)
        with database.writing() as session:
            add_sign_up(
                session,
                survey_id=collector.survey_id,
                organisation_id=collector.organisation_id,
                wants="results",
                contact=f"{secrets.token_hex(8)}@example.org",
            )
    with database.reading() as session:
        before = stored(session)
    rewrite_in_key_order(database.engine, today=TODAY)
    with database.reading() as session:
        assert stored(session) == before
        if database.engine.dialect.name == "postgresql":
            for table, key in (
                ("response", "key"),
                ("response_document", "key"),
                ("comment", "response_key"),
                ("receipt", "key_hash"),
                ("sign_up", "key"),
                *((table.__tablename__, "ref") for table in OF_COMMENTS),
            ):
                rows = session.execute(text(f"SELECT {key}, xmin::text FROM {table} ORDER BY ctid")).all()  # noqa: S608 - names written above.
                assert [row[0] for row in rows] == sorted(row[0] for row in rows)
                assert len({row[1] for row in rows}) == 1, f"{table} still tells which transaction wrote which row"


def test_rewriting_empties_the_log_of_an_embedded_database(sqlite_database: Database, tmp_path: Path) -> None:
    with sqlite_database.writing() as session:
        a_collector(session)
    log = tmp_path / "engage.sqlite-wal"
    assert log.stat().st_size > 0
    rewrite_in_key_order(sqlite_database.engine, today=TODAY)
    assert log.stat().st_size == 0


def a_word_in_the_files(database: Database, folder: Path, word: bytes) -> bool:
    """After the night's work, with nothing left in the log."""
    rewrite_in_key_order(database.engine, today=TODAY)
    return any(word in path.read_bytes() for path in folder.iterdir())


def test_words_that_were_taken_out_leave_the_search_index_in_the_night(
    sqlite_database: Database, tmp_path: Path
) -> None:
    with sqlite_database.writing() as session:
        at = a_commented_survey(session)
        ref = a_comment(session, at, "Somebody quibblewicked, and was kind.").ref
        a_comment(session, at, "Everybody was kind.")
        text_of = session.scalars(select(tables.Comment).where(tables.Comment.text.contains("quibble"))).one()
        # Its own text keeps the word, as it must; the index may not.
        text_of.text = "Somebody xxxxxxxxxxxxxx, and was kind."
    with sqlite_database.writing() as session:
        session.execute(
            update(tables.ScreenedComment)
            .where(tables.ScreenedComment.ref == ref)
            .values(words="Somebody […], and was kind.")
        )
    assert b"uibblewick" in (tmp_path / "engage.sqlite-wal").read_bytes()
    assert not a_word_in_the_files(sqlite_database, tmp_path, b"uibblewick")
    with sqlite_database.reading() as session:
        found = text("SELECT count(*) FROM comment_search WHERE comment_search MATCH 'kind'")
        assert session.execute(found).scalar_one() == 2


def test_words_of_a_removed_answer_leave_every_table_and_the_search_index(
    database: Database, tmp_path: Path, backend: str
) -> None:
    with database.writing() as session:
        at = a_commented_survey(session)
        collector = resolve_code(session, at.collector.code)
        assert collector is not None
        screened_and_coded(session, collector, TODAY)
        session.flush()
        screened = session.scalars(select(tables.ScreenedComment)).one()
        owned = {"survey_id": at.survey.id, "organisation_id": at.survey.organisation_id, "ref": screened.ref}
        made = {"made_at": NOW, "made_by": "a"}
        session.add(tables.CommentPassage(action="redact", start=0, end=3, reason="abusive", **owned, **made))
        chosen = {"state": "proposed", "chosen_at": NOW, "chosen_by": "a"}
        session.add(tables.Quote(item_key=screened.item_key, words="Shorter waits", **owned, **chosen))
        session.flush()
        assert remove_response(session, survey=at.survey, key=screened.response_key)
    with database.reading() as session:
        for table in (*OF_COMMENTS, tables.CommentPassage, tables.Quote, tables.Comment):
            assert session.scalar(select(func.count()).select_from(table)) == 0, table
    if backend == "sqlite":
        with database.reading() as session:
            found = text("SELECT count(*) FROM comment_search WHERE comment_search MATCH 'shorter'")
            assert session.execute(found).scalar_one() == 0
        assert not a_word_in_the_files(database, tmp_path, b"horter")


def test_what_was_deleted_is_not_in_the_file_any_more(sqlite_database: Database, tmp_path: Path) -> None:
    words = b"Nobody told my sister Zebedee."
    with sqlite_database.writing() as session:
        collector = a_collector(session)
        a_response(session, collector, some_answers(waiting__comment=words.decode()))
    with sqlite_database.writing() as session:
        session.execute(text("DELETE FROM comment"))
    rewrite_in_key_order(sqlite_database.engine, today=TODAY)
    sqlite_database.close()
    assert not any(words in path.read_bytes() for path in tmp_path.iterdir())
