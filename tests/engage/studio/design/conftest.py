"""An officer with a survey that is being written."""

import datetime
from collections.abc import Callable

import pytest

from engage import clock
from engage.unit_of_work import Database
from surveys.designing import find_design, new_design
from surveys.organisations import ensure_root
from surveys.questionnaire import Questionnaire
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import a_questionnaire

SURVEY = "/staff/surveys/small-survey"

NowOf = Callable[[], Questionnaire]


@pytest.fixture
def officer(signed_in_as: SignedInAs, database: Database) -> StaffBrowser:
    browser = signed_in_as("officer")
    with database.writing() as session:
        at = clock.now() - datetime.timedelta(minutes=5)
        new_design(session, organisation=ensure_root(session), questionnaire=a_questionnaire(), at=at, by="me")
    return browser


@pytest.fixture
def now(database: Database) -> NowOf:
    """What the survey's questionnaire is at present."""

    def read() -> Questionnaire:
        with database.reading() as session:
            design = find_design(session, survey=session.query(tables.Survey).one())
            assert design is not None
            return design.questionnaire

    return read
