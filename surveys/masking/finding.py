"""The detectors as one: everything that they find, put together so that no part of a detail is left over."""

from __future__ import annotations

from collections.abc import Iterable

from surveys.masking.addresses import find_addresses
from surveys.masking.births import find_births
from surveys.masking.kinds import Mask, OwnDetails
from surveys.masking.names import find_names
from surveys.masking.numbers import find_numbers
from surveys.masking.own import find_own
from surveys.masking.reading import read

_ORDER = ("email", "link", "nhs_number", "hospital_number", "phone", "ni_number", "postcode", "vehicle", "birth", "age")
_AGAIN = 5


def find_masks(text: str, own: OwnDetails = OwnDetails()) -> tuple[Mask, ...]:  # noqa: B008 It is frozen.
    """What may identify somebody in the text, in its order and without overlaps.

    Where details overlap, all they cover is one mask, of the longest one's kind. Hiding one detail can bring another to
    light, so the rest is read again until nothing is found: masking a masked text changes nothing.
    """
    reading, masks = read(text), list[Mask]()
    for _ in range(_AGAIN):
        found = _together(_everything(reading.plain, own))
        if not found:
            break
        masks += [Mask(reading.starts[one.start], reading.ends[one.end - 1], one.kind) for one in found]
        reading = reading.without((one.start, one.end) for one in found)
    return tuple(_together(masks))


def _everything(plain: str, own: OwnDetails) -> list[Mask]:
    return [
        *find_addresses(plain),
        *find_numbers(plain),
        *find_births(plain),
        *find_own(plain, own),
        *find_names(plain),
    ]


def _together(masks: Iterable[Mask]) -> list[Mask]:
    whole: list[tuple[Mask, tuple[int, int]]] = []
    for mask in sorted(masks):
        rank = (mask.end - mask.start, -_ORDER.index(mask.kind) if mask.kind in _ORDER else -len(_ORDER))
        if whole and mask.start < whole[-1][0].end:
            other, best = whole[-1]
            kind = mask.kind if rank > best else other.kind
            whole[-1] = (Mask(other.start, max(other.end, mask.end), kind), max(rank, best))
        else:
            whole.append((mask, rank))
    return [mask for mask, _ in whole]
