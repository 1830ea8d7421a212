"""Server and worker as real processes, over HTTP, with either kind of queue."""

import http.cookiejar
import os
import re
import secrets
import signal
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.commands.running import Installation, Running, answers, children_of, free_port, wait_until
from tests.factories import PASSWORD, a_collector, a_response, an_account, some_answers

REDIS = os.environ.get("ENGAGE_TEST_REDIS_URL")
CANARY = "canary-7f3a my left knee"


@pytest.fixture(params=["embedded", "redis"] if REDIS else ["embedded"])
def served(request: pytest.FixtureRequest, installation: Installation, database: Database) -> Iterator["Served"]:
    with database.writing() as session:
        an_account(session, "officer")
        collector = a_collector(session)
        a_response(session, collector, some_answers(waiting__comment=CANARY))
        code = collector.code
    if request.param == "redis":
        installation = Installation(installation.instance, {**installation.variables, "ENGAGE_QUEUE_URL": str(REDIS)})
    with serving(installation, code, with_worker=request.param == "redis") as found:
        yield found


class Served:
    """A running server and one browser at it."""

    def __init__(self, address: str, server: Running, worker: Running | None, code: str) -> None:
        self.address, self.server, self.worker, self.code = address, server, worker, code
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.browser.addheaders = [("User-Agent", CANARY)]

    def page(self, path: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
        """(address after redirects, page)."""
        data = urllib.parse.urlencode(fields).encode() if fields else None
        with self.browser.open(urllib.parse.urljoin(self.address, path), data, timeout=60) as reply:
            return reply.geturl(), reply.read().decode("utf-8", "replace")

    def send(self, path: str, fields: dict[str, str]) -> tuple[str, str]:
        token = re.search(r'name="csrf_token" type="hidden" value="([^"]*)"', self.page(path)[1])
        assert token
        return self.page(path, {"csrf_token": token[1], **fields})

    def print_poster(self) -> str:
        """The finished page of a poster; asks until it is ready."""
        fields = {"kinds": "poster-a5", "languages": "en", "which": "all"}
        place, _ = self.send("/staff/surveys/small-survey/share/print", fields)
        wait_until(lambda: "The prints are ready" in self.page(place)[1], "the poster")
        return self.page(place)[1]


@contextmanager
def serving(installation: Installation, code: str, *, with_worker: bool) -> Iterator[Served]:
    port = free_port()
    with ExitStack() as stack:
        worker = stack.enter_context(installation.running("worker")) if with_worker else None
        server = stack.enter_context(installation.running("serve", "--port", str(port)))
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: answers(f"{address}/health/ready"), "serving")
        yield Served(address, server, worker, code)


def test_a_poster_goes_from_the_button_through_the_worker_to_the_download(served: Served, database: Database) -> None:
    assert served.send("/staff/sign-in", {"email": "officer@example.org", "password": PASSWORD})[0].endswith("/staff/")
    (link,) = re.findall(r'href="([^"]*\.pdf)"', served.print_poster())
    with served.browser.open(served.address + link, timeout=60) as reply:
        assert reply.read(5) == b"%PDF-"
    with database.reading() as session:
        job = session.scalars(select(tables.Job)).one()
    assert job.asked_at <= (job.started_at or job.asked_at) <= (job.finished_at or job.asked_at)


def test_no_log_line_holds_an_answer_or_an_address(served: Served) -> None:
    secret = f"typed-{secrets.token_hex(4)}"
    served.page(f"/{served.code}?{secret}")
    served.send("/staff/sign-in", {"email": "officer@example.org", "password": PASSWORD})
    words = urllib.parse.quote(CANARY)
    assert CANARY in served.page(f"/staff/surveys/small-survey/answers?words={words}")[1]
    assert served.server.end() == 0
    said = served.server.said + (served.worker.said if served.worker else "")
    assert '"path": "/staff/sign-in"' in said
    for private in (CANARY, "canary", secret, "officer@example.org", f'"/{served.code}', PASSWORD):
        assert private not in said
    assert not re.search(r"\d+\.\d+\.\d+\.\d+(?!:\d)", said)


def test_ending_the_server_ends_everything_it_started(served: Served) -> None:
    pid = served.server.process.pid
    started = children_of(pid)
    assert len(started) == (2 if served.worker else 3)
    assert served.server.end() == 0
    wait_until(lambda: not any(Path(f"/proc/{child}").exists() for child in started), "the end of every child")
    assert not answers(f"{served.address}/health/live")


def test_a_second_server_on_the_same_port_says_so_and_ends(served: Served, installation: Installation) -> None:
    done = installation.run("serve", "--port", served.address.rsplit(":", 1)[1])
    assert done.returncode == 1
    assert "already used" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_worker_that_dies_is_replaced_and_ends_with_a_killed_server(
    installation: Installation, database: Database
) -> None:
    with database.writing() as session:
        an_account(session, "officer")
        code = a_collector(session).code
    with serving(installation, code, with_worker=False) as served:
        pid = served.server.process.pid
        served.send("/staff/sign-in", {"email": "officer@example.org", "password": PASSWORD})
        wait_until(lambda: workers_of(pid), "the first worker")
        (first,) = workers_of(pid)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: workers_of(pid) and workers_of(pid) != [first], "a new worker")
        served.print_poster()
        (second,) = workers_of(pid)
        served.server.process.kill()
        wait_until(lambda: not Path(f"/proc/{second}").exists(), "the end of the worker")


def workers_of(pid: int) -> list[int]:
    """The workers, which are children of the process that watches over them."""
    watching = [child for child, line in children_of(pid).items() if " --watch" in line]
    return [worker for watcher in watching for worker, line in children_of(watcher).items() if " worker " in line]
