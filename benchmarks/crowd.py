"""A full lecture hall presses Send: 500 people at once, on SQLite, under the production server as it is shipped."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.phone import Phone
from benchmarks.respondent import Figure, filled_in, publish_shipped
from tests.end_to_end.live_server import LiveServer, live_server

PEOPLE = 500
COMMITS = 500


def figures() -> list[Figure]:
    """(what is measured, what was found, what to reach); None where the figure only stands beside the others."""
    with tempfile.TemporaryDirectory() as folder:
        code = publish_shipped(folder)
        with live_server({"ENGAGE_INSTANCE": folder}, module="benchmarks.crowd") as server:
            refused, seconds = _send_at_once(server, code)
        stored = _stored(Path(folder) / "engage.sqlite")
        commits = _commits_per_second(Path(folder) / "commits.sqlite")
    ordered = sorted(seconds)
    return [
        (f"{PEOPLE} people send at once: refused", float(refused), 0.0),
        (f"{PEOPLE} people send at once: stored more or less than once", float(abs(stored - PEOPLE)), 0.0),
        (f"{PEOPLE} people send at once: 95 of 100 wait less than, in seconds", ordered[int(0.95 * PEOPLE) - 1], 3.0),
        (f"{PEOPLE} people send at once: the slowest, in seconds", ordered[-1], 15.0),
        ("durable commits per second of one SQLite connection on this disk", commits, None),
    ]


def _send_at_once(server: LiveServer, code: str) -> tuple[int, list[float]]:
    """(how many were not thanked, how long each waited in seconds), from when everybody had their form filled in."""
    barrier = threading.Barrier(PEOPLE)
    with ThreadPoolExecutor(8) as fetching:
        forms = list(fetching.map(lambda _: _filled_form(server, code), range(PEOPLE)))

    def send(form: tuple[str, str]) -> tuple[bool, float]:
        phone = Phone(server.address)
        barrier.wait()
        begun = time.monotonic()
        status, _, _ = phone.request("POST", *form)
        waited = time.monotonic() - begun
        phone.close()
        return status == 303, waited

    with ThreadPoolExecutor(PEOPLE) as crowd:
        sent = list(crowd.map(send, forms))
    return sum(not thanked for thanked, _ in sent), [waited for _, waited in sent]


def _filled_form(server: LiveServer, code: str) -> tuple[str, str]:
    """(where to send it, what to send) of the survey on one page."""
    phone = Phone(server.address)
    page = phone.follower.get(f"/{code}/all")
    phone.close()
    return page.address, filled_in(page)


def _stored(database: Path) -> int:
    with sqlite3.connect(database) as connection:
        return int(connection.execute("SELECT count(*) FROM response").fetchone()[0])


def _commits_per_second(path: Path) -> float:
    """What the disk allows: one small row and one sync for each commit."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE row (number INTEGER)")
    begun = time.monotonic()
    for number in range(COMMITS):
        connection.execute("INSERT INTO row VALUES (?)", (number,))
    seconds = time.monotonic() - begun
    connection.close()
    return COMMITS / seconds


def _serve(port: int) -> None:
    from engage.serving import Server
    from engage.settings import load_settings

    settings = load_settings()
    Server(settings, None, host="127.0.0.1", port=port, workers=settings.workers).run()


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
