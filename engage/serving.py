"""The web server of an installation: a few processes with a few threads each, and no access log.

SQLite answers many threads in few processes with steadier times than many processes, and every process holds its own
copy of the application. Requests of respondents are written down nowhere.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from engage.request_log import log_fault
from engage.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

    from engage.queue.embedded import EmbeddedWorker

# Longer than the longest wait for the database's write lock.
REQUEST_SECONDS = 60
GRACEFUL_SECONDS = 30
GARBAGE_THRESHOLD = 10_000
"""Objects made between two looks at the youngest: a request makes a few hundred, nearly all without cycles."""


class ServerLog(Logger):
    """The server's own messages without what a request brought: no address, no path, no message of an exception."""

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        error = sys.exc_info()[1]
        if error is not None:
            log_fault(error)

    def access(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: what is written about requests is decided in engage/request_log.py."""


class Server(BaseApplication):
    """Runs until it is told to stop; ``embedded`` is the worker to bring along, if any."""

    def __init__(
        self, settings: Settings, embedded: EmbeddedWorker | None, *, host: str, port: int, workers: int
    ) -> None:
        self._settings = settings
        self._embedded = embedded
        self._bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self._workers = workers
        super().__init__()

    def load_config(self) -> None:
        memory = Path("/dev/shm")  # noqa: S108 The kernel's memory file system: heartbeats must not wait for a disk.
        options: dict[str, Any] = {
            "bind": self._bind,
            "workers": self._workers,
            "worker_class": "gthread",
            "threads": self._settings.threads,
            "timeout": REQUEST_SECONDS,
            "graceful_timeout": GRACEFUL_SECONDS,
            "keepalive": 5,
            "loglevel": "debug" if self._settings.log_level == "debug" else "warning",
            "logger_class": ServerLog,
            "control_socket_disable": True,
            # Whoever is allowed to speak for a client is decided by ENGAGE_TRUSTED_PROXIES, in the application.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            "worker_tmp_dir": str(memory) if memory.is_dir() else None,
            "when_ready": self._ready,
            "post_worker_init": _settle,
            "on_exit": self._ended,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        from engage.application import create_application

        return create_application(self._settings)

    def _ready(self, _arbiter: Any) -> None:
        if self._embedded is not None:
            self._embedded.start()
        structlog.get_logger().info("serving", address=f"http://{self._bind}", processes=self._workers)

    def _ended(self, _arbiter: Any) -> None:
        if self._embedded is not None:
            self._embedded.stop()


def _settle(_worker: Any) -> None:
    """What was loaded at the start stays for good, so the garbage collector need not look through it every time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD)
