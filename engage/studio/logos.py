"""Making an organisation's logo small and harmless before it is stored."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageFile, UnidentifiedImageError

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 16_000_000
# The first page of a survey must stay within 14 KB, logo included.
STORED_BYTES = 3 * 1024
HEIGHTS = (96, 80, 64, 48, 40, 32)
WIDEST = 480


class LogoRefused(ValueError):
    """The picture cannot be used; the message says why."""


def prepared_logo(content: bytes) -> tuple[bytes, str]:
    """The picture as a PNG or JPEG of at most 3 KB, with its type. Drawn anew, so that nothing else travels in it.

    LogoRefused for what is no PNG or JPEG, is too large, or cannot be made small enough.
    """
    if len(content) > MOST_BYTES:
        raise LogoRefused("The picture has more than 5 MB. Make it smaller first.")
    picture = _read(content)
    for height in HEIGHTS:
        smaller = picture.copy()
        smaller.thumbnail((WIDEST, height), Image.Resampling.LANCZOS)
        for written, kind in _written(smaller):
            if len(written) <= STORED_BYTES:
                return written, kind
    raise LogoRefused("The picture cannot be made smaller than 3 KB. Use a simpler one, with few colours.")


def _read(content: bytes) -> Image.Image:
    # WeasyPrint, where a process has loaded it, makes Pillow accept pictures that are cut off.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=["PNG", "JPEG"])
            if picture.width * picture.height > MOST_PIXELS:
                raise LogoRefused("The picture has more than 16 million pixels. Make it smaller first.")
            return picture.convert("RGBA" if _is_transparent(picture) else "RGB")
    except LogoRefused:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise LogoRefused("The file is no PNG or JPEG picture that can be used.") from error
    except (OSError, SyntaxError, ValueError) as error:
        # Pillow reports broken files in all of these ways.
        raise LogoRefused("The picture is damaged.") from error


def _is_transparent(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


def _written(picture: Image.Image) -> list[tuple[bytes, str]]:
    """The picture in forms that browsers know, the truest first."""
    forms: list[tuple[bytes, str]] = []
    few_colours = picture.quantize(32, method=Image.Quantize.FASTOCTREE)
    for one in (picture, few_colours):
        png = io.BytesIO()
        one.save(png, "PNG", optimize=True)
        forms.append((png.getvalue(), "image/png"))
    if picture.mode == "RGB":
        jpeg = io.BytesIO()
        picture.save(jpeg, "JPEG", quality=70, optimize=True)
        forms.append((jpeg.getvalue(), "image/jpeg"))
    return forms
