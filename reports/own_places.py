"""The results of a survey for organisations that may see their own places beside the total, and nothing else of it.

All of them are divided in one go, with everything that is nobody's own as a part that nobody is shown. So what is left
of the total when any of the own figures are taken away is judged like a group, however many readers look together.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sqlalchemy.orm import Session

from reports.disclosure import DisclosedResults, disclose
from reports.people import People
from reports.results import compute_results
from reports.splitting import Split
from reports.tabulation import Filters
from surveys.sharing import OwnPlaces
from surveys.storage import tables

YOURS = "Your places"


def own_results(
    session: Session, *, survey: tables.Survey, readers: Sequence[OwnPlaces], at: datetime.datetime
) -> list[DisclosedResults]:
    """For each reader the results with two audiences: its own places, and everybody as published to all.

    Who answered is left out, because it tells the numbers of single places. LookupError for a survey that was never
    published.
    """

    def divided(people: People) -> Split:
        return _by_reader(people, readers)

    results = disclose(compute_results(session, survey=survey, filters=Filters(), at=at, divided=divided))
    everybody = replace(results.everybody, field="everybody", value="everybody")
    return [
        replace(results, audiences=(own, everybody), groups=(), who_answered=(), differences=(), pooling=None)
        for own in results.groups[: len(readers)]
    ]


def _by_reader(people: People, readers: Sequence[OwnPlaces]) -> Split:
    elsewhere = len(readers)
    owner = {id_: place for place, reader in enumerate(readers) for id_ in reader.collector_ids}
    lookup = np.array([owner.get(id_, elsewhere) for id_ in people.matrix.collector_id.values], dtype=np.int32)
    codes = people.matrix.collector_id.codes
    values = tuple(str(place) for place in range(elsewhere + 1))
    return Split(
        field="reader",
        label=YOURS,
        values=values,
        labels=dict.fromkeys(values, YOURS),
        codes=lookup[codes] if len(lookup) else codes,
        sensitive=True,
        unpublished=(elsewhere,),
    )
