"""Everything that is published together gives away nothing that is hidden, and would without secondary suppression.

``python -m benchmarks attack`` does the same for as many surveys as there is time for.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from reports.auditing import Audit
from reports.bases_together import OpenBases
from reports.board_report import board_report_html, board_report_pdf
from reports.request import disclosed_results, reported_questionnaire
from reports.results_csv import results_csv
from reports.results_json import to_json
from reports.spreadsheet import results_xlsx
from reports.suppression import Judge
from reports.tabulation import Filters
from reports.word_document import board_report_docx
from reports.workshop_pack import workshop_pack_html
from surveys.collecting.sending import Mode
from tests.factories import NOW, TODAY, a_collector, a_response, a_survey, some_answers
from tests.reports.attack import attacked
from tests.reports.pdf_checks import elements, page_texts
from tests.reports.random_survey import FIELDS, FIRST_DAY, OPTIONS, Person, Published, published


@pytest.fixture
def surveys(sqlite_database: Database) -> Iterator[Session]:
    with Session(sqlite_database.writing_engine) as session:
        yield session


def several(people: Sequence[Person]) -> list[Filters]:
    place = max((person.place for person in people), default="nowhere")
    by = [Filters(by=field) for field in ("place", "collector", "connection", "place,audience")]
    return [*by, Filters(where=(("place", place),))]


@pytest.mark.parametrize("seed", [0, 1, 3, 6])
def test_nothing_hidden_can_be_worked_out(surveys: Session, seed: int) -> None:
    done = attacked(surveys, seed, asked=several)
    assert (done.found, done.secrets > 20) == ([], True)


@pytest.mark.parametrize("seed", [1, 3])
def test_nothing_about_those_who_came_between_two_days_can_be_worked_out(surveys: Session, seed: int) -> None:
    done = attacked(surveys, seed, days=2, asked=lambda _: [Filters(by=field) for field in ("place", "collector")])
    assert done.found == []


def test_nothing_can_be_worked_out_from_fields_crossed_in_several_ways(surveys: Session) -> None:
    """A survey whose crossed tables each hid enough beside the single fields, and not beside one another."""
    pairs = ("audience,channel", "audience,connection", "place,week", "connection,week")
    done = attacked(surveys, 5004, asked=lambda _: [Filters(by=by) for by in pairs], reads_pdf=True)
    assert (done.found, done.secrets > 20) == ([], True)


def test_nothing_about_them_can_be_worked_out_from_crossed_tables(surveys: Session) -> None:
    by = [Filters(by="collector"), Filters(by="collector,audience")]
    assert attacked(surveys, 1003, days=2, asked=lambda _: by).found == []


def test_a_place_and_weeks_crossed_do_not_tell_of_those_who_came_since_another_day(surveys: Session) -> None:
    """Who answered in which week is who came on which day, so results of one day tell more of the other's."""
    by = [Filters(by="place:1"), Filters(by="place,week")]
    assert attacked(surveys, 36011, days=2, asked=lambda _: by).found == []


def test_how_many_of_few_people_answered_cannot_be_worked_out_though_none_did(surveys: Session) -> None:
    """The only patient of a place skipped the question, so the carers' answers would be the place's."""
    by = [Filters(by="mode"), Filters(by="mode,place")]
    assert attacked(surveys, 36026, asked=lambda _: by).found == []


@pytest.mark.parametrize("guarded", [True, False])
def test_how_many_were_unsure_does_not_follow_from_a_base_where_nobody_skipped_the_question(
    surveys: Session, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    if not guarded:
        monkeypatch.setattr(OpenBases, "close_beside", lambda *_, **__: False)
    assert (attacked(surveys, 38022, asked=several).found == []) is guarded


def test_nor_does_it_where_a_place_shows_that_none_of_its_people_were(surveys: Session) -> None:
    """Whoever is not in a place's base skipped the question, so the unsure one of a channel is at the other place."""
    by = [Filters(by="place"), Filters(by="channel")]
    assert attacked(surveys, 39053, asked=lambda _: by).found == []


def test_nor_does_it_where_a_base_is_all_of_a_collectors_people(surveys: Session) -> None:
    """So whoever of the channel is unsure is at its other collectors."""
    by = [Filters(by="collector"), Filters(by="channel")]
    assert attacked(surveys, 41021, asked=lambda _: by).found == []


def test_nor_does_it_where_weeks_are_crossed_with_what_shows_opinions_after_places(surveys: Session) -> None:
    by = [Filters(by=field) for field in ("place:1", "collector", "channel", "mode", "mode,week")]
    assert attacked(surveys, 42026, asked=lambda _: by).found == []


def test_how_many_answered_the_survey_gives_no_base_away_beside_several_crossed_tables(surveys: Session) -> None:
    """Of the patients who are in no base one is at another place, so the others are not enough to leave the carers of
    the first place more than there are."""
    by = [Filters(by=fields) for fields in ("collector,mode", "connection,place", "collector,connection")]
    places = [Filters(where=(("place", place),)) for place in ("East / Ash", "West / Ash")]
    until = [Filters(until=FIRST_DAY + datetime.timedelta(days=20))]
    assert attacked(surveys, 47004, asked=lambda _: [*by, *places, *until]).found == []


@pytest.mark.parametrize("crossed_before", [False, True])
def test_a_filter_by_one_of_several_answers_is_judged_beside_what_was_crossed_before(
    surveys: Session, crossed_before: bool
) -> None:
    """All of the first place's papers chose a theme, and three people elsewhere, who would be left of the two."""
    survey = a_survey(surveys)
    for place in ("A", "B"):
        collector = a_collector(surveys, survey, name=place, place=place)
        for number in range(30):
            mode: Mode = "paper" if number < 15 else "web"
            chose = (mode == "paper") if place == "A" else (number > 26)
            answers = some_answers(most_important=("waiting",) if chose else ("staff",), waiting__comment=None)
            a_response(surveys, collector, answers, mode=mode)
    crossed = [Filters(by="place,mode")] if crossed_before else []
    made = published(surveys, Published(survey, {}), [*crossed, Filters(where=(("most_important", "waiting"),))])
    assert [one.document["responses"] for one in made] == ([60] if crossed_before else [18])


def primary_only(self: Judge, line, parts, left_over, hidden, *, alike_is_news) -> None:  # type: ignore[no-untyped-def]  # As the method that it stands in for.
    for place, part in enumerate(parts):
        fault = self._fault(line, part, alike_is_news=alike_is_news)
        if fault:
            hidden.setdefault(place, fault)


def test_without_secondary_suppression_the_same_attack_succeeds(
    surveys: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Judge, "_close", primary_only)
    monkeypatch.setattr(Judge, "_exposed", lambda *_: [])
    monkeypatch.setattr(Audit, "exposed", lambda *_, **__: [])
    monkeypatch.setattr(Audit, "small_cells", lambda *_, **__: [])
    assert len(attacked(surveys, 1, asked=several).found) > 5


def test_without_the_audit_several_fields_together_give_people_away(
    surveys: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything(people: Sequence[Person]) -> list[Filters]:
        return [Filters(by=field) for field in FIELDS]

    monkeypatch.setattr(Audit, "exposed", lambda *_, **__: [])
    assert any(attacked(surveys, seed, asked=everything).found for seed in (1, 4))


def outputs(session: Session, few: int) -> list[Any]:
    """All that is made of a survey in which ``few`` of 15 people at two hidden places are at the smaller one."""
    survey = a_survey(session)
    people = {"North": 40, "South": 35, "East": 15 - few, "West": few}
    number = 0
    for place, there in people.items():
        collector = a_collector(session, survey, name="A letter", place=f"Alliance / {place}", channel="Letter")
        for _ in range(there):
            answer = some_answers(waiting__importance=OPTIONS[number % 4], waiting__comment=None)
            a_response(session, collector, answer, at=TODAY)
            number += 1
    made: list[Any] = []
    for by in (None, "place"):
        results = disclosed_results(session, slug=survey.slug, filters=Filters(by=by), at=NOW)
        results = dataclasses.replace(results, data_fingerprint="the same")
        questionnaire = reported_questionnaire(session, slug=survey.slug, results=results)
        book = load_workbook(io.BytesIO(results_xlsx(results, questionnaire, language="en")))
        # Sums of the same numbers in another order differ in their last digits.
        made.append(rounded(to_json(results, questionnaire)))
        made.append(rounded([list(sheet.values) for sheet in book]))
        made.append(figures_of(results_csv(results, questionnaire, language="en")))
        made.append(board_report_html(results, questionnaire, language="en"))
    made.append(texts_of_pdf(board_report_pdf(results, questionnaire, language="en")))
    made.append(texts_of_word(board_report_docx(results, questionnaire, language="en")))
    made.append(workshop_pack_html(results, questionnaire, language="en"))
    return made


def figures_of(table: bytes) -> list[Any]:
    """The rows of the table of figures, numbers rounded."""

    def number(cell: str) -> Any:
        try:
            return rounded(float(cell))
        except ValueError:
            return cell

    return [[number(cell) for cell in row] for row in csv.reader(io.StringIO(table.decode("utf-8-sig")))]


def texts_of_pdf(pdf: bytes) -> list[str]:
    """What a program reads on each page, and the descriptions of its charts, in their order."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        described = [str(element.Alt) for element in elements(document) if "/Alt" in element]
    assert described, "the report has charts"
    return page_texts(pdf) + described


def texts_of_word(word: bytes) -> str:
    """All that the file says, its pictures' descriptions too."""
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        return parts.read("word/document.xml").decode()


def rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: rounded(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(part) for part in value]
    return round(value, 6) if isinstance(value, float) else value


def test_no_output_tells_two_surveys_apart_that_differ_in_what_is_hidden(surveys: Session) -> None:
    """JSON, spreadsheet and report with its charts and their descriptions, with and without groups; then the report as
    PDF and for Word, and the workshop pack."""
    made = []
    for few in (3, 5):
        with surveys.begin_nested() as attempt:
            made.append(outputs(surveys, few))
            attempt.rollback()
        surveys.expire_all()
    for one, other in zip(*made, strict=True):
        assert one == other
