"""The theme leaflet: one A4 sheet folded to A5, with every theme explained, then the ways to answer.

This is what people are handed. The front says what is asked, the inside explains the themes, the back says how to
answer and keep in touch.
"""

from __future__ import annotations

from reports.documents import DoesNotFit, html_from_template, pdf_from_html, pdf_that_fits
from reports.poster import SHEETS, Invitation

# Type of the explanations in points, largest first. NHS guidance asks for 12 points; 11 keeps one sheet whole.
_TYPE_SIZES = (17.0, 15.5, 14.0, 13.0, 12.5, 12.0, 11.5, 11.0)
_TYPE_WHEN_FLOWING = 12.0
# Millimetres above and below the headline on the front.
_ROOM_ON_THE_FRONT = (26, 16, 6)
_PAGES = 2


def leaflet_pdf(invitation: Invitation) -> bytes:
    """The leaflet as a tagged PDF: two A4 landscape pages, or more where the themes need them.

    Explanations are set as large as one sheet allows; a questionnaire with too many of them flows on to inner sheets.
    """
    words = invitation.words
    values = invitation.values(sheet=SHEETS["a5"], print_kind="A4 leaflet") | {
        "themes": [
            {"title": words.said(theme.plain_title), "explanation": words.said(theme.explanation)}
            for theme in invitation.questionnaire.themes
        ],
        "sign_up": [words.said(offer.text) for offer in invitation.questionnaire.sign_up],
    }
    candidates = [
        html_from_template("leaflet.html", type=size, room=room, **values)
        for room in _ROOM_ON_THE_FRONT
        for size in _TYPE_SIZES
    ]
    try:
        return pdf_that_fits(candidates, pages=_PAGES, assets=invitation.assets)
    except DoesNotFit:
        html = html_from_template("leaflet.html", type=_TYPE_WHEN_FLOWING, room=_ROOM_ON_THE_FRONT[-1], **values)
        return pdf_from_html(html, assets=invitation.assets)
