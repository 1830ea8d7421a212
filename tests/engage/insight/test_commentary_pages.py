"""The officer's commentary on staff pages: writing beside the figures, two at once, and the way to a final report."""

from __future__ import annotations

import datetime
import hashlib
import random
import re
from html import unescape

import pytest
from sqlalchemy import select

from engage import clock
from engage.insight.working_out import work_out
from engage.queue import jobs
from engage.queue.result_files import MEDIA_TYPES
from engage.queue.work import carry_out_job
from engage.settings import Settings
from engage.typed_texts import AUTOSAVE
from engage.unit_of_work import Database
from surveys.organisations import ensure_root
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import a_collector, a_response, a_survey, some_answers

SURVEY = "/staff/surveys/small-survey"
READ, WRITE = f"{SURVEY}/commentary", f"{SURVEY}/commentary/write"
THEMES = ("waiting", "digital", "staff")
CHOSEN = "[[waiting chosen patients]]"


@pytest.fixture
def officer(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("officer")


def answer(database: Database, people: int) -> None:
    chance = random.Random(people)
    with database.writing() as session:
        survey = session.scalar(select(tables.Survey)) or a_survey(session)
        collector = a_collector(session, survey)
        for _ in range(people):
            chosen = tuple(sorted(chance.sample(THEMES, 2)))
            a_response(session, collector, some_answers(most_important=chosen))


def report(database: Database) -> None:
    """Store results as the job for a report does, without its files."""
    with database.writing() as session:
        owner = ensure_root(session)
        session.add_all(work_out(session, slug="small-survey", owner=owner, at=clock.now()).snapshots)


def work(settings: Settings, database: Database) -> list[str | None]:
    """Carry out every job that waits; returns what each says to whoever asked."""
    with database.reading() as session:
        waiting = jobs.waiting(session, asked_before=datetime.datetime.now(datetime.UTC))
    for job_id in waiting:
        carry_out_job(settings, job_id)
    with database.reading() as session:
        return [session.get_one(tables.Job, job_id).message for job_id in waiting]


def fields(browser: StaffBrowser, path: str = WRITE) -> dict[str, str]:
    """What the form on a page holds."""
    page = browser.get(path).text
    values = dict(re.findall(r'<input[^>]*name="([\w-]+)"[^>]*value="([^"]*)"', page))
    values |= dict(re.findall(r'<textarea[^>]*name="([\w-]+)"[^>]*>([^<]*)</textarea>', page))
    for name, options in re.findall(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = chosen[1] if chosen else ""
    return {name: unescape(value) for name, value in values.items()}


def send(browser: StaffBrowser, typed: dict[str, str], path: str = WRITE, **headers: str) -> tuple[int, str]:
    answer = browser.client.post(path, data=typed, headers=headers, environ_base=browser.environment)
    return answer.status_code, answer.text


def write(browser: StaffBrowser, **texts: str) -> None:
    assert send(browser, fields(browser) | {name.replace("__", "-"): text for name, text in texts.items()})[0] == 303


def write_all(browser: StaffBrowser) -> None:
    write(
        browser,
        purpose="To agree.",
        executive_lead="Sam",
        author="Anna",
        summary=f"Waiting leads: {CHOSEN}.",
        **{f"advice__{theme}": "keep" for theme in THEMES},
        **{f"reason__{theme}": f"People chose it: [[{theme} chosen patients]]." for theme in THEMES},
    )


def events(database: Database) -> list[str]:
    query = select(tables.AuditEvent.action, tables.AuditEvent.detail).order_by(tables.AuditEvent.id)
    with database.reading() as session:
        return [
            f"{action} {detail.get('state', '')}".strip()
            for action, detail in session.execute(query)
            if "commentary" in action or "final" in action
        ]


def test_words_without_figures_can_be_written_before_the_first_report(
    officer: StaffBrowser, database: Database
) -> None:
    answer(database, 1)
    assert "Nobody has written anything yet" in officer.get(READ).text
    assert "Make a report first" in officer.get(WRITE).text
    write(officer, summary="One.\r\n\r\nTwo.", advice__waiting="merge", reason__waiting="Because.")
    page = officer.get(READ).text
    assert "<p>One.</p>" in page
    assert "Merge it with another theme. Because." in page
    assert "Make a report first: a final report needs results" in page
    assert events(database) == ["commentary begun"]


def test_figures_are_listed_and_filled_in_and_wrong_ones_named(officer: StaffBrowser, database: Database) -> None:
    answer(database, 60)
    report(database)
    page = unescape(officer.get(WRITE).text)
    value = re.search(rf"Patients who chose it: <strong>([^<]*)</strong></span> <code[^>]*>{re.escape(CHOSEN)}", page)
    assert value
    assert re.fullmatch(r"\d+%\s\(\d+\sof\s60\)", value[1])
    share = value[1].split("%")[0] + "%"
    write(officer, summary=f"See {CHOSEN}.", reason__waiting=f"About {share} and 3%.", risk="60 people")
    assert f"See {value[1]}." in officer.get(READ).text
    page = unescape(officer.get(WRITE).text)
    assert f"“{share}” is typed by hand and stays as it is when the data change. Use {CHOSEN} instead." in page
    assert "“3%” is typed by hand and stays as it is when the data change.</p>" in page
    typed = fields(officer) | {"summary": "See [[waiting choosen patients]]."}
    status, page = send(officer, typed)
    assert status == 422
    assert f"Summary: there is no figure [[waiting choosen patients]]. Did you mean {CHOSEN}" in page
    assert "[[waiting choosen patients]]" in fields_of(page)["summary"]
    assert fields(officer)["summary"] == f"See {CHOSEN}."


def fields_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'<textarea[^>]*name="([\w-]+)"[^>]*>([^<]*)</textarea>', page))


def test_two_people_see_both_texts_and_decide(
    officer: StaffBrowser, signed_in_as: SignedInAs, database: Database
) -> None:
    answer(database, 1)
    write(officer, summary="First.")
    analyst = signed_in_as("analyst")
    mine, theirs = fields(officer), fields(analyst)
    assert send(analyst, theirs | {"summary": "Analyst's.", "author": "Anna"})[0] == 303
    status, page = send(officer, mine | {"summary": "Officer's.", "risk": "R7"})
    assert status == 409
    assert "Summary, as they wrote it:</strong> Analyst&#39;s." in page
    assert fields_of(page)["summary"].strip() == "Officer&#39;s."
    assert fields(officer)["summary"] == "Analyst's."
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    assert seen
    assert send(officer, mine | {"summary": "Officer's.", "risk": "R7", "seen": seen[1]})[0] == 303
    now = fields(officer)
    assert (now["summary"], now["risk"], now["author"]) == ("Officer's.", "R7", "Anna")


def test_a_script_saves_as_somebody_types_and_is_told_what_it_has_seen(
    officer: StaffBrowser, signed_in_as: SignedInAs, database: Database
) -> None:
    answer(database, 1)
    typed = fields(officer) | {"summary": "About 70% agree."}
    script = {AUTOSAVE: "1"}
    said = officer.client.post(WRITE, data=typed, headers=script, environ_base=officer.environment).get_json()
    assert said["status"] == "All changes saved"
    assert "“70%” is typed by hand" in said["hints"]["typed-summary"]
    typed |= {"seen": said["seen"], "summary": "Most agree."}
    assert send(officer, typed, **script)[0] == 200
    assert send(officer, typed | {"summary": "[[gone]]"}, **script)[0] == 422
    analyst = signed_in_as("analyst")
    write(analyst, summary="Analyst's.")
    status, text = send(officer, typed | {"summary": "Mine."}, **script)
    assert (status, "analyst@example.org wrote here meanwhile" in text) == (409, True)
    assert fields(officer)["summary"] == "Analyst's."


def test_whoever_signed_in_again_meanwhile_need_only_save(officer: StaffBrowser, database: Database) -> None:
    answer(database, 1)
    old = fields(officer) | {"summary": "Typed before.", "author": "Anna", "csrf_token": "of another session"}
    status, page = send(officer, old)
    assert (status, "You signed in again while this page was open" in page) == (422, True)
    assert fields_of(page)["summary"].strip() == "Typed before."
    assert send(officer, old, **{AUTOSAVE: "1"})[0] == 422
    assert fields(officer)["summary"] == ""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)
    assert token
    assert send(officer, old | {"csrf_token": token[1]})[0] == 303
    assert fields(officer)["author"] == "Anna"


def test_a_draft_goes_out_for_comment_and_comes_back(officer: StaffBrowser, database: Database) -> None:
    answer(database, 1)
    assert "This is not possible now" in officer.get(f"{READ}/for-comment").text
    write(officer, summary="First.")
    old = fields(officer, f"{READ}/for-comment")
    write(officer, summary="Second.")
    status, page = send(officer, old, f"{READ}/for-comment")
    assert (status, "changed the commentary meanwhile" in page) == (422, True)
    assert send(officer, fields(officer, f"{READ}/for-comment"), f"{READ}/for-comment")[0] == 303
    assert "for comment since" in officer.get(READ).text
    assert officer.get(WRITE).status_code == 303
    assert send(officer, old | {"summary": "Third."})[0] == 303
    assert send(officer, fields(officer, f"{READ}/draft"), f"{READ}/draft")[0] == 303
    assert fields(officer)["summary"] == "Second."
    assert events(database) == ["commentary begun", "commentary moved for_comment", "commentary moved draft"]


def test_those_who_only_read_are_offered_nothing_to_change(
    officer: StaffBrowser, signed_in_as: SignedInAs, database: Database
) -> None:
    answer(database, 1)
    write(officer, summary="First.")
    viewer = signed_in_as("viewer")
    page = viewer.get(READ).text
    assert "First." in page
    assert "Go on writing" not in page
    assert "Give it out" not in page
    assert viewer.get(WRITE).status_code == 403
    analyst, publisher = signed_in_as("analyst"), signed_in_as("publisher")
    send(officer, fields(officer, f"{READ}/for-comment"), f"{READ}/for-comment")
    assert analyst.get(f"{READ}/final").status_code == 403
    assert "Make the report final" not in analyst.get(READ).text
    page = publisher.get(f"{READ}/final").text
    assert "needs the roles publisher and analyst together" in page
    token = {"csrf_token": publisher.token(READ), "seen": "2"}
    assert send(publisher, token, f"{READ}/final")[0] == 422


def test_a_final_report_is_frozen_with_its_figures(
    officer: StaffBrowser, settings: Settings, database: Database
) -> None:
    answer(database, 60)
    report(database)
    write_all(officer)
    send(officer, fields(officer, f"{READ}/for-comment"), f"{READ}/for-comment")
    assert send(officer, fields(officer, f"{READ}/final"), f"{READ}/final")[0] == 303
    # Answers and results that come in between the decision and the making of the files are not in it.
    answer(database, 30)
    report(database)
    page = officer.get(READ).text
    assert "We are making the final report" in page
    assert "data-looks-again" in page
    assert work(settings, database) == [None]
    page = officer.get(READ).text
    assert "final since" in page
    links = re.findall(r'href="([^"]*/commentary/1/[^"]*)"', page)
    files = {link.rsplit("/")[-1]: officer.get(link).data for link in links}
    assert files.keys() == MEDIA_TYPES.keys()
    assert b'"responses": 60' in files["results.json"]
    with database.reading() as session:
        event = session.scalars(select(tables.AuditEvent).where(tables.AuditEvent.action == "report made final")).one()
        assert event.actor == "officer@example.org"
        assert event.detail["files"] == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert {link.rsplit("/")[-1]: officer.get(link).data for link in links} == files
    assert send(officer, fields(officer, f"{READ}/new-edition"), f"{READ}/new-edition")[0] == 303
    assert fields(officer)["summary"] == f"Waiting leads: {CHOSEN}."
    assert officer.get(links[0].replace("/1/", "/2/")).status_code == 404


def test_a_commentary_that_is_not_whole_cannot_become_final(
    officer: StaffBrowser, settings: Settings, database: Database
) -> None:
    answer(database, 60)
    report(database)
    write_all(officer)
    write(officer, reason__digital="")
    send(officer, fields(officer, f"{READ}/for-comment"), f"{READ}/for-comment")
    page = officer.get(f"{READ}/final").text
    assert "Write the reason for “" in page
    assert '<form method="post">' not in page
    token = {"csrf_token": officer.token(READ), "seen": "3"}
    assert send(officer, token, f"{READ}/final")[0] == 422
    send(officer, fields(officer, f"{READ}/draft"), f"{READ}/draft")
    write_all(officer)
    send(officer, fields(officer, f"{READ}/for-comment"), f"{READ}/for-comment")
    status, page = send(officer, token, f"{READ}/final")
    assert (status, "Somebody changed the commentary meanwhile" in page) == (422, True)
    assert send(officer, fields(officer, f"{READ}/final"), f"{READ}/final")[0] == 303
    send(officer, fields(officer, f"{READ}/draft"), f"{READ}/draft")
    (said,) = work(settings, database)
    assert said == "The commentary was changed meanwhile, so the report is not final. Read it again, then decide."
    assert "draft since" in officer.get(READ).text
