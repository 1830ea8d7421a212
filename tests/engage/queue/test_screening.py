"""A worker screens what came in, and everything again when it is asked to; it can be watched and stopped."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from engage import clock
from engage.queue import jobs, screening
from engage.queue.screening import screen_outdated, screen_waiting
from engage.queue.work import JobRefused, carry_out_job
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.comments import screening as rules
from surveys.masking import find_masks
from surveys.storage import tables
from tests.commented import a_commented_survey
from tests.engage.conftest import SignedInAs
from tests.factories import a_response, some_answers

HUB = "/staff/surveys/small-survey/comments"


@pytest.fixture
def waiting(database: Database) -> int:
    """So many comments that nobody has screened."""
    with database.writing() as session:
        at = a_commented_survey(session)
        for number in range(7):
            a_response(session, at.collector, some_answers(waiting__comment=f"Signs {number}"))
    return 7


def levels(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(tables.ScreenedComment.level)))


def make_outdated(database: Database) -> None:
    with database.writing() as session:
        session.execute(update(tables.ScreenedComment).values(rules="earlier", level="harm"))


def test_what_came_in_is_screened_and_then_what_earlier_rules_saw(database: Database, waiting: int) -> None:
    assert screen_waiting(database) == waiting
    assert screen_waiting(database) == 0
    assert screen_outdated(database) == 0
    make_outdated(database)
    assert screen_outdated(database) == waiting
    assert levels(database) == ["rest"] * waiting


def test_a_run_that_takes_long_ends_and_the_next_one_goes_on(
    database: Database, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screening, "AT_ONCE", 3)
    assert screen_waiting(database, seconds=0) == 3
    assert screen_waiting(database, seconds=0) == 3
    assert screen_waiting(database) == 1
    assert len(levels(database)) == waiting


def test_a_fault_in_one_comment_is_logged_without_its_words(
    database: Database, waiting: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    find = find_masks

    def failing(text: str, *own: object) -> object:
        if text == "Signs 3":
            raise ValueError(text)
        return find(text, *own)  # type: ignore[arg-type]  # What screening gives.

    monkeypatch.setattr(rules, "find_masks", failing)
    assert screen_waiting(database) == waiting - 1
    logged = capfd.readouterr()
    assert "ValueError" in logged.out + logged.err
    assert "Signs" not in logged.out + logged.err


def test_screening_again_is_asked_for_on_the_hub_watched_and_done(
    database: Database, waiting: int, signed_in_as: SignedInAs, settings: Settings
) -> None:
    screen_waiting(database)
    officer = signed_in_as("officer")
    assert "Screened under earlier rules" not in officer.get(HUB).text
    make_outdated(database)
    assert "7 comments were masked and sorted before the rules" in officer.get(HUB).text
    at = officer.post(f"{HUB}/screening", form_at=HUB).headers["Location"]
    assert "0% of the comments are screened" in officer.get(at).text
    with database.reading() as session:
        job_id = session.scalars(select(tables.Job.id)).one()
    carry_out_job(settings, job_id)
    assert "The comments are screened" in officer.get(at).text
    assert levels(database) == ["rest"] * waiting


def test_screening_can_be_stopped_and_keeps_what_it_has(
    database: Database, waiting: int, signed_in_as: SignedInAs, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen_waiting(database)
    make_outdated(database)
    officer = signed_in_as("officer")
    at = officer.post(f"{HUB}/screening", form_at=HUB).headers["Location"]
    with database.writing() as session:
        job = session.scalars(select(tables.Job)).one()
        jobs.start(session, job_id=job.id, at=clock.now())
        session.flush()
        session.expunge(job)
    assert officer.post(f"{at}/stop", form_at=at).status_code == 303
    assert "The work was stopped" in officer.get(at).text
    monkeypatch.setattr(screening, "AT_ONCE", 3)
    with pytest.raises(JobRefused, match="stopped"):
        screening.screen_survey(settings, database, job)
    assert sorted(levels(database)) == ["harm"] * 4 + ["rest"] * 3
