"""Sheets of A4 with many small invitations to cut out: business cards, and handouts of A6."""

from __future__ import annotations

from typing import Literal

from reports.documents import DocumentFailed, DoesNotFit, Fitted, html_from_template, pdf_that_fits
from reports.invitation import Invitation, Sheet

Size = Literal["card", "a6"]
SHEETS: dict[Size, Sheet] = {
    # Cards are handled and thrown away sooner than wiped, so they trade error correction for larger modules.
    "card": Sheet(85, 55, 4, 0, 25, 0.8, 11.5, 7, 8, 5, 8, 19, 7, 5, error_correction="M"),
    "a6": Sheet(105, 148, 8, 9, 30, 1.0, 21, 10, 10.5, 8.5, 12, 20, 8.5, 6.5),
}
_COLUMNS = 2
ROWS: dict[Size, int] = {"card": 5, "a6": 2}
_SCALES = (1.2, 1.1, 1.0, 0.9, 0.8, 0.7, 0.6)
_SHARES_OF_SPACE = (0.16, 0.12, 0.08, 0.04, 0.0)


def cards_on_a_sheet(size: Size) -> int:
    """How many there are to cut out of one sheet."""
    return _COLUMNS * ROWS[size]


def cards_pdf(invitation: Invitation, *, size: Size, begin: int = 0) -> Fitted:
    """One sheet of A4 with as many cards as it holds, alike, with lines to cut along; a tagged PDF.

    The code, address and typed code are never set smaller. ``begin``: the setting to try first, where it is known from
    a sheet with the same texts. DocumentFailed when the texts do not fit.
    """
    sheet = SHEETS[size]
    values = invitation.values(sheet=sheet, print_kind=size.upper())
    settings = [(scale, share) for scale in _SCALES for share in _SHARES_OF_SPACE]
    candidates = [
        html_from_template(
            "cards.html", scale=scale, slack=sheet.height * share, columns=_COLUMNS, rows=ROWS[size], **values
        )
        for scale, share in settings[begin:]
    ]
    try:
        return pdf_that_fits(candidates, pages=1, assets=invitation.assets).after(begin)
    except DoesNotFit as too_long:
        raise DocumentFailed(
            "The texts do not fit on a card. Shorten the title and the organisation's name, or choose a poster."
        ) from too_long
