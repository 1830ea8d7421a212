"""Sending a form with a file as a browser does, without the temporary files that the test client leaves open."""

from __future__ import annotations

from collections.abc import Mapping

from werkzeug.test import TestResponse

from tests.engage.staff_browser import StaffBrowser

BOUNDARY = "a-boundary-that-no-file-holds"


def send_file(
    browser: StaffBrowser, path: str, fields: Mapping[str, str], *, name: str, content: bytes, file: str
) -> TestResponse:
    """Send ``fields`` and a file called ``file`` in the field ``name``, with the token of the form at ``path``."""
    parts = [_part(key, value.encode()) for key, value in {"csrf_token": browser.token(path), **fields}.items()]
    parts.append(_part(name, content, f'; filename="{file}"'))
    body = b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return browser.client.post(path, data=body, content_type=kind, environ_base=browser.environment)


def _part(name: str, content: bytes, more: str = "") -> bytes:
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + content + b"\r\n"
