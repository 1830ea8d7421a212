"""The production web server in a process of its own, for browsers and for measuring. ``python -m`` runs one."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class LiveServer:
    """``process`` is the server's first process; its children answer the requests."""

    address: str
    process: int


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def live_server(
    environment: Mapping[str, str],
    *,
    port: int | None = None,
    module: str = "tests.end_to_end.live_server",
    arguments: Sequence[str] = (),
) -> Iterator[LiveServer]:
    """A server of the installation that ``environment`` describes, by its ENGAGE variables, until the block ends.

    ``module`` is what serves: run with ``arguments`` and the port, it answers there until it is ended.
    """
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ENGAGE_")}
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments, str(port)],
        env={**inherited, "ENGAGE_BASE_URL": address, **environment},
        start_new_session=True,
    )
    try:
        _wait(f"{address}/health/live", process)
        yield LiveServer(address, process.pid)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"the server ended with exit code {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 The address is our own.
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"the server did not answer within {START_SECONDS} seconds")


def _serve(port: int) -> None:
    from engage.serving import Server
    from engage.settings import load_settings

    Server(load_settings(), None, host="127.0.0.1", port=port, workers=1).run()


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
