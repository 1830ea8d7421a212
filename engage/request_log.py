"""Structured logs that hold no answer, no address of a person and no path that a respondent visits.

Requests are logged for staff, programs and health checks only: an allow-list, so that a new public page is silent
until somebody decides otherwise. Faults are logged for every path by kind and place, without their message, because a
database's message quotes the values it was given.
"""

from __future__ import annotations

import logging
import sys
import time
import traceback
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LOGGED = ("/staff", "/api", "/health")
# What follows lets somebody in, so that it must not stand in a log.
SECRET_AFTER = "/staff/invitation/"  # noqa: S105 An address, which holds no password.


class StandardError:
    """Writes lines where standard error is just now. A log that cannot be written never stops somebody answering."""

    def __init__(self, *_names: object) -> None:
        """Loggers here have no names."""

    def msg(self, line: str) -> None:
        with suppress(OSError, ValueError):
            print(line, file=sys.stderr, flush=True)  # noqa: T201 This is what printing is for.

    debug = info = warning = warn = error = critical = fatal = exception = log = msg


def set_up(level: str) -> None:
    """One JSON object a line on standard error, from ``level`` upward."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=StandardError,
        cache_logger_on_first_use=False,
    )


def log_fault(error: BaseException) -> None:
    """Note that something failed: its kind and the lines it passed through, never its message."""
    frames = traceback.extract_tb(error.__traceback__)
    causes = [type(error).__name__]
    cause = error.__cause__ or error.__context__
    while cause is not None and len(causes) < 5:
        causes.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    structlog.get_logger().error(
        "fault", kinds=causes, at=[f"{Path(frame.filename).name}:{frame.name}:{frame.lineno}" for frame in frames[-8:]]
    )


class RequestLog:
    """A WSGI application that logs requests below the paths of ``LOGGED``, without their query."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(LOGGED):
            return self._application(environ, start_response)
        began = time.perf_counter()

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            structlog.get_logger().info(
                "request",
                method=environ.get("REQUEST_METHOD", ""),
                path=SECRET_AFTER + "…" if path.startswith(SECRET_AFTER) else path,
                status=int(status[:3]),
                milliseconds=round((time.perf_counter() - began) * 1000, 1),
            )
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        return self._application(environ, start)
