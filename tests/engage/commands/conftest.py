"""Installations for the command line, on every kind of database."""

from __future__ import annotations

from pathlib import Path

import pytest

from engage.unit_of_work import Database
from tests.engage.commands.running import Installation


@pytest.fixture
def installation(database: Database, tmp_path: Path) -> Installation:
    """With an empty database that is up to date."""
    instance = tmp_path / "instance"
    instance.mkdir(mode=0o700)
    return Installation(instance, {"ENGAGE_DATABASE_URL": database.url, "ENGAGE_DRAFTS_URL": database.drafts_url})
