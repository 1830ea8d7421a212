"""Jobs are rows: asked once, done once, and never lost without a word."""

import dataclasses
import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest
from huey.registry import Message
from sqlalchemy.orm import Session

from engage.queue import housekeeping, jobs, result_files, work
from engage.queue.broker import JsonMessages, open_queue, send
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.organisations import ensure_root
from surveys.storage import tables
from tests.factories import NOW

MINUTE = datetime.timedelta(minutes=1)


def ask(session: Session, *, at: datetime.datetime = NOW, kind: str = "report", **parameters: str) -> tables.Job:
    return jobs.ask(
        session,
        organisation_id=ensure_root(session).id,
        kind=kind,
        parameters=parameters or {"survey": "small-survey"},
        by="officer@example.org",
        at=at,
    )


def test_an_identical_job_in_flight_is_used_again(session: Session) -> None:
    first = ask(session)
    assert ask(session, at=NOW + MINUTE).id == first.id
    jobs.start(session, job_id=first.id, at=NOW)
    assert ask(session, at=NOW + MINUTE).id == first.id
    assert ask(session, survey="another").id != first.id
    assert ask(session, kind="printing").id != first.id


@pytest.mark.parametrize("ending", ["finished", "failed", "stale"])
def test_a_job_that_is_over_or_stale_is_not_used_again(session: Session, ending: str) -> None:
    first = ask(session)
    jobs.start(session, job_id=first.id, at=NOW)
    if ending == "finished":
        jobs.finish(session, job_id=first.id, at=NOW)
    elif ending == "failed":
        jobs.fail(session, job_id=first.id, message="no", at=NOW)
    later = NOW + (jobs.STALE_AFTER if ending == "stale" else MINUTE)
    assert ask(session, at=later).id != first.id


def test_only_one_worker_starts_a_job(session: Session) -> None:
    job = ask(session)
    assert jobs.start(session, job_id=job.id, at=NOW) is not None
    assert jobs.start(session, job_id=job.id, at=NOW) is None
    assert jobs.start(session, job_id=job.id + 1, at=NOW) is None


def test_the_state_follows_from_the_moments(session: Session) -> None:
    job = ask(session)
    states = [jobs.state_of(job)]
    jobs.start(session, job_id=job.id, at=NOW)
    session.refresh(job)
    states.append(jobs.state_of(job))
    jobs.finish(session, job_id=job.id, at=NOW)
    session.refresh(job)
    states.append(jobs.state_of(job))
    assert states == ["asked", "started", "finished"]
    assert job.progress == 1


def test_an_ended_job_stays_as_it_ended(session: Session) -> None:
    job = ask(session)
    jobs.start(session, job_id=job.id, at=NOW)
    jobs.fail(session, job_id=job.id, message="no", at=NOW)
    jobs.finish(session, job_id=job.id, at=NOW)
    session.refresh(job)
    assert jobs.state_of(job) == "failed"
    assert job.finished_at is None


def test_another_organisation_does_not_find_a_job(session: Session) -> None:
    job = ask(session)
    assert job.result_path
    assert jobs.find_job(session, organisation_id=job.organisation_id, name=job.result_path) is job
    assert jobs.find_job(session, organisation_id=job.organisation_id + 1, name=job.result_path) is None


def test_a_message_is_json_and_holds_only_the_number(settings: Settings) -> None:
    send(settings, 42)
    queue = open_queue(settings)
    (data,) = [bytes(each) for each in queue.huey.storage.enqueued_items()]
    content = json.loads(data)["content"]
    assert (content["name"], content["args"], content["kwargs"]) == ("engage.queue.broker.carry_out", [42], {})


def test_a_message_survives_its_journey() -> None:
    message = Message("1", "name", None, 0, 0, None, (42,), {}, None, None, None, None)
    messages = JsonMessages()
    assert messages.deserialize(messages.serialize(message)) == message


def test_a_pickled_message_is_not_read() -> None:
    pickled_none = b"\x80\x04N."
    with pytest.raises(ValueError):
        JsonMessages().deserialize(pickled_none)


def test_a_queue_that_cannot_be_reached_loses_nothing(settings: Settings, database: Database) -> None:
    unreachable = dataclasses.replace(settings, queue_url="redis://127.0.0.1:1/0")
    with database.writing() as session:
        job_id = ask(session).id
    send(unreachable, job_id)
    with database.reading() as session:
        assert jobs.waiting(session, asked_before=NOW + MINUTE) == (job_id,)


def test_a_lost_job_is_sent_again(settings: Settings, database: Database) -> None:
    with database.writing() as session:
        ask(session, at=datetime.datetime.now(datetime.UTC) - 10 * MINUTE)
        ask(session, at=datetime.datetime.now(datetime.UTC), survey="asked just now")
    housekeeping.sweep(settings)
    assert open_queue(settings).huey.pending_count() == 1


def test_an_interrupted_job_says_so(settings: Settings, database: Database) -> None:
    with database.writing() as session:
        job_id = ask(session, at=datetime.datetime.now(datetime.UTC)).id
        jobs.start(session, job_id=job_id, at=datetime.datetime.now(datetime.UTC))
    housekeeping.sweep(settings)
    assert state(database, job_id) == "started"
    housekeeping.sweep(settings, alone=True)
    assert state(database, job_id) == "failed"


def test_work_that_fails_tells_whoever_asked(
    settings: Settings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with database.writing() as session:
        job_id = ask(session, kind="printing", survey="none", codes=["none"]).id
    work.carry_out_job(settings, job_id)
    with database.reading() as session:
        job = session.get_one(tables.Job, job_id)
        assert job.failed_at
        assert job.message
    assert "none" not in capsys.readouterr().err


def test_an_unknown_kind_of_job_fails_and_the_worker_lives(settings: Settings, database: Database) -> None:
    with database.writing() as session:
        job_id = ask(session, kind="juggling").id
    work.carry_out_job(settings, job_id)
    assert state(database, job_id) == "failed"


def test_a_job_is_done_once_however_often_its_message_comes(settings: Settings, database: Database) -> None:
    with database.writing() as session:
        job_id = ask(session, kind="juggling").id
    for _ in range(3):
        work.carry_out_job(settings, job_id)
    with database.reading() as session:
        assert session.get_one(tables.Job, job_id).started_at


def test_files_have_known_names_and_stay_in_their_folder(settings: Settings, session: Session) -> None:
    job = ask(session)
    result_files.write(settings, job, "results.json", b"{}")
    assert result_files.names(settings, job) == ("results.json",)
    for name in ("../secret-key", "results.xlsx", ".results.json", "", "results.json/..", "/etc/passwd"):
        assert result_files.path_of(settings, job, name) is None
    with pytest.raises(ValueError, match="no title"):
        result_files.write(settings, job, "../results.json", b"")
    result_files.delete(settings, job)
    assert result_files.names(settings, job) == ()


def test_old_files_are_deleted_and_newer_ones_kept(settings: Settings, database: Database) -> None:
    now = datetime.datetime.now(datetime.UTC)
    made: dict[str, Path] = {}
    with database.writing() as session:
        for name, kind, days in (("old poster", "printing", 8), ("poster", "printing", 6), ("report", "report", 300)):
            job = ask(session, kind=kind, at=now - datetime.timedelta(days=days), survey=name)
            result_files.write(settings, job, "prints.zip", b"PK")
            made[name] = result_files.path_of(settings, job, "prints.zip") or Path()
    housekeeping.purge(settings)
    assert {name: path.exists() for name, path in made.items()} == {"old poster": False, "poster": True, "report": True}


def test_the_night_rewrites_what_is_stored(settings: Settings) -> None:
    housekeeping.nightly(settings)


def state(database: Database, job_id: int) -> str:
    with database.reading() as session:
        return jobs.state_of(session.get_one(tables.Job, job_id))


def test_web_processes_never_import_reporting() -> None:
    loading = (
        "import importlib, sys, engage.application as application\n"
        "for name in application.BLUEPRINTS: importlib.import_module(name)\n"
        "print([name for name in ('reports', 'pandas', 'numpy', 'weasyprint') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", loading], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
