"""Somebody's phone with an authenticator app, and accounts that need its codes."""

from __future__ import annotations

import datetime
import re

import pyotp

from engage.access.accounts import account_named
from engage.access.second_factors import new_secret, sealed_secret, switch_on
from engage.settings import Settings
from engage.unit_of_work import Database
from tests.engage.staff_browser import StaffBrowser


def code_of(secret: str, *, at: datetime.datetime | None = None, steps: int = 0) -> str:
    """The code that the app shows ``steps`` half minutes from ``at`` on, which is now unless given."""
    moment = at or datetime.datetime.now(datetime.UTC)
    return pyotp.TOTP(secret).at(moment, counter_offset=steps)


def with_second_factor(database: Database, settings: Settings, email: str) -> tuple[str, tuple[str, ...]]:
    """Switch the account's second factor on; its secret and its recovery codes."""
    secret = new_secret()
    with database.writing() as session:
        account = account_named(session, email=email)
        sealed = sealed_secret(settings, account_id=account.id, secret=secret)
        codes = switch_on(
            session, account=account, sealed=sealed, step=0, at=datetime.datetime.now(datetime.UTC), by=""
        )
    return secret, codes


def give_code(browser: StaffBrowser, code: str) -> int:
    """Send the code as the second page of signing in asks for it; the status of the answer."""
    return browser.post("/staff/second-factor", {"code": code}).status_code


def shown_key(page: str) -> str:
    """The key that a set-up page shows for typing."""
    found = re.search(r'class="engage-key">([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")
