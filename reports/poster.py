"""The poster of one collector: a question, why, how long, until when, and three ways to get in (EXPERIENCE 3.2, 3.3).

It promises only what the questionnaire declares. The QR code stands at the lower right of every size and language, so
that people with low vision learn where to find it.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from reports.documents import DocumentFailed, DoesNotFit, File, html_from_template, pdf_that_fits
from reports.words import Words, language_name
from surveys.publishing import current_version, load_version
from surveys.qr_codes import QUIET_ZONE, address_for_qr, grouped_code, qr_code, svg_path, typed_address
from surveys.questionnaire import Questionnaire
from surveys.reading_time import estimated_minutes
from surveys.storage import tables

Size = Literal["a5", "a4", "a3"]
_POINT = 25.4 / 72
# Widths of the letters of an address, bold, as shares of the type size; those not listed have the last.
_LETTER_WIDTHS = {**dict.fromkeys("ijl.:/", 0.31), **dict.fromkeys("rtf-", 0.45), "m": 0.95, "w": 0.87}
_LETTER_WIDTH = 0.62


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper size: millimetres for lengths, points for type. ``code_width`` is the QR code without quiet zone."""

    width: int
    height: int
    margin: float
    logo: float
    code_width: float
    smallest_module: float
    headline: float
    why: float
    fact: float
    camera: float
    address: float
    code: float
    body: float
    small: float

    def module_width(self, modules: int) -> float:
        """Millimetres of one module: the code's width shared out, and never under the smallest that scans well."""
        return max(self.code_width / modules, self.smallest_module)

    def address_lines(self, address: str, *, beside: float) -> list[str]:
        """The address in lines that fit beside a code of so many millimetres, broken after full stops only."""
        room = (self.width - 2.7 * self.margin - beside - 1) / (self.address * _POINT)
        lines = [""]
        for part in re.findall(r"[^.]+\.?", address):
            if lines[-1] and _width(lines[-1] + part) > room:
                lines.append("")
            lines[-1] += part
        return lines


SHEETS: dict[Size, Sheet] = {
    "a5": Sheet(148, 210, 10, 14, 30, 1.0, 27, 13, 12.5, 11, 18, 26, 9.5, 8),
    "a4": Sheet(210, 297, 14, 20, 60, 2.0, 42, 19, 18, 15, 24, 36, 13, 10),
    "a3": Sheet(297, 420, 20, 28, 100, 3.4, 60, 27, 26, 21, 32, 50, 18, 13),
}
# Type sizes to try, largest first, running text never under its smallest; with each, the share of the page's height
# to leave free around the headline.
_SCALES = (1.3, 1.15, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
_SMALLEST_BODY = 0.87
_SHARES_OF_SPACE = (0.2, 0.16, 0.12, 0.09, 0.06, 0.03, 0.0)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What every printed invitation to one collector says. ``closes`` is the last day on which answers are taken."""

    questionnaire: Questionnaire
    base_url: str
    code: str
    language: str
    closes: datetime.date | None = None
    version: str = ""
    logo: File | None = None

    def __post_init__(self) -> None:
        offered = tuple(dict.fromkeys((self.questionnaire.language, *self.questionnaire.languages)))
        if self.language not in offered:
            raise DocumentFailed(f"This survey has no texts in {self.language!r}; it has {', '.join(offered)}.")

    @property
    def words(self) -> Words:
        """Our own phrases in the invitation's language."""
        return Words(self.language)

    @property
    def assets(self) -> tuple[File, ...]:
        """The pictures that the templates refer to."""
        return (File("logo", self.logo.media_type, self.logo.content),) if self.logo else ()

    def values(self, *, sheet: Sheet, print_kind: str) -> dict[str, Any]:
        """Everything that the templates print, and the QR code at the size of ``sheet``."""
        survey, words = self.questionnaire, self.words
        code = qr_code(address_for_qr(self.base_url, self.code), error_correction="Q")
        module = sheet.module_width(code.modules)
        outcome, sign_up = f"/outcomes/{survey.slug}", f"/{self.code}/{self.language}/sign-up"
        about = survey.about
        return {
            "words": words,
            "sheet": sheet,
            "qr": code,
            "qr_path": svg_path(code),
            "qr_mm": round(module * code.side, 3),
            "quiet_mm": round(module * QUIET_ZONE, 3),
            "link": f"{self.base_url.rstrip('/')}/{self.code}",
            "typed_address": typed_address(self.base_url),
            "address_lines": sheet.address_lines(typed_address(self.base_url), beside=module * code.side),
            "grouped_code": grouped_code(self.code),
            "outcome_link": f"{self.base_url.rstrip('/')}{outcome}",
            "outcome_address": f"{typed_address(self.base_url)}{outcome}",
            "sign_up_link": f"{self.base_url.rstrip('/')}{sign_up}",
            "sign_up_address": f"{typed_address(self.base_url)}{sign_up}",
            "headline": words.said(survey.title),
            "why": words.said(about.purpose),
            "minutes": words.minutes(estimated_minutes(survey)[0]),
            "closes": words.date(self.closes) if self.closes else None,
            "other_ways": _other_ways(survey, words),
            "also_in": [language_name(other) for other in survey.languages if other != self.language],
            "promise": words.said(about.outcome_promise) if about.outcome_promise else None,
            "help_line": words.said(about.help_line) if about.help_line else None,
            "organisation": words.said(survey.organisation),
            "partners": ", ".join(words.said(partner) for partner in survey.partners),
            "demonstration": survey.demonstration,
            "logo": self.logo is not None,
            "print_id": " · ".join(
                filter(None, (self.code, self.version and f"v{self.version}", print_kind, self.language))
            ),
        }


def invitation_for(
    session: Session,
    *,
    collector: tables.Collector,
    base_url: str,
    time_zone: str,
    language: str | None = None,
) -> Invitation:
    """The invitation to a collector in ``language`` (None: the collector's, else the survey's own).

    LookupError while the survey has no published version; DocumentFailed for a language that the survey has not.
    """
    survey = collector.survey
    version = current_version(session, survey=survey)
    questionnaire = load_version(session, version.id)
    organisation = session.get_one(tables.Organisation, survey.organisation_id)
    logo = None
    if organisation.logo and organisation.logo_type:
        logo = File("logo", organisation.logo_type, organisation.logo)
    closes = None
    if survey.closes_at is not None:
        # A survey closes at the midnight that ends its last day.
        closes = (survey.closes_at - datetime.timedelta(microseconds=1)).astimezone(ZoneInfo(time_zone)).date()
    return Invitation(
        questionnaire,
        base_url,
        collector.code,
        language or collector.language or questionnaire.language,
        closes=closes,
        version=version.number,
        logo=logo,
    )


def poster_pdf(invitation: Invitation, *, size: Size) -> bytes:
    """The poster as a one-page tagged PDF, its type as large and its space as generous as its texts allow.

    The address and code are never set smaller. DocumentFailed when the texts do not fit even so.
    """
    sheet = SHEETS[size]
    values = invitation.values(sheet=sheet, print_kind=size.upper())
    candidates = [
        html_from_template(
            "poster.html", scale=scale, body=max(scale, _SMALLEST_BODY), slack=sheet.height * share, **values
        )
        for scale in _SCALES
        for share in _SHARES_OF_SPACE
    ]
    try:
        return pdf_that_fits(candidates, pages=1, assets=invitation.assets)
    except DoesNotFit as too_long:
        raise DocumentFailed(
            f"The texts do not fit on one {size.upper()} page. Shorten the title, the purpose, the outcome promise or "
            "the other ways to take part, or choose a larger size."
        ) from too_long


def _width(text: str) -> float:
    return sum(_LETTER_WIDTHS.get(letter, _LETTER_WIDTH) for letter in text)


def _other_ways(survey: Questionnaire, words: Words) -> list[str]:
    ways = []
    for way in survey.other_ways:
        ways.append(words.said(way.text))
        if way.kind == "language":
            # Help in another language is offered in that language too: who needs it may not read the poster's own.
            ways += [text for language, text in way.text.by_language if text != way.text.in_language(words.language)]
    return ways
