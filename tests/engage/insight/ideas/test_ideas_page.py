"""From what people raised to the draft of the next survey, on the page of ideas."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.coding.changing import add_code
from surveys.coding.frames import CodeText, live_codes
from surveys.coding.ideas import idea_frame
from surveys.designing import find_design
from surveys.publishing import find_survey
from surveys.questionnaire import Questionnaire
from surveys.questionnaire_file import read_unfinished
from surveys.storage import tables
from tests.coding import give
from tests.engage.conftest import SignedInAs
from tests.engage.organisations.test_tree_page import events
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW
from tests.sampled import comments_to_sample

PAGE = "/staff/surveys/small-survey/ideas"


@dataclass
class At:
    """An officer with twelve grouped answers: all raised shorter waits, four quieter wards."""

    officer: StaffBrowser
    database: Database
    ids: list[int]

    def fields(self, *places: str, title: str = "What shall we do first?") -> dict[str, str]:
        return {"title": title, **{f"place-{code}": place for code, place in zip(self.ids, places, strict=True)}}

    def draft(self, slug: str) -> Questionnaire:
        with self.database.reading() as session:
            survey = session.scalars(select(tables.Survey).where(tables.Survey.slug == slug)).one()
            design = find_design(session, survey=survey)
            assert design
            return design.questionnaire


@pytest.fixture
def at(signed_in_as: SignedInAs, database: Database) -> At:
    officer = signed_in_as("officer")
    with database.writing() as session:
        comments = comments_to_sample(session, 12).comments
    assert officer.post(PAGE, {"questions": "comment"}).status_code == 303
    with database.writing() as session:
        frame = idea_frame(session, survey=find_survey(session, slug="small-survey"))
        assert frame
        for name, text in (("Shorter waits", "Results sooner."), ("Quieter wards", "")):
            add_code(session, frame=frame, text=CodeText(name, text), at=NOW, by="a@example.org")
        for number, comment in enumerate(comments):
            here = session.merge(comment)
            give(
                session,
                frame,
                here,
                {"Shorter waits": "neutral", **({"Quieter wards": "neutral"} if number < 4 else {})},
            )
        return At(officer, database, [code.id for code in live_codes(session, frame_id=frame.id)])


def test_whoever_begins_chooses_the_question_and_adds_ideas(signed_in_as: SignedInAs, database: Database) -> None:
    officer = signed_in_as("officer")
    with database.writing() as session:
        comments_to_sample(session, 1)
    assert "Would you like to say more? (about each theme)" in officer.get(PAGE).text
    assert officer.post(PAGE, {}).status_code == 422
    assert officer.post(PAGE, {"questions": "missing"}).status_code == 303
    assert "There is no idea yet" in officer.get(PAGE).text
    assert f'href="{PAGE}"' in officer.get("/staff/surveys/small-survey/comments").text


def test_few_people_are_told_as_fewer_than_five(at: At) -> None:
    page = at.officer.get(PAGE).text
    assert "Raised by 12 people." in page
    assert "Raised by fewer than 5 people." in page
    assert "Raised by 4 people." not in page


def test_the_chosen_ideas_become_the_themes_of_a_new_draft_in_their_order(at: At) -> None:
    quieter = at.ids[1]
    words = {f"plain-{quieter}": "A quiet night", f"explanation-{quieter}": "Less noise on wards at night."}
    sent = at.officer.post(f"{PAGE}/next-survey", {**at.fields("2", "1"), **words}, form_at=PAGE)
    assert sent.headers["Location"] == "/staff/surveys/what-shall-we-do-first"
    first, second = at.draft("what-shall-we-do-first").themes
    assert (first.title.in_language("en"), first.plain_title.in_language("en")) == ("Quieter wards", "A quiet night")
    assert first.origin
    assert first.origin.in_language("en").startswith("Suggested by fewer than 10 people in “What matters to you?”")
    assert second.origin
    assert second.origin.in_language("en").startswith("Suggested by 12 people")
    assert second.explanation.in_language("en") == "Results sooner."
    theme = at.officer.get("/staff/surveys/what-shall-we-do-first/themes/shorter-waits").text
    assert "Where it comes from, as reports say it: Suggested by 12 people" in theme
    assert events(at.database) == ["code frame made", "ideas went forward", "survey begun"]


def test_the_draft_can_be_downloaded_as_a_questionnaire_file(at: At) -> None:
    answer = at.officer.post(f"{PAGE}/file", at.fields("1", ""), form_at=PAGE)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="what-shall-we-do-first.yaml"'
    (theme,) = read_unfinished(answer.data).themes
    assert theme.origin_idea
    assert theme.origin_idea.startswith("small-survey/")


def test_what_is_wrong_is_told_at_its_place_and_nothing_typed_is_lost(at: At) -> None:
    wrong = {
        "Write a number from 1 to 12 for “Shorter waits”": at.fields("first", ""),
        "Choose at least one idea": at.fields("", ""),
        "Write what the next survey shall be called": at.fields("1", "", title=""),
        "Write a plain title and an explanation for “Quieter wards”": at.fields("", "1"),
    }
    for message, fields in wrong.items():
        page = at.officer.post(f"{PAGE}/next-survey", {**fields, f"plain-{at.ids[0]}": "Kept words"}, form_at=PAGE)
        assert page.status_code == 422, message
        assert message in page.text
        assert 'value="Kept words"' in page.text


def test_an_analyst_groups_ideas_and_downloads_them_but_begins_no_survey(at: At, signed_in_as: SignedInAs) -> None:
    analyst = signed_in_as("analyst")
    page = analyst.get(PAGE).text
    assert "Begin the next survey" not in page
    assert analyst.post(f"{PAGE}/file", at.fields("1", ""), form_at=PAGE).status_code == 200
    assert analyst.post(f"{PAGE}/next-survey", at.fields("1", ""), form_at=PAGE).status_code == 403


def test_ideas_are_coded_on_the_page_on_which_all_comments_are(at: At) -> None:
    with at.database.writing() as session:
        for coded in session.scalars(select(tables.CodedComment).limit(1)):
            session.delete(coded)
    group = at.officer.get(PAGE).text
    assert "11 of 12 comments grouped" in group
    frame = group.split("/coding/")[1].split("/")[0]
    comment = at.officer.get(f"/staff/surveys/small-survey/coding/{frame}/next").headers["Location"]
    assert "Quieter wards" in at.officer.get(comment).text
