"""The doctor finds each planted fault, and says what to do about it."""

import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from engage.health import machine
from engage.health.findings import Finding
from engage.health.machine import examine_machine
from engage.health.stored_data import examine_database
from engage.queue import jobs
from engage.settings import Settings, load_settings
from engage.unit_of_work import Database
from surveys.comments.moderating import open_for_moderation, redact
from surveys.organisations import ensure_root
from surveys.storage import tables
from tests.commented import a_comment, a_commented_survey
from tests.factories import NOW, a_collector, a_response, an_account


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def stored(settings: Settings, *, deep: bool = False, at: datetime.datetime | None = None) -> dict[str, Finding]:
    return {finding.what: finding for finding in examine_database(settings, at=at or now(), deep=deep)}


def on_machine(settings: Settings) -> dict[str, Finding]:
    return {finding.what: finding for finding in examine_machine(settings)}


def test_a_sound_installation_has_no_fault(settings: Settings, database: Database) -> None:
    with database.writing() as session:
        an_account(session)
        a_response(session, a_collector(session))
    findings = [*examine_machine(settings), *examine_database(settings, at=NOW, deep=True)]
    assert [finding for finding in findings if finding.state == "fault"] == []


def test_a_published_version_that_was_changed_is_found(settings: Settings, database: Database) -> None:
    with database.writing() as session:
        a_collector(session)
    assert stored(settings)["published versions"].state == "ok"
    tamper(
        database,
        "questionnaire_version",
        "UPDATE questionnaire_version SET document = replace(document, 'strategy', 'plan')",
    )
    finding = stored(settings)["published versions"]
    assert finding.state == "fault"
    assert "version 1.0" in finding.message
    assert "engage restore" in finding.remedy


def test_a_vector_that_disagrees_with_its_document_is_found(settings: Settings, database: Database) -> None:
    with database.writing() as session:
        collector = a_collector(session)
        a_response(session, collector)
        one = a_response(session, collector)
        session.execute(
            text("UPDATE response_document SET answers = replace(answers, :was, :now) WHERE key = :key"),
            {"was": '"very"', "now": '"not"', "key": one.response_key},
        )
    finding = stored(settings, deep=True)["responses"]
    assert (finding.state, finding.message) == ("fault", "1 of 2 disagree with their own documents.")
    assert "responses" not in stored(settings)


def test_a_document_that_cannot_be_read_is_found(settings: Settings, database: Database) -> None:
    with database.writing() as session:
        a_response(session, a_collector(session))
        session.execute(text("UPDATE response_document SET answers = '{'"))
    assert stored(settings, deep=True)["responses"].state == "fault"


def test_a_clock_that_went_back_is_found(settings: Settings, database: Database) -> None:
    with database.writing() as session:
        a_collector(session)
    finding = stored(settings, at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))["clock"]
    assert finding.state == "fault"
    assert "timedatectl" in finding.remedy


def test_a_missing_worker_is_found(settings: Settings, database: Database) -> None:
    with database.writing() as session:
        jobs.ask(
            session,
            organisation_id=ensure_root(session).id,
            kind="report",
            parameters={},
            by="a@example.org",
            at=now() - datetime.timedelta(minutes=11),
        )
    finding = stored(settings)["worker"]
    assert finding.state == "fault"
    assert "engage worker" in finding.remedy


def test_a_database_without_tables_is_found(fresh_url: str, tmp_path: Path) -> None:
    given = {"ENGAGE_INSTANCE": str(tmp_path), "ENGAGE_DATABASE_URL": fresh_url, "ENGAGE_DRAFTS_URL": fresh_url}
    found = stored(load_settings(given))
    assert found["migrations"].state == "fault"
    assert found["migrations"].remedy == "engage db upgrade"


def test_a_database_out_of_reach_is_found_without_its_password(tmp_path: Path) -> None:
    nowhere = "postgresql://engage:pa55word@127.0.0.1:1/engage"
    found = stored(load_settings({"ENGAGE_INSTANCE": str(tmp_path), "ENGAGE_DATABASE_URL": nowhere}))
    assert found["database"].state == "fault"
    assert "pa55word" not in str(found)


def test_a_damaged_file_is_found(sqlite_database: Database, tmp_path: Path) -> None:
    with sqlite_database.writing() as session:
        for _ in range(30):
            a_collector(session)
    with sqlite_database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        root_page = connection.exec_driver_sql(
            "SELECT rootpage FROM sqlite_master WHERE name = 'collector'"
        ).scalar_one()
    sqlite_database.close()
    path = Path(sqlite_database.url.removeprefix("sqlite:///"))
    with path.open("r+b") as file:
        file.seek((root_page - 1) * 8192)
        file.write(b"\xff" * 600)
    settings = load_settings(
        {
            "ENGAGE_INSTANCE": str(tmp_path / "instance"),
            "ENGAGE_DATABASE_URL": sqlite_database.url,
            "ENGAGE_DRAFTS_URL": sqlite_database.drafts_url,
        }
    )
    finding = next(iter(one for one in examine_database(settings, at=now(), deep=False) if one.what == "database file"))
    assert finding.state == "fault"


def test_a_key_that_others_can_read_is_found(settings: Settings) -> None:
    (settings.instance / "secret-key").chmod(0o644)
    finding = on_machine(settings)["secret key"]
    assert finding.state == "fault"
    assert "chmod 600" in finding.remedy


def test_a_missing_library_is_found_with_its_package(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "LIBRARIES", {"libpango-of-tomorrow.so.9": "libpango-9"})
    finding = on_machine(settings)["libraries"]
    assert finding.state == "fault"
    assert finding.remedy == "apt-get install libpango-9"


def test_missing_fonts_are_found(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(machine, "FONT_FOLDERS", (str(tmp_path),))
    assert on_machine(settings)["fonts"].state == "fault"


def test_a_full_disk_is_found(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "NO_ROOM", 1024**6)
    assert on_machine(settings)["disk"].state == "fault"


def test_a_queue_out_of_reach_is_found(settings: Settings, tmp_path: Path) -> None:
    given = {"ENGAGE_INSTANCE": str(tmp_path / "other"), "ENGAGE_QUEUE_URL": "redis://:pa55word@127.0.0.1:1/0"}
    finding = on_machine(load_settings(given))["queue"]
    assert finding.state == "fault"
    assert "pa55word" not in str(finding)


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("http://127.0.0.1:8000", "note"),
        ("http://engage.example.nhs.uk", "note"),
        ("https://engage.example.nhs.uk", "ok"),
    ],
)
def test_an_address_that_posters_should_not_carry_is_noted(tmp_path: Path, address: str, state: str) -> None:
    settings = load_settings({"ENGAGE_INSTANCE": str(tmp_path), "ENGAGE_BASE_URL": address})
    assert on_machine(settings)["address"].state == state


def tamper(database: Database, table: str, statement: str) -> None:
    """Change what a trigger guards, as somebody with the database's own password could."""
    with database.writing() as session:
        if session.get_bind().dialect.name == "sqlite":
            triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :name")
            names = session.scalars(triggers, {"name": table})
            for name in names.all():
                session.execute(text(f"DROP TRIGGER {name}"))
            session.execute(text(statement))
        else:
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            session.execute(text(statement))
            session.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))


def test_accounts_that_are_missing_are_noted(settings: Settings) -> None:
    assert stored(settings)["accounts"].state == "note"


def test_a_comment_that_shows_what_was_masked_or_taken_out_is_found(settings: Settings, database: Database) -> None:
    with database.writing() as session:
        at = a_commented_survey(session)
        a_comment(session, at, "Thank you all.")
        screened = a_comment(session, at, "Write to zeb@example.org about the red scarf.")
        moderated = open_for_moderation(session, survey=at.survey, ref=screened.ref)
        assert moderated is not None
        redact(
            session, moderated, words="red scarf", occurrences=[0], reason="could identify", at=NOW, by="a@example.org"
        )
    assert stored(settings, deep=True)["comments"].state == "ok"
    for words in ("Write to [email address] about the red scarf.", "Write to zeb@example.org about the […]."):
        with database.writing() as session:
            session.query(tables.ScreenedComment).filter_by(ref=screened.ref).update({"words": words})
        finding = stored(settings, deep=True)["comments"]
        assert finding.state == "fault"
        assert "1 of 2 show" in finding.message
        assert "zeb" not in str(finding)
