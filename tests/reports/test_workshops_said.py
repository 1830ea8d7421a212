"""What workshops said in a report: in a place of its own, never counted with answers, silent about small workshops."""

from __future__ import annotations

import io
import json
from typing import Any

import docx
import jsonschema
import lxml.html
import openpyxl
import pytest
from sqlalchemy.orm import Session

from reports.board_report import board_report_html
from reports.request import disclosed_results
from reports.results_json import to_json
from reports.results_schema import json_schema
from reports.results_snapshot import results_from_snapshot, snapshot_of
from reports.spreadsheet import results_xlsx
from reports.tabulation import Figure, Filters, Results
from reports.word_document import board_report_docx
from surveys.storage import tables
from surveys.workshops.keeping import remove_workshop
from surveys.workshops.records import Said
from tests.factories import NOW, a_collector, a_questionnaire, a_response, a_survey
from tests.workshops import BY, a_workshop

SMALL = {"waiting": Said(votes=17, agreed="Buses run too late")}


@pytest.fixture
def answered(session: Session) -> tables.Survey:
    """A survey that 25 people answered."""
    survey = a_survey(session)
    collector = a_collector(session, survey)
    for _ in range(25):
        a_response(session, collector)
    return survey


def results_of(session: Session, **filters: Any) -> Results[Figure]:
    return disclosed_results(session, slug="small-survey", filters=Filters(**filters), at=NOW)


def text_of(html: str) -> str:
    return " ".join(lxml.html.document_fromstring(html).text_content().split())


def document_of(session: Session) -> dict[str, Any]:
    document = json.loads(json.dumps(to_json(results_of(session), a_questionnaire())))
    jsonschema.validate(document, json_schema())
    return document


def test_a_theme_whose_votes_nobody_counted_is_not_said_to_have_none(session: Session, answered: tables.Survey) -> None:
    a_workshop(session, answered, themes={"waiting": Said(votes=14), "digital": Said(votes=0)})
    text = text_of(board_report_html(results_of(session), a_questionnaire(), language="en"))
    votes = text[text.index("Votes at workshops") :]
    assert [votes.count(said) for said in ("14 of 14", "0 of 14", "none counted")] == [1, 1, 1]
    assert "nothing to work out" not in votes[: votes.index("Cautions")]


def test_votes_of_workshops_stand_beside_their_own_base(session: Session, answered: tables.Survey) -> None:
    a_workshop(session, answered)
    a_workshop(session, answered, people=20, place="Town hall", themes={"waiting": Said(votes=6), "digital": Said()})
    said = document_of(session)["workshops"]
    themes = {"waiting": 20, "staff": 9}
    assert said["votes"] == {"workshops": 2, "people": 32, "votes": 29, "themes": themes}
    assert said["held"][0]["themes"][0] == {
        "theme": "waiting",
        "votes": 14,
        "agreed": ["Ring people with results", "Fewer letters"],
        "not_agreed": ["Saturdays"],
        "ideas": ["One number to ring"],
    }
    page = text_of(board_report_html(results_of(session), a_questionnaire(), language="en"))
    assert "What the workshops said" in page
    assert "This is a separate source." in page
    assert "32 people gave 29 votes at 2 workshops." in page
    assert "20 of 29" in page
    assert "(1) Ring people with results" in page


def test_no_figure_of_the_survey_changes_with_a_workshop(session: Session, answered: tables.Survey) -> None:
    before = document_of(session)
    assert before.pop("workshops") is None
    a_workshop(session, answered)
    after = document_of(session)
    assert after.pop("workshops") is not None
    assert after == before


@pytest.mark.parametrize(("audience", "people"), [("patients", 9), ("staff", 10), (None, 10)])
def test_a_workshop_below_its_minimum_base_shows_points_and_no_count(
    session: Session, answered: tables.Survey, audience: str | None, people: int
) -> None:
    a_workshop(session, answered)
    a_workshop(session, answered, place="Chapel", people=people, audience=audience, themes=SMALL)
    said = document_of(session)["workshops"]
    assert [(one["people"], one["votes"]) for one in said["held"]] == [(12, 23), ("suppressed", "suppressed")]
    assert said["held"][1]["themes"][0]["votes"] == "suppressed"
    assert said["votes"] == {"workshops": 1, "people": 12, "votes": 23, "themes": {"waiting": 14, "staff": 9}}
    results = results_of(session)
    page = text_of(board_report_html(results, a_questionnaire(), language="en"))
    assert "Buses run too late" in page
    assert "Its points are here; its people and votes are not shown." in page
    assert "of 40" not in page
    votes = openpyxl.load_workbook(io.BytesIO(results_xlsx(results, a_questionnaire(), language="en")))[
        "Workshop votes"
    ]
    cells = [[cell.value for cell in row] for row in votes.iter_rows(min_row=4, max_row=6)]
    assert cells == [
        ["Waiting less", 1, 14, 23, 12],
        ["Waiting less", 2, "suppressed", "suppressed", "suppressed"],
        ["Waiting less", "All that are shown", 14, 23, 12],
    ]


def test_stored_results_keep_what_the_workshops_said_then(session: Session, answered: tables.Survey) -> None:
    """A final report is made from these."""
    kept = a_workshop(session, answered)
    results = results_of(session)
    stored = json.loads(json.dumps(snapshot_of(results)))
    remove_workshop(session, survey=answered, number=kept.number, at=NOW, by=BY)
    assert results_of(session).workshops == ()
    assert results_from_snapshot(stored) == results


def test_beside_a_filter_no_workshop_is_shown(session: Session, answered: tables.Survey) -> None:
    a_workshop(session, answered)
    ward = a_collector(session, answered, name="Ward")
    for _ in range(12):
        a_response(session, ward, mode="paper")
    assert results_of(session, by="mode").workshops
    assert results_of(session, where=(("mode", "web"),)).workshops == ()


def test_an_arabic_report_and_the_word_file_have_the_chapter(session: Session, answered: tables.Survey) -> None:
    a_workshop(session, answered)
    results = results_of(session)
    assert "ما قالته الورش" in text_of(board_report_html(results, a_questionnaire(), language="ar"))
    word = docx.Document(io.BytesIO(board_report_docx(results, a_questionnaire(), language="en")))
    assert "What the workshops said" in " ".join(one.text for one in word.paragraphs if one.style.name == "Heading 1")
    assert any("Ring people with results" in cell.text for table in word.tables for cell in table.rows[1].cells)
