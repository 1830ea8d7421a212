"""The way in for people in the room: only one that is meant for a workshop and takes answers now."""

from __future__ import annotations

import datetime

import pytest
from sqlalchemy.orm import Session

from reports.documents import DocumentFailed, pdf_from_html
from reports.workshop_live import LiveSurvey, check_live_code, live_survey
from surveys.collectors import stop_collector
from surveys.storage import tables
from tests.factories import NOW, a_collector, a_survey
from tests.reports.answered_survey import shipped_questionnaire

BASE = "https://survey.example.org"


def found(session: Session, survey: tables.Survey, at: datetime.datetime = NOW) -> LiveSurvey | None:
    return live_survey(session, survey=survey, base_url=BASE, at=at)


def test_a_survey_without_a_workshop_has_no_code_for_the_room(session: Session) -> None:
    survey = a_survey(session, shipped_questionnaire(), at=NOW)
    a_collector(session, survey, name="Waiting room", channel="Poster")
    assert found(session, survey) is None


def test_the_newest_open_way_in_for_a_workshop_is_taken(session: Session) -> None:
    survey = a_survey(session, shipped_questionnaire(), at=NOW)
    by_channel = a_collector(session, survey, name="Town hall", channel="Workshop")
    by_activity = a_collector(session, survey, name="Library", channel="meeting")
    by_activity.activity = "Patients' WORKSHOP in March"
    session.flush()
    assert found(session, survey) == LiveSurvey(BASE, by_activity.code)
    stop_collector(session, collector=by_activity, at=NOW, by="officer@example.org")
    assert found(session, survey) == LiveSurvey(BASE, by_channel.code)


def test_a_survey_that_is_closed_has_no_code_for_the_room(session: Session) -> None:
    survey = a_survey(session, shipped_questionnaire(), at=NOW, closes=NOW.date() + datetime.timedelta(days=3))
    a_collector(session, survey, name="Town hall", channel="workshop")
    assert found(session, survey) is not None
    assert found(session, survey, at=NOW + datetime.timedelta(days=9)) is None


def test_a_pack_whose_code_cannot_be_read_is_refused() -> None:
    pdf = pdf_from_html("<html lang='en'><head><title>t</title></head><body><p>7C3 QX8</p></body></html>")
    with pytest.raises(DocumentFailed, match="could not be read back"):
        check_live_code(pdf, LiveSurvey(BASE, "7C3QX8"))
