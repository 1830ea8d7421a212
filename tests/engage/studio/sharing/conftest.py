"""An officer with a published survey that has no code yet."""

import pytest

from engage.studio.sharing import prints
from engage.unit_of_work import Database
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import a_survey

SHARE = "/staff/surveys/small-survey/share"


@pytest.fixture
def officer(signed_in_as: SignedInAs, database: Database) -> StaffBrowser:
    with database.writing() as session:
        a_survey(session)
    return signed_in_as("officer")


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker runs beside these tests, so nothing is worth waiting for."""
    monkeypatch.setattr(prints, "WAIT_FOR_PRINTING", 0.0)
