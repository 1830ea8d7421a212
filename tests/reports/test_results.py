"""Figures of whole surveys, from stored answers to JSON."""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

import jsonschema
import pytest
from sqlalchemy.orm import Session

from reports.people import RequestRefused
from reports.request import disclosed_results, reported_questionnaire
from reports.results_json import to_json
from reports.results_schema import json_schema
from reports.results_snapshot import results_from_snapshot, snapshot_of
from reports.tabulation import Filters
from surveys.answers import Value
from surveys.collecting import Sent, collect_many
from surveys.publishing import current_version
from surveys.questionnaire import Questionnaire, RatingQuestion, Scale
from surveys.storage import tables
from tests.factories import NOW, TODAY, a_collector, a_questionnaire, a_survey, some_answers, words

Person = Mapping[str, Value]


def store(session: Session, collector: tables.Collector, people: Sequence[Person], **sent: Any) -> None:
    version = current_version(session, survey=collector.survey)
    given = {"language": "en", "mode": "web", "at": TODAY, **sent}
    collect_many(
        session, version_id=version.id, batch_id=None, sent=[Sent(collector, person, **given) for person in people]
    )


def document(session: Session, slug: str = "small-survey", **filters: Any) -> dict[str, Any]:
    """The JSON of a survey, checked against its schema."""
    results = disclosed_results(session, slug=slug, filters=Filters(**filters), at=NOW)
    found = json.loads(json.dumps(to_json(results, reported_questionnaire(session, slug=slug, results=results))))
    jsonschema.Draft202012Validator(
        json_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(found)
    assert results_from_snapshot(json.loads(json.dumps(snapshot_of(results)))) == results
    return found


def question(population: Mapping[str, Any], key: str) -> dict[str, Any]:
    return next(table for table in population["questions"] if table["id"] == key)


def theme(population: Mapping[str, Any], id_: str) -> dict[str, Any]:
    return next(table for table in population["themes"] if table["id"] == id_)


def people_rating(*answers: Value) -> list[Person]:
    return [some_answers(waiting__importance=answer) for answer in answers]


def test_a_question_counts_every_status_and_scores_only_scale_points(session: Session) -> None:
    """70 positive of 100 rated, 12 not applicable, 8 skipped: 70 %, not 62.5 % or 58.3 %."""
    collector = a_collector(session)
    store(session, collector, people_rating(*["very"] * 70, *["not"] * 30, *["not_sure"] * 12, *[None] * 8))
    table = question(document(session), "waiting.importance")
    assert table["base"] == 100
    assert table["counts"] == {"not": 30, "slightly": 0, "quite": 0, "very": 70}
    assert table["not_scored"] == {"not_sure": 12}
    assert (table["skipped"], table["not_shown"]) == (8, 0)
    assert table["percent_positive"]["value"] == pytest.approx(70)
    assert table["percent_positive"]["low"] == pytest.approx(60.415, abs=0.001)
    assert table["mean"] == pytest.approx(3.1)
    assert table["score_0_10"] == pytest.approx(7.0)


def test_dont_know_and_skipping_change_nothing_but_their_own_counts(session: Session) -> None:
    collector = a_collector(session)
    store(session, collector, people_rating(*["very"] * 20, *["slightly"] * 15))
    before = question(document(session), "waiting.importance")
    store(session, collector, people_rating(*["not_sure"] * 7, *[None] * 5))
    after = question(document(session), "waiting.importance")
    assert after.pop("not_scored") == {"not_sure": 7}
    assert after.pop("skipped") == 5
    assert (before.pop("not_scored"), before.pop("skipped")) == ({"not_sure": 0}, 0)
    assert after == before


def with_rating(**changes: Any) -> Questionnaire:
    small = a_questionnaire()
    rating = small.ask_about_each_theme[0]
    assert isinstance(rating, RatingQuestion)
    return dataclasses.replace(
        small, ask_about_each_theme=(dataclasses.replace(rating, **changes), small.ask_about_each_theme[1])
    )


def test_the_friends_and_family_base_counts_every_answer(session: Session) -> None:
    collector = a_collector(session, a_survey(session, with_rating(base="all")))
    store(session, collector, people_rating(*["very"] * 60, *["not"] * 20, *["not_sure"] * 20, *[None] * 5))
    table = question(document(session), "waiting.importance")
    assert table["base_rule"] == "all"
    assert table["base"] == 100
    assert table["percent_positive"]["value"] == pytest.approx(60)
    assert table["mean"] == pytest.approx(3.25)


@pytest.mark.parametrize(("reverse", "score"), [(False, 10.0), (True, 0.0)])
def test_all_best_answers_score_10_and_reversed_ones_0(session: Session, reverse: bool, score: float) -> None:
    collector = a_collector(session, a_survey(session, with_rating(reverse=reverse)))
    store(session, collector, people_rating(*["very"] * 30))
    found = document(session)
    assert question(found, "waiting.importance")["score_0_10"] == score
    assert theme(found, "waiting")["score_0_10"] == {"value": score, "low": score, "high": score, "base": 30}


def test_scores_go_by_the_values_of_points_and_not_by_their_places(session: Session) -> None:
    small = a_questionnaire()
    points = small.scales[0].points
    uneven = Scale("importance", (*points[:3], dataclasses.replace(points[3], value=11)), small.scales[0].not_scored)
    collector = a_collector(session, a_survey(session, a_questionnaire(scales=(uneven,))))
    store(session, collector, people_rating(*["quite"] * 12))
    assert question(document(session), "waiting.importance")["score_0_10"] == pytest.approx(2.0)


def test_nobody_answering_gives_no_estimate_and_no_nought_per_cent(session: Session) -> None:
    a_collector(session)
    found = document(session)
    assert found["responses"] == 0
    table = question(found, "waiting.importance")
    assert table["base"] == 0
    assert table["percent_positive"] == {"value": None, "low": None, "high": None}
    assert table["mean"] is None
    assert theme(found, "waiting")["rank"] is None


def test_pooled_figures_are_sums_over_sums_and_never_means_of_percentages(session: Session) -> None:
    """90 of 100 and 1 of 10 are 82.7 %, not 50 %."""
    survey = a_survey(session)
    for place, people in (
        ("A", people_rating(*["very"] * 90, *["not"] * 10)),
        ("B", people_rating("very", *["not"] * 9)),
    ):
        store(session, a_collector(session, survey, name=place, place=place), people)
    assert question(document(session), "waiting.importance")["percent_positive"]["value"] == pytest.approx(91 / 1.1)


def test_audiences_stand_beside_what_is_pooled_and_the_pooling_is_said(session: Session) -> None:
    survey = a_survey(session)
    store(session, a_collector(session, survey), people_rating(*["very"] * 40, *["quite"] * 20))
    store(session, a_collector(session, survey, audience="staff"), people_rating(*["very"] * 10, *["not"] * 20))
    found = document(session)
    assert found["pooling"] == "unweighted, 60 patients + 30 staff"
    tables_ = [question(one, "waiting.importance") for one in (*found["audiences"].values(), found)]
    patients, staff, everybody = tables_
    assert list(found["audiences"]) == ["patients", "staff"]
    for option, count in everybody["counts"].items():
        assert count == patients["counts"][option] + staff["counts"][option]
    assert (patients["minimum_base"], staff["minimum_base"], everybody["minimum_base"]) == (10, 11, 11)


def test_one_audience_is_not_called_pooled(session: Session) -> None:
    store(session, a_collector(session), people_rating(*["very"] * 12))
    assert "pooling" not in document(session)


def test_themes_rank_by_how_many_chose_them_and_say_where_the_scores_disagree(session: Session) -> None:
    chance = random.Random(4)
    people = [
        some_answers(
            most_important=("waiting", *chance.sample(["digital", "staff"], 1 if chance.random() < 0.5 else 0)),
            waiting__importance="slightly",
            staff__importance="very",
            digital__importance="quite",
        )
        for _ in range(200)
    ]
    store(session, a_collector(session), people)
    found = document(session)
    assert found["headline_order"] == "chosen"
    assert found["orders_disagree"] is True
    first = theme(found, "waiting")
    assert (first["rank"], first["rank_low"], first["rank_high"], first["tied_with"]) == (1, 1, 1, [])
    assert first["chosen"]["n"] == 200
    assert theme(found, "staff")["tied_with"] == ["digital"]


def test_without_the_question_the_order_is_by_score(session: Session) -> None:
    small = a_questionnaire()
    survey = a_survey(session, a_questionnaire(pages=small.pages[1:]))
    answers = [
        {key: value for key, value in some_answers(staff__importance=rating).items() if key != "most_important"}
        for rating in ["very"] * 20 + ["quite"] * 20
    ]
    store(session, a_collector(session, survey), answers)
    found = document(session)
    assert found["headline_order"] == "score"
    assert theme(found, "staff")["chosen"] is None
    assert theme(found, "waiting")["rank"] == 1


def test_choices_rankings_numbers_and_comments_have_their_own_figures(session: Session) -> None:
    people = [some_answers(visits=visits, order=("home", "practice"), missing="Parking.") for visits in range(30)]
    people += [some_answers(visits=None, order=("hospital",)) for _ in range(10)]
    store(session, a_collector(session), people)
    found = document(session)
    order = question(found, "order")
    assert order["counts"] == {"home": 30, "hospital": 10, "practice": 30}
    assert order["first"] == {"home": 30, "hospital": 10, "practice": 0}
    visits = question(found, "visits")
    assert (visits["base"], visits["mean"], visits["median"], visits["skipped"]) == (30, 14.5, 14.5, 10)
    assert question(found, "missing")["commented"] == 30
    assert theme(found, "waiting")["commented"] == 40
    chosen = question(found, "most_important")
    assert (chosen["base"], chosen["counts"]["none"], chosen["percent"]["waiting"]["value"]) == (40, 0, 100.0)


def test_groups_of_a_single_answer_and_those_without_one_are_everybody(session: Session) -> None:
    people = [some_answers(connection=one) for one in ["patient"] * 30 + ["staff"] * 25 + [None] * 20]
    store(session, a_collector(session), people)
    found = document(session, by="connection")
    assert [(group["value"], group["responses"]) for group in found["groups"]] == [
        ("patient", 30),
        ("staff", 25),
        ("prefer_not_to_say", 0),
    ]


def test_audiences_are_compared_with_enough_people_and_clear_differences_only(session: Session) -> None:
    survey = a_survey(session)
    staff = a_collector(session, survey, audience="staff")
    store(session, a_collector(session, survey), people_rating(*["very"] * 80, *["not"] * 20))
    store(session, staff, people_rating(*["very"] * 20, *["not"] * 29))
    few = document(session)["differences"]
    assert {one["words"] for one in few} == {"too few to say"}
    store(session, staff, people_rating("very", *["not"] * 10))
    found = {(one["measure"], one["id"]): one for one in document(session)["differences"]}
    waiting = found["percent_positive", "waiting.importance"]
    assert waiting["words"] == "higher"
    assert waiting["difference"]["value"] == pytest.approx(80 - 100 * 21 / 60)
    assert waiting["family_size"] == 1
    assert found["chosen", "waiting"]["words"] == "similar"
    assert found["chosen", "waiting"]["family_size"] == 3
    assert found["percent_positive", "staff.importance"]["words"] == "too few to say"


def test_the_same_data_give_the_same_document_and_one_answer_more_another_fingerprint(session: Session) -> None:
    collector = a_collector(session)
    chance = random.Random(9)
    store(session, collector, people_rating(*chance.choices(["very", "quite", "not"], k=60)))
    first, second = document(session), document(session)
    assert first == second
    store(session, collector, people_rating("very"))
    assert document(session)["data_fingerprint"] != first["data_fingerprint"]


def test_minor_versions_pool_and_a_new_meaning_starts_afresh(session: Session) -> None:
    survey = a_survey(session)
    collector = a_collector(session, survey)
    store(session, collector, people_rating(*["very"] * 20))
    a_survey(session, a_questionnaire(title=words("What matters most to you?")), same_meaning=True)
    store(session, collector, people_rating(*["not"] * 20))
    pooled = document(session)
    assert pooled["versions"] == ["1.0", "1.1"]
    assert pooled["responses"] == 40
    a_survey(session, a_questionnaire(journey="themes_first"))
    store(session, collector, people_rating(*["quite"] * 15))
    fresh = document(session)
    assert (fresh["versions"], fresh["responses"]) == (["2.0"], 15)
    assert "1.0, 1.1" in fresh["method"]["other_versions"]
    assert document(session, where=(("version", "1"),))["responses"] == 40
    assert document(session, where=(("version", "1.1"),))["responses"] == 20


def test_an_unknown_field_value_or_version_is_named_with_those_that_exist(session: Session) -> None:
    store(session, a_collector(session), people_rating(*["very"] * 12))
    for filters, message in (
        ({"by": "colour"}, "there is no field 'colour'.*audience.*connection"),
        ({"by": "most_important"}, "no field 'most_important'"),
        ({"where": (("place", "Mars"),)}, "place has no value 'Mars'; it has Alliance"),
        ({"where": (("most_important", "rest"),)}, "it has waiting, digital, staff, none"),
        ({"where": (("version", "7"),)}, "no version '7' of small-survey; it has 1.0"),
        ({"since": NOW.date(), "until": TODAY.replace(day=1)}, "ends before it begins"),
    ):
        with pytest.raises(RequestRefused, match=message):
            document(session, **filters)


@pytest.mark.parametrize(
    "field",
    [
        "audience",
        "place",
        "collector",
        "channel",
        "mode",
        "language",
        "version",
        "week",
        "month",
        "place:1",
        "channel,mode",
    ],
)
def test_groups_of_every_property_add_up_to_everybody(session: Session, field: str) -> None:
    survey = a_survey(session)
    for number, audience in enumerate(("patients", "staff")):
        collector = a_collector(session, survey, audience=audience, place=f"Alliance / {number}", channel=f"c{number}")
        store(session, collector, people_rating(*["very", "not", "quite"] * 12), mode=("web", "paper")[number])
    found = document(session, by=field)
    assert sum(group["responses"] for group in found["groups"]) == 72
    counts = [question(group, "waiting.importance")["counts"]["very"] for group in found["groups"]]
    assert sum(counts) == question(found, "waiting.importance")["counts"]["very"]
