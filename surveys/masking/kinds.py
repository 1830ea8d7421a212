"""What is masked, and what stands in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

VERSION = "2"
"""Changes with every change of the detectors, so that comments are screened anew."""

KINDS: dict[str, str] = {
    "nhs_number": "[NHS number]",
    "phone": "[phone number]",
    "email": "[email address]",
    "postcode": "[postcode]",
    "birth": "[date of birth]",
    "age": "[age]",
    "name": "[name]",
    "ni_number": "[National Insurance number]",
    "link": "[link]",
    "hospital_number": "[hospital number]",
    "vehicle": "[car registration]",
}
"""The kinds of details, each with the words that take its place."""


@dataclass(frozen=True, slots=True, order=True)
class Mask:
    """What stands at ``start`` to ``end`` (exclusive) of a text is of this kind."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class OwnDetails:
    """What an organisation adds: the shape of its hospital numbers ("" for none) and names of its staff."""

    hospital_number: str = ""
    staff_names: tuple[str, ...] = ()


def masked(text: str, masks: Iterable[Mask]) -> str:
    """The text with every mask's words in place of what it hides. How long that was cannot be seen."""
    parts, at = [], 0
    for mask in sorted(masks):
        parts += [text[at : mask.start], KINDS[mask.kind]]
        at = mask.end
    return "".join([*parts, text[at:]])
