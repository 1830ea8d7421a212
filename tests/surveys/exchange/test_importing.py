from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.publishing import publish
from surveys.questionnaire import Comparison, Text
from surveys.storage import tables
from tests.factories import NOW, a_collector, a_questionnaire, a_survey, words
from tests.surveys.exchange.exchanged_answers import a_row, answers_of, import_file, messages, visible, write_rows


def test_ids_values_and_labels_are_read_in_any_case_and_spacing(database: Database, code: str, tmp_path: Path) -> None:
    row = a_row(
        code,
        waiting__importance="VERY",
        digital__importance=" slightly  IMPORTANT ",
        staff__importance="3",
        most_important="better technology|More staff",
        connection="Prefer not to say",
        order="In hospital|home",
        visits="12.0",
        missing="  Parking.  ",
        quote="no",
    )
    assert import_file(database, write_rows(tmp_path / "a.csv", [row])).faults == ()
    stored = answers_of(database)
    assert stored["waiting.importance"] == "very"
    assert stored["digital.importance"] == "slightly"
    assert stored["staff.importance"] == "quite"
    assert stored["most_important"] == ["digital", "staff"]
    assert stored["connection"] == "prefer_not_to_say"
    assert stored["order"] == ["hospital", "home"]
    assert stored["visits"] == 12
    assert stored["missing"] == "Parking."
    assert stored["quote"] == "no"


def test_labels_in_every_language_of_the_survey_are_understood(database: Database, tmp_path: Path) -> None:
    scale = a_questionnaire().scales[0]
    points = tuple(
        replace(point, label=Text((("en", point.label.in_language("en")), ("cy", f"{point.id} cy"))))
        for point in scale.points
    )
    both = _translated(a_questionnaire(languages=("en", "cy"), scales=(replace(scale, points=points),)))
    with database.writing() as session:
        code = a_collector(session, a_survey(session, both)).code
    done = import_file(
        database, write_rows(tmp_path / "a.csv", [a_row(code, waiting__importance="very CY", language="CY")])
    )
    assert done.faults == ()
    assert answers_of(database)["waiting.importance"] == "very"


def _translated(value):  # type: ignore[no-untyped-def]
    """The same definition with a Welsh text, invented where there is none, for every English one."""
    if isinstance(value, Text):
        english = value.in_language("en")
        return value if value.has("cy") else Text((("en", english), ("cy", f"{english} (cy)")))
    if isinstance(value, tuple):
        return tuple(_translated(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {field.name: _translated(getattr(value, field.name)) for field in fields(value) if field.init}
        return replace(value, **changes)
    return value


def test_every_bad_row_is_reported_with_its_line_and_nothing_is_kept(
    database: Database, code: str, tmp_path: Path
) -> None:
    rows = [
        a_row(code),
        a_row(code, waiting__importance="vary"),
        a_row("ZZZZZZ", mode="pigeon", submitted_on="31/12/2026", visits="many", language="xx"),
        a_row(code, most_important="waiting|digital|staff"),
        a_row(code, most_important="none|staff"),
        a_row(code, order="home|home"),
        a_row(code, visits="-1"),
        a_row(code, missing="a" * 2001),
        a_row(code, submitted_on="2027-01-01"),
        a_row(code, submitted_on=""),
        a_row(code, version="7.1"),
        a_row(code, audience="staff"),
        a_row(code, place="Elsewhere"),
    ]
    done = import_file(database, write_rows(tmp_path / "a.csv", rows))
    assert done.imported == 0
    assert visible(database) == 0
    said = messages(done)
    assert [int(message.partition(":")[0]) for message in said] == [3, *[4] * 5, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]
    assert "'vary' is not an answer to this question. It offers: not, slightly, quite, very, not_sure." in said[0]
    for part in ("mode: 'pigeon'", "YYYY-MM-DD", "A number belongs here", "language: 'xx'", "--create-collectors"):
        assert any(part in message for message in said if message.startswith("4:"))
    assert "at most 2" in said[6]
    assert "cannot stand together" in said[7]
    assert "stands here twice" in said[8]
    assert "at least 0" in said[9]
    assert "at most 2,000" in said[10]


def test_an_answer_that_the_others_do_not_lead_to_is_refused(database: Database, tmp_path: Path) -> None:
    pages = a_questionnaire().pages
    led = replace(pages[-1], show_if=Comparison("connection", "equals", "staff"))
    with database.writing() as session:
        code = a_collector(session, a_survey(session, a_questionnaire(pages=(*pages[:-1], led)))).code
    rows = [a_row(code, connection="patient", quote="yes"), a_row(code, connection="staff", quote="yes")]
    done = import_file(database, write_rows(tmp_path / "a.csv", rows))
    assert [fault.line for fault in done.faults] == [2]
    assert done.faults[0].message.startswith("quote: the other answers of this row do not lead to this question")


def test_a_blank_version_means_the_only_one_and_is_refused_where_there_are_two(
    database: Database, code: str, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "a.csv", [a_row(code)])
    assert import_file(database, path).imported == 1
    with database.writing() as session:
        organisation = session.scalars(select(tables.Organisation)).one()
        changed = a_questionnaire(title=words("Other"))
        publish(session, organisation=organisation, questionnaire=changed, at=NOW, by="publisher@example.org")
    assert messages(import_file(database, path)) == [
        "2: version: the survey has several versions, so say which one: 1.0, 2.0."
    ]
    assert import_file(database, write_rows(path, [a_row(code, version="2")])).imported == 1
