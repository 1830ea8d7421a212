"""What an organisation adds to the detectors, kept: the shape of its hospital numbers, and names of its staff."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sqlalchemy.orm import Session

from surveys.masking.own import read_names, shape_fault
from surveys.storage import tables


class MaskingListRefused(ValueError):
    """``shape``: what is wrong with the shape, or ""; ``names``: what is wrong with the names, by line."""

    def __init__(self, shape: str, names: Sequence[tuple[int, str]]) -> None:
        super().__init__("; ".join([*([shape] if shape else []), *(f"line {line}: {said}" for line, said in names)]))
        self.shape = shape
        self.names = tuple(names)


def find_masking_list(session: Session, *, organisation: tables.Organisation) -> tables.MaskingList | None:
    """What the organisation added; None where it added nothing."""
    return session.get(tables.MaskingList, organisation.id)


def keep_masking_list(
    session: Session,
    *,
    organisation: tables.Organisation,
    hospital_number: str,
    names: Sequence[str],
    at: datetime.datetime,
    by: str,
) -> bool:
    """Keep these in place of what was kept, or nothing where both are empty; whether anything changed.

    ``names`` are the lines of a list. Raises MaskingListRefused with every fault, and then nothing is changed. Comments
    screened before are screened again later, because the rules in force are others.
    """
    shape = " ".join(hospital_number.split()).upper()
    read, faults = read_names(names)
    fault = shape_fault(shape)
    if fault or faults:
        raise MaskingListRefused(fault or "", faults)
    kept = find_masking_list(session, organisation=organisation)
    if (shape, list(read)) == ((kept.hospital_number, kept.staff_names) if kept else ("", [])):
        return False
    if kept is None:
        kept = tables.MaskingList(organisation_id=organisation.id)
        session.add(kept)
    elif not shape and not read:
        session.delete(kept)
        session.flush()
        return True
    kept.hospital_number, kept.staff_names = shape, list(read)
    kept.changed_at, kept.changed_by = at, by
    session.flush()
    return True
