"""QR codes as printers and terminals need them: what they say, their modules, and how they are drawn.

The content is upper case, because capitals, digits and ``:/.-`` fit the compact alphanumeric mode: larger modules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import qrcode
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q

QUIET_ZONE = 4
ErrorCorrection = Literal["M", "Q"]

_LEVELS = {"M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q}
_BLACK_ON_WHITE, _PLAIN = "\x1b[30;107m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class QRCode:
    """A square of modules, True for black, rows from the top, without the quiet zone."""

    content: str
    rows: tuple[tuple[bool, ...], ...]

    @property
    def modules(self) -> int:
        """Modules along one side, without the quiet zone."""
        return len(self.rows)

    @property
    def side(self) -> int:
        """Modules along one side with the quiet zone of four on each edge: the side of the SVG's view box."""
        return self.modules + 2 * QUIET_ZONE


def address_for_qr(base_url: str, code: str) -> str:
    """The content of a collector's QR code: ``HTTPS://HOST/CODE``.

    Scheme and host are the same in capitals. A path in ``base_url`` keeps its case: a proxy may tell cases apart.
    """
    parts = urlsplit(base_url)
    return f"{parts.scheme.upper()}://{parts.netloc.upper()}{parts.path.rstrip('/')}/{code.upper()}"


def typed_address(base_url: str) -> str:
    """The address as people type it: host, port and path, without the scheme and without a closing slash."""
    parts = urlsplit(base_url)
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}"


def grouped_code(code: str) -> str:
    """A six-character code as it is printed: ``7C3 QX8``."""
    return f"{code[:3]} {code[3:]}".upper()


def qr_code(content: str, *, error_correction: ErrorCorrection = "Q") -> QRCode:
    """The smallest QR code that holds ``content``: level Q for posters and stickers, M for cards."""
    drawing = qrcode.QRCode(error_correction=_LEVELS[error_correction], border=0)
    drawing.add_data(content)
    drawing.make(fit=True)
    return QRCode(content, tuple(tuple(bool(module) for module in row) for row in drawing.get_matrix()))


def svg_path(code: QRCode) -> str:
    """The black modules as SVG path data, for a view box of ``0 0 side side`` (quiet zone included).

    Neighbours in a row are one rectangle, so that no hairline shows between them.
    """
    strokes = []
    for y, row in enumerate(code.rows):
        start = None
        for x, black in enumerate((*row, False)):
            if black and start is None:
                start = x
            elif not black and start is not None:
                width = x - start
                strokes.append(f"M{start + QUIET_ZONE} {y + QUIET_ZONE}h{width}v1h-{width}z")
                start = None
    return "".join(strokes)


def terminal_qr(code: QRCode, *, colour: bool = True) -> str:
    """The code in half-block characters, two rows to a line, quiet zone included.

    With ``colour`` it is drawn black on white whatever the terminal's colours. Without, it relies on the usual light
    text on a dark ground, so light modules are the ones drawn.
    """
    empty = (False,) * code.side
    rows = [empty] * QUIET_ZONE
    rows += [(False,) * QUIET_ZONE + row + (False,) * QUIET_ZONE for row in code.rows]
    rows += [empty] * (QUIET_ZONE + 1)
    lines = []
    for upper, lower in zip(rows[:-1:2], rows[1::2], strict=False):
        pairs = zip(upper, lower, strict=True)
        if colour:
            lines.append(_BLACK_ON_WHITE + "".join(" ▄▀█"[2 * top + bottom] for top, bottom in pairs) + _PLAIN)
        else:
            lines.append("".join("█▀▄ "[2 * top + bottom] for top, bottom in pairs))
    return "\n".join(lines)
