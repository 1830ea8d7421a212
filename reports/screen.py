"""The picture for a waiting room's screen: 1920 by 1080 dots, read from three metres away."""

from __future__ import annotations

import io

from reports.code_reading import page_pictures
from reports.documents import DocumentFailed, DoesNotFit, Fitted, html_from_template, pdf_that_fits
from reports.invitation import Invitation, Sheet

DOTS_PER_INCH = 96
WIDTH, HEIGHT = 1920, 1080
_MILLIMETRES = 25.4 / DOTS_PER_INCH
# On a screen of 43 inches the code is 30 cm wide: a tenth of the distance that it is read from.
PICTURE = Sheet(WIDTH * _MILLIMETRES, HEIGHT * _MILLIMETRES, 14, 24, 160, 4, 62, 26, 26, 24, 38, 60, 21, 13, beside=250)
_SCALES = (1.25, 1.1, 1.0, 0.9, 0.8, 0.7, 0.6)


def screen_pdf(invitation: Invitation, *, begin: int = 0) -> Fitted:
    """The screen as a tagged PDF of one page with the screen's shape.

    ``begin``: the setting to try first, where it is known from a screen with the same texts. DocumentFailed when the
    texts do not fit.
    """
    values = invitation.values(sheet=PICTURE, print_kind="SCREEN")
    candidates = [html_from_template("screen.html", scale=scale, **values) for scale in _SCALES[begin:]]
    try:
        return pdf_that_fits(candidates, pages=1, assets=invitation.assets).after(begin)
    except DoesNotFit as too_long:
        raise DocumentFailed(
            "The texts do not fit on a screen. Shorten the title and the purpose, or choose a poster."
        ) from too_long


def screen_png(pdf: bytes) -> bytes:
    """The page of ``screen_pdf`` as a picture of exactly 1920 by 1080 dots, which any screen shows."""
    (picture,) = page_pictures(pdf, dpi=DOTS_PER_INCH, grey=False)
    written = io.BytesIO()
    picture.resize((WIDTH, HEIGHT)).save(written, "PNG", optimize=True)
    return written.getvalue()
