import datetime

import pytest
from sqlalchemy import func, select

from engage.access.accounts import find_account
from engage.demonstration import EMAIL, DemonstrationRefused, ensure_account, set_up, shipped_survey
from engage.unit_of_work import Database
from surveys.library import library_files
from surveys.publishing import current_version, find_survey, load_version, publish, survey_status
from surveys.questionnaire_file import read_questionnaire
from surveys.storage import tables
from tests.factories import NOW, TODAY, a_survey

ZONE = "Europe/London"


def demonstrate(database: Database) -> tuple[str, tuple[str, ...], bool]:
    with database.writing() as session:
        done = set_up(session, at=NOW, today=TODAY, time_zone=ZONE)
    return done.slug, done.codes, done.created


def test_it_fills_the_shipped_survey_with_enough_patients_and_staff(database: Database) -> None:
    slug, codes, created = demonstrate(database)
    assert created
    assert len(codes) == 3
    response, collector = tables.Response, tables.Collector
    with database.reading() as session:
        counted = select(collector.audience_id, func.count()).join(response, response.collector_id == collector.id)
        by_audience = {row[0]: row[1] for row in session.execute(counted.group_by(collector.audience_id))}
        places = session.scalars(select(collector.place).where(collector.audience_id == "patients")).all()
        days = session.scalars(select(response.submitted_on)).all()
        modes = set(session.scalars(select(response.mode)))
        about = session.scalar(select(func.count()).select_from(tables.EqualityAnswer))
        comments = session.scalar(select(func.count()).select_from(tables.Comment))
        survey = find_survey(session, slug=slug)
        assert load_version(session, current_version(session, survey=survey).id).demonstration
        assert survey_status(survey, NOW) == "open"
    assert by_audience["patients"] >= 300
    assert by_audience["staff"] >= 60
    assert len(set(places)) == 2
    assert TODAY - datetime.timedelta(days=21) <= min(days) < max(days) < TODAY
    assert modes == {"demonstration"}
    assert about is not None
    assert 0.35 < about / sum(by_audience.values()) < 0.65
    assert comments is not None
    assert comments > 200


def test_a_second_time_changes_nothing(database: Database) -> None:
    first = demonstrate(database)
    with database.reading() as session:
        before = session.scalar(select(func.count()).select_from(tables.Response))
    assert demonstrate(database) == (first[0], first[1], False)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(tables.Response)) == before
        assert session.scalar(select(func.count()).select_from(tables.Collector)) == 3


def test_the_staff_account_is_made_once_with_a_password_nobody_could_guess(database: Database) -> None:
    with database.writing() as session:
        password = ensure_account(session, at=NOW)
    assert password is not None
    assert len(password) >= 20
    with database.writing() as session:
        assert ensure_account(session, at=NOW) is None
        account = find_account(session, email=EMAIL)
        assert account is not None
        assert password not in account.password_hash


def test_a_real_survey_of_the_same_name_is_left_alone(database: Database) -> None:
    real = read_questionnaire(library_files()["cancer-strategy-themes"].read_bytes())
    with database.writing() as session:
        a_survey(session, real)
    with database.writing() as session, pytest.raises(DemonstrationRefused, match="ENGAGE_INSTANCE"):
        set_up(session, at=NOW, today=TODAY, time_zone=ZONE)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(tables.Response)) == 0


def test_the_survey_closes_in_the_future_whenever_it_is_tried() -> None:
    later = datetime.date(2031, 5, 6)
    questionnaire, closes = shipped_survey(today=later)
    assert closes == datetime.date(2031, 6, 3)
    assert questionnaire.about.closing is not None
    assert questionnaire.about.closing.in_language("en") == "3 June 2031"


def test_the_demonstration_can_be_published_again_after_a_change_of_day(database: Database) -> None:
    demonstrate(database)
    with database.writing() as session:
        questionnaire, _ = shipped_survey(today=TODAY)
        organisation = session.scalars(select(tables.Organisation)).one()
        again = publish(session, organisation=organisation, questionnaire=questionnaire, at=NOW, by="a@example.org")
        assert not again.created
