import datetime
import os
import re
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from engage.access.accounts import find_account
from engage.commands import engage
from engage.demonstration import EMAIL, DemonstrationRefused, ensure_account, set_up, shipped_survey
from engage.unit_of_work import Database
from surveys.library import library_files
from surveys.publishing import current_version, find_survey, load_version, publish, survey_status
from surveys.questionnaire_file import read_questionnaire
from surveys.storage import tables
from tests.factories import NOW, TODAY, a_survey

ZONE = "Europe/London"


def demonstrate(database: Database) -> tuple[str, tuple[str, ...], bool]:
    with database.writing() as session:
        done = set_up(session, at=NOW, today=TODAY, time_zone=ZONE)
    return done.slug, done.codes, done.created


def test_it_fills_the_shipped_survey_with_enough_patients_and_staff(database: Database) -> None:
    slug, codes, created = demonstrate(database)
    assert created
    assert len(codes) == 3
    response, collector = tables.Response, tables.Collector
    with database.reading() as session:
        counted = select(collector.audience_id, func.count()).join(response, response.collector_id == collector.id)
        by_audience = {row[0]: row[1] for row in session.execute(counted.group_by(collector.audience_id))}
        places = session.scalars(select(collector.place).where(collector.audience_id == "patients")).all()
        days = session.scalars(select(response.submitted_on)).all()
        modes = set(session.scalars(select(response.mode)))
        about = session.scalar(select(func.count()).select_from(tables.EqualityAnswer))
        comments = session.scalar(select(func.count()).select_from(tables.Comment))
        survey = find_survey(session, slug=slug)
        assert load_version(session, current_version(session, survey=survey).id).demonstration
        assert survey_status(survey, NOW) == "open"
    assert by_audience["patients"] >= 300
    assert by_audience["staff"] >= 60
    assert len(set(places)) == 2
    assert TODAY - datetime.timedelta(days=21) <= min(days) < max(days) < TODAY
    assert modes == {"demonstration"}
    assert about is not None
    assert 0.35 < about / sum(by_audience.values()) < 0.65
    assert comments is not None
    assert comments > 200


def test_a_second_time_changes_nothing(database: Database) -> None:
    first = demonstrate(database)
    with database.reading() as session:
        before = session.scalar(select(func.count()).select_from(tables.Response))
    assert demonstrate(database) == (first[0], first[1], False)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(tables.Response)) == before
        assert session.scalar(select(func.count()).select_from(tables.Collector)) == 3


def test_the_staff_account_is_made_once_with_a_password_nobody_could_guess(database: Database) -> None:
    with database.writing() as session:
        password = ensure_account(session, at=NOW)
    assert password is not None
    assert len(password) >= 20
    with database.writing() as session:
        assert ensure_account(session, at=NOW) is None
        account = find_account(session, email=EMAIL)
        assert account is not None
        assert password not in account.password_hash


def test_a_real_survey_of_the_same_name_is_left_alone(database: Database) -> None:
    real = read_questionnaire(library_files()["cancer-strategy-themes"].read_bytes())
    with database.writing() as session:
        a_survey(session, real)
    with database.writing() as session, pytest.raises(DemonstrationRefused, match="ENGAGE_INSTANCE"):
        set_up(session, at=NOW, today=TODAY, time_zone=ZONE)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(tables.Response)) == 0


def test_the_survey_closes_in_the_future_whenever_it_is_tried() -> None:
    later = datetime.date(2031, 5, 6)
    questionnaire, closes = shipped_survey(today=later)
    assert closes == datetime.date(2031, 6, 3)
    assert questionnaire.about.closing is not None
    assert questionnaire.about.closing.in_language("en") == "3 June 2031"


def test_the_demonstration_can_be_published_again_after_a_change_of_day(database: Database) -> None:
    demonstrate(database)
    with database.writing() as session:
        questionnaire, _ = shipped_survey(today=TODAY)
        organisation = session.scalars(select(tables.Organisation)).one()
        again = publish(session, organisation=organisation, questionnaire=questionnaire, at=NOW, by="a@example.org")
        assert not again.created


def test_the_command_makes_the_documents_and_says_where_everything_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path))
    monkeypatch.delenv("ENGAGE_BASE_URL", raising=False)
    monkeypatch.delenv("ENGAGE_DATABASE_URL", raising=False)
    first = _demo("--host", "0.0.0.0", "--port", "8391")  # noqa: S104 Nothing is served here.
    assert first.exit_code == 0, first.output
    made = {name: (tmp_path / "demo" / name) for name in ("poster.pdf", "board-report.pdf", "workshop-pack.pdf")}
    for path in made.values():
        assert str(path) in first.stdout
        assert path.read_bytes().startswith(b"%PDF")
    address = re.search(r"Answer it at +(http://[0-9.]+:8391/[2-9CFGHJMPQRVWX]{6})\n", first.stdout)
    assert address is not None
    assert "//0.0.0.0" not in first.stdout
    assert "▀" in first.stdout
    report = made["board-report.pdf"].read_bytes()

    second = _demo("--host", "127.0.0.1", "--port", "8392")
    assert second.exit_code == 0
    assert f"http://127.0.0.1:8392/{address[1][-6:]}" in second.stdout
    assert _password(second.stdout) == _password(first.stdout)
    assert made["board-report.pdf"].read_bytes() == report


def test_a_port_that_is_taken_is_said_before_anything_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = CliRunner().invoke(engage, ["demo", "--port", str(port)])
    assert done.exit_code == 1
    assert f"make demo PORT={port + 1}" in done.stderr
    assert not (tmp_path / "engage.sqlite").exists()


def _demo(*arguments: str) -> Result:
    # The command tells its processes its address through the environment; each run here begins without it.
    os.environ.pop("ENGAGE_BASE_URL", None)
    try:
        return CliRunner().invoke(engage, ["demo", "--no-serve", *arguments])
    finally:
        os.environ.pop("ENGAGE_BASE_URL", None)


def _password(output: str) -> str:
    found = re.search(r"Password +(\S+)", output)
    assert found is not None
    return found[1]
