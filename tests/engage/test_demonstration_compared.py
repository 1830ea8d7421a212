"""The demonstration says who is missing, and says the same on every day."""

from __future__ import annotations

import datetime
import json

import pytest
from sqlalchemy import select

from engage.demonstration import set_up, shipped_survey
from engage.demonstration.people import PATIENT_AUDIENCE, people
from engage.unit_of_work import Database
from reports.statistics.representativeness import goodness_of_fit, index
from surveys.publishing import find_survey
from surveys.reference_population import find_reference
from surveys.storage import tables
from tests.factories import NOW, TODAY


def test_people_aged_16_to_44_are_missing_by_a_source_that_says_it_is_invented(database: Database) -> None:
    with database.writing() as session:
        slug = set_up(session, at=NOW, today=TODAY, time_zone="Europe/London").slug
        kept = find_reference(session, survey=find_survey(session, slug=slug))
        told = session.execute(
            select(tables.EqualityAnswer.answers, tables.Collector.audience_id)
            .join(tables.Response, tables.Response.equality_key == tables.EqualityAnswer.key)
            .join(tables.Collector, tables.Collector.id == tables.Response.collector_id)
        ).all()
    assert kept is not None
    assert kept.population.audience == "patients"
    for characteristic in kept.population.characteristics:
        assert characteristic.source.startswith("Invented for this demonstration")
        counted = {audience: [0] * len(characteristic.groups) for audience in ("patients", "staff")}
        for answers, audience in told:
            for place, group in enumerate(characteristic.groups):
                counted[audience][place] += json.loads(answers).get(characteristic.field) in group.values
        # Groups with fewer people would be hidden, and with them who is missing.
        assert min(counted["patients"]) >= 10
        assert all(number == 0 or number >= 11 for number in counted["staff"])
        fit = goodness_of_fit(counted["patients"], [group.share for group in characteristic.groups])
        assert fit is not None
        assert (fit.p_value < 0.05) is (characteristic.field == "age")
        if characteristic.field == "age":
            of_all = index(100 * counted["patients"][0] / sum(counted["patients"]), characteristic.groups[0].share)
            assert of_all is not None
            assert of_all < 80


@pytest.mark.parametrize("later", [1, 2, 100])
def test_everybody_answers_the_same_on_whatever_day_it_is_set_up(later: int) -> None:
    questionnaire, _ = shipped_survey(today=TODAY)
    days = (TODAY, TODAY + datetime.timedelta(days=later))
    first, second = (
        [(one.answers, one.about) for one in people(questionnaire, PATIENT_AUDIENCE, count=30, today=day)]
        for day in days
    )
    assert first == second
