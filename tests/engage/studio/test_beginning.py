"""Beginning a survey: from a starting point, as a copy, from a file; and the file of every design."""

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from engage.unit_of_work import Database
from surveys.designing import find_design, new_design, revisions_of
from surveys.library import library_files
from surveys.library.starting import starting_points
from surveys.organisations import ensure_root
from surveys.preparation import Preparation
from surveys.questionnaire import Questionnaire
from surveys.questionnaire_file import read_questionnaire, read_unfinished
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.uploading import send_file
from tests.factories import NOW, TODAY, a_questionnaire, a_survey, words

NEW, UPLOAD = "/staff/new-survey", "/staff/upload-questionnaire"
FILE = library_files()["cancer-strategy-themes"].read_bytes()


@pytest.fixture
def officer(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("officer")


def design_of(database: Database, slug: str) -> tuple[Questionnaire, Preparation]:
    with database.reading() as session:
        survey = session.scalars(select(tables.Survey).where(tables.Survey.slug == slug)).one()
        design = find_design(session, survey=survey)
    assert design is not None
    return design.questionnaire, design.preparation


def upload(officer: StaffBrowser, content: bytes, *, name: str = "mine.yaml", survey: str = "") -> TestResponse:
    return send_file(officer, UPLOAD, {"survey": survey}, name="file", content=content, file=name)


@pytest.mark.parametrize("name", [point.id for point in starting_points()])
def test_every_starting_point_begins_a_survey_whose_pages_open(officer: StaffBrowser, name: str) -> None:
    answer = officer.post(NEW, {"start": name, "title": "What matters?", "audience": "Everybody"})
    assert answer.status_code == 303
    place = answer.headers["Location"]
    assert place == "/staff/surveys/what-matters" + ("/import" if name == "strategy" else "")
    for page in ("", "/about", "/dates", "/people", "/equality", "/audiences", "/documents", "/copy"):
        assert officer.get(f"/staff/surveys/what-matters{page}").status_code == 200


def test_the_organisations_texts_are_in_a_new_survey(officer: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        ensure_root(session).standing_texts = {"contact": "Call PALS.", "telephone": "Call us to take part."}
    officer.post(NEW, {"start": "experience", "title": "Your visit", "audience": ""})
    questionnaire, _ = design_of(database, "your-visit")
    assert questionnaire.about.contact == words("Call PALS.")
    assert [way.kind for way in questionnaire.other_ways] == ["telephone"]


def test_two_surveys_of_one_title_are_told_apart(officer: StaffBrowser) -> None:
    places = {
        officer.post(NEW, {"start": "blank", "title": "Same", "audience": ""}).headers["Location"] for _ in range(2)
    }
    assert places == {"/staff/surveys/same", "/staff/surveys/same-2"}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"start": "", "title": "Kept"}, "Choose what you want to do"),
        ({"start": "nonsense", "title": "Kept"}, "Choose one of the answers in the list"),
        ({"start": "blank", "title": " ", "audience": "Kept"}, "Write what the survey shall be called"),
        ({"start": "blank", "title": "x" * 201, "audience": "Kept"}, "Use 200 characters or fewer"),
    ],
)
def test_what_was_typed_stays_where_something_is_missing(
    officer: StaffBrowser, database: Database, fields: dict[str, str], says: str
) -> None:
    answer = officer.post(NEW, fields)
    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="Kept"' in answer.text
    with database.reading() as session:
        assert session.scalars(select(tables.Survey)).all() == []


def test_a_copy_has_the_questions_and_none_of_the_dates(officer: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        new_design(
            session,
            organisation=ensure_root(session),
            questionnaire=a_questionnaire(demonstration=True),
            preparation=Preparation(decision_made=False, closes_on=TODAY, reader_name="Ada", previewed=1),
            at=NOW,
            by="o@example.org",
        )
    answer = officer.post("/staff/surveys/small-survey/copy", {"title": "Next year"})
    assert answer.headers["Location"] == "/staff/surveys/next-year"
    questionnaire, preparation = design_of(database, "next-year")
    assert questionnaire.pages == a_questionnaire().pages
    assert questionnaire.title == words("Next year")
    assert not questionnaire.demonstration
    assert preparation == Preparation(reader_name="Ada")


def test_a_published_survey_without_a_design_can_be_copied(officer: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        a_survey(session)
    assert officer.post("/staff/surveys/small-survey/copy", {"title": "Next year"}).status_code == 303


def test_a_design_downloads_as_a_file_that_the_command_line_takes(officer: StaffBrowser, database: Database) -> None:
    upload(officer, FILE)
    answer = officer.get("/staff/surveys/cancer-strategy-themes/questionnaire.yaml")
    assert read_questionnaire(answer.data) == read_questionnaire(FILE)
    assert 'filename="cancer-strategy-themes.yaml"' in answer.headers["Content-Disposition"]


def test_a_design_that_is_not_finished_downloads_and_says_what_is_blank(
    officer: StaffBrowser, database: Database
) -> None:
    officer.post(NEW, {"start": "proposal", "title": "Longer hours", "audience": ""})
    answer = officer.get("/staff/surveys/longer-hours/questionnaire.yaml")
    head = [line for line in answer.text.splitlines() if line.startswith("#")]
    assert "not finished" in head[0]
    assert "#   themes.proposal.explanation" in head
    assert read_unfinished(answer.data) == design_of(database, "longer-hours")[0]


def test_an_uploaded_download_gives_an_equal_questionnaire(officer: StaffBrowser, database: Database) -> None:
    officer.post(NEW, {"start": "strategy", "title": "Our plan", "audience": ""})
    before = design_of(database, "our-plan")[0]
    content = officer.get("/staff/surveys/our-plan/questionnaire.yaml").data
    assert upload(officer, content, survey="our-plan").headers["Location"] == "/staff/surveys/our-plan"
    assert design_of(database, "our-plan")[0] == before


def test_a_file_in_the_place_of_a_design_keeps_what_was_there(officer: StaffBrowser, database: Database) -> None:
    officer.post(NEW, {"start": "strategy", "title": "Our plan", "audience": ""})
    upload(officer, FILE, survey="our-plan")
    questionnaire, _ = design_of(database, "our-plan")
    assert (questionnaire.slug, len(questionnaire.themes)) == ("our-plan", 8)
    with database.reading() as session:
        survey = session.scalars(select(tables.Survey)).one()
        assert [len(one.questionnaire.themes) for one in revisions_of(session, survey=survey)] == [8, 0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"format: 1\nslug: a b\ntitle: T\n", "Line 2:"),
        (FILE.replace(b"scale: importance", b"scale: importnace"), "there is no scale"),
        (b"\xff\xfe", "UTF-16"),
        (b"a: [", "not valid YAML"),
        (b"<script>alert(1)</script>", "single text"),
    ],
)
def test_a_faulty_file_changes_nothing_and_every_fault_is_shown(
    officer: StaffBrowser, database: Database, content: bytes, says: str
) -> None:
    answer = upload(officer, content)
    assert answer.status_code == 422
    assert says in answer.text
    assert "<script>alert" not in answer.text
    with database.reading() as session:
        assert session.scalars(select(tables.Survey)).all() == []


def test_no_file_and_too_large_a_file_are_told_apart(officer: StaffBrowser) -> None:
    assert "Choose the questionnaire file" in upload(officer, b"", name="").text
    answer = upload(officer, b"#" * (2 * 1024 * 1024))
    assert answer.status_code == 422
    assert "more than 1 MB" in answer.text


def test_somebody_who_does_not_design_reaches_none_of_it(signed_in_as: SignedInAs, database: Database) -> None:
    with database.writing() as session:
        a_survey(session)
    viewer = signed_in_as("viewer")
    for page in (NEW, UPLOAD, "/staff/surveys/small-survey/copy", "/staff/surveys/small-survey/questionnaire.yaml"):
        assert viewer.get(page).status_code == 403
