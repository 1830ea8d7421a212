"""What every printed invitation to one collector says, and the sizes in which it is set (EXPERIENCE 3.2, 3.3).

It promises only what the questionnaire declares. The QR code stands at the lower right of every print and language, so
that people with low vision learn where to find it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from reports.documents import DocumentFailed, File
from reports.words import Words, language_name
from surveys.designing import find_design
from surveys.print_plan import Piece, Row, pieces
from surveys.publishing import current_version, is_published, load_version
from surveys.qr_codes import (
    QUIET_ZONE,
    ErrorCorrection,
    address_for_qr,
    grouped_code,
    qr_code,
    svg_path,
    typed_address,
)
from surveys.questionnaire import Questionnaire
from surveys.reading_time import estimated_minutes
from surveys.storage import tables

NOT_PUBLISHED = (
    "This survey is not published yet, so its closing date and texts may still change. "
    "Publish it first: it can open on a later day, and the posters can be printed before that."
)
_POINT = 25.4 / 72
# Widths of the letters of an address, bold, as shares of the type size; those not listed have the last.
_LETTER_WIDTHS = {**dict.fromkeys("ijl.:/", 0.31), **dict.fromkeys("rtf-", 0.45), "m": 0.95, "w": 0.87}
_LETTER_WIDTH = 0.62


@dataclass(frozen=True, slots=True)
class Sheet:
    """One face of a print: millimetres for lengths, points for type. ``code_width`` is the code without quiet zone.

    ``logo`` 0: no room for one. ``beside`` 0: the texts beside the code have what the margins leave.
    """

    width: float
    height: float
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
    error_correction: ErrorCorrection = "Q"
    beside: float = 0

    def module_width(self, modules: int) -> float:
        """Millimetres of one module: the code's width shared out, and never under the smallest that scans well."""
        return max(self.code_width / modules, self.smallest_module)

    def address_lines(self, address: str, *, code: float) -> list[str]:
        """The address in lines that fit beside a code of so many millimetres, broken after full stops only."""
        room = (self.beside or self.width - 2.7 * self.margin - code - 1) / (self.address * _POINT)
        lines = [""]
        for part in re.findall(r"[^.]+\.?", address):
            if lines[-1] and _width(lines[-1] + part) > room:
                lines.append("")
            lines[-1] += part
        return lines


@dataclass(frozen=True, slots=True)
class Invitation:
    """What every printed invitation to one collector says. ``closes`` is the last day on which answers are taken.

    ``wifi``: the network that visitors may join. ``promises``: the officer's further words, in the survey's language.
    """

    questionnaire: Questionnaire
    base_url: str
    code: str
    language: str
    closes: datetime.date | None = None
    version: str = ""
    logo: File | None = None
    wifi: str = ""
    promises: str = ""

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

    @property
    def code_content(self) -> str:
        """What the QR code says."""
        return address_for_qr(self.base_url, self.code)

    def values(self, *, sheet: Sheet, print_kind: str) -> dict[str, Any]:
        """Everything that the templates print, and the QR code at the size of ``sheet``."""
        survey, words = self.questionnaire, self.words
        code = qr_code(self.code_content, error_correction=sheet.error_correction)
        module = sheet.module_width(code.modules)
        outcome, sign_up = f"/outcomes/{survey.slug}", f"/{self.code}/{self.language}/sign-up"
        about = survey.about
        return {
            "words": words,
            "passages": Words(survey.language).as_passages,
            "sheet": sheet,
            "qr": code,
            "qr_path": svg_path(code),
            "qr_mm": round(module * code.side, 3),
            "quiet_mm": round(module * QUIET_ZONE, 3),
            "link": f"{self.base_url.rstrip('/')}/{self.code}",
            "typed_address": typed_address(self.base_url),
            "address_lines": sheet.address_lines(typed_address(self.base_url), code=module * code.side),
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
            "promises": self.promises if self.language == survey.language else "",
            "wifi": words("wifi", name=self.wifi) if self.wifi else None,
            "help_line": words.said(about.help_line) if about.help_line else None,
            "organisation": words.said(survey.organisation),
            "partners": words("figure_list_joint").join(words.said(partner) for partner in survey.partners),
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

    DocumentFailed while the survey is not published, because its texts and dates may still change, and for a language
    that it has not.
    """
    survey = collector.survey
    if not is_published(session, survey=survey):
        raise DocumentFailed(NOT_PUBLISHED)
    version = current_version(session, survey=survey)
    questionnaire = load_version(session, version.id)
    offered = questionnaire.language, *questionnaire.languages
    organisation = session.get_one(tables.Organisation, survey.organisation_id)
    logo = None
    if organisation.logo and organisation.logo_type:
        logo = File("logo", organisation.logo_type, organisation.logo)
    design = find_design(session, survey=survey)
    closes = None
    if survey.closes_at is not None:
        # A survey closes at the midnight that ends its last day.
        closes = (survey.closes_at - datetime.timedelta(microseconds=1)).astimezone(ZoneInfo(time_zone)).date()
    return Invitation(
        questionnaire,
        base_url,
        collector.code,
        language or (collector.language if collector.language in offered else questionnaire.language),
        closes=closes,
        version=version.number,
        logo=logo,
        wifi=str(organisation.standing_texts.get("wifi") or "").strip(),
        promises=design.preparation.poster_promises.strip() if design else "",
    )


def invitations_for(
    session: Session,
    *,
    collectors: Sequence[tables.Collector],
    languages: Sequence[str] | None,
    kinds: Sequence[str],
    base_url: str,
    time_zone: str,
) -> tuple[tuple[Piece, ...], dict[tuple[str, str], Invitation]]:
    """Every piece to print for these collectors of one survey, and the invitation to each (code, language).

    ``languages`` None: all of the published version. Raises as ``invitation_for``.
    """
    if not collectors:
        return (), {}
    first = invitation_for(session, collector=collectors[0], base_url=base_url, time_zone=time_zone)
    offered = first.questionnaire.language, *first.questionnaire.languages
    # A collector may be meant for an edition that is not published: it is printed like one for any language.
    rows = [Row(one.code, one.name, one.place, one.language if one.language in offered else None) for one in collectors]
    planned = pieces(rows, languages=dict.fromkeys(languages or offered), kinds=kinds)
    return planned, {
        (piece.row.code, piece.language): replace(first, code=piece.row.code, language=piece.language)
        for piece in planned
    }


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
