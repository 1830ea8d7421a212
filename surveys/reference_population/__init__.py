"""Whom a survey's answers are compared with: a file of shares by characteristic and group, kept with the survey.

Described for people in ``docs/reference-population.md``. The figures are made in ``reports``. Import from here.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from surveys.answers import clean_text
from surveys.reference_population.faults import Fault, ReferenceFaults
from surveys.reference_population.fields import equality_fields, fields_of
from surveys.reference_population.file import MOST_BYTES, read_reference, template
from surveys.reference_population.population import Characteristic, Field, Group, Population, in_no_group, is_within
from surveys.storage import tables

__all__ = [
    "MOST_BYTES",
    "Characteristic",
    "Fault",
    "Field",
    "Group",
    "Kept",
    "Population",
    "ReferenceFaults",
    "equality_fields",
    "fields_of",
    "find_reference",
    "in_no_group",
    "is_within",
    "put_reference",
    "read_reference",
    "remove_reference",
    "template",
]


@dataclass(frozen=True, slots=True)
class Kept:
    """The reference population of a survey, with the file that it came in."""

    population: Population
    file_name: str
    given_at: datetime.datetime
    given_by: str


def put_reference(
    session: Session,
    *,
    survey: tables.Survey,
    population: Population,
    file_name: str,
    at: datetime.datetime,
    by: str,
) -> None:
    """Keep the population with the survey, in the place of any that it had."""
    kept = session.get(tables.ReferencePopulation, survey.id)
    if kept is None:
        kept = tables.ReferencePopulation(survey_id=survey.id, organisation_id=survey.organisation_id)
        session.add(kept)
    kept.document = _document(population)
    kept.file_name = clean_text(file_name, lines=False)[-200:]
    kept.given_at, kept.given_by = at, by
    session.flush()


def find_reference(session: Session, *, survey: tables.Survey) -> Kept | None:
    """The survey's reference population; None where it has none."""
    kept = session.get(tables.ReferencePopulation, survey.id)
    if kept is None:
        return None
    return Kept(_population(kept.document), kept.file_name, kept.given_at, kept.given_by)


def remove_reference(session: Session, *, survey: tables.Survey) -> bool:
    """Take the survey's reference population away; False where it has none."""
    kept = session.get(tables.ReferencePopulation, survey.id)
    if kept is None:
        return False
    session.delete(kept)
    session.flush()
    return True


def _document(population: Population) -> dict[str, Any]:
    return {
        "audience": population.audience,
        "characteristics": [
            {
                "field": one.field,
                "source": one.source,
                "date": one.date,
                "groups": [{"values": list(two.values), "label": two.label, "share": two.share} for two in one.groups],
            }
            for one in population.characteristics
        ],
    }


def _population(document: Mapping[str, Any]) -> Population:
    return Population(
        tuple(
            Characteristic(
                one["field"],
                one["source"],
                one["date"],
                tuple(Group(tuple(two["values"]), two["label"], two["share"]) for two in one["groups"]),
            )
            for one in document["characteristics"]
        ),
        document["audience"],
    )
