"""How many people stood behind the figures that were given out, kept so that later figures can be judged by them.

Whoever has both can take them from one another: what is left is about the people who came in between, or were removed.
So these are judged like any other group, in each population that both show.
"""

from __future__ import annotations

import base64
import datetime
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.divisions import LineKey, Lines, Survey, Table
from reports.people import RequestRefused
from reports.splitting import Split
from reports.suppression import Line
from surveys.storage import tables

Counts = NDArray[np.int64]


class WaitForMore(RequestRefused):
    """These results and earlier ones would differ by a few people."""


def wait_for_more(minimum_base: int) -> WaitForMore:
    """What is said instead of results that would differ from earlier ones by fewer than ``minimum_base`` people."""
    return WaitForMore(
        f"fewer than {minimum_base} more people have answered, or were removed, since results were last given out, so "
        "the two together would show what those few said; make them again when more have answered (if the survey has "
        "closed, what was given out before is its last report)"
    )


@dataclass(frozen=True, slots=True)
class Given:
    """The counts behind results that were given out: people in the base and who answered, by line, field and group.

    ``tables[field]`` holds the groups' values and an array (line, base or answered, audience, group), the last group
    of which are people in none.
    """

    fingerprint: str
    audiences: tuple[str, ...]
    lines: tuple[LineKey, ...]
    tables: dict[str, tuple[tuple[str, ...], Counts]]

    def since(self, split: Split, audiences: Sequence[str], lines: Lines) -> dict[LineKey, Line] | None:
        """The lines of a split as they have changed since; None where its groups were not given out."""
        if split.field not in self.tables:
            return None
        values, counts = self.tables[split.field]
        shape = (len(self.lines), 2, len(audiences), len(split.values) + 1)
        then = np.zeros(shape, dtype=np.int64)
        for place, audience in enumerate(self.audiences):
            if audience not in audiences:
                continue
            row = then[:, :, audiences.index(audience)]
            for group, value in enumerate(values):
                # People of a group that is no more are counted with those who are in none.
                to = split.values.index(value) if value in split.values else len(split.values)
                row[:, :, to] += counts[:, :, place, group]
            row[:, :, len(split.values)] += counts[:, :, place, len(values)]
        places = {key: place for place, key in enumerate(self.lines)}
        nothing = np.zeros(shape[1:], dtype=np.int64)
        changed = {}
        for key, line in lines.items():
            base, answered = then[places[key]] if key in places else nothing
            changed[key] = Line(line.base[0] - base, line.answered[0] - answered)
        return changed


def with_parts(survey: Survey, table: Table, given: Sequence[Given]) -> Table:
    """The table with how it has changed since each time that results were given out, and with a further part for each
    time that anybody came or was removed in its groups."""
    since = [one.since(table.split, survey.audience.values, table.lines) for one in given]
    lines = dict(table.lines)
    for changed in since:
        if changed is None or not any(line.base.any() or line.answered.any() for line in changed.values()):
            continue
        for key, line in lines.items():
            base = np.concatenate((line.base, changed[key].base[np.newaxis]))
            answered = np.concatenate((line.answered, changed[key].answered[np.newaxis]))
            lines[key] = Line(base, answered, line.cells, line.alike_matters)
    return Table(table.split, lines, since)


def read_given(session: Session, *, survey: tables.Survey, version: str) -> list[Given]:
    """Everything that was given out of this major version of a survey, the oldest first; what was made of the same data
    as one."""
    table = tables.PublishedCounts
    rows = session.scalars(select(table).where(table.survey_id == survey.id).order_by(table.id))
    found: dict[tuple[object, ...], Given] = {}
    for one in (_read(row.counts) for row in rows if row.filters.get("version") == version):
        same = (one.fingerprint, one.audiences, one.lines)
        before = found.get(same)
        found[same] = replace(one, tables={**one.tables, **before.tables}) if before else one
    return list(found.values())


def read_crossed(session: Session, *, survey: tables.Survey, version: str) -> tuple[str, ...]:
    """The crossed fields of which anything was given out of this major version, the first that was given out first."""
    table = tables.PublishedCounts
    rows = session.scalars(select(table.filters).where(table.survey_id == survey.id).order_by(table.id))
    return tuple(dict.fromkeys(name for row in rows if row.get("version") == version for name in row["crossed"]))


def counts_given(
    survey: Survey,
    *,
    row: tables.Survey,
    fingerprint: str,
    crossed: Sequence[Split],
    before: Sequence[Given],
    at: datetime.datetime,
) -> tables.PublishedCounts | None:
    """What to keep of results that are given out; None where the same was kept before. ``crossed`` are their splits
    beside the single fields."""
    splits = {one.field: one for one in (*survey.divisions.values(), *crossed)}
    if any(one.fingerprint == fingerprint and splits.keys() <= one.tables.keys() for one in before):
        return None
    lines = survey.lines(list(splits.values()))
    keys = tuple(lines[0])
    document: dict[str, Any] = {
        "fingerprint": fingerprint,
        "audiences": survey.audience.values,
        "lines": keys,
        "tables": {
            split.field: {"values": split.values, "people": _packed(found, keys)}
            for split, found in zip(splits.values(), lines, strict=True)
        },
    }
    return tables.PublishedCounts(
        survey_id=row.id,
        organisation_id=row.organisation_id,
        filters={"version": major_version(survey), "crossed": sorted(one.field for one in crossed)},
        counts=document,
        made_at=at,
    )


def major_version(survey: Survey) -> str:
    """Results of different major versions are about different questions and are never compared."""
    return next(iter(survey.people.version_numbers.values())).partition(".")[0]


def _packed(lines: Lines, keys: Sequence[LineKey]) -> str:
    people = np.array([(lines[key].base[0], lines[key].answered[0]) for key in keys], dtype="<i4")
    return base64.b64encode(zlib.compress(people.tobytes(), 9)).decode("ascii")


def _read(document: dict[str, Any]) -> Given:
    audiences = tuple(document["audiences"])
    keys = tuple((str(kind), str(name)) for kind, name in document["lines"])
    found = {}
    for name, table in document["tables"].items():
        values = tuple(table["values"])
        people = np.frombuffer(zlib.decompress(base64.b64decode(table["people"])), dtype="<i4").astype(np.int64)
        found[name] = (values, people.reshape(len(keys), 2, len(audiences), len(values) + 1))
    return Given(document["fingerprint"], audiences, keys, found)
