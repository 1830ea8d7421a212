"""What the command line keeps of the figures that it gives out."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from engage.commands import engage
from engage.unit_of_work import Database
from surveys.publishing import find_survey
from surveys.storage import tables
from tests.factories import a_collector, a_survey
from tests.reports.test_disclosure import mixed
from tests.reports.test_results import store

SLUG = "small-survey"


@pytest.fixture
def installed(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Database:
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("ENGAGE_DATABASE_URL", database.url)
    monkeypatch.setenv("ENGAGE_DRAFTS_URL", database.drafts_url)
    with database.writing() as session:
        store(session, a_collector(session, a_survey(session)), mixed(40))
    return database


def kept(database: Database) -> int:
    with database.reading() as session:
        return len(session.scalars(select(tables.PublishedCounts)).all())


def test_counts_are_kept_once_and_a_few_more_answers_have_to_wait(installed: Database) -> None:
    for _ in range(2):
        assert CliRunner().invoke(engage, ["results", SLUG]).exit_code == 0
    assert kept(installed) == 1
    with installed.writing() as session:
        store(session, a_collector(session, find_survey(session, slug=SLUG)), mixed(3))
    done = CliRunner().invoke(engage, ["results", SLUG])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "fewer than 10 more people have answered" in done.stderr.lower()
    assert kept(installed) == 1


def test_a_crossed_table_is_kept_beside_the_single_fields(installed: Database) -> None:
    for by in ("place", "place,mode"):
        assert CliRunner().invoke(engage, ["results", SLUG, "--by", by]).exit_code == 0
    assert kept(installed) == 2
