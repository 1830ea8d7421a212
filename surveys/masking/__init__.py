"""Finding what may identify somebody in a comment, and hiding it. Rules miss some: a person reads before words go out.

Pure functions of a text; nothing here knows the database, and nothing keeps or logs what it found.
"""

from __future__ import annotations

from surveys.masking.finding import find_masks
from surveys.masking.kinds import KINDS, VERSION, Mask, OwnDetails, masked

__all__ = ["KINDS", "VERSION", "Mask", "OwnDetails", "find_masks", "masked"]
