"""Answering only under the names that the installation is known by, before anything else looks at the request.

Links are made from ENGAGE_BASE_URL and never from the name that a request asks for; this refuses the others as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_REFUSAL = b"This server is not known by the name in the address.\n"


class AllowedHosts:
    """A WSGI application that refuses requests for other hosts than ``hosts``; where there are none, it takes all."""

    def __init__(self, application: WSGIApplication, hosts: Iterable[str]) -> None:
        self._application = application
        self._hosts = frozenset(host.lower().strip("[]") for host in hosts)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not self._hosts or _host(environ) in self._hosts:
            return self._application(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "text/plain"), ("Content-Length", str(len(_REFUSAL)))])
        return [_REFUSAL]


def _host(environ: WSGIEnvironment) -> str:
    """The name that is asked for, without its port and without the brackets of an IPv6 address."""
    asked: str = environ.get("HTTP_HOST", "").lower()
    name, colon, port = asked.rpartition(":")
    return (name if colon and port.isdigit() and not name.endswith(":") else asked).strip("[]")
