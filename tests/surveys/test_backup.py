"""Backups: whole, taken while people answer, and brought back exactly."""

import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, func, select, text

from engage import migrations
from engage.unit_of_work import Database
from surveys.backup import BackupFault, describe_backup, make_backup, restore_backup
from surveys.collecting import remove_response
from surveys.comments.moderating import open_for_moderation, redact, undo
from surveys.drafts import load_draft, open_draft
from surveys.organisations import ensure_root, set_face
from surveys.storage import tables
from tests.commented import a_comment, a_commented_survey
from tests.factories import NOW, TODAY, a_collector, a_response, a_survey


@pytest.fixture
def elsewhere(fresh_url: str) -> Iterator[Database]:
    """A second, empty installation of the same kind."""
    migrations.upgrade(fresh_url)
    database = Database(fresh_url)
    yield database
    database.close()


def everything(database: Database) -> dict[str, list[Row[Any]]]:
    with database.reading() as session:
        return {
            name: sorted(session.execute(select(*table.columns)).all(), key=repr)
            for name, table in tables.Base.metadata.tables.items()
        }


def backing_up(database: Database, path: Path) -> None:
    make_backup(database.url, path, revision=migrations.head(), at=NOW)


def filled(database: Database) -> None:
    with database.writing() as session:
        collector = a_collector(session)
        set_face(session, organisation=ensure_root(session), logo=b"\x89PNG", logo_type="image/png", colour="#005eb8")
        for _ in range(5):
            a_response(session, collector)


def test_a_backup_brings_everything_back_elsewhere(database: Database, elsewhere: Database, tmp_path: Path) -> None:
    filled(database)
    before = everything(database)
    backing_up(database, tmp_path / "backup.zip")
    with elsewhere.writing() as session:
        a_survey(session)
    elsewhere.close()
    description = restore_backup(elsewhere.url, tmp_path / "backup.zip")
    assert (description.revision, description.made_at) == (migrations.head(), NOW.isoformat())
    assert everything(elsewhere) == before
    assert migrations.differences(elsewhere.url) == []
    with elsewhere.writing() as session:
        a_response(session, session.scalars(select(tables.Collector)).one())
    with pytest.raises(Exception, match="cannot change"), elsewhere.writing() as session:
        session.connection().exec_driver_sql("UPDATE questionnaire_version SET major = 7")


def found(database: Database, word: str) -> int:
    """In how many comments a search finds the word."""
    if database.engine.dialect.name == "sqlite":
        query = text("SELECT count(*) FROM comment_search WHERE comment_search MATCH :word")
    else:
        query = text(
            "SELECT count(*) FROM screened_comment WHERE to_tsvector('simple', words) @@ to_tsquery('simple', :word)"
        )
    with database.reading() as session:
        return int(session.execute(query, {"word": word}).scalar_one())


def test_comments_and_what_was_decided_about_them_come_back_and_can_be_searched(
    database: Database, elsewhere: Database, tmp_path: Path
) -> None:
    with database.writing() as session:
        at = a_commented_survey(session)
        ref = a_comment(session, at, "The parking was dreadful, the nurses splendid.").ref
        moderated = open_for_moderation(session, survey=at.survey, ref=ref)
        assert moderated is not None
        redact(session, moderated, words="dreadful", occurrences=[0], reason="abusive", at=NOW, by="a@example.org")
    before = everything(database)
    backing_up(database, tmp_path / "backup.zip")
    elsewhere.close()
    restore_backup(elsewhere.url, tmp_path / "backup.zip")
    assert everything(elsewhere) == before
    assert (found(elsewhere, "splendid"), found(elsewhere, "dreadful")) == (1, 0)
    with elsewhere.writing() as session:
        survey = session.scalars(select(tables.Survey)).one()
        moderated = open_for_moderation(session, survey=survey, ref=ref)
        assert moderated is not None
        undo(session, moderated, passage_id=moderated.passages[0].id, at=NOW, by="a@example.org")
    assert (found(elsewhere, "splendid"), found(elsewhere, "dreadful")) == (1, 1)
    with elsewhere.writing() as session:
        row = session.scalars(select(tables.ScreenedComment)).one()
        survey = session.get_one(tables.Survey, row.survey_id)
        assert remove_response(session, survey=survey, key=row.response_key)
    assert found(elsewhere, "splendid") == 0


def test_a_backup_leaves_drafts_out_and_bringing_it_back_empties_them(database: Database, tmp_path: Path) -> None:
    filled(database)
    with database.writing_drafts() as drafts:
        token, _ = open_draft(drafts, collector_id=1, version_id=1, at=TODAY)
    backing_up(database, tmp_path / "backup.zip")
    drafts_url = database.drafts_url if database.drafts_url != database.url else None
    restore_backup(database.url, tmp_path / "backup.zip", drafts_url=drafts_url)
    with database.reading_drafts() as drafts:
        assert load_draft(drafts, token=token) is None


def test_a_backup_made_while_people_send_is_one_moment(database: Database, elsewhere: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        collector = a_collector(session)
        version_and_collector = collector.id
    enough = threading.Event()
    sent = 0

    def sending() -> None:
        nonlocal sent
        while not enough.is_set():
            with database.writing() as session:
                a_response(session, session.get_one(tables.Collector, version_and_collector))
            sent += 1

    people = threading.Thread(target=sending)
    people.start()
    try:
        for number in range(3):
            backing_up(database, tmp_path / f"{number}.zip")
    finally:
        enough.set()
        people.join()
    assert sent > 0
    elsewhere.close()
    restore_backup(elsewhere.url, tmp_path / "2.zip")
    with elsewhere.reading() as session:
        kept = {
            table.__tablename__: session.scalar(select(func.count()).select_from(table))
            for table in (tables.Response, tables.ResponseDocument, tables.Comment)
        }
    assert len(set(kept.values())) == 1, kept


def test_a_damaged_backup_changes_nothing(database: Database, tmp_path: Path) -> None:
    filled(database)
    backup = tmp_path / "backup.zip"
    backing_up(database, backup)
    before = everything(database)
    whole = backup.read_bytes()
    with zipfile.ZipFile(backup) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    middle = len(whole) // 2
    for changed in (b"", b"PK", whole[:middle], whole[:middle] + bytes(400) + whole[middle + 400 :]):
        backup.write_bytes(changed)
        with pytest.raises(BackupFault, match=r"damaged|not a backup"):
            restore_backup(database.url, backup)
    (content,) = set(held) - {"engage-backup.json"}
    for name, replaced in ((content, b"\0" + held[content][1:]), ("engage-backup.json", b"[]")):
        with zipfile.ZipFile(backup, "w") as archive:
            for each, held_bytes in held.items():
                archive.writestr(each, replaced if each == name else held_bytes)
        with pytest.raises(BackupFault, match=r"damaged|not a backup"):
            restore_backup(database.url, backup)
    assert everything(database) == before


def test_a_backup_of_a_later_format_or_another_kind_is_refused(database: Database, tmp_path: Path) -> None:
    backup = tmp_path / "backup.zip"
    described = {"format": 1, "revision": "0001", "made_at": "2026-11-21", "sha256": ""}
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[database.engine.dialect.name]
    content = {"sqlite": "database.sqlite", "postgresql": "database.dump"}[other]
    for change, message in (({"format": 2}, "later version"), ({}, f"holds a {other} database")):
        with zipfile.ZipFile(backup, "w") as archive:
            archive.writestr("engage-backup.json", json.dumps({**described, "database": other, **change}))
            archive.writestr(content, b"")
        with pytest.raises(BackupFault, match=message):
            restore_backup(database.url, backup)


def test_an_earlier_backup_is_kept_until_the_new_one_is_whole(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = tmp_path / "backup.zip"
    backing_up(database, backup)
    before = backup.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "write", full)
    with pytest.raises(OSError, match="No space"):
        backing_up(database, backup)
    assert backup.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert describe_backup(backup).revision == migrations.head()


def test_only_the_owner_can_read_a_backup(database: Database, tmp_path: Path) -> None:
    backing_up(database, tmp_path / "backup.zip")
    assert (tmp_path / "backup.zip").stat().st_mode & 0o077 == 0


def test_missing_tools_of_postgresql_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupFault, match=r"pg_dump is not installed\. On Debian: apt install postgresql-client"):
        make_backup("postgresql://nobody@127.0.0.1:1/nowhere", tmp_path / "backup.zip", revision="0001", at=NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BackupFault, match="engage db upgrade"):
        make_backup(f"sqlite:///{tmp_path / 'none.sqlite'}", tmp_path / "backup.zip", revision="0001", at=NOW)
    assert list(tmp_path.iterdir()) == []
