import datetime
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.unit_of_work import Database
from surveys.answers import parse_answer
from surveys.answers_file import neutralised, restored
from surveys.exporting import export_answers
from surveys.publishing import find_survey
from tests.factories import TODAY, a_collector, a_questionnaire, a_response, a_survey, some_answers
from tests.surveys.exchange.exchanged_answers import import_file, remove_responses, stored_responses

SUFFIXES = [".csv", ".xlsx", ".jsonl"]


def varied_responses(database: Database, count: int = 60) -> None:
    """Responses of every shape: whole, sent early, skipped, not answered, with texts that could be formulas."""
    chance = random.Random(7)
    texts = [
        "=1+1",
        "+44",
        "-5",
        "@home",
        "'quoted'",
        "''twice",
        'said "no", twice',
        "two\nlines",
        "שלום",
        "😀👩‍⚕️",
        "a|b",
        "_x0041_",
        "x005F_ _x005F_x005F_",
    ]
    with database.writing() as session:
        collectors = [a_collector(session, a_survey(session))]
        collectors.append(a_collector(session, collectors[0].survey, name="Ward", audience="staff", place="A / =B"))
        for number in range(count):
            answers = some_answers(
                most_important=chance.choice([("none",), ("waiting",), ("waiting", "digital"), None]),
                waiting__importance=chance.choice(["not", "slightly", "very", "not_sure", None]),
                waiting__comment=chance.choice([None, *texts]),
                missing=chance.choice([None, *texts]),
                connection=chance.choice(["patient", "staff", "prefer_not_to_say", None]),
                order=chance.choice([("home",), ("practice", "hospital"), None]),
                visits=chance.choice([0, 3, 99, None]),
                quote=chance.choice(["yes", "no", None]),
            )
            if number % 5 == 0:
                for key in ("connection", "order", "visits", "missing", "quote")[chance.randrange(5) :]:
                    del answers[key]
            a_response(
                session,
                collectors[number % 2],
                answers,
                at=TODAY - datetime.timedelta(days=chance.randrange(20)),
                mode=chance.choice(["web", "paper", "kiosk"]),
            )


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_exported_unmasked_and_imported_is_exactly_what_was_stored(
    database: Database, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Small pages, so that the responses of one export come from many.
    monkeypatch.setattr("surveys.exporting.rows.PAGE", 7)
    varied_responses(database)
    path = tmp_path / f"answers{suffix}"
    with database.writing() as session:
        survey = find_survey(session, slug="small-survey")
        before = stored_responses(session, survey)
        done = export_answers(session, survey=survey, path=path, unmasked=True)
        remove_responses(session, survey)
    assert done.responses == 60
    imported = import_file(database, path)
    assert imported.faults == ()
    assert imported.imported == 60
    with database.reading() as session:
        assert stored_responses(session, find_survey(session, slug="small-survey")) == before


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=40), min_size=1, max_size=5))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_that_can_be_stored_comes_back_as_it_was(
    sqlite_database: Database, tmp_path: Path, suffix: str, texts: list[str]
) -> None:
    question = a_questionnaire().item("missing")
    path = tmp_path / f"texts{suffix}"
    with sqlite_database.writing() as session:
        collector = a_collector(session, a_survey(session))
        remove_responses(session, collector.survey)
        for text in texts:
            answer = parse_answer(a_questionnaire(), question, [text])
            a_response(session, collector, some_answers(missing=answer, staff__comment=answer))
    with sqlite_database.writing() as session:
        survey = find_survey(session, slug="small-survey")
        before = stored_responses(session, survey)
        export_answers(session, survey=survey, path=path, unmasked=True)
        remove_responses(session, survey)
    assert import_file(sqlite_database, path).faults == ()
    with sqlite_database.reading() as session:
        assert stored_responses(session, find_survey(session, slug="small-survey")) == before


@given(st.one_of(st.text(), st.text(alphabet="=+-@\t\r\n'＝ a1")))
def test_a_cell_made_safe_begins_with_nothing_that_a_spreadsheet_acts_on_and_can_be_restored(text: str) -> None:
    cell = neutralised(text)
    assert cell[:1] not in tuple("=+-@\t\r\n＝＋－＠")
    assert restored(cell) == text
    assert cell in (text, "'" + text)
