"""Pages of editions and previews ask the database little, however much there is."""

import pytest
from flask import Flask

from engage.studio.preview.notes import add_note
from engage.unit_of_work import Database
from surveys.sign_offs import edition_subject, sign_off
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.queries import queries_counted
from tests.engage.studio.preview.previewed_survey import a_design, a_link
from tests.factories import NOW

SURVEY = "/staff/surveys/small-survey"


@pytest.mark.parametrize(
    "path", ["editions", "editions/ur", "editions/ur/texts", "preview", "preview/try/en/page/you", "readers"]
)
def test_a_page_of_a_survey_with_a_long_story_takes_few_queries(
    signed_in_as: SignedInAs, application: Flask, database: Database, path: str
) -> None:
    a_design(database)
    with database.writing() as session:
        survey = session.query(tables.Survey).one()
        for number in range(40):
            add_note(
                session, survey=survey, page="start", text=f"Note {number}", reader="Ann", role="a patient",
                revision=1, at=NOW,
            )  # fmt: skip
            subject = edition_subject("ur") if number % 2 else "preview"
            sign_off(session, survey=survey, subject=subject, name="Ann", role="x", revision=1, at=NOW)
    for _ in range(5):
        a_link(database)
    officer = signed_in_as("officer")
    with queries_counted(application) as counted:
        assert officer.get(f"{SURVEY}/{path}").status_code == 200
    assert len(counted) <= 15, counted


def test_a_readers_page_is_small(application: Flask, database: Database) -> None:
    a_design(database)
    page = application.test_client().get(f"/preview/{a_link(database)}", headers={"Accept-Encoding": "gzip"})
    assert len(page.data) < 8 * 1024
