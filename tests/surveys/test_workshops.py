"""Keeping what workshops said: nothing that identifies somebody, nothing twice, and nobody writes over another."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.storage import tables
from surveys.workshops.keeping import (
    ChangedMeanwhile,
    add_workshop,
    change_workshop,
    put_workshop_back,
    remove_workshop,
    workshops_of,
)
from surveys.workshops.records import Said, WorkshopRefused
from tests.factories import NOW, a_survey
from tests.workshops import BY, a_record, a_workshop


def test_what_may_identify_somebody_is_never_stored(session: Session) -> None:
    survey = a_survey(session)
    session.add(
        tables.MaskingList(
            organisation_id=survey.organisation_id,
            hospital_number="",
            staff_names=["Philomena Grubwinkle"],
            changed_at=NOW,
            changed_by=BY,
        )
    )
    said = Said(agreed="Dr Quimbleton listens\nRing 07700 900461", ideas="Ask Philomena Grubwinkle")
    a_workshop(
        session, survey, themes={"waiting": said}, place="Hall, ZE1 7QB", facilitator_role="Mrs Quimbleton, lead"
    )
    row = session.scalars(select(tables.WorkshopTheme)).one()
    assert (row.agreed, row.ideas) == ("Dr [name] listens\nRing [phone number]", "Ask [name]")
    held = session.scalars(select(tables.Workshop)).one()
    assert (held.place, held.facilitator_role) == ("Hall, [postcode]", "Mrs [name], lead")


def test_names_that_are_added_to_the_list_later_are_hidden_too(session: Session) -> None:
    survey = a_survey(session)
    a_workshop(session, survey, themes={"waiting": Said(ideas="Ask Philomena")})
    session.add(
        tables.MaskingList(
            organisation_id=survey.organisation_id,
            hospital_number="",
            staff_names=["Philomena"],
            changed_at=NOW,
            changed_by=BY,
        )
    )
    session.flush()
    (kept,) = workshops_of(session, survey=survey)
    assert kept.record.themes["waiting"].ideas == "Ask [name]"


def test_a_workshop_that_is_sent_twice_is_kept_once(session: Session) -> None:
    survey = a_survey(session)
    first = a_workshop(session, survey)
    again, is_new = add_workshop(session, survey=survey, record=a_record(), at=NOW, by=BY)
    assert (again.number, is_new) == (first.number, False)
    assert len(workshops_of(session, survey=survey)) == 1


def test_nobody_writes_over_what_somebody_else_changed(session: Session) -> None:
    survey = a_survey(session)
    kept = a_workshop(session, survey)
    change = {"session": session, "survey": survey, "number": kept.number, "seen": 1, "at": NOW, "by": BY}
    assert change_workshop(**change, record=a_record(people=15)) == ["people"]
    with pytest.raises(ChangedMeanwhile):
        change_workshop(**change, record=a_record(people=13))
    (stands,) = workshops_of(session, survey=survey)
    assert (stands.record, stands.row_version) == (a_record(people=15), 2)


def test_a_workshop_that_was_taken_out_can_be_put_back_whole(session: Session) -> None:
    survey = a_survey(session)
    kept = a_workshop(session, survey)
    assert remove_workshop(session, survey=survey, number=kept.number, at=NOW, by=BY)
    assert not remove_workshop(session, survey=survey, number=kept.number, at=NOW, by=BY)
    assert [one.is_removed for one in workshops_of(session, survey=survey)] == [True]
    assert put_workshop_back(session, survey=survey, number=kept.number)
    assert [one.record for one in workshops_of(session, survey=survey)] == [a_record()]


def test_more_votes_than_the_people_had_are_refused(session: Session) -> None:
    survey = a_survey(session)
    with pytest.raises(WorkshopRefused) as refused:
        a_workshop(session, survey, people=7)
    assert "23 votes, more than 7 people with 3 each can give" in refused.value.problems["people"]
    assert workshops_of(session, survey=survey) == ()


def test_another_surveys_workshop_cannot_be_reached(session: Session) -> None:
    other = tables.Survey(organisation_id=a_survey(session).organisation_id, slug="other", created_at=NOW)
    session.add(other)
    session.flush()
    kept = a_workshop(session, other)
    survey = session.scalars(select(tables.Survey).where(tables.Survey.slug == "small-survey")).one()
    with pytest.raises(LookupError):
        remove_workshop(session, survey=survey, number=kept.number, at=NOW, by=BY)
