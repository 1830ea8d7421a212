"""The commands that make, fill, clean and copy the database, run as a person runs them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from engage import migrations
from engage.clock import now
from engage.commands import engage
from engage.unit_of_work import Database
from surveys.collecting import add_equality_answers
from surveys.collectors import resolve_code
from surveys.publishing import survey_status
from surveys.short_codes import normalise
from surveys.sign_ups import add_sign_up
from surveys.storage import tables
from tests.factories import a_response, a_survey


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_url: str) -> str:
    """An installation with nothing in it; the address of its database."""
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("ENGAGE_DATABASE_URL", fresh_url)
    monkeypatch.setenv("ENGAGE_BASE_URL", "https://survey.example.org")
    return fresh_url


def running(*words: str, exit_code: int = 0) -> Result:
    result = CliRunner().invoke(engage, words)
    assert result.exit_code == exit_code, result.output
    return result


def published(url: str) -> Database:
    running("db", "upgrade")
    database = Database(url)
    with database.writing() as session:
        a_survey(session)
    return database


def test_upgrading_makes_the_database_and_may_be_repeated(instance: str) -> None:
    for _ in range(2):
        assert running("db", "upgrade").stdout == f"The database is at revision {migrations.head()}.\n"
    assert migrations.current(instance) == migrations.head()


def test_a_database_that_cannot_be_reached_is_named_with_the_remedy(
    instance: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENGAGE_DATABASE_URL", "postgresql://nobody:geheim@127.0.0.1:1/nowhere")
    refused = running("db", "upgrade", exit_code=1)
    assert refused.stdout == ""
    assert "ENGAGE_DATABASE_URL" in refused.stderr
    assert "geheim" not in refused.stderr


def test_a_new_collector_is_printed_with_its_address(instance: str) -> None:
    database = published(instance)
    added = running("collector", "add", "small-survey", "--name", "Waiting room", "--place", "North/Trust")
    code, address = added.stdout.rstrip("\n").split("\t")
    assert normalise(code).code == code
    assert address == f"https://survey.example.org/{code}"
    with database.writing() as session:
        a_response(session, session.query(tables.Collector).one())
    (row,) = json.loads(running("collector", "list", "small-survey", "--json").stdout)
    assert (row["code"], row["place"], row["audience"], row["responses"]) == (code, "North / Trust", "patients", 1)
    assert code in running("collector", "list", "small-survey").stdout
    database.close()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("nowhere", "--name", "A"), "There is no survey 'nowhere'; there are small-survey."),
        (("small-survey", "--name", "A", "--audience", "aliens"), "no audience 'aliens'; there are"),
        (("small-survey", "--name", " "), "A collector needs a name"),
        (("small-survey", "--name", "A", "--language", "cy"), "it is in en"),
    ],
)
def test_a_collector_that_cannot_be_added_is_refused_with_the_reason(
    instance: str, words: tuple[str, ...], message: str
) -> None:
    published(instance).close()
    refused = running("collector", "add", *words, exit_code=1)
    assert refused.stdout == ""
    assert message in refused.stderr


def test_a_stopped_collector_takes_nobody_in_any_more(instance: str) -> None:
    database = published(instance)
    code = running("collector", "add", "small-survey", "--name", "Waiting room").stdout.split("\t")[0]
    assert running("collector", "stop", code.lower()).stdout == f"{code}\tstopped\n"
    with database.reading() as session:
        resolved = resolve_code(session, code)
        assert resolved is not None
        assert survey_status(resolved, now()) == "closed"
        actions = session.scalars(select(tables.AuditEvent.action).order_by(tables.AuditEvent.id)).all()
    assert actions == ["collector added", "collector stopped"]
    assert "no collector" in running("collector", "stop", "222222", exit_code=1).stderr
    database.close()


def test_addresses_and_equality_answers_can_be_deleted_alone(instance: str) -> None:
    database = published(instance)
    running("collector", "add", "small-survey", "--name", "Waiting room")
    with database.writing() as session:
        collector = session.query(tables.Collector).one()
        sent = a_response(session, collector, equality_expected=True)
        assert sent.equality_key is not None
        add_equality_answers(
            session,
            collector=collector,
            equality_key=sent.equality_key,
            bank_version="1",
            answers={"age": "25-34"},
            at=collector.created_on,
        )
        for contact in ("sam@example.org", "jo@example.org"):
            add_sign_up(
                session,
                survey_id=collector.survey_id,
                organisation_id=collector.organisation_id,
                wants="results",
                contact=contact,
            )
    one = ("retention", "sign-ups", "small-survey", "--contact", "sam@example.org")
    running(*one, exit_code=1)
    assert running(*one, "--yes").stdout == "1\n"
    assert running("retention", "sign-ups", "small-survey", "--yes").stdout == "1\n"
    assert running("retention", "equality-answers", "small-survey", "--yes").stdout == "1\n"
    assert "neither" in running(*one[:-1], "nonsense", "--yes", exit_code=1).stderr
    assert "no survey" in running("retention", "sign-ups", "nowhere", "--yes", exit_code=1).stderr
    with database.reading() as session:
        assert session.query(tables.Response).count() == 1
        assert session.query(tables.SignUp).count() == session.query(tables.EqualityAnswer).count() == 0
        trail = session.query(tables.AuditEvent).all()
        assert not any("sam@" in f"{event.subject} {event.detail}" for event in trail)
    database.close()


def test_retention_prints_what_it_deleted(instance: str) -> None:
    database = published(instance)
    running("collector", "add", "small-survey", "--name", "Waiting room")
    with database.writing() as session:
        collector = session.query(tables.Collector).one()
        a_response(session, collector, at=collector.created_on.replace(year=2020, day=1), receipt_key=bytes(32))
    assert json.loads(running("retention", "run", "--json").stdout)["receipts"] == 1
    assert "receipts\t0\n" in running("retention", "run", "--rewrite").stdout
    with database.reading() as session:
        assert session.query(tables.Response).count() == 1
    database.close()


def test_a_backup_comes_back_only_where_nothing_is_overwritten_unasked(instance: str, tmp_path: Path) -> None:
    backup = str(tmp_path / "backup.zip")
    refused = running("backup", backup, exit_code=1)
    assert "engage db upgrade" in refused.stderr
    published(instance).close()
    assert running("backup", backup).stdout.startswith(f"{backup}\t")
    running("collector", "add", "small-survey", "--name", "Added later")
    assert "--force" in running("restore", backup, exit_code=1).stderr
    assert len(json.loads(running("collector", "list", "small-survey", "--json").stdout)) == 1
    assert "Restored" in running("restore", backup, "--force").stdout
    assert json.loads(running("collector", "list", "small-survey", "--json").stdout) == []


def test_a_file_that_is_no_backup_is_refused(instance: str, tmp_path: Path) -> None:
    (tmp_path / "holiday.zip").write_bytes(b"no archive")
    refused = running("restore", str(tmp_path / "holiday.zip"), exit_code=1)
    assert refused.stderr == "holiday.zip is not a backup made by Engage, or it is damaged.\n"


def test_an_older_backup_is_migrated_when_it_comes_back(instance: str, tmp_path: Path) -> None:
    backup = str(tmp_path / "backup.zip")
    migrations.upgrade(instance, revision="0002")
    running("backup", backup)
    running("db", "upgrade")
    running("restore", backup, "--force")
    assert migrations.current(instance) == migrations.head()
    assert migrations.differences(instance) == []
