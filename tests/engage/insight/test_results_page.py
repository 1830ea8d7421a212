"""Results: a stored snapshot, made by the worker, shown and offered for download."""

import datetime
import random
import re

import pytest
from sqlalchemy import func, select

from engage.insight.snapshots import newest_report_job
from engage.queue import jobs
from engage.queue.work import carry_out_job
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import a_collector, a_response, a_survey, some_answers

RESULTS = "/staff/surveys/small-survey/results"
NEW = RESULTS + "/new"


@pytest.fixture
def officer(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("officer")


def answered(database: Database, patients: int, staff: int = 0, carers: int = 0) -> None:
    chance = random.Random(patients * 1000 + staff)
    with database.writing() as session:
        survey = session.scalar(select(tables.Survey)) or a_survey(session)
        for audience, number in (("patients", patients), ("staff", staff), ("carers", carers)):
            collector = a_collector(session, survey, audience=audience)
            for _ in range(number):
                given = {
                    "most_important": tuple(sorted(chance.sample(["waiting", "digital", "staff"], 2))),
                    "waiting__importance": chance.choice(["slightly", "quite", "very"]),
                }
                a_response(session, collector, some_answers(**given))


def make_report(officer: StaffBrowser, settings: Settings, database: Database) -> tables.Job:
    assert officer.post(NEW, form_at=RESULTS).status_code == 303
    with database.reading() as session:
        for job_id in jobs.waiting(session, asked_before=datetime.datetime.now(datetime.UTC)):
            carry_out_job(settings, job_id)
    with database.reading() as session:
        job = newest_report_job(session, survey=session.scalars(select(tables.Survey)).one())
    assert job
    return job


def snapshots(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(tables.ResultsSnapshot)) or 0


def downloads(database: Database) -> list[str]:
    """The files that the audit trail says were downloaded."""
    query = select(tables.AuditEvent.detail).where(tables.AuditEvent.action == "file downloaded")
    with database.reading() as session:
        return [detail["file"] for detail in session.scalars(query.order_by(tables.AuditEvent.id))]


def test_only_audiences_that_were_compared_stand_beside_one_another(
    officer: StaffBrowser, settings: Settings, database: Database
) -> None:
    answered(database, 40, 50, 60)
    make_report(officer, settings, database)
    captions = re.findall(r"<caption[^>]*>\s*([^<]*: who chose each theme)", officer.get(RESULTS).text)
    assert captions == ["Patients and carers: who chose each theme", "Patients and staff: who chose each theme"]


def test_before_the_first_report_the_page_says_what_to_do(officer: StaffBrowser, database: Database) -> None:
    answered(database, 1)
    page = officer.get(RESULTS).text
    assert "There are no results to show yet" in page
    assert "Make the first report" in page


def test_a_viewer_is_told_who_can_make_a_report(signed_in_as: SignedInAs, database: Database) -> None:
    answered(database, 1)
    page = signed_in_as("viewer").get(RESULTS).text
    assert "role analyst" in page
    assert '<form method="post" action="/staff/surveys' not in page


def test_while_the_worker_is_busy_the_page_says_so_and_looks_again(officer: StaffBrowser, database: Database) -> None:
    answered(database, 12)
    officer.post(NEW, form_at=RESULTS)
    page = officer.get(RESULTS).text
    assert "We are preparing a new report" in page
    assert "data-looks-again" in page
    assert "Make the first report" not in page


def test_a_report_is_shown_with_its_moment_and_downloads(
    officer: StaffBrowser, settings: Settings, database: Database
) -> None:
    answered(database, 60, 15)
    job = make_report(officer, settings, database)
    assert job.message is None
    page = officer.get(RESULTS).text
    assert "Made on " in page
    assert "data-looks-again" not in page
    assert re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]+)</dd>", page) == [("Patients", "60"), ("Staff", "15")]
    for words in ("What matters most", "Waiting less", "Waiting less strategy", "Every question", "Who answered"):
        assert words in page
    links = re.findall(r'href="(/staff/jobs/[^"]*)"', page)
    events = downloads(database)
    starts = {link.rsplit("/")[-1]: officer.get(link).data[:5] for link in links}
    assert starts == {
        "board-report.pdf": b"%PDF-",
        "board-report.docx": b"PK\x03\x04\x14",
        "board-report.html": b"<!DOC",
        "workshop-pack.pdf": b"%PDF-",
        "workshop-screens.pdf": b"%PDF-",
        "results.xlsx": b"PK\x03\x04\x14",
        "results.csv": b"\xef\xbb\xbfpa",
        "results.json": b'{\n  "',
    }
    assert downloads(database) == [*events, *starts]


def test_asking_twice_makes_one_report(officer: StaffBrowser, database: Database) -> None:
    answered(database, 12)
    for _ in range(2):
        token = officer.token("/staff/")
        officer.client.post(NEW, data={"csrf_token": token})
    with database.reading() as session:
        assert len(session.scalars(select(tables.Job)).all()) == 1


def test_a_report_that_must_wait_says_why_and_leaves_the_page_as_it_was(
    officer: StaffBrowser, settings: Settings, database: Database
) -> None:
    answered(database, 30, 3)
    job = make_report(officer, settings, database)
    before = officer.get(RESULTS).text
    assert re.search(r"<dt>Staff</dt><dd[^>]*>too few</dd>", before)
    for name in ("secret-key", "..%2Fsecret-key", "%2e%2e", "results.json%00", "board-report.PDF"):
        assert officer.get(f"/staff/jobs/{job.result_path}/{name}").status_code == 404
    answered(database, 2)
    assert "Fewer than 11 more people" in (make_report(officer, settings, database).message or "")
    page = officer.get(RESULTS).text
    assert "Fewer than 11 more people" in page
    tables_of = re.compile(r"<table.*?</table>", re.DOTALL)
    assert tables_of.findall(page) == tables_of.findall(before)
    assert snapshots(database) == 1
