"""The poster of one collector: a question, why, how long, until when, and three ways to get in."""

from __future__ import annotations

from typing import Literal

from reports.documents import DocumentFailed, DoesNotFit, Fitted, html_from_template, pdf_that_fits
from reports.invitation import Invitation, Sheet

Size = Literal["a5", "a4", "a3"]
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


def poster_pdf(invitation: Invitation, *, size: Size, begin: int = 0) -> Fitted:
    """The poster as a one-page tagged PDF, its type as large and its space as generous as its texts allow.

    The address and code are never set smaller. ``begin``: the setting to try first, where it is known from a poster
    with the same texts. DocumentFailed when the texts do not fit even so.
    """
    sheet = SHEETS[size]
    values = invitation.values(sheet=sheet, print_kind=size.upper())
    candidates = [
        html_from_template(
            "poster.html", scale=scale, body=max(scale, _SMALLEST_BODY), slack=sheet.height * share, **values
        )
        for scale, share in [(scale, share) for scale in _SCALES for share in _SHARES_OF_SPACE][begin:]
    ]
    try:
        return pdf_that_fits(candidates, pages=1, assets=invitation.assets).after(begin)
    except DoesNotFit as too_long:
        raise DocumentFailed(
            f"The texts do not fit on one {size.upper()} page. Shorten the title, the purpose, the outcome promise or "
            "the other ways to take part, or choose a larger size."
        ) from too_long
