"""A running application over a real database, and staff to use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from engage import request_log
from engage.application import create_application, put_to_work
from engage.respond.arriving import open_reception
from engage.settings import Settings, load_settings
from engage.unit_of_work import Database
from tests.engage.staff_browser import StaffBrowser
from tests.factories import an_account

SignedInAs = Callable[..., StaffBrowser]


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    return load_settings(
        {
            "ENGAGE_INSTANCE": str(tmp_path / "instance"),
            "ENGAGE_DATABASE_URL": database.url,
            "ENGAGE_DRAFTS_URL": database.drafts_url,
            "ENGAGE_BASE_URL": "http://localhost",
        }
    )


_made: dict[tuple[object, ...], Flask] = {}


@pytest.fixture
def application(settings: Settings) -> Iterator[Flask]:
    """The application at work for these settings. It is made once: its addresses alone take a tenth of a second."""
    built_in = (settings.secure, settings.allowed_hosts, settings.trusted_proxies, settings.log_level)
    application = _made.get(built_in)
    if application is None:
        application = _made[built_in] = create_application(settings)
    else:
        put_to_work(application, settings)
        # Other tests may have had the log say less.
        request_log.set_up(settings.log_level)
        open_reception(application, settings, application.extensions["engage"].database)
    yield application
    application.extensions["engage"].database.close()


@pytest.fixture
def staff_browser(application: Flask) -> StaffBrowser:
    return StaffBrowser(application)


@pytest.fixture
def signed_in_as(application: Flask, database: Database) -> SignedInAs:
    """A browser in which somebody with this role has signed in; the account is made the first time."""
    known: set[str] = set()

    def sign_in(role: str, *, network: str = "192.0.2.10") -> StaffBrowser:
        if role not in known:
            with database.writing() as session:
                an_account(session, role)
            known.add(role)
        browser = StaffBrowser(application, network=network)
        assert browser.sign_in(f"{role}@example.org").status_code == 303
        return browser

    return sign_in
