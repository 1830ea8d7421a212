"""Publishing: numbers, dates, status, and versions that never change."""

import dataclasses
import datetime
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.answers import layout_of
from surveys.organisations import ensure_root
from surveys.publishing import (
    NotPublishable,
    PublishedVersion,
    SurveyNotFound,
    accepts_answers,
    content_hash,
    current_version,
    find_survey,
    load_layout,
    load_version,
    publish,
    survey_status,
    versions_of,
)
from surveys.questionnaire import Questionnaire
from surveys.storage import tables
from surveys.storage.tables.publishing import PublishedVersionImmutableError
from tests.factories import NOW, a_questionnaire, a_survey, words

LONDON = zoneinfo.ZoneInfo("Europe/London")
HOUR = datetime.timedelta(hours=1)


def publishing(session: Session, questionnaire: Questionnaire, **further: object) -> PublishedVersion:
    given = {"at": NOW, "by": "officer@example.org", **further}
    return publish(session, organisation=ensure_root(session), questionnaire=questionnaire, **given)  # type: ignore[arg-type]


def reworded(questionnaire: Questionnaire) -> Questionnaire:
    first, *rest = questionnaire.themes
    theme = dataclasses.replace(first, explanation=words("The same, said better."))
    return dataclasses.replace(questionnaire, themes=(theme, *rest))


def with_another_scale_value(questionnaire: Questionnaire) -> Questionnaire:
    (scale,) = questionnaire.scales
    *points, last = scale.points
    changed = dataclasses.replace(scale, points=(*points, dataclasses.replace(last, value=9)))
    return dataclasses.replace(questionnaire, scales=(changed,))


def test_the_first_version_is_1_0_and_can_be_read_back_whole(session: Session) -> None:
    published = publishing(session, a_questionnaire())
    assert (published.slug, published.version, published.created) == ("small-survey", "1.0", True)
    assert load_version(session, published.id) == a_questionnaire()
    assert load_layout(session, published.id) == layout_of(a_questionnaire())
    row = session.get_one(tables.QuestionnaireVersion, published.id)
    assert row.sha256 == content_hash(row.document)


def test_the_same_content_twice_is_the_same_version(session: Session) -> None:
    first = publishing(session, a_questionnaire())
    again = publishing(session, a_questionnaire(), at=NOW + HOUR)
    assert (again.id, again.version, again.created) == (first.id, "1.0", False)


def test_only_a_declared_and_real_rewording_is_a_minor_version(session: Session) -> None:
    before = a_questionnaire()
    publishing(session, before)
    assert publishing(session, reworded(before), same_meaning=True).version == "1.1"
    unsaid = dataclasses.replace(before, title=words("What matters most to you?"))
    assert publishing(session, unsaid).version == "2.0"
    changed = publishing(session, with_another_scale_value(before), same_meaning=True)
    assert (changed.version, changed.changes) == ("3.0", ("scales",))


def test_the_order_in_which_a_file_defines_its_scales_means_nothing(session: Session) -> None:
    (scale,) = a_questionnaire().scales
    before = dataclasses.replace(a_questionnaire(), scales=(scale, dataclasses.replace(scale, id="agreement")))
    publishing(session, before)
    assert publishing(session, reworded(before), same_meaning=True).version == "1.1"


def test_going_back_to_earlier_content_makes_that_version_current_again(session: Session) -> None:
    before = a_questionnaire()
    first = publishing(session, before)
    publishing(session, with_another_scale_value(before))
    again = publishing(session, before)
    survey = find_survey(session, slug=first.slug)
    assert (again.version, again.created) == ("1.0", False)
    assert current_version(session, survey=survey).id == first.id
    assert publishing(session, reworded(before), same_meaning=True).version == "1.1"
    assert [version.number for version in versions_of(session, survey=survey)] == ["1.0", "1.1", "2.0"]


def test_a_questionnaire_that_breaks_a_rule_is_not_published(session: Session) -> None:
    (scale,) = a_questionnaire().scales
    broken = a_questionnaire(scales=(dataclasses.replace(scale, id="another"),))
    with pytest.raises(NotPublishable, match="importance"):
        publishing(session, broken)


def test_an_unknown_survey_is_answered_with_those_there_are(session: Session) -> None:
    with pytest.raises(SurveyNotFound, match="none yet"):
        find_survey(session, slug="elsewhere")
    a_survey(session)
    with pytest.raises(SurveyNotFound, match="small-survey"):
        find_survey(session, slug="elsewhere")


@pytest.mark.parametrize(
    ("closes", "last_moment"),
    [
        (datetime.date(2026, 12, 1), datetime.datetime(2026, 12, 1, 23, 59, 59, tzinfo=datetime.UTC)),
        # In summer the day ends an hour earlier in UTC, and the days on which the clocks change end where people think.
        (datetime.date(2027, 7, 1), datetime.datetime(2027, 7, 1, 22, 59, 59, tzinfo=datetime.UTC)),
        (datetime.date(2027, 3, 28), datetime.datetime(2027, 3, 28, 22, 59, 59, tzinfo=datetime.UTC)),
        (datetime.date(2026, 10, 25), datetime.datetime(2026, 10, 25, 23, 59, 59, tzinfo=datetime.UTC)),
        (datetime.date(2028, 2, 29), datetime.datetime(2028, 2, 29, 23, 59, 59, tzinfo=datetime.UTC)),
    ],
)
def test_a_survey_closes_at_the_end_of_its_closing_day(
    session: Session, closes: datetime.date, last_moment: datetime.datetime
) -> None:
    survey = a_survey(session, closes=closes)
    second = datetime.timedelta(seconds=1)
    assert survey_status(survey, last_moment) == "open"
    assert survey_status(survey, last_moment + second) == "closed"


def test_a_survey_opens_at_the_beginning_of_its_opening_day(session: Session) -> None:
    survey = a_survey(session, opens=datetime.date(2027, 6, 1), closes=datetime.date(2027, 6, 1))
    opening = datetime.datetime(2027, 6, 1, tzinfo=LONDON)
    assert survey_status(survey, opening - datetime.timedelta(seconds=1)) == "not_yet_open"
    assert survey_status(survey, opening) == "open"
    survey.withdrawn_at = opening + HOUR
    assert survey_status(survey, opening + HOUR) == "withdrawn"


def test_dates_are_kept_when_a_later_version_says_nothing_about_them(session: Session) -> None:
    closes = datetime.date(2026, 12, 24)
    before = a_survey(session, closes=closes).closes_at
    assert a_survey(session, reworded(a_questionnaire())).closes_at == before
    with pytest.raises(NotPublishable, match="close before it opens"):
        a_survey(session, opens=closes + datetime.timedelta(days=1))


def test_dates_come_back_in_utc(database: Database) -> None:
    with database.writing() as session:
        a_survey(session, closes=datetime.date(2027, 6, 1))
    with database.reading() as session:
        survey = find_survey(session, slug="small-survey")
        assert survey.closes_at == datetime.datetime(2027, 6, 2, tzinfo=LONDON)
        assert survey.closes_at is not None
        assert survey.closes_at.tzinfo is datetime.UTC


@given(begun=st.integers(-72, 72), sent=st.integers(-72, 72), withdrawn=st.none() | st.integers(-72, 72))
def test_answers_begun_before_closing_are_accepted_for_a_day_after_it(
    begun: int, sent: int, withdrawn: int | None
) -> None:
    survey = tables.Survey(
        closes_at=NOW, opens_at=None, withdrawn_at=None if withdrawn is None else NOW + withdrawn * HOUR
    )
    accepted = accepts_answers(survey, at=NOW + sent * HOUR, begun_at=NOW + begun * HOUR)
    assert accepted == ((withdrawn is None or sent < withdrawn) and (sent < 0 or (begun < 0 and sent < 24)))
    assert not accepts_answers(survey, at=NOW + HOUR)


def test_a_published_version_can_be_neither_changed_nor_removed(session: Session) -> None:
    version = current_version(session, survey=a_survey(session))
    session.commit()
    version.document = "{}"
    with pytest.raises(PublishedVersionImmutableError):
        session.flush()
    session.rollback()
    session.delete(version)
    with pytest.raises(PublishedVersionImmutableError):
        session.flush()
    session.rollback()
    with pytest.raises(DBAPIError, match="cannot change"):
        session.execute(update(tables.QuestionnaireVersion).values(major=7))


def test_versions_of_one_database_are_not_remembered_for_another(sqlite_database: Database, database: Database) -> None:
    other = a_questionnaire(title=words("Somewhere else"))
    with sqlite_database.writing() as session:
        mine = publishing(session, a_questionnaire())
        assert load_version(session, mine.id) == a_questionnaire()
    if database.url != sqlite_database.url:
        with database.writing() as session:
            theirs = publishing(session, other)
            assert load_version(session, theirs.id) == other


def test_a_version_whose_publishing_was_undone_is_not_remembered(database: Database) -> None:
    other = a_questionnaire(title=words("What was published instead"))
    with Session(database.writing_engine) as session:
        undone = publishing(session, a_questionnaire())
        assert load_version(session, undone.id) == a_questionnaire()
    with database.writing() as session:
        published = publishing(session, other)
    with database.reading() as session:
        assert load_version(session, published.id) == other
        assert load_version(session, published.id) is load_version(session, published.id)
