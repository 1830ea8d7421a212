"""Mentions of whole surveys, from coded comments to JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.request import disclosed_results, reported_questionnaire
from reports.results_json import to_json
from reports.results_schema import json_schema
from reports.results_snapshot import results_from_snapshot, snapshot_of
from reports.tabulation import Filters
from reports.verification import verify
from surveys.coding.drawing import draw_sample
from surveys.coding.frames import live_codes
from surveys.storage import tables
from tests.factories import NOW
from tests.reports.coded_survey import Writer, a_coded_survey, about, code
from tests.reports.verifying import SECRET, a_pdf

ORACLE = json.loads((Path(__file__).parents[2] / "oracles" / "04_mentions_multicode.json").read_text())
SLUG = "small-survey"
WAITING, DIGITAL = "waiting.comment", "digital.comment"
NAMES = ["Parking", "Food"]


def document(session: Session, **filters: Any) -> dict[str, Any]:
    """The JSON of the survey, checked against its schema, from results that a snapshot keeps whole."""
    results = disclosed_results(session, slug=SLUG, filters=Filters(**filters), at=NOW)
    found = json.loads(json.dumps(to_json(results, reported_questionnaire(session, slug=SLUG, results=results))))
    jsonschema.Draft202012Validator(json_schema()).validate(found)
    assert results_from_snapshot(json.loads(json.dumps(snapshot_of(results)))) == results
    return found


def mentions(session: Session, key: str | None = WAITING, **filters: Any) -> dict[str, Any]:
    return next(table for table in document(session, **filters)["mentions"] if table["key"] == key)


def column(table: Mapping[str, Any], field: str | None = None, value: str | None = None) -> int:
    return next(place for place, one in enumerate(table["columns"]) if (one["field"], one["value"]) == (field, value))


def people(table: Mapping[str, Any], place: int = 0) -> dict[str, Any]:
    return {row["name"]: row["people"][place]["n"] for row in table["rows"]}


def percents(table: Mapping[str, Any], place: int = 0) -> dict[str, Any]:
    return {row["name"]: row["people"][place]["percent"] for row in table["rows"]}


def told_by_oracle() -> Iterator[Writer]:
    """Each person of the worked example twenty times, so that nothing is too few to show."""
    for response in ORACLE["worked"]["responses"]:
        codes = response["codes"]
        for _ in range(20):
            yield Writer({}) if codes is None else about(WAITING, *codes)


@pytest.mark.parametrize(
    ("base", "number", "expected"),
    [
        ("commented", 20 * ORACLE["worked"]["commented"], ORACLE["worked"]["pct_of_commented"]),
        ("mentions", 20 * 8, ORACLE["worked"]["pct_of_mentions"]),
        (
            "respondents",
            20 * ORACLE["worked"]["respondents_total"],
            {code: 100 * n / 7 for code, n in ORACLE["worked"]["distinct_mentions"].items()},
        ),
    ],
)
def test_three_bases_of_the_same_counts(session: Session, base: str, number: int, expected: dict[str, float]) -> None:
    a_coded_survey(session, list(told_by_oracle()), names=["posts", "retention", "skills"])
    table = mentions(session, mentions_base=base)
    assert people(table) == {code: 20 * n for code, n in ORACLE["worked"]["distinct_mentions"].items()}
    assert (table["base"], table["columns"][0]["base"]) == (base, number)
    assert percents(table) == pytest.approx(expected, abs=ORACLE["tolerance"])


def test_a_comment_without_a_code_counts_among_those_that_were_coded(session: Session) -> None:
    a_coded_survey(session, list(told_by_oracle()), names=["posts", "retention", "skills"])
    table = mentions(session)
    assert (table["commented"], table["columns"][0]["coded"]) == (120, 120)


def test_a_person_who_raises_a_point_about_two_themes_counts_once_in_all_of_them_together(session: Session) -> None:
    twice = [Writer({WAITING: {"Parking": "negative"}, DIGITAL: {"Parking": "mixed"}}) for _ in range(12)]
    a_coded_survey(session, [*twice, *(about(WAITING, "Parking") for _ in range(20))], names=["Parking"])
    assert [people(mentions(session, key))["Parking"] for key in (WAITING, DIGITAL, None)] == [32, 12, 32]


def test_the_point_that_most_people_raised_comes_first_and_all_others_together_last(session: Session) -> None:
    writers = [about(WAITING, "Food") for _ in range(6)] + [about(WAITING, "Parking") for _ in range(20)]
    writers += [about(WAITING, "Noise", "Light")] * 2 + [about(WAITING, "Noise"), *[about(WAITING, "Light")] * 2]
    a_coded_survey(session, writers, names=["Noise", "Food", "Light", "Parking", "Nobody"])
    assert list(people(mentions(session)).items()) == [("Parking", 20), ("Food", 6), ("", 5)]


def test_a_point_that_few_people_raised_is_never_shown_alone(session: Session) -> None:
    writers = [about(WAITING, "Parking") for _ in range(20)] + [about(WAITING, "Noise") for _ in range(4)]
    a_coded_survey(session, writers, names=["Noise", "Parking"])
    assert people(mentions(session)) == {"Parking": 20, "": "suppressed"}


def test_only_comments_that_may_be_used_count(session: Session) -> None:
    told = [about(WAITING, "Parking") for _ in range(20)]
    escalated = [about(WAITING, "Parking", state="escalated") for _ in range(7)]
    unread = [about(WAITING, "Parking", state=None) for _ in range(6)]
    uncoded = [Writer({WAITING: None}) for _ in range(8)]
    a_coded_survey(session, [*told, *escalated, *unread, *uncoded], names=["Parking"])
    table = mentions(session)
    assert (table["commented"], table["columns"][0]["coded"], people(table)) == (41, 20, {"Parking": 20})


def test_a_second_coders_codes_count_nowhere(session: Session) -> None:
    frame = a_coded_survey(session, [about(WAITING, "Parking") for _ in range(20)], names=["Parking", "Noise"])
    survey = session.get_one(tables.Survey, frame.survey_id)
    before = mentions(session)
    for state in session.scalars(select(tables.CommentState)):
        session.delete(state)
    session.flush()
    code(session, survey, frame, [about(WAITING, "Noise") for _ in range(20)], round_=1)
    assert mentions(session) == before


def test_comments_that_still_have_a_retired_code_are_not_coded_yet(session: Session) -> None:
    writers = [about(WAITING, "Parking") for _ in range(20)] + [about(WAITING, "Noise", "Parking") for _ in range(9)]
    frame = a_coded_survey(session, writers, names=["Parking", "Noise"])
    live_codes(session, frame_id=frame.id)[1].retired_in = 2
    session.flush()
    table = mentions(session)
    assert (table["commented"], table["columns"][0]["coded"], people(table)) == (29, 20, {"Parking": 20})


def test_audiences_and_ratings_stand_beside_everybody(session: Session) -> None:
    writers = [about(WAITING, "Parking", audience="staff", ratings={"waiting": "not"}) for _ in range(15)]
    writers += [about(WAITING, "Parking", ratings={"waiting": "very"}) for _ in range(16)]
    writers += [about(WAITING, ratings={"waiting": "quite"}) for _ in range(14)]
    writers += [about(WAITING, ratings={"waiting": "not"}, audience="staff") for _ in range(13)]
    a_coded_survey(session, writers, names=["Parking"])
    table = mentions(session)
    assert [one["label"] for one in table["columns"]] == [
        "Everybody",
        "Patients",
        "Staff",
        "Quite important / Very important",
        "Not important / Slightly important",
    ]
    assert [one["coded"] for one in table["columns"]] == [58, 30, 28, 30, 28]
    assert [cell["n"] for cell in table["rows"][0]["people"]] == [31, 16, 15, 16, 15]


def test_a_group_of_few_people_is_hidden_with_the_one_that_would_give_it_away(session: Session) -> None:
    writers = [about(WAITING, "Parking", audience="staff") for _ in range(9)]
    writers += [about(WAITING, "Parking") for _ in range(30)] + [about(WAITING) for _ in range(10)]
    a_coded_survey(session, writers, names=["Parking"])
    table = mentions(session)
    assert table["columns"][0]["coded"] == 49
    assert [one["coded"] for one in table["columns"][1:3]] == ["suppressed", "suppressed"]
    assert [cell["n"] for cell in table["rows"][0]["people"][:3]] == [39, "suppressed", "suppressed"]


def test_a_table_about_too_few_people_has_no_rows(session: Session) -> None:
    writers = [about(WAITING, "Parking") for _ in range(9)] + [about(DIGITAL, "Parking") for _ in range(20)]
    a_coded_survey(session, writers, names=["Parking"])
    table = mentions(session)
    assert (table["columns"][0]["coded"], table["rows"]) == ("suppressed", [])


def test_what_everybody_in_a_group_raised_is_not_told_by_group(session: Session) -> None:
    writers = [about(WAITING, "Parking", audience="staff") for _ in range(20)]
    writers += [about(WAITING, "Parking") for _ in range(10)] + [about(WAITING) for _ in range(20)]
    a_coded_survey(session, writers, names=["Parking"])
    table = mentions(session)
    assert table["columns"][column(table, "audience", "staff")]["coded"] == 20
    assert [cell["n"] for cell in table["rows"][0]["people"][:3]] == [30, "suppressed", "suppressed"]


def test_what_everybody_raised_is_the_finding(session: Session) -> None:
    writers = [about(WAITING, "Parking", audience=audience) for audience in ("staff", "patients") for _ in range(20)]
    a_coded_survey(session, writers, names=["Parking"])
    assert [cell["n"] for cell in mentions(session)["rows"][0]["people"][:3]] == [40, 20, 20]


def test_sentiments_of_few_people_are_hidden_and_what_would_give_them_away(session: Session) -> None:
    said = {"negative": 20, "mixed": 3, "positive": 6}
    writers = [about(WAITING, "Parking", sentiment=one) for one, number in said.items() for _ in range(number)]
    a_coded_survey(session, writers, names=["Parking"])
    assert mentions(session)["rows"][0]["sentiment"] == {
        "negative": 20,
        "mixed": "suppressed",
        "positive": "suppressed",
        "neutral": 0,
    }


def test_a_filter_shows_what_the_column_of_the_same_people_shows(session: Session) -> None:
    writers = [about(WAITING, "Parking", audience="staff") for _ in range(12)] + [about(WAITING, audience="staff")] * 3
    writers += [about(WAITING, "Parking", "Noise") for _ in range(20)] + [about(WAITING) for _ in range(10)]
    a_coded_survey(session, writers, names=["Parking", "Noise"])
    whole = mentions(session)
    staff = mentions(session, where=(("audience", "staff"),))
    of_staff = people(whole, column(whole, "audience", "staff"))
    # Nobody on the staff raised the other point, so it is no row of their table.
    assert of_staff == {"Parking": 12, "Noise": 0}
    assert people(staff) == {"Parking": 12}
    assert staff["columns"][0]["coded"] == 15


def test_filters_that_are_combined_show_no_mentions(session: Session) -> None:
    writers = [
        about(WAITING, "Parking", place=f"Alliance / {place}", audience=audience)
        for place in "AB"
        for audience in ("patients", "staff")
        for _ in range(20)
    ]
    a_coded_survey(session, writers, names=["Parking"])
    assert document(session, where=(("place", "Alliance / A"),))["mentions"]
    assert not document(session, where=(("place", "Alliance / A"), ("audience", "patients")))["mentions"]


def test_frames_of_ideas_are_no_mentions(session: Session) -> None:
    frame = a_coded_survey(session, [about(WAITING, "Parking") for _ in range(20)], names=["Parking"])
    frame.kind = "ideas"
    session.flush()
    assert document(session)["mentions"] == []


def test_coding_one_more_comment_changes_the_fingerprint(session: Session) -> None:
    frame = a_coded_survey(session, [about(WAITING, "Parking") for _ in range(20)], names=["Parking", "Noise"])
    before = document(session)["data_fingerprint"]
    assert document(session)["data_fingerprint"] == before
    mention = session.scalars(select(tables.Mention).limit(1)).one()
    mention.code_id = live_codes(session, frame_id=frame.id)[1].id
    session.flush()
    assert document(session)["data_fingerprint"] != before


def test_few_comments_that_were_passed_on_are_not_numbered(session: Session) -> None:
    told = [about(WAITING, "Parking") for _ in range(20)]
    a_coded_survey(session, [*told, about(WAITING, state="escalated")], names=["Parking"])
    (coding,) = document(session)["coding"]
    assert (coding["frame_version"], coding["passed_on"], coding["sample"]) == (1, "suppressed", None)


def test_the_second_coders_agreement_is_told_where_enough_comments_got_the_code(session: Session) -> None:
    frame = a_coded_survey(
        session,
        [about(WAITING, *["Parking"] * (number < 30), *["Noise"] * (number < 3)) for number in range(60)],
        names=["Parking", "Noise"],
    )
    draw_sample(session, frame=frame, coder="second@example.org", by="officer@example.org", at=NOW)
    ids = {one.name: one.id for one in live_codes(session, frame_id=frame.id)}
    drawn = session.scalars(select(tables.CodingSampleComment).order_by(tables.CodingSampleComment.ref)).all()
    changed = 0
    for one in drawn:
        given = {code[0] if isinstance(code, list | tuple) else code for code in one.first_codes}
        if ids["Parking"] in given and changed < 2:
            given.discard(ids["Parking"])
            changed += 1
        key = {"ref": one.ref, "frame_id": frame.id, "round": one.round, "organisation_id": frame.organisation_id}
        session.add(tables.CodedComment(**key, frame_version=1, coded_at=NOW, coded_by="second@example.org"))
        session.flush()
        session.add_all(tables.Mention(**key, code_id=one_id, sentiment="mixed", suggested=False) for one_id in given)
    session.flush()
    (coding,) = document(session)["coding"]
    parking, noise = coding["agreement"]
    assert coding["sample"] == 50
    assert (parking["percent"], parking["verdict"]) == (96, "strong")
    assert 0.9 < parking["kappa"] < 0.95
    assert (noise["percent"], noise["kappa"], noise["verdict"]) == ("suppressed", "suppressed", "too few")


def test_a_point_that_all_but_one_raised_has_no_number(session: Session) -> None:
    # It is known how many of the staff commented, so the number would tell that four or five of them raised it.
    writers = [about(WAITING, "Parking", audience="staff") for _ in range(5)] + [about(WAITING, "Food")]
    a_coded_survey(session, [*writers, *(about(WAITING, "Parking", "Food") for _ in range(20))], names=NAMES)
    table = mentions(session)
    assert (people(table), table["rows"][1]["sentiment"]) == ({"Food": 21, "Parking": "suppressed"}, None)


def test_verifying_a_report_says_that_comments_were_coded_differently(session: Session) -> None:
    writers = [about(WAITING, "Parking") for _ in range(30)] + [about(WAITING, "Food") for _ in range(10)]
    frame = a_coded_survey(session, writers, names=NAMES)
    results = disclosed_results(session, slug=SLUG, at=NOW)
    questionnaire = reported_questionnaire(session, slug=SLUG, results=results)
    pdf = a_pdf(results, questionnaire)
    assert verify(session, pdf, secrets=(SECRET,)).matches
    parking, food = live_codes(session, frame_id=frame.id)
    mention = session.scalars(select(tables.Mention).where(tables.Mention.code_id == parking.id).limit(1)).one()
    mention.code_id = food.id
    session.flush()
    verified = verify(session, pdf, secrets=(SECRET,))
    assert (verified.matches, verified.same_data, verified.parts) == (False, False, ())
    assert verified.changes[1:] == ("Comments were coded differently by the code frame “What people say” since.",)
