"""How long texts may be; whoever writes too much is told in which field."""

from __future__ import annotations

from wtforms import Field, Form
from wtforms.validators import ValidationError


class Fits:
    """A field holds at most so many characters."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Form, field: Field) -> None:
        if len(field.data or "") > self.most:
            name = field.label.text.removesuffix(" (optional)")
            asks = " Use" if name.endswith("?") else ": use"
            raise ValidationError(f"{name}{asks} {self.most:,} characters or fewer")


TITLE_FITS = Fits(200)
TEXT_FITS = Fits(2_000)
PRIVACY_FITS = Fits(10_000)
