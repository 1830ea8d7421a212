"""Sharing agreements, and whose a place is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from surveys.organisations import add_organisation, ensure_root, rename_organisation
from surveys.sharing import (
    SharedSurvey,
    SharingRefused,
    agree_sharing,
    agreements_of,
    end_sharing,
    find_agreement,
    owner_of_place,
    possible_readers,
    readers_of_own_places,
    shared_survey,
)
from surveys.storage import tables
from tests.factories import NOW, a_collector, a_questionnaire, a_survey

AGREED = {"scope": "all", "reference": "DSA-14", "at": NOW, "by": "ann@example.org"}
OWN = {**AGREED, "scope": "own"}


def below(session: Session, parent: tables.Organisation, name: str, kind: str = "provider") -> tables.Organisation:
    return add_organisation(session, parent=parent, name=name, kind=kind)


@pytest.fixture
def alliance(session: Session) -> tables.Organisation:
    return ensure_root(session, name="Alliance")


@pytest.fixture
def north(session: Session, alliance: tables.Organisation) -> tables.Organisation:
    return below(session, alliance, "North", "place")


@pytest.fixture
def trust(session: Session, north: tables.Organisation) -> tables.Organisation:
    return below(session, north, "Trust A")


def seen_by(session: Session, reader: tables.Organisation) -> tuple[tables.Survey, SharedSurvey] | None:
    return shared_survey(session, organisation_id=reader.id, owner_slug="trust", slug="small-survey")


def test_results_can_be_shared_up_and_down_the_tree_only(
    session: Session, alliance: tables.Organisation, north: tables.Organisation, trust: tables.Organisation
) -> None:
    sister = below(session, alliance, "South", "place")
    assert possible_readers(session, organisation=north) == [alliance, trust]
    assert {one.name for one in possible_readers(session, organisation=alliance)} == {"North", "South", "Trust A"}
    survey = a_survey(session)
    survey.organisation_id = north.id
    with pytest.raises(SharingRefused, match="above or below"):
        agree_sharing(session, survey=survey, reader=sister, **AGREED)
    with pytest.raises(SharingRefused, match="above or below"):
        agree_sharing(session, survey=survey, reader=north, **AGREED)


def test_what_is_shared_is_seen_until_either_side_ends_it(
    session: Session, alliance: tables.Organisation, trust: tables.Organisation
) -> None:
    survey = a_survey(session)
    assert seen_by(session, trust) is None
    agreement = agree_sharing(session, survey=survey, reader=trust, **AGREED)
    found = seen_by(session, trust)
    assert found
    assert found[0] is survey
    seen = found[1]
    assert (seen.slug, seen.title, seen.owner, seen.scope) == (
        "small-survey",
        "What matters to you?",
        "Alliance",
        "all",
    )
    assert shared_survey(session, organisation_id=trust.id, owner_slug="trust-a", slug="small-survey") is None
    assert find_agreement(session, organisation_id=10**6, agreement_id=agreement.id) is None
    for side in (alliance, trust):
        assert find_agreement(session, organisation_id=side.id, agreement_id=agreement.id) is agreement
    end_sharing(session, agreement=agreement, at=NOW, by="ben@example.org")
    assert seen_by(session, trust) is None
    assert find_agreement(session, organisation_id=trust.id, agreement_id=agreement.id) is None
    for side in (alliance, trust):
        (line,) = agreements_of(session, organisation_id=side.id)
        assert (line.reference, line.ended_by) == ("DSA-14", "ben@example.org")
    agree_sharing(session, survey=survey, reader=trust, **AGREED)


def test_a_survey_that_is_not_published_is_not_shown(session: Session, trust: tables.Organisation) -> None:
    survey = tables.Survey(organisation_id=ensure_root(session).id, slug="draft", created_at=NOW)
    session.add(survey)
    session.flush()
    agree_sharing(session, survey=survey, reader=trust, **AGREED)
    assert shared_survey(session, organisation_id=trust.id, owner_slug="trust", slug="draft") is None


def test_an_agreement_needs_a_reference_and_is_recorded_once(session: Session, trust: tables.Organisation) -> None:
    survey = a_survey(session)
    for reference in ("", "  ", "x" * 301):
        with pytest.raises(SharingRefused, match="where the written agreement is kept"):
            agree_sharing(session, survey=survey, reader=trust, **{**AGREED, "reference": reference})
    agree_sharing(session, survey=survey, reader=trust, **AGREED)
    with pytest.raises(SharingRefused, match="already"):
        agree_sharing(session, survey=survey, reader=trust, **OWN)


def test_nobody_sees_its_own_places_who_is_part_of_somebody_who_does(
    session: Session, north: tables.Organisation, trust: tables.Organisation
) -> None:
    survey = a_survey(session)
    agree_sharing(session, survey=survey, reader=north, **OWN)
    with pytest.raises(SharingRefused, match="North sees its own places already"):
        agree_sharing(session, survey=survey, reader=trust, **OWN)
    agree_sharing(session, survey=survey, reader=trust, **AGREED)


@pytest.mark.parametrize(
    ("place", "owner"),
    [
        ("Alliance / North / Trust A", 1),
        ("alliance /  north / TRUST A / Site 3", 1),
        ("Trust A", 1),
        ("Somewhere / Trust A / Ward", 1),
        ("Alliance / South / Hospice", 2),
        ("Alliance / North", None),
        ("Trust A and B", None),
        ("", None),
        ("Trust A / Hospice", 2),
        ("Hospice / Trust A", 1),
        ("Alliance / North / Trust A / Hospice", 2),
    ],
)
def test_whose_a_place_is(place: str, owner: int | None) -> None:
    readers = [(1, "Alliance / North / Trust A"), (2, "Alliance / South / Hospice")]
    assert owner_of_place(place, readers) == owner
    assert owner_of_place(place, readers[::-1]) == owner


NAMES = st.sampled_from(["Alliance", "North", "Trust A", "Trust B", "Site"])


@given(place=st.lists(NAMES, max_size=5), readers=st.lists(st.lists(NAMES, min_size=1, max_size=4), max_size=4))
def test_a_place_is_never_given_to_somebody_it_does_not_name(place: list[str], readers: list[list[str]]) -> None:
    owner = owner_of_place(" / ".join(place), [(number, " / ".join(path)) for number, path in enumerate(readers)])
    named = {number for number, path in enumerate(readers) if path[-1] in place}
    assert owner in named if named else owner is None


def test_readers_share_out_the_collectors_of_their_own_places(
    session: Session, alliance: tables.Organisation, north: tables.Organisation, trust: tables.Organisation
) -> None:
    survey, other = a_survey(session), below(session, north, "Trust B")
    places = ("Alliance / North / Trust A / Site", "Trust B", "Alliance / North", "")
    made = {place: a_collector(session, survey, place=place).id for place in places}
    for reader in (trust, other):
        agree_sharing(session, survey=survey, reader=reader, **OWN)
    agree_sharing(session, survey=survey, reader=north, **AGREED)
    owned = {one.name: one.collector_ids for one in readers_of_own_places(session, survey=survey)}
    assert owned == {
        "Trust A": {made["Alliance / North / Trust A / Site"]},
        "Trust B": {made["Trust B"]},
    }


def owned_by(session: Session, survey: tables.Survey) -> dict[int, set[str]]:
    """The places that each reader of its own places sees, by the reader's id."""
    place_of = {one.id: one.place for one in session.query(tables.Collector)}
    return {
        one.organisation_id: {place_of[id_] for id_ in one.collector_ids}
        for one in readers_of_own_places(session, survey=survey)
    }


def test_a_reader_that_takes_the_name_of_another_place_sees_nothing_new(
    session: Session, alliance: tables.Organisation, north: tables.Organisation, trust: tables.Organisation
) -> None:
    survey = a_survey(session)
    for place in ("Alliance / North / Trust A", "Trust A", "Hospice", "Alliance / North / Hospice", "South / Ward"):
        a_collector(session, survey, place=place)
    agreement = agree_sharing(session, survey=survey, reader=trust, **OWN)
    assert agreement.own_place == "Alliance / North / Trust A"
    before = owned_by(session, survey)
    assert before == {trust.id: {"Alliance / North / Trust A", "Trust A"}}
    for organisation, name in ((trust, "Hospice"), (trust, "Ward"), (north, "South"), (alliance, "South")):
        rename_organisation(session, organisation=organisation, name=name)
        assert owned_by(session, survey) == before
    end_sharing(session, agreement=agreement, at=NOW, by="ann@example.org")
    again = agree_sharing(session, survey=survey, reader=trust, **OWN)
    assert again.own_place == "South / South / Ward"


def test_sharing_everything_fixes_no_place(session: Session, trust: tables.Organisation) -> None:
    assert agree_sharing(session, survey=a_survey(session), reader=trust, **AGREED).own_place is None


def test_two_readers_whom_a_place_cannot_tell_apart_are_refused(
    session: Session, alliance: tables.Organisation, north: tables.Organisation
) -> None:
    survey, south = a_survey(session), below(session, alliance, "South", "place")
    first, second = below(session, north, "Hospice"), below(session, south, "HOSPICE")
    agreement = agree_sharing(session, survey=survey, reader=first, **OWN)
    with pytest.raises(SharingRefused, match="could be either’s"):
        agree_sharing(session, survey=survey, reader=second, **OWN)
    rename_organisation(session, organisation=first, name="Somebody else")
    with pytest.raises(SharingRefused, match="the places of Alliance / North / Hospice already"):
        agree_sharing(session, survey=survey, reader=second, **OWN)
    agree_sharing(session, survey=a_survey(session, a_questionnaire(slug="another")), reader=second, **OWN)
    end_sharing(session, agreement=agreement, at=NOW, by="ann@example.org")
    agree_sharing(session, survey=survey, reader=second, **OWN)


def test_the_place_of_a_reader_stays_whole_when_somebody_new_takes_its_old_name(
    session: Session, alliance: tables.Organisation, north: tables.Organisation
) -> None:
    survey = a_survey(session)
    agree_sharing(session, survey=survey, reader=north, **OWN)
    rename_organisation(session, organisation=north, name="East")
    inside = below(session, below(session, alliance, "North", "place"), "Trust B")
    with pytest.raises(SharingRefused, match="one of the two is part of the other"):
        agree_sharing(session, survey=survey, reader=inside, **OWN)


@pytest.mark.parametrize("name", ["Trust A / Hospice", "A" * 199])
def test_a_reader_that_no_place_can_name_is_refused(
    session: Session,
    alliance: tables.Organisation,
    north: tables.Organisation,
    trust: tables.Organisation,
    name: str,
) -> None:
    for one in (alliance, north, trust):
        one.name = name
    with pytest.raises(SharingRefused, match="rename it first"):
        agree_sharing(session, survey=a_survey(session), reader=trust, **OWN)
