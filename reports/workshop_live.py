"""The code that people in the room answer by: the survey's own way in for a workshop, where it has one that is open."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from reports.code_reading import check_codes
from reports.invitation import Invitation, Sheet
from surveys.collectors import collectors_of
from surveys.publishing import accepts_answers, is_published
from surveys.qr_codes import address_for_qr, grouped_code
from surveys.questionnaire import Questionnaire
from surveys.storage import tables

# An officer names a place or an activity in free words, in their own language.
_WORKSHOP = ("workshop", "ورشة")
# A sheet of A4 and a screen: millimetres for the code, points for the address and the typed code.
_SHEET = Sheet(210, 297, 18, 0, 82, 2.0, 36, 16, 16, 16, 23, 44, 16, 10, beside=170)
_SCREEN = Sheet(338.67, 190.5, 18, 0, 76, 1.5, 38, 20, 20, 20, 30, 52, 20, 14, beside=175)


@dataclass(frozen=True, slots=True)
class LiveSurvey:
    """A way in that takes answers: the installation's address and the six-character code of the collector."""

    base_url: str
    code: str


def live_survey(session: Session, *, survey: tables.Survey, base_url: str, at: datetime.datetime) -> LiveSurvey | None:
    """The newest way in whose channel or activity is a workshop; None where there is none that takes answers."""
    if not is_published(session, survey=survey) or not accepts_answers(survey, at=at):
        return None
    for collector in reversed(collectors_of(session, survey=survey)):
        told = f"{collector.channel} {collector.activity}".casefold()
        if collector.stopped_at is None and any(word in told for word in _WORKSHOP):
            return LiveSurvey(base_url, collector.code)
    return None


def live_values(live: LiveSurvey, questionnaire: Questionnaire, *, language: str, screen: bool) -> dict[str, Any]:
    """What the templates print of it. DocumentFailed for a language that the questionnaire does not have."""
    sheet = _SCREEN if screen else _SHEET
    values = Invitation(questionnaire, live.base_url, live.code, language).values(sheet=sheet, print_kind="WORKSHOP")
    wanted = "qr", "qr_path", "qr_mm", "link", "typed_address", "address_lines", "grouped_code", "minutes"
    return {name: values[name] for name in wanted}


def check_live_code(pdf: bytes, live: LiveSurvey) -> None:
    """Read the code of the pack back, as a phone would. DocumentFailed where it is missing or says anything else."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as pack, pypdfium2.PdfDocument.new() as alone:
        shown = grouped_code(live.code)
        on = [number for number, page in enumerate(pack) if shown in page.get_textpage().get_text_range()]
        alone.import_pages(pack, on[:1] or None)
        page = io.BytesIO()
        alone.save(page)
    check_codes(page.getvalue(), content=address_for_qr(live.base_url, live.code), on_first_page=1)
