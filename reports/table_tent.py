"""The table tent: one sheet of A4 folded across the middle, so that it stands and both of its sides can be read."""

from __future__ import annotations

from reports.documents import DocumentFailed, DoesNotFit, Fitted, html_from_template, pdf_that_fits
from reports.invitation import Invitation, Sheet

SIDE = Sheet(210, 148.5, 9, 11, 44, 1.5, 30, 14, 15, 9.5, 21, 32, 11, 7.5)
SIDES = 2
_SCALES = (1.3, 1.15, 1.0, 0.9, 0.8, 0.7, 0.6)
_SHARES_OF_SPACE = (0.16, 0.12, 0.08, 0.04, 0.0)


def table_tent_pdf(invitation: Invitation, *, begin: int = 0) -> Fitted:
    """The tent as one tagged A4 page: its upper half stands on its head, so that it is upright once it is folded.

    ``begin``: the setting to try first, where it is known from a tent with the same texts. DocumentFailed when the
    texts do not fit.
    """
    values = invitation.values(sheet=SIDE, print_kind="A4 TENT")
    settings = [(scale, share) for scale in _SCALES for share in _SHARES_OF_SPACE]
    candidates = [
        html_from_template("table_tent.html", scale=scale, slack=SIDE.height * share, **values)
        for scale, share in settings[begin:]
    ]
    try:
        return pdf_that_fits(candidates, pages=1, assets=invitation.assets).after(begin)
    except DoesNotFit as too_long:
        raise DocumentFailed(
            "The texts do not fit on a table tent. Shorten the title and the purpose, or choose a poster."
        ) from too_long
