"""Where a request arrives: which collector its code names, in which language, and whether people may answer there."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import threading
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from flask import current_app
from flask.sansio.app import App

from engage.languages import Wording, wording
from engage.respond.logos import Logo, Logos
from engage.respond.page_counts import Counted, PageCounts
from engage.respond.reading_matter import ReadingMatter
from engage.respond.signed_tokens import SignedTokens
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.collectors import RecentCollectors, ResolvedCollector, unopened_collector
from surveys.publishing import accepts_answers, load_version, survey_status
from surveys.questionnaire import Questionnaire
from surveys.short_codes import Problem, normalise

EXTENSION = "engage.respond"
SECONDS_KEPT = 1.0
"""How long a collector is remembered: enough for a crowded waiting room, too short for anybody to wait for."""


class UnknownCode(Exception):
    """No survey is reached by what was typed; ``problem`` says what is wrong with it, None where it was well formed."""

    def __init__(self, typed: str, problem: Problem | None) -> None:
        super().__init__("no survey has this code")
        self.typed = typed
        self.problem = problem


class UnknownLanguage(Exception):
    """The survey is not offered in the language of the address; ``start`` is where it begins."""

    def __init__(self, start: str) -> None:
        super().__init__("the survey has no such language")
        self.start = start


class NotPublished(Exception):
    """The code leads to a survey that was never published; ``language`` is the one to say so in."""

    def __init__(self, language: str) -> None:
        super().__init__("the survey is not published yet")
        self.language = language


class NotOpen(Exception):
    """Nobody can answer there now; ``doorway`` says where, ``status`` why."""

    def __init__(self, doorway: Doorway, status: str) -> None:
        super().__init__(status)
        self.doorway = doorway
        self.status = status


@dataclass(frozen=True, slots=True)
class Doorway:
    """One collector in one language, with a logo and the version of the questionnaire that people get now.

    Two doorways are equal where their pages are; the questionnaire follows from the collector's version.
    """

    collector: ResolvedCollector
    language: str
    logo: Logo | None
    questionnaire: Questionnaire = field(compare=False, repr=False)

    @property
    def wording(self) -> Wording:
        return wording(self.language)

    def address(self, *parts: str) -> str:
        """A path below the code and the language."""
        return "/".join(("", self.collector.code, self.language, *parts))


class Reception:
    """What the respondent's pages keep for the life of the process: recent collectors, versions, makers of tokens."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.database = database
        self.zone = ZoneInfo(settings.time_zone)
        self.secure = settings.secure
        self.base_url = settings.base_url
        former = settings.secret_key_fallbacks
        self.form_tokens = SignedTokens("respondent's form", settings.secret_key, former)
        self.sent_tokens = SignedTokens("answers were sent", settings.secret_key, former)
        self.sign_up_tokens = SignedTokens("sign-up form", settings.secret_key, former)
        self._receipt_key = hmac.digest(settings.secret_key.encode(), b"engage receipt", hashlib.sha256)
        self.logos = Logos(database.reading)
        self.documents = ReadingMatter(database.reading)
        self.counts = PageCounts(database)
        self._collectors = RecentCollectors(database.reading, seconds=SECONDS_KEPT)
        self._questionnaires: dict[int, Questionnaire] = {}
        self._lock = threading.Lock()

    def questionnaire(self, version_id: int) -> Questionnaire:
        """The questionnaire of a published version, which never changes. LookupError if there is none."""
        known = self._questionnaires.get(version_id)
        if known is None:
            with self.database.reading() as session:
                known = load_version(session, version_id)
            with self._lock:
                self._questionnaires[version_id] = known
        return known

    def receipt_key(self, nonce: bytes) -> bytes:
        """What stands in the receipts for a visit; the nonce cannot be found from it."""
        return hmac.digest(self._receipt_key, nonce, hashlib.sha256)

    def today(self, at: datetime.datetime) -> datetime.date:
        """The date of a moment where the organisation is."""
        return at.astimezone(self.zone).date()

    def count(self, doorway: Doorway, page: str, at: datetime.datetime) -> None:
        """One more visit has reached this page; it is written down with a later request that writes anyway."""
        collector = doorway.collector
        self.counts.note(Counted(collector.survey_id, collector.id, self.today(at), page, doorway.language))

    def find(self, code: str, language: str | None = None) -> Doorway:
        """The doorway of a code, however it is typed. UnknownCode, NotPublished, or UnknownLanguage."""
        collector = self._collectors.resolve(code)
        if collector is None:
            raise self._unresolved(code, language)
        questionnaire = self.questionnaire(collector.version_id)
        spoken = languages_of(questionnaire)
        first = collector.language if collector.language in spoken else questionnaire.language
        if language is not None and language not in spoken:
            raise UnknownLanguage(f"/{collector.code}")
        return Doorway(collector, language or first, self.logos.of(collector.organisation_id), questionnaire)

    def _unresolved(self, typed: str, language: str | None) -> Exception:
        """Why nobody can answer at a code that no published survey has; the language of an address goes first."""
        problem = normalise(typed).problem
        if problem is None:
            with self.database.reading() as session:
                unopened = unopened_collector(session, typed)
            if unopened is not None:
                return NotPublished(language or unopened.language)
        return UnknownCode(typed, problem)


def languages_of(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Every language of the questionnaire, its own first."""
    return tuple(dict.fromkeys((questionnaire.language, *questionnaire.languages)))


def reception() -> Reception:
    """The reception of the application that serves this request."""
    found: Reception = current_app.extensions[EXTENSION]
    return found


def open_reception(application: App, settings: Settings, database: Database) -> None:
    """Give the application its reception."""
    application.extensions[EXTENSION] = Reception(settings, database)


def require_open(doorway: Doorway, at: datetime.datetime, begun_at: datetime.datetime | None = None) -> None:
    """NotOpen unless answers are accepted at this moment from somebody who began at ``begun_at``."""
    if not accepts_answers(doorway.collector, at=at, begun_at=begun_at):
        raise NotOpen(doorway, survey_status(doorway.collector, at))


def last_day(closes: datetime.datetime, desk: Reception) -> datetime.date:
    """The last day on which people can answer: a survey closes at the midnight after it."""
    return desk.today(closes - datetime.timedelta(seconds=1))
