"""Suggested codes on their page and where comments are coded: asked for, marked, accepted, and never counted before."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from engage.queue import jobs
from engage.queue.work import carry_out_job
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.coding.changing import add_code
from surveys.coding.drawing import draw_sample
from surveys.coding.frames import CodeText, live_codes
from surveys.comments.screening import screen_new
from surveys.storage import tables
from tests.coding import CODER, a_frame, give
from tests.commented import STAFF, Commented, a_commented_survey
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW, a_response, some_answers

WAITING = ("I waited weeks for the scan", "the wait was far too long", "hours in the waiting room")
STAFF_SAID = ("the nurses were kind", "a rude doctor", "nobody on the ward listened")
ELSE = ("the car park is full", "good food", "signs are hard to read", "the lift was broken")


@dataclass
class At:
    """An officer, with 60 comments about waiting, staff or neither, of which 50 are coded."""

    officer: StaffBrowser
    database: Database
    settings: Settings
    frame_id: int
    codes: dict[str, int]
    uncoded: dict[bytes, str]

    @property
    def frame_page(self) -> str:
        return f"/staff/surveys/small-survey/coding/{self.frame_id}"

    @property
    def page(self) -> str:
        return f"{self.frame_page}/suggestions"

    def job(self) -> tables.Job:
        with self.database.reading() as session:
            return session.scalars(select(tables.Job)).one()

    def suggest(self) -> None:
        assert self.officer.post(self.page).status_code == 303
        carry_out_job(self.settings, self.job().id)

    def uncoded_about(self, words: tuple[str, ...]) -> bytes:
        return next(ref for ref, text in self.uncoded.items() if text.startswith(words))


@pytest.fixture
def at(signed_in_as: SignedInAs, database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> At:
    officer = signed_in_as("officer")
    # No worker looks into this database, so the page need not wait for one.
    monkeypatch.setattr("engage.insight.suggestions.routes.WAIT", 0.0)
    with database.writing() as session:
        survey = a_commented_survey(session)
        frame = a_frame(session, survey)
        comments = _said(session, survey)
        for comment in comments[:50]:
            begins = comment.words.startswith
            said = {"Waiting": "negative"} if begins(WAITING) else {"Staff": "mixed"} if begins(STAFF_SAID) else {}
            give(session, frame, comment, said)  # type: ignore[arg-type]
        codes = {code.name: code.id for code in live_codes(session, frame_id=frame.id)}
        uncoded = {comment.ref: comment.words for comment in comments[50:]}
        return At(officer, database, settings, frame.id, codes, uncoded)


def _said(session, survey: Commented) -> list[tables.ScreenedComment]:
    chance = random.Random(4)
    for number in range(60):
        about = (WAITING, STAFF_SAID, ELSE)[number % 3]
        text = f"{chance.choice(about)}, {chance.choice(ELSE)}"
        a_response(session, survey.collector, some_answers(waiting__comment=text))
    screen_new(session, survey=survey.survey, most=100)
    screened = tables.ScreenedComment
    comments = list(session.scalars(select(screened).order_by(screened.words, screened.ref)))
    chance.shuffle(comments)
    session.add_all(
        tables.CommentState(
            ref=one.ref,
            survey_id=one.survey_id,
            organisation_id=one.organisation_id,
            state="no action",
            read_at=NOW,
            read_by=STAFF,
            state_at=NOW,
            state_by=STAFF,
        )
        for one in comments
    )
    session.flush()
    return comments


def test_codes_are_suggested_by_a_worker_and_their_quality_is_told_in_plain_words(at: At) -> None:
    assert "Learned on" not in at.officer.get(at.page).text
    assert at.officer.post(at.page).status_code == 303
    assert "Codes are being suggested: 0% done" in at.officer.get(at.page).text
    assert at.job().parameters == {"survey": "small-survey", "frame": at.frame_id}
    carry_out_job(at.settings, at.job().id)
    page = at.officer.get(at.page).text
    assert "from 50 coded comments" in page
    assert "Of 10 suggestions of this code, all were right. Of 10 comments with it, all were found." in page
    assert "Not suggested: fewer than 8 comments with it" in page
    assert "precision 1.00, recall 1.00" in page


def test_a_suggestion_is_marked_and_not_chosen_and_counts_only_once_it_is_given(at: At) -> None:
    at.suggest()
    ref = at.uncoded_about(WAITING)
    address = f"{at.frame_page}/{ref.hex()}"
    page = at.officer.get(address).text
    row = re.search(r'<li class="engage-point engage-point--suggested"[^>]*>(.*?)</li>', page, re.DOTALL)
    assert row
    assert "Waiting" in row[1]
    assert "Suggested" in row[1]
    assert page.count("engage-point--suggested") == 1
    assert " checked" not in page
    with at.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(tables.Mention)) == _mentions_of_people(session)
    waiting, staff = at.codes["Waiting"], at.codes["Staff"]
    token = at.officer.token(address)
    said = {"code": [str(waiting), str(staff)], f"sentiment-{waiting}": "negative", "seen": "", "csrf_token": token}
    assert at.officer.client.post(address, data=said).status_code == 303
    with at.database.reading() as session:
        given = {
            one.code_id: one.suggested
            for one in session.scalars(select(tables.Mention).where(tables.Mention.ref == ref))
        }
    assert given == {waiting: True, staff: False}
    assert "engage-point--suggested" not in at.officer.get(address).text


def _mentions_of_people(session) -> int:
    return session.scalar(select(func.count()).select_from(tables.Mention).where(~tables.Mention.suggested))


def test_a_suggestion_that_nobody_gave_leaves_no_trace(at: At) -> None:
    at.suggest()
    ref = at.uncoded_about(STAFF_SAID)
    address = f"{at.frame_page}/{ref.hex()}"
    assert at.officer.post(address, {"action": "none", "seen": ""}).status_code == 303
    with at.database.reading() as session:
        assert not session.scalars(select(tables.Mention).where(tables.Mention.ref == ref)).all()


def test_a_second_coder_sees_no_suggestion(at: At, signed_in_as: SignedInAs) -> None:
    at.suggest()
    analyst = signed_in_as("analyst")
    with at.database.writing() as session:
        frame = session.get_one(tables.CodeFrame, at.frame_id)
        draw_sample(session, frame=frame, coder="analyst@example.org", by=CODER, at=NOW)
        # As if somebody had asked for suggestions while this comment was not coded.
        (drawn, *_) = session.scalars(select(tables.CodingSampleComment.ref))
        session.add(
            tables.CodeSuggestion(
                ref=drawn,
                code_id=at.codes["Waiting"],
                organisation_id=frame.organisation_id,
                probability=0.9,
            )
        )
    address = f"{at.frame_page}/second-coder/comments/{drawn.hex()}"
    page = analyst.get(address).text
    assert "Waiting" in page
    assert "uggested" not in page
    waiting = at.codes["Waiting"]
    assert analyst.post(address, {"code": str(waiting), "seen": ""}).status_code == 303
    with at.database.reading() as session:
        given = session.scalars(select(tables.Mention).where(tables.Mention.ref == drawn, tables.Mention.round == 1))
        assert [one.suggested for one in given] == [False]


def test_a_change_of_the_codes_deletes_what_was_suggested_and_says_so(at: At) -> None:
    at.suggest()
    with at.database.writing() as session:
        frame = session.get_one(tables.CodeFrame, at.frame_id)
        add_code(session, frame=frame, text=CodeText("Signs"), at=NOW, by=CODER)
    assert "The codes changed since" in at.officer.get(at.page).text
    ref = at.uncoded_about(WAITING)
    assert "uggested" not in at.officer.get(f"{at.frame_page}/{ref.hex()}").text


def test_too_few_coded_comments_are_told_and_a_job_stopped_keeps_what_was_there(at: At) -> None:
    with at.database.writing() as session:
        for coded in session.scalars(select(tables.CodedComment).limit(11)):
            session.delete(coded)
    assert "39 comments are coded. It takes at least 40" in at.officer.get(at.page).text
    # Somebody who had the page open before still gets an answer.
    with at.database.writing() as session:
        frame = session.get_one(tables.CodeFrame, at.frame_id)
        parameters = {"survey": "small-survey", "frame": frame.id}
        job = jobs.ask(session, organisation_id=frame.organisation_id, kind="suggestions", parameters=parameters,
                       by=CODER, at=NOW)  # fmt: skip
        job_id = job.id
    carry_out_job(at.settings, job_id)
    assert "Only 39 comments are coded, and 40 are needed to learn from." in at.officer.get(at.page).text


def test_work_that_is_stopped_suggests_nothing(at: At) -> None:
    assert at.officer.post(at.page).status_code == 303
    assert at.officer.post(f"{at.page}/stop", form_at=at.page).status_code == 303
    carry_out_job(at.settings, at.job().id)
    page = at.officer.get(at.page).text
    assert jobs.STOPPED in page
    assert "Learned on" not in page


def test_without_the_package_the_page_says_what_to_install(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engage.insight.suggestions.installed.find_spec", lambda name: None)
    page = at.officer.get(at.page).text
    assert "needs the package scikit-learn" in page
    assert "Suggest codes</button>" not in page
