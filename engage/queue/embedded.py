"""The worker that a server with an embedded queue brings with it.

The server starts one small process before any other, which starts the worker and starts it again if it ends. The
server does not do that itself: it forks web processes, and a process forked while another one is being started would
hold that one's pipes.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from types import FrameType

import structlog

# A worker that cannot start must not be started in a tight circle.
SHORTEST_LIFE = 10.0
PAUSE = 5.0
TIME_TO_STOP = 20.0
LOOKED_AFTER_EVERY = 0.5


class EmbeddedWorker:
    """One watched worker from ``start`` to ``stop``, and no longer than this process lives."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        # Those who watch the reading end see it close when this process ends, however suddenly.
        self._lifeline, self._held = os.pipe()

    def start(self) -> None:
        """Start the process that watches over the worker. To be called before anything is forked."""
        # Signals of a terminal go to the server alone, which then stops its worker in good order.
        self._process = _start(self._lifeline, "--watch", new_session=True)

    def stop(self) -> None:
        """Let the worker finish what it is doing, then end it."""
        if self._process is not None:
            _stop(self._process, TIME_TO_STOP + PAUSE)


def watch(lifeline: int) -> None:
    """Keep one worker running until this process is asked to stop or the lifeline closes."""
    asked: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    def is_over(seconds: float) -> bool:
        return bool(asked) or bool(select.select([lifeline], [], [], seconds)[0])

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, note)
    while True:
        began = time.monotonic()
        process = _start(lifeline)
        while process.poll() is None:
            if is_over(LOOKED_AFTER_EVERY):
                _stop(process, TIME_TO_STOP)
                return
        structlog.get_logger().error("worker ended", status=process.returncode)
        if is_over(PAUSE if time.monotonic() - began < SHORTEST_LIFE else 0.0):
            return


def _start(lifeline: int, *options: str, new_session: bool = False) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "engage", "worker", "--lifeline", str(lifeline), *options],
        pass_fds=[lifeline],
        stdin=subprocess.DEVNULL,
        start_new_session=new_session,
    )


def _stop(process: subprocess.Popen[bytes], seconds: float) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
