"""A link as a picture for a phone's camera."""

from __future__ import annotations

from urllib.parse import quote

from surveys.qr_codes import qr_code, svg_path


def qr_picture(link: str) -> str:
    """The QR code of a link as the address of a picture, which fetches nothing."""
    code = qr_code(link, error_correction="M")
    side = code.side
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{svg_path(code)}"/></svg>'
    )
    return "data:image/svg+xml," + quote(drawn)
