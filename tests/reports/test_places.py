"""Places beside one another: bands and thresholds, and that they tell nothing that results by place do not."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
import pytest
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from reports.own_places import own_results
from reports.request import disclosed_results, reported_questionnaire
from reports.results_json import to_json
from reports.results_schema import json_schema
from reports.results_snapshot import results_from_snapshot, snapshot_of
from reports.statistics.comparisons import compare_shares
from reports.statistics.expected_range import expected_ranges
from reports.tabulation import ChoiceTable, Figure, Filters, PlaceBand, RatingTable, Results, Shown, Suppressed
from surveys.collecting import Sent, collect_many
from surveys.collectors import collectors_of
from surveys.place_thresholds import Thresholds, put_thresholds
from surveys.publishing import current_version
from surveys.sharing import OwnPlaces
from surveys.storage import tables
from tests.factories import NOW, TODAY, a_collector, a_survey, some_answers

SIX = {"A": (30, 60), "B": (31, 60), "C": (29, 60), "D": (30, 60), "E": (28, 60), "F": (55, 60)}


@pytest.fixture
def session(sqlite_database: Database) -> Iterator[Session]:
    with Session(sqlite_database.writing_engine) as session:
        yield session


def answered(session: Session, places: Mapping[str, tuple[int, int]], **collector: Any) -> tables.Survey:
    """A survey; at each place so many of so many people choose "waiting" and find it very important."""
    survey = a_survey(session)
    sent = []
    for place, (positive, base) in places.items():
        code = a_collector(session, survey, **{"place": place, "name": f"Poster {place}", **collector})
        for number in range(base):
            said = number < positive
            answers = some_answers(
                waiting__importance="very" if said else "not",
                most_important=("waiting",) if said else ("staff",),
                waiting__comment=None,
            )
            sent.append(Sent(code, answers, "en", "web", TODAY))
    collect_many(session, version_id=current_version(session, survey=survey).id, batch_id=None, sent=sent)
    return survey


def results(session: Session, **filters: Any) -> Results[Figure]:
    return disclosed_results(session, slug="small-survey", filters=Filters(**filters), at=NOW)


def bands(found: Results[Figure], measure: str, theme: str = "waiting") -> dict[str, PlaceBand[Figure]]:
    return {one.value: one for one in found.places if one.measure == measure and one.theme_id == theme}


def shown(figure: Figure | None) -> float:
    assert isinstance(figure, Shown)
    return figure.value


@pytest.mark.parametrize("measure", ["chosen", "percent_positive"])
def test_a_place_far_from_the_others_is_named_and_the_others_are_as_expected(session: Session, measure: str) -> None:
    answered(session, SIX)
    found = bands(results(session), measure)
    assert {value: one.band for value, one in found.items()} == dict.fromkeys("ABCDE", "as expected") | {
        "F": "higher than expected"
    }
    expected = expected_ranges([one for one, _ in SIX.values()], [base for _, base in SIX.values()], target=203 / 360)
    assert {value: one.words for value, one in found.items()} == dict.fromkeys("ABCDE", "similar") | {"F": "higher"}
    for one, told in zip(found.values(), expected, strict=True):
        assert one.field == "place"
        assert one.base == Shown(60)
        assert one.share is not None
        assert shown(one.share.value) == pytest.approx(100 * SIX[one.value][0] / 60)
        assert told.low is not None
        assert shown(one.expected_low) == pytest.approx(100 * told.low)
        assert (one.acceptable, one.achievable, one.threshold) == (None, None, None)


def test_a_place_is_called_higher_only_where_it_is_clearly_apart_from_all_others(session: Session) -> None:
    """Of many places and themes some lie beyond their limits by chance, so limits alone are not enough for words."""
    answered(session, {**SIX, "F": (41, 60)})
    near = bands(results(session), "chosen")["F"]
    others = compare_shares(41, 60, 148, 300)
    assert others is not None
    assert (near.band, near.words) == ("higher than expected", "similar")
    # Six places and the two themes that somebody chose or rated apart from all others: three tests at each place.
    assert near.p_adjusted == Shown(pytest.approx(18 * others))


def test_every_figure_is_the_one_that_results_by_place_show_and_what_they_hide_is_hidden(session: Session) -> None:
    # Four at B and three at C say so: small cells. G has too few people altogether.
    answered(session, {**SIX, "B": (4, 60), "C": (57, 60), "G": (4, 8), "H": (20, 35)})
    plain, by_place = results(session), results(session, by="place")
    assert plain.places == by_place.places
    groups = {group.value: group for group in by_place.groups}
    hidden = 0
    for one in plain.places:
        group = groups[one.value]
        if one.measure == "chosen":
            table = next(t for t in group.questions if isinstance(t, ChoiceTable) and t.key == "most_important")
            percent = table.percent[one.theme_id]
        else:
            table = next(t for t in group.questions if t.key == f"{one.theme_id}.importance")
            assert isinstance(table, RatingTable)
            percent = table.percent_positive
        assert (one.base, one.share) == (table.base, percent)
        if one.share is not None and isinstance(one.share.value, Suppressed):
            hidden += 1
            assert (one.band, one.expected_low, one.expected_high) == ("too few to say", None, None)
    assert hidden >= 3


def test_limits_rest_on_the_shown_places_and_the_share_of_everybody_alone(session: Session) -> None:
    answered(session, {**SIX, "G": (4, 8), "H": (30, 50)})
    found = results(session)
    everybody = next(t for t in found.everybody.themes if t.theme_id == "waiting").chosen
    assert everybody is not None
    places = bands(found, "chosen")
    told = {
        value: (round(shown(one.share.value) * shown(one.base) / 100), int(shown(one.base)))
        for value, one in places.items()
        if one.share is not None and isinstance(one.share.value, Shown)
    }
    assert "G" not in told
    ranges = expected_ranges(
        [x for x, _ in told.values()], [n for _, n in told.values()], target=shown(everybody.value) / 100
    )
    for value, expected in zip(told, ranges, strict=True):
        assert expected.high is not None
        assert shown(places[value].expected_high) == pytest.approx(100 * expected.high)


def test_a_small_place_has_a_share_but_no_band_and_four_places_have_none_at_all(session: Session) -> None:
    answered(session, {**SIX, "G": (14, 29)})
    small = bands(results(session), "chosen")["G"]
    assert small.share is not None
    assert isinstance(small.share.value, Shown)
    assert (small.band, small.expected_high) == ("too few to say", None)


def test_under_five_places_nothing_is_said_of_any(session: Session) -> None:
    answered(session, {"A": (30, 60), "B": (30, 60), "C": (30, 60), "D": (55, 60)})
    assert {one.band for one in results(session).places} == {"too few to say"}


@pytest.mark.parametrize(
    ("places", "filters"), [({"A": (30, 60)}, {}), (SIX, {"where": (("audience", "patients"),)}), ({"A": (0, 0)}, {})]
)
def test_one_place_is_not_compared_and_neither_are_people_whom_a_filter_leaves(
    session: Session, places: dict[str, tuple[int, int]], filters: dict[str, Any]
) -> None:
    survey = answered(session, places)
    if filters:
        staff = a_collector(session, survey, place="A", audience="staff", name="Intranet")
        sent = [Sent(staff, some_answers(), "en", "web", TODAY) for _ in range(20)]
        collect_many(session, version_id=current_version(session, survey=survey).id, batch_id=None, sent=sent)
    assert results(session, **filters).places == ()


def test_collectors_are_compared_where_all_are_at_one_place(session: Session) -> None:
    answered(session, SIX, place="Alliance")
    found = results(session).places
    assert {one.field for one in found} == {"collector"}
    assert len({one.value for one in found}) == 6


def test_readers_of_their_own_places_are_not_told_about_others(session: Session) -> None:
    survey = answered(session, SIX)
    mine = collectors_of(session, survey=survey)[0]
    (seen,) = own_results(session, survey=survey, readers=[OwnPlaces(1, "Trust", frozenset([mine.id]))], at=NOW)
    assert seen.places == ()


def test_thresholds_are_compared_with_the_unrounded_share(session: Session) -> None:
    survey = answered(session, SIX)
    # 29 of 60 is 48.33 %, which prints as 48 %.
    given = {("waiting", "chosen"): Thresholds(48.33, 50.0), ("gone", "chosen"): Thresholds(1.0, 2.0)}
    put_thresholds(session, survey=survey, thresholds=given, at=NOW, by="officer@example.org")
    found = results(session)
    assert {value: one.threshold for value, one in bands(found, "chosen").items()} == {
        "A": "achievable",
        "B": "achievable",
        "C": "acceptable",
        "D": "achievable",
        "E": "below acceptable",
        "F": "achievable",
    }
    assert {one.threshold for one in bands(found, "percent_positive").values()} == {None}


def test_thresholds_turn_round_where_fewer_people_are_better(session: Session) -> None:
    survey = answered(session, SIX)
    given = {("waiting", "chosen"): Thresholds(50.0, 47.0, "lower is better")}
    put_thresholds(session, survey=survey, thresholds=given, at=NOW, by="officer@example.org")
    found = bands(results(session), "chosen")
    assert {value: found[value].threshold for value in "AEF"} == {
        "A": "acceptable",
        "E": "achievable",
        "F": "below acceptable",
    }
    assert {one.direction for one in found.values()} == {"lower is better"}


def test_a_hidden_share_stands_in_no_relation_to_thresholds(session: Session) -> None:
    survey = answered(session, {**SIX, "G": (4, 8)})
    given = {("waiting", "chosen"): Thresholds(10.0, 20.0)}
    put_thresholds(session, survey=survey, thresholds=given, at=NOW, by="officer@example.org")
    assert bands(results(session), "chosen")["G"].threshold is None


def test_places_are_in_the_json_and_in_snapshots(session: Session) -> None:
    # H is hidden beside G, so that nobody can take it from the total.
    survey = answered(session, {**SIX, "G": (4, 8), "H": (20, 40)})
    given = {("waiting", "chosen"): Thresholds(45.0, 50.0)}
    put_thresholds(session, survey=survey, thresholds=given, at=NOW, by="officer@example.org")
    found = results(session)
    assert results_from_snapshot(json.loads(json.dumps(snapshot_of(found)))) == found
    questionnaire = reported_questionnaire(session, slug="small-survey", results=found)
    document = json.loads(json.dumps(to_json(found, questionnaire)))
    jsonschema.Draft202012Validator(json_schema()).validate(document)
    by_value = {row["value"]: row for row in document["places"] if (row["id"], row["measure"]) == ("waiting", "chosen")}
    assert by_value["F"]["band"] == "higher than expected"
    assert (by_value["F"]["threshold"], by_value["F"]["colour"]) == ("achievable", "green")
    assert by_value["E"]["colour"] == "amber"
    assert (by_value["G"]["base"], by_value["G"]["percent"]["value"]) == ("suppressed", "suppressed")
    assert (by_value["G"]["threshold"], by_value["G"]["colour"]) == (None, None)


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_people_answer_places_show_what_results_by_place_show(session: Session, seed: int) -> None:
    chance = random.Random(seed)
    survey = a_survey(session)
    sent = []
    for place in "ABCDEFGH":
        for audience in ("patients", "staff"):
            code = a_collector(session, survey, place=place, audience=audience, name=f"{audience} {place}")
            for _ in range(chance.choice([0, 3, 12, 40, 70])):
                answers = some_answers(
                    waiting__importance=chance.choice(["very", "quite", "not", "not_sure", None]),
                    most_important=chance.choice([("waiting",), ("staff", "digital"), ("none",), None]),
                )
                sent.append(Sent(code, answers, "en", "web", TODAY))
    collect_many(session, version_id=current_version(session, survey=survey).id, batch_id=None, sent=sent)
    plain = results(session)
    by_place = results(session, by="place")
    assert plain.places == by_place.places
    groups = {group.value: {table.key: table for table in group.questions} for group in by_place.groups}
    for one in plain.places:
        tables = groups[one.value]
        chosen, rated = tables["most_important"], tables[f"{one.theme_id}.importance"]
        assert isinstance(chosen, ChoiceTable)
        assert isinstance(rated, RatingTable)
        if one.measure == "chosen":
            assert (one.base, one.share) == (chosen.base, chosen.percent[one.theme_id])
        else:
            assert (one.base, one.share) == (rated.base, rated.percent_positive)
        if one.band != "too few to say":
            assert shown(one.base) >= 30
    assert plain.places
