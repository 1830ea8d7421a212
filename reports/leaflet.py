"""The theme leaflet: one sheet folded once, with every theme explained, then the ways to answer.

A sheet of A4 is folded to A5; one of A3 to A4, for people who need large print.

This is what people are handed. The front says what is asked, the inside explains the themes, the back says how to
answer and keep in touch.
"""

from __future__ import annotations

import math
from contextlib import suppress
from typing import Literal

from reports.documents import DoesNotFit, Fitted, html_from_template, pdf_from_html, pdf_that_fits
from reports.invitation import Invitation
from reports.poster import SHEETS

# Type of the explanations in points, largest first. NHS guidance asks for 12 points; 11 keeps one sheet whole.
_TYPE_SIZES = (17.0, 15.5, 14.0, 13.0, 12.5, 12.0, 11.5, 11.0)
_TYPE_WHEN_FLOWING = 12.0
# Millimetres above and below the headline on the front, and whether the lines of the back stand close together: what
# people may do and where to get help fills it, and an address or a further language must not take a second sheet.
_OUTSIDES = ((26, False), (26, True), (16, True), (6, True))
_PAGES = 2


Size = Literal["a4", "a3"]
# The larger sheet is the smaller one enlarged: a large-print leaflet.
_ZOOMS: dict[Size, float] = {"a4": 1.0, "a3": math.sqrt(2)}


def leaflet_pdf(invitation: Invitation, *, size: Size = "a4", begin: int = 0) -> Fitted:
    """The leaflet as a tagged PDF: two landscape pages, or more where the themes need them.

    Explanations are set as large as one sheet allows; a questionnaire with too many of them flows on to inner sheets.
    ``begin``: the setting to try first, where it is known from a leaflet with the same texts.
    """
    words = invitation.words
    values = invitation.values(sheet=SHEETS["a5"], print_kind=f"{size.upper()} leaflet") | {
        "themes": [
            {"title": words.said(theme.plain_title), "explanation": words.said(theme.explanation)}
            for theme in invitation.questionnaire.themes
        ],
        "sign_up": [words.said(offer.text) for offer in invitation.questionnaire.sign_up],
    }
    settings = [(room, close, type_size) for room, close in _OUTSIDES for type_size in _TYPE_SIZES]
    zoom, assets = _ZOOMS[size], invitation.assets
    if begin < len(settings):
        candidates = [
            html_from_template("leaflet.html", type=type_size, room=room, close=close, **values)
            for room, close, type_size in settings[begin:]
        ]
        with suppress(DoesNotFit):
            return pdf_that_fits(candidates, pages=_PAGES, assets=assets, zoom=zoom).after(begin)
    room, close = _OUTSIDES[-1]
    html = html_from_template("leaflet.html", type=_TYPE_WHEN_FLOWING, room=room, close=close, **values)
    return Fitted(pdf_from_html(html, assets=assets, zoom=zoom), len(settings))
