"""Every kind of print there is, and making one: nothing leaves here before its code was read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from reports.cards import cards_on_a_sheet, cards_pdf
from reports.code_reading import check_codes
from reports.documents import Fitted
from reports.invitation import Invitation
from reports.leaflet import leaflet_pdf
from reports.poster import poster_pdf
from reports.screen import screen_pdf, screen_png
from reports.table_tent import SIDES, table_tent_pdf


class Maker(Protocol):
    """Makes the PDF of one kind of print, beginning with the setting ``begin``."""

    def __call__(self, invitation: Invitation, *, begin: int = 0) -> Fitted: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of print: its maker, how many codes its first page has, and what a PDF of it is turned into."""

    make: Maker
    codes: int = 1
    suffix: str = "pdf"
    convert: Callable[[bytes], bytes] | None = None


KINDS: dict[str, Kind] = {
    "poster-a4": Kind(partial(poster_pdf, size="a4")),
    "poster-a5": Kind(partial(poster_pdf, size="a5")),
    "poster-a3": Kind(partial(poster_pdf, size="a3")),
    "leaflet-a4": Kind(partial(leaflet_pdf, size="a4")),
    "leaflet-a3": Kind(partial(leaflet_pdf, size="a3")),
    "cards": Kind(partial(cards_pdf, size="card"), cards_on_a_sheet("card")),
    "cards-a6": Kind(partial(cards_pdf, size="a6"), cards_on_a_sheet("a6")),
    "table-tent": Kind(table_tent_pdf, SIDES),
    "screen": Kind(screen_pdf, suffix="png", convert=screen_png),
}


class Printer:
    """Makes prints; what fitted once for a kind, a survey and a language is tried first the next time."""

    def __init__(self) -> None:
        self._fitted: dict[tuple[str, str, str], int] = {}

    def pdf(self, invitation: Invitation, kind: str) -> bytes:
        """The print as a PDF. KeyError for an unknown kind; DocumentFailed where it cannot be made or not be read."""
        how = KINDS[kind]
        texts = (kind, invitation.questionnaire.slug, invitation.language)
        made = how.make(invitation, begin=self._fitted.get(texts, 0))
        self._fitted[texts] = made.place
        check_codes(made.pdf, content=invitation.code_content, on_first_page=how.codes)
        return made.pdf

    def file(self, invitation: Invitation, kind: str) -> bytes:
        """The print as it is handed out: a PDF, or for a screen a PNG. Raises as ``pdf``."""
        pdf, convert = self.pdf(invitation, kind), KINDS[kind].convert
        return convert(pdf) if convert else pdf
