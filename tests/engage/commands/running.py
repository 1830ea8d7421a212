"""The real command line and real server processes, as somebody who installed Engage meets them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

DEADLINE = 60.0


@dataclass(frozen=True)
class Installation:
    """An instance folder with its variables."""

    instance: Path
    variables: Mapping[str, str]

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ENGAGE_")}
        return {**kept, "ENGAGE_INSTANCE": str(self.instance), **self.variables}

    def run(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """``engage ARGUMENTS`` with ``typed`` on standard input."""
        return subprocess.run(
            [sys.executable, "-m", "engage", *arguments],
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=DEADLINE,
            check=False,
        )

    @contextmanager
    def running(self, *arguments: str) -> Iterator[Running]:
        """``engage ARGUMENTS`` in the background, ended afterwards; its output is in ``log``."""
        log = self.instance / f"{arguments[0]}.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "engage", *arguments],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        running = Running(process, log)
        try:
            yield running
        finally:
            running.end()


@dataclass(frozen=True)
class Running:
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8")

    def end(self) -> int:
        """Ask the process to stop and wait for it."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_until(happened: object, what: str) -> None:
    """Wait until the callable says yes; AssertionError after a minute."""
    assert callable(happened)
    until = time.monotonic() + DEADLINE
    while time.monotonic() < until:
        if happened():
            return
        time.sleep(0.1)
    raise AssertionError(f"{what} did not happen within {DEADLINE:.0f} seconds")


def answers(address: str) -> bool:
    """Whether the address answers with 200."""
    try:
        with urllib.request.urlopen(address, timeout=5) as reply:  # noqa: S310 An address of this test's own server.
            return bool(reply.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False


def children_of(pid: int) -> dict[int, str]:
    """The process's children with their command lines."""
    found: dict[int, str] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
                if int(fields[1]) == pid and fields[0] != "Z":
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (OSError, IndexError):
                continue
    return found
