"""A logo becomes small and harmless, or is refused with a reason."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image, ImageFile

from engage.studio.logos import STORED_BYTES, LogoRefused, prepared_logo


def picture(width: int, height: int, kind: str = "PNG", mode: str = "RGB", **options: object) -> bytes:
    image = Image.new("RGB", (width, height), "white")
    for x in range(0, width, 7):
        image.paste("#005eb8", (x, 0, x + 3, height // 2))
    written = io.BytesIO()
    image.convert(mode).save(written, kind, **options)
    return written.getvalue()


def noise(width: int, height: int) -> bytes:
    chance = random.Random(1)
    image = Image.frombytes("RGB", (width, height), chance.randbytes(width * height * 3))
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("JPEG", "RGB"), ("PNG", "P")])
def test_a_large_picture_becomes_a_small_one(kind: str, mode: str) -> None:
    content, type_ = prepared_logo(picture(1600, 500, kind, mode))
    assert len(content) <= STORED_BYTES
    made = Image.open(io.BytesIO(content))
    assert type_ == f"image/{(made.format or '').lower()}"
    assert made.width <= 480
    assert made.height <= 96


def test_a_photograph_fits_or_is_made_coarser() -> None:
    content, _ = prepared_logo(noise(60, 20))
    assert len(content) <= STORED_BYTES


def test_what_travels_with_a_picture_is_left_behind() -> None:
    secret = b"where the photograph was taken"
    content, _ = prepared_logo(picture(200, 80, "JPEG", comment=secret))
    assert secret not in content


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int, height: int) -> bytes:
    """A PNG of few bytes that says it has many pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a\x01\x00\x01\x00", picture(50, 50)[:60],
        picture(50, 50, "BMP"), bomb(20_000, 20_000), bomb(13_000, 13_000), bomb(5_000, 5_000),
        b"x" * (5 * 1024 * 1024 + 1),
    ],
    ids=["nothing", "SVG", "GIF", "cut off", "BMP", "bomb", "half a bomb", "too many pixels", "too many bytes"],
)  # fmt: skip
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(LogoRefused):
        prepared_logo(content)


def test_a_cut_off_picture_is_refused_although_another_part_of_the_process_puts_up_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(LogoRefused):
        prepared_logo(picture(50, 50)[:60])
