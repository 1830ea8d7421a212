import csv
import datetime
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from engage.unit_of_work import Database
from surveys.answers_file import ABOUT_COLUMNS, MARK, NOT_SHOWN
from surveys.collecting import begin_batch, collect_many, complete_batch, remove_response
from surveys.collecting.sending import Sent
from surveys.exporting import ExportFault, export_answers
from surveys.publishing import find_survey, publish
from surveys.storage import tables
from tests.factories import NOW, TODAY, a_collector, a_questionnaire, a_response, a_survey, some_answers, words
from tests.surveys.exchange.exchanged_answers import import_file, remove_responses, stored_responses


def exported_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def export(database: Database, path: Path) -> list[dict[str, str]]:
    with database.reading() as session:
        export_answers(session, survey=find_survey(session, slug="small-survey"), path=path)
    return exported_rows(path)


def test_text_cells_are_made_safe_and_numbers_are_left_alone(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        survey = a_survey(session)
        collector = a_collector(session, survey, place="=HYPERLINK(1) / B")
        a_response(session, collector, some_answers(missing="=1+1", waiting__comment="'plain", visits=3))
    (row,) = export(database, tmp_path / "answers.csv")
    assert row["missing"] == "'=1+1"
    assert row["waiting.comment"] == "''plain"
    assert row["place"] == "'=HYPERLINK(1) / B"
    assert row["visits"] == "3"


def test_a_workbook_holds_texts_numbers_and_days_as_what_they_are(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        a_response(session, a_collector(session), some_answers(missing="=1+1", visits=3))
    path = tmp_path / "answers.xlsx"
    with database.reading() as session:
        done = export_answers(session, survey=find_survey(session, slug="small-survey"), path=path)
    assert done.codebook == path
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["answers", "codebook"]
    header, cells = list(book["answers"].iter_rows())
    by_name = {str(name.value): cell for name, cell in zip(header, cells, strict=True)}
    assert by_name["missing"].value == "'=1+1"
    assert by_name["missing"].data_type != "f"
    assert by_name["visits"].value == 3
    assert by_name["submitted_on"].value == datetime.datetime(2026, 11, 21)  # noqa: DTZ001 A sheet knows no time zones.
    assert by_name["version"].value == "1.0"


def test_the_columns_are_those_of_the_format_with_the_mark_at_the_end(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        a_response(session, a_collector(session))
    (row,) = export(database, tmp_path / "answers.csv")
    columns = list(row)
    assert columns[:9] == list(ABOUT_COLUMNS)
    assert columns[9:-2] == [item.key for item in a_questionnaire().items]
    assert columns[-2:] == [NOT_SHOWN, MARK]
    assert row["most_important"] == "waiting|staff"
    assert row["order"] == "home|hospital"
    assert row["digital.importance"] == "not_sure"
    assert row["staff.importance"] == ""


def test_a_question_that_was_never_reached_is_told_from_one_that_was_skipped(
    database: Database, tmp_path: Path
) -> None:
    answers = some_answers(visits=None)
    del answers["quote"], answers["connection"]
    with database.writing() as session:
        a_response(session, a_collector(session), answers)
    (row,) = export(database, tmp_path / "answers.csv")
    assert row[NOT_SHOWN] == "connection|quote"
    assert row["visits"] == ""


def test_every_export_gives_new_names_and_no_order_of_arrival(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        collector = a_collector(session)
        for number in range(100):
            a_response(session, collector, some_answers(visits=number))
    first, second = (export(database, tmp_path / f"{name}.csv") for name in "ab")
    arrival = [int(row["visits"]) for row in first]
    assert arrival != sorted(arrival)
    inversions = sum(a > b for place, a in enumerate(arrival) for b in arrival[place + 1 :])
    assert 1500 < inversions < 3450, "as many pairs out of order as a shuffle has: about half of 4,950"
    names = [{row["response_id"] for row in rows} for rows in (first, second)]
    assert len(names[0]) == len(names[1]) == 100
    assert not names[0] & names[1]
    with database.reading() as session:
        keys = {response.key.hex() for response in session.query(tables.Response)}
    assert not any(name[1:] in key for name in names[0] for key in keys)


def test_responses_that_were_removed_or_are_still_being_imported_are_left_out(
    database: Database, tmp_path: Path
) -> None:
    with database.writing() as session:
        survey = a_survey(session)
        collector = a_collector(session, survey)
        kept = a_response(session, collector, some_answers(visits=1))
        gone = a_response(session, collector, some_answers(visits=2))
        assert kept.response_key is not None
        assert gone.response_key is not None
        remove_response(session, survey=survey, key=gone.response_key)
        batch = begin_batch(session, survey=survey, file_name="half.csv", at=NOW, by="officer@example.org")
        sent = Sent(collector, some_answers(visits=3, missing="unseen"), "en", "import", TODAY)
        version = session.query(tables.QuestionnaireVersion).one().id
        collect_many(session, version_id=version, batch_id=batch.id, sent=[sent])
        batch_id = batch.id
    assert [row["visits"] for row in export(database, tmp_path / "a.csv")] == ["1"]
    with database.writing() as session:
        complete_batch(session, batch=session.get_one(tables.ImportBatch, batch_id), at=NOW)
    assert sorted(row["visits"] for row in export(database, tmp_path / "b.csv")) == ["1", "3"]


def test_versions_stand_in_one_file_each_with_its_own_columns_filled(database: Database, tmp_path: Path) -> None:
    shorter = a_questionnaire(pages=a_questionnaire().pages[:-1], title=words("Shorter"))
    renamed = replace(shorter.pages[-1], id="other", questions=(replace(shorter.pages[-1].questions[0], id="other"),))
    with database.writing() as session:
        survey = a_survey(session)
        collector = a_collector(session, survey)
        a_response(session, collector)
        organisation = session.get_one(tables.Organisation, survey.organisation_id)
        changed = replace(shorter, pages=(*shorter.pages, renamed))
        publish(session, organisation=organisation, questionnaire=changed, at=NOW, by="publisher@example.org")
        a_response(session, collector, {"other": "Newer", "missing": None})
        before = stored_responses(session, survey)
    path = tmp_path / "answers.csv"
    rows = {row["version"]: row for row in export(database, path)}
    assert rows["1.0"]["quote"] == "yes"
    assert rows["1.0"]["other"] == rows["2.0"]["quote"] == ""
    assert rows["2.0"]["other"] == "Newer"
    with database.writing() as session:
        remove_responses(session, find_survey(session, slug="small-survey"))
    assert import_file(database, path).imported == 2
    with database.reading() as session:
        assert stored_responses(session, find_survey(session, slug="small-survey")) == before


def test_a_question_named_like_a_column_of_the_format_gets_a_name_of_its_own(
    database: Database, tmp_path: Path
) -> None:
    page = a_questionnaire().pages[-2]
    clash = replace(page, id="place", questions=(replace(page.questions[0], id="place"),))
    with database.writing() as session:
        survey = a_survey(session, a_questionnaire(pages=(*a_questionnaire().pages, clash)))
        a_response(session, a_collector(session, survey), some_answers(place="At home"))
        before = stored_responses(session, survey)
    path = tmp_path / "answers.csv"
    (row,) = export(database, path)
    assert row["answer:place"] == "At home"
    assert row["place"] == "Alliance / North / Trust"
    with database.writing() as session:
        remove_responses(session, find_survey(session, slug="small-survey"))
    assert import_file(database, path).faults == ()
    with database.reading() as session:
        assert stored_responses(session, find_survey(session, slug="small-survey")) == before


def test_jsonl_has_null_where_nothing_was_said_and_texts_as_they_are(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        a_response(session, a_collector(session), some_answers(missing="=1+1", visits=3))
    path = tmp_path / "answers.jsonl"
    with database.reading() as session:
        done = export_answers(session, survey=find_survey(session, slug="small-survey"), path=path)
    row = json.loads(path.read_text("utf-8"))
    assert row["missing"] == "=1+1"
    assert row["visits"] == 3
    assert row["staff.importance"] is None
    assert row[MARK] == "masked"
    assert done.codebook == tmp_path / "answers.codebook.csv"
    assert done.codebook.exists()


def test_an_export_that_fails_leaves_the_file_that_was_there(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        a_response(session, a_collector(session))
    path = tmp_path / "answers.csv"
    path.write_text("earlier")

    def broken(_count: int) -> None:
        raise KeyboardInterrupt

    with database.reading() as session, pytest.raises(KeyboardInterrupt):
        export_answers(session, survey=find_survey(session, slug="small-survey"), path=path, progress=broken)
    assert path.read_text() == "earlier"
    assert [file.name for file in tmp_path.iterdir() if not file.name.endswith((".sqlite", "-wal", "-shm"))] == [
        "answers.csv"
    ]


def test_a_kind_of_file_that_is_not_known_is_refused_by_name(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        a_survey(session)
    with database.reading() as session, pytest.raises(ExportFault, match=r"\.csv, \.xlsx or \.jsonl"):
        export_answers(session, survey=find_survey(session, slug="small-survey"), path=tmp_path / "answers.doc")


def test_an_export_can_be_read_by_its_owner_alone(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        a_response(session, a_collector(session))
    export(database, tmp_path / "answers.csv")
    assert (tmp_path / "answers.csv").stat().st_mode & 0o077 == 0
