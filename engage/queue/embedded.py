"""The worker that a server with an embedded queue brings with it: one child process, started again if it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import structlog

# A worker that cannot start must not be started in a tight circle.
SHORTEST_LIFE = 10.0
PAUSE = 5.0
TIME_TO_STOP = 20.0


class EmbeddedWorker:
    """Keeps one ``engage worker`` running from ``start`` to ``stop``, and no longer than this process lives."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep_running, name="embedded-worker", daemon=True)
        # The child watches the reading end: it closes when this process ends, however suddenly.
        self._lifeline, self._held = os.pipe()

    def start(self) -> None:
        """Start the worker and watch over it."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the worker to finish what it is doing, then end it."""
        self._stopping.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(TIME_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()
        self._thread.join(TIME_TO_STOP)

    def _keep_running(self) -> None:
        while not self._stopping.is_set():
            began = time.monotonic()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "engage", "worker", "--lifeline", str(self._lifeline)],
                pass_fds=[self._lifeline],
                stdin=subprocess.DEVNULL,
                # Signals of a terminal go to the server alone, which then stops its worker in good order.
                start_new_session=True,
            )
            self._process.wait()
            if not self._stopping.is_set():
                structlog.get_logger().error("worker ended", status=self._process.returncode)
                if time.monotonic() - began < SHORTEST_LIFE:
                    self._stopping.wait(PAUSE)
