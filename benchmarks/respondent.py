"""What respondents cost the server and their phones: processor time in constant pages of bare Flask, and bytes.

Both servers run in processes of their own, under the same web server. Their processor time is read from the kernel, so
what the client does counts for nothing. Each request is followed by one for the constant page, so that a busy machine
slows both alike.
"""

from __future__ import annotations

import datetime
import gzip
import io
import random
import re
import statistics
import tempfile
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from PIL import Image

from benchmarks.phone import Phone, processor_seconds
from engage import migrations
from engage.settings import load_settings
from engage.studio.logos import prepared_logo
from engage.unit_of_work import Database
from surveys.audiences import ensure_shipped
from surveys.collectors import add_collector
from surveys.library import library_files
from surveys.organisations import ensure_root, set_face
from surveys.publishing import find_survey, publish
from surveys.questionnaire_file import read_questionnaire
from tests.end_to_end.live_server import LiveServer, live_server
from tests.engage.respond.forms import Page, fill_in

Figure = tuple[str, float, float | None]

ROUNDS = 7
REQUESTS = 200
SENDINGS = 40
JOURNEYS = 6
_AT = datetime.datetime.now(datetime.UTC)
_WORDS = "Somebody to phone when the letter does not come, and results that do not take three weeks."


def figures() -> list[Figure]:
    """(what is measured, what was found, what to reach); None where the figure only stands beside the others."""
    with tempfile.TemporaryDirectory() as folder:
        code = publish_shipped(folder)
        with (
            live_server({"ENGAGE_INSTANCE": folder}) as server,
            live_server({"ENGAGE_INSTANCE": folder}, module="benchmarks.constant_page") as bare,
        ):
            return [*_bytes(server, code), *_processor_time(server, bare, code)]


def publish_shipped(folder: str) -> str:
    """The code of a collector of the shipped survey."""
    settings = load_settings({"ENGAGE_INSTANCE": folder})
    migrations.upgrade(settings.database_url, settings.drafts_url)
    database = Database(settings.database_url, settings.drafts_url)
    questionnaire = read_questionnaire(library_files()["cancer-strategy-themes"].read_bytes())
    with database.writing() as session:
        ensure_shipped(session)
        organisation = ensure_root(session)
        logo, logo_type = _largest_logo()
        set_face(session, organisation=organisation, logo=logo, logo_type=logo_type)
        publish(session, organisation=organisation, questionnaire=questionnaire, at=_AT, by="benchmark")
        survey = find_survey(session, slug=questionnaire.slug)
        code = add_collector(session, survey=survey, name="Waiting room", at=_AT, by="benchmark").code
    database.close()
    return code


def _largest_logo() -> tuple[bytes, str]:
    """A picture that only just fits once it is made small: noise, which cannot be compressed."""
    noise = Image.frombytes("RGB", (120, 40), random.Random(1).randbytes(120 * 40 * 3))
    written = io.BytesIO()
    noise.save(written, "PNG")
    return prepared_logo(written.getvalue())


def _bytes(server: LiveServer, code: str) -> Iterator[Figure]:
    phone = Phone(server.address)
    _, _, content = phone.request("GET", f"/{code}")
    html = gzip.decompress(content).decode()
    fetched = re.findall(r'<(?:link rel="stylesheet" href|script src|img [^>]*src)="(/[^"]+)"', html)
    sizes = [len(content), *(len(phone.request("GET", address)[2]) for address in fetched)]
    yield "first page, all that a phone fetches, logo included, in KB compressed", sum(sizes) / 1024, 14.0
    yield "first page, requests", float(len(sizes)), 3.0
    phone.received.clear()
    _Requests(server, code).journey(phone)
    yield "largest later page, in KB compressed", max(phone.received[1:]) / 1024, 5.0
    phone.received.clear()
    phone.request("GET", f"/{code}/all")
    yield "the whole survey on one page, in KB compressed", phone.received[0] / 1024, 5.0


def _processor_time(server: LiveServer, bare: LiveServer, code: str) -> Iterator[Figure]:
    constant = Phone(bare.address)
    requests = _Requests(server, code, beside=constant)
    requests.journey()
    units: list[float] = []
    ratios: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, (number, work) in requests.kinds().items():
            constant.received.clear()
            before = processor_seconds(server.process), processor_seconds(bare.process)
            for _ in range(number):
                work()
            after = processor_seconds(server.process), processor_seconds(bare.process)
            unit = (after[1] - before[1]) / len(constant.received)
            units.append(unit)
            ratios.setdefault(name, []).append((after[0] - before[0]) / number / unit)
    yield "a constant page, in ms of processor time", statistics.median(units) * 1000, None
    for name, reach in _REACH.items():
        yield f"{name}, in constant pages", statistics.median(ratios[name]), reach
    yield "requests of the paged journey", float(requests.of_a_journey), None


_REACH = {
    "start page": 2.2,
    "page of questions": 2.2,
    "page of questions with answers": 2.2,
    "saving a page": 3.5,
    "sending": 8.0,
    "paged journey": 80.0,
    "one-page journey": 15.0,
}


class _Requests:
    """The kinds of requests that one respondent makes, ready to be made many times."""

    def __init__(self, server: LiveServer, code: str, beside: Phone | None = None) -> None:
        self._server, self._code, self._beside = server, code, beside
        self._visitor, self._phone, self._sender = (Phone(server.address, beside) for _ in range(3))
        self._answered = self._begin(self._phone)
        self._theme = self._phone.follower.submit(self._answered, _answers(self._answered))
        self.of_a_journey = 0

    def kinds(self) -> dict[str, tuple[int, Callable[[], object]]]:
        """How often each kind is made in one round, and what makes it."""
        ready = [self._about_to_send() for _ in range(SENDINGS)]
        phone = self._phone
        return {
            "start page": (REQUESTS, lambda: self._visitor.request("GET", f"/{self._code}")),
            "page of questions": (REQUESTS, lambda: phone.request("GET", self._theme.address)),
            "page of questions with answers": (REQUESTS, lambda: phone.request("GET", self._answered.address)),
            "sending": (SENDINGS, lambda: self._send(*ready.pop())),
            "paged journey": (JOURNEYS, self.journey),
            "one-page journey": (JOURNEYS, self.one_page),
            # Last, because from then on the page has answers on it.
            "saving a page": (
                REQUESTS,
                lambda: phone.request("POST", self._answered.address, filled_in(self._answered)),
            ),
        }

    def journey(self, phone: Phone | None = None) -> None:
        """From the code to the page that says that the answers are sent, every question answered."""
        phone = phone or Phone(self._server.address, self._beside)
        page = self._begin(phone)
        while not _is_sent(page):
            page = phone.follower.submit(page, _answers(page))
        self.of_a_journey = len(phone.received)
        phone.close()

    def one_page(self) -> None:
        """The same with all questions on one page."""
        phone = Phone(self._server.address, self._beside)
        page = phone.follower.get(f"/{self._code}/all")
        assert _is_sent(phone.follower.submit(page, _answers(page)))
        phone.close()

    def _begin(self, phone: Phone) -> Page:
        return phone.follower.submit(phone.follower.get(f"/{self._code}"))

    def _about_to_send(self) -> tuple[dict[str, str], Page]:
        """What a phone remembers, and the page on which answers are checked."""
        phone = self._sender
        phone.cookies = {}
        page = self._begin(phone)
        while not page.address.endswith("/check"):
            page = phone.follower.submit(page, _answers(page))
        return phone.cookies, page

    def _send(self, cookies: dict[str, str], page: Page) -> None:
        self._sender.cookies = cookies
        self._sender.request("POST", page.address, filled_in(page))


def _is_sent(page: Page) -> bool:
    return "/after/" in page.address


def _answers(page: Page) -> dict[str, str | list[str]]:
    """Everything answered, and a comment wherever there is room for one."""
    return fill_in(page.form, words=_WORDS)


def filled_in(page: Page) -> str:
    """What a browser sends when the page's form is filled in and its main button pressed."""
    for name, value in _answers(page).items():
        page.form.controls[name].chosen = [value] if isinstance(value, str) else value
    return urlencode(page.form.data(page.form.main_button))
