"""One server with a few surveys, and one browser, for all tests that drive real pages."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engage import migrations
from engage.settings import load_settings
from engage.unit_of_work import Database
from surveys.audiences import ensure_shipped
from surveys.collectors import add_collector
from surveys.library import library_files
from surveys.organisations import ensure_root
from surveys.publishing import find_survey, publish
from surveys.questionnaire_file import read_questionnaire
from tests.browser import running_browser
from tests.end_to_end.live_server import live_server
from tests.end_to_end.staff_site import StaffSite, running_staff_site
from tests.end_to_end.staff_visits import Visit, visit_everything

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ARABIC = Path(__file__).resolve().parent.parent / "surveys" / "data" / "arabic.yaml"


@dataclass(frozen=True, slots=True)
class Site:
    """A running installation. ``themes``, ``every_kind``, ``arabic`` and ``closed`` are codes of its collectors."""

    address: str
    database: Database
    themes: str
    every_kind: str
    arabic: str
    closed: str

    def responses(self, code: str) -> int:
        """How many responses a collector has."""
        from sqlalchemy import func, select

        from surveys.storage import tables

        with self.database.reading() as session:
            query = (
                select(func.count())
                .select_from(tables.Response)
                .join(tables.Collector, tables.Collector.id == tables.Response.collector_id)
            )
            return session.scalar(query.where(tables.Collector.code == code)) or 0


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    environment = {"ENGAGE_INSTANCE": str(folder)}
    settings = load_settings(environment)
    migrations.upgrade(settings.database_url, settings.drafts_url)
    database = Database(settings.database_url, settings.drafts_url)
    files = library_files()
    codes = [
        _published(database, files["cancer-strategy-themes"]),
        _published(database, files["every-kind"]),
        _published(database, ARABIC),
        _published(database, files["cancer-strategy-themes"], slug="closed-survey", closes=datetime.date(2026, 1, 31)),
    ]
    with live_server(environment) as server:
        yield Site(server.address, database, *codes)
    database.close()


def _published(database: Database, path: Path, *, slug: str | None = None, closes: datetime.date | None = None) -> str:
    """The code of a collector of the questionnaire in the file."""
    import dataclasses

    questionnaire = read_questionnaire(path.read_bytes())
    if slug is not None:
        questionnaire = dataclasses.replace(questionnaire, slug=slug)
    now = datetime.datetime.now(datetime.UTC)
    with database.writing() as session:
        ensure_shipped(session)
        publish(
            session, organisation=ensure_root(session), questionnaire=questionnaire, at=now, by="a test", closes=closes
        )
        survey = find_survey(session, slug=questionnaire.slug)
        return add_collector(session, survey=survey, name="Waiting room", at=now, by="a test").code


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with running_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def staff_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffSite]:
    with running_staff_site(tmp_path_factory.mktemp("staff_site")) as site:
        yield site


@pytest.fixture(scope="session")
def staff_visits(browser: Browser, staff_site: StaffSite) -> list[Visit]:
    """What one visit to each staff page found; made once, before anything is sent."""
    return visit_everything(browser, staff_site)
