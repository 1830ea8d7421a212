"""QR codes say what a phone must open, in as few modules as possible, whole wherever they are drawn."""

from __future__ import annotations

import re

import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray

from surveys.qr_codes import (
    QUIET_ZONE,
    QRCode,
    address_for_qr,
    grouped_code,
    qr_code,
    svg_path,
    terminal_qr,
    typed_address,
)


def decoded(black: NDArray[np.bool_]) -> str:
    """What a decoder of another make reads from a picture of black and white modules."""
    pixels = np.where(np.kron(black, np.ones((4, 4), dtype=bool)), 0, 255).astype(np.uint8)
    (found,) = zxingcpp.read_barcodes(pixels)
    return found.text


@pytest.mark.parametrize(
    ("base_url", "content"),
    [
        ("https://survey.trust.nhs.uk", "HTTPS://SURVEY.TRUST.NHS.UK/7C3QX8"),
        ("https://survey.trust.nhs.uk/", "HTTPS://SURVEY.TRUST.NHS.UK/7C3QX8"),
        ("http://127.0.0.1:8000", "HTTP://127.0.0.1:8000/7C3QX8"),
        ("https://trust.nhs.uk/Surveys", "HTTPS://TRUST.NHS.UK/Surveys/7C3QX8"),
    ],
)
def test_the_content_is_in_capitals_except_for_a_path(base_url: str, content: str) -> None:
    assert address_for_qr(base_url, "7c3qx8") == content


def test_capitals_keep_the_code_small() -> None:
    capitals = qr_code("HTTPS://SURVEY.TRUST.NHS.UK/7C3QX9", error_correction="Q")
    assert capitals.modules == 29
    assert qr_code("https://survey.trust.nhs.uk/7C3QX9", error_correction="Q").modules == 33
    assert qr_code("HTTPS://SURVEY.TRUST.NHS.UK/7C3QX9", error_correction="M").modules == 25


def test_the_drawn_path_is_the_code_with_its_quiet_zone() -> None:
    code = qr_code("HTTPS://SURVEY.TRUST.NHS.UK/7C3QX8")
    drawn = np.zeros((code.side, code.side), dtype=bool)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg_path(code)):
        drawn[int(y), int(x) : int(x) + int(width)] = True
    assert decoded(drawn) == code.content
    edge = np.ones_like(drawn)
    edge[QUIET_ZONE:-QUIET_ZONE, QUIET_ZONE:-QUIET_ZONE] = False
    assert not drawn[edge].any()


@pytest.mark.parametrize("colour", [True, False])
def test_a_terminal_shows_a_code_that_decodes(colour: bool) -> None:
    code = qr_code("HTTP://127.0.0.1:8000/7C3QX8")
    assert decoded(_read_terminal(terminal_qr(code, colour=colour), code, inked_is_black=colour)) == code.content


def _read_terminal(text: str, code: QRCode, *, inked_is_black: bool) -> NDArray[np.bool_]:
    halves = {" ": (False, False), "▀": (True, False), "▄": (False, True), "█": (True, True)}
    rows: list[list[bool]] = []
    for line in re.sub(r"\x1b\[[\d;]*m", "", text).splitlines():
        rows += [[halves[sign][half] == inked_is_black for sign in line] for half in (0, 1)]
    assert all(len(row) == code.side for row in rows)
    return np.array(rows, dtype=bool)


def test_people_type_the_address_without_a_scheme_and_the_code_in_threes() -> None:
    assert typed_address("https://Survey.Trust.nhs.uk/") == "survey.trust.nhs.uk"
    assert grouped_code("7c3qx8") == "7C3 QX8"
