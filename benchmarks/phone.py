"""A phone's share of HTTP, and how much processor time a server takes to answer it."""

from __future__ import annotations

import gzip
import http.client
import time
from pathlib import Path
from urllib.parse import urlsplit

from tests.engage.respond.forms import Follower

IDLE_SECONDS = 2
"""After which a phone opens its connection anew, since the server may have closed it."""


class Phone:
    """One connection that stays open, its own cookies, and gzip.

    ``beside``: each of this phone's requests is followed by one for the constant page, on that phone. Both servers then
    answer at the same pace, neither from warmer caches than the other.
    """

    def __init__(self, address: str, beside: Phone | None = None) -> None:
        self._beside = beside
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        self._used = time.monotonic()
        self.cookies: dict[str, str] = {}
        self.received: list[int] = []
        self.follower = Follower(self._fetch)

    def request(self, method: str, path: str, body: str | None = None) -> tuple[int, str | None, bytes]:
        """(status, where it redirects to, body as it came over the wire)."""
        headers = {"Accept-Encoding": "gzip"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if time.monotonic() - self._used > IDLE_SECONDS:
            self._connection.close()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        self._used = time.monotonic()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
            if "Max-Age=0" in cookie:
                del self.cookies[name]
        self.received.append(len(content))
        if self._beside is not None:
            self._beside.request("GET", "/")
        return response.status, response.headers.get("Location"), content

    def close(self) -> None:
        self._connection.close()

    def _fetch(self, method: str, address: str, body: str | None) -> tuple[int, str | None, str]:
        parts = urlsplit(address)
        status, location, content = self.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), body)
        text = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        return status, location if status == 303 else None, text.decode()


def processor_seconds(process: int) -> float:
    """User and system time that a process and its children have taken so far, from the kernel's own account."""
    nanoseconds = 0
    for task in Path(f"/proc/{process}/task").iterdir():
        nanoseconds += int((task / "schedstat").read_text().split()[0])
        for child in (task / "children").read_text().split():
            nanoseconds += int(processor_seconds(int(child)) * 1e9)
    return nanoseconds / 1e9
