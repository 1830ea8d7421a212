"""The detectors in their order: what an earlier one found, a later one leaves alone."""

from __future__ import annotations

import re

from surveys.masking.kinds import Mask, OwnDetails

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_NHS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")


def find_masks(text: str, own: OwnDetails = OwnDetails()) -> tuple[Mask, ...]:  # noqa: B008 It is frozen.
    """What may identify somebody in the text, in its order and without overlaps."""
    found: list[Mask] = []
    for kind, pattern in (("email", _EMAIL), ("nhs_number", _NHS)):
        for match in pattern.finditer(text):
            if all(match.end() <= one.start or match.start() >= one.end for one in found):
                found.append(Mask(match.start(), match.end(), kind))
    return tuple(sorted(found))
