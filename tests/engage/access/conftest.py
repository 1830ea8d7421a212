"""One full organisation for all tests of a module that try every address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engage.application import create_application
from engage.settings import load_settings
from engage.unit_of_work import Database
from tests.engage.access.every_address import World, fill


@pytest.fixture(scope="module")
def world(empty_sqlite_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    settings = load_settings(
        {
            "ENGAGE_INSTANCE": str(tmp_path_factory.mktemp("instance")),
            "ENGAGE_DATABASE_URL": empty_sqlite_database.url,
            "ENGAGE_DRAFTS_URL": empty_sqlite_database.drafts_url,
            "ENGAGE_BASE_URL": "http://localhost",
            "ENGAGE_LOG_LEVEL": "error",
        }
    )
    parts = fill(empty_sqlite_database, settings)
    application = create_application(settings)
    yield World(application, empty_sqlite_database, parts)
    application.extensions["engage"].database.close()
