"""A member of staff at the pages of Engage: signs in, follows forms with their tokens."""

from __future__ import annotations

import re
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import PASSWORD

TOKEN = re.compile(r'name="csrf_token" type="hidden" value="([^"]*)"')


class StaffBrowser:
    """One browser; ``network`` is the address that its requests come from."""

    def __init__(self, application: Flask, *, network: str = "192.0.2.10") -> None:
        self.client: FlaskClient = application.test_client()
        self.environment = {"REMOTE_ADDR": network}

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, environ_base=self.environment, buffered=True)

    def post(self, path: str, fields: dict[str, str] | None = None, *, form_at: str | None = None) -> TestResponse:
        """Send ``fields`` with the token of the form at ``form_at`` (the same path unless given)."""
        token = self.token(form_at or path)
        return self.client.post(path, data={"csrf_token": token, **(fields or {})}, environ_base=self.environment)

    def token(self, path: str) -> str:
        found = TOKEN.search(self.get(path).text)
        return unescape(found[1]) if found else ""

    def sign_in(self, email: str, password: str = PASSWORD, *, wanted: str = "") -> TestResponse:
        path = "/staff/sign-in" + (f"?next={wanted}" if wanted else "")
        return self.post(path, {"email": email, "password": password})

    def sign_out(self) -> TestResponse:
        return self.post("/staff/sign-out", form_at="/staff/")

    def is_signed_in(self) -> bool:
        return self.get("/staff/").status_code == 200

    @property
    def session_cookie(self) -> str | None:
        cookie = self.client.get_cookie("engage-staff")
        return cookie.value if cookie else None
