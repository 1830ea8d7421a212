"""Events about what an organisation adds to the masking of comments. The names themselves never enter the trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engage.audit.recording import Event


@dataclass(frozen=True, slots=True)
class MaskingListChanged(Event):
    """``names``: how many names of staff are kept now; ``hospital_number``: whether a shape is."""

    about: ClassVar[str] = "organisation"
    organisation: str
    names: int
    hospital_number: bool
