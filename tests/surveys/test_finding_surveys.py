"""Surveys of the same slug in several organisations: named by the organisation, never guessed."""

import pytest
from sqlalchemy.orm import Session

from surveys.organisations import add_organisation, ensure_root
from surveys.publishing import AmbiguousSurvey, SurveyNotFound, find_survey, list_surveys, publish, surveys_named
from surveys.storage import tables
from tests.factories import NOW, a_questionnaire, a_survey


def another(session: Session, slug: str = "small-survey") -> tables.Survey:
    """A survey of an organisation below the first."""
    child = add_organisation(session, parent=ensure_root(session), name="Northshire Hospice", kind="provider")
    publish(session, organisation=child, questionnaire=a_questionnaire(slug=slug), at=NOW, by="b@example.org")
    return next(survey for survey in list_surveys(session) if survey.organisation_id == child.id)


def test_a_slug_that_one_organisation_uses_needs_no_more(session: Session) -> None:
    survey, other = a_survey(session), another(session, "hospice-survey")
    assert find_survey(session, slug="small-survey") is survey
    assert find_survey(session, slug="Hospice-Survey ") is other


def test_a_slug_that_two_use_is_never_guessed(session: Session) -> None:
    survey, other = a_survey(session), another(session)
    with pytest.raises(AmbiguousSurvey, match=r"northshire-hospice, trust; .*--organisation"):
        find_survey(session, slug="small-survey")
    assert find_survey(session, slug="small-survey", organisation="trust") is survey
    assert find_survey(session, slug="small-survey", organisation=" Northshire-Hospice") is other
    assert [each for each, _ in surveys_named(session, slug="small-survey")] == [other, survey]


def test_the_organisation_that_is_named_must_have_the_survey(session: Session) -> None:
    a_survey(session)
    another(session, "hospice-survey")
    with pytest.raises(SurveyNotFound, match=r"of the organisation 'trust'; there are small-survey$"):
        find_survey(session, slug="hospice-survey", organisation="trust")
    with pytest.raises(SurveyNotFound, match="none yet"):
        find_survey(session, slug="small-survey", organisation="nowhere")


def test_surveys_can_be_listed_by_organisation(session: Session) -> None:
    survey, other = a_survey(session), another(session)
    assert set(list_surveys(session)) == {survey, other}
    assert list_surveys(session, organisation="trust") == [survey]
