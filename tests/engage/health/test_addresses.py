"""What monitoring is told, and what it is not told."""

from pathlib import Path

import pytest
from flask import Flask

from engage import migrations
from engage.application import create_application
from engage.settings import Settings, load_settings
from engage.unit_of_work import Database
from tests.factories import a_collector, a_response


def test_a_ready_process_says_so(application: Flask) -> None:
    client = application.test_client()
    assert client.get("/health/live").json == {"status": "alive"}
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json) == (200, {"status": "ready"})


def test_an_old_database_is_not_ready_until_it_is_upgraded(fresh_url: str, tmp_path: Path) -> None:
    settings = load_settings(
        {
            "ENGAGE_INSTANCE": str(tmp_path / "instance"),
            "ENGAGE_DATABASE_URL": fresh_url,
            "ENGAGE_DRAFTS_URL": fresh_url,
        }
    )
    application = create_application(settings)
    client = application.test_client()
    assert client.get("/health/live").status_code == 200
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert "engage db upgrade" in answer.json["problem"]
    migrations.upgrade(settings.database_url, settings.drafts_url)
    assert client.get("/health/ready").status_code == 200
    application.extensions["engage"].database.close()


def test_a_database_out_of_reach_is_not_ready_and_the_process_lives(tmp_path: Path) -> None:
    nowhere = "postgresql://engage:pa55word@127.0.0.1:1/engage"
    settings = load_settings({"ENGAGE_INSTANCE": str(tmp_path / "instance"), "ENGAGE_DATABASE_URL": nowhere})
    client = create_application(settings).test_client()
    assert client.get("/health/live").status_code == 200
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert "pa55word" not in answer.text
    assert "engage_database_up 0.0" in client.get("/metrics").text


def test_metrics_are_gauges_without_surveys_people_or_answers(application: Flask, database: Database) -> None:
    client = application.test_client()
    before = numbers(client.get("/metrics").text)
    with database.writing() as session:
        collector = a_collector(session)
        a_response(session, collector)
    page = client.get("/metrics").text
    for name in ("engage_info", "engage_database_up 1.0", "engage_disk_free_bytes", 'engage_jobs{state="asked"} 0.0'):
        assert name in page
    for name in ("small-survey", collector.code, "Waiting room"):
        assert name not in page
    # Whoever could watch a number rise with an answer would know when somebody pressed Send.
    assert numbers(page) == before


def numbers(page: str) -> dict[str, str]:
    """Our own figures, apart from the room on the disk, which anything changes."""
    lines = [line.rsplit(" ", 1) for line in page.splitlines() if line.startswith("engage_")]
    return {name: value for name, value in lines if "disk" not in name}


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics"])
def test_monitoring_needs_no_cookie_and_sets_none(application: Flask, settings: Settings, path: str) -> None:
    answer = application.test_client().get(path)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
