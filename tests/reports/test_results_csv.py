"""All figures in one table: those of the JSON and no others, hidden ones empty, names in the report's language, and no
text that a program would run."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import io
import json
import re
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import make_url

from engage.commands import engage
from reports.results_csv import FIGURE_COLUMNS, PROVENANCE_COLUMNS, results_csv
from reports.results_json import to_json
from reports.tabulation import (
    CodeAgreement,
    Coding,
    Figure,
    MentionColumn,
    MentionRow,
    MentionTable,
    Quotes,
    Shown,
    Suppressed,
    ThemeAtWorkshop,
    WorkshopTold,
)
from tests.factories import TODAY, words
from tests.reports.answered_survey import shipped_questionnaire
from tests.reports.conftest import Answered
from tests.reports.said_in_json import numbers, said_in_json
from tests.reports.test_spreadsheet import with_all_beside

SLUG = "cancer-strategy-themes"
HIDDEN: Figure = Suppressed("secondary")
Row = dict[str, str]
KEY = ("part", "population_field", "population_value", "theme_id", "question_id", "answer_id", "compared_with_id")


def rows(content: bytes) -> list[Row]:
    """The table, by the names of its columns; every line has all of them."""
    heading, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    return [dict(zip(heading, line, strict=True)) for line in lines]


def table(survey: Answered, language: str = "en") -> list[Row]:
    return rows(results_csv(survey.results, survey.questionnaire, language=language))


def figures(row: Row) -> tuple[Any, ...]:
    """A row's value and interval as JSON says them."""
    if row["hidden"]:
        assert (row["value"], row["low"], row["high"]) == ("", "", "")
    value = "suppressed" if row["hidden"] else float(row["value"])
    return (value, *(float(row[end]) if row[end] else None for end in ("low", "high")))


def agrees(of_csv: tuple[Any, ...], of_json: tuple[Any, ...]) -> bool:
    """An interval that is hidden in JSON has no numbers in CSV."""
    return of_csv == tuple(None if place and one == "suppressed" else one for place, one in enumerate(of_json))


@pytest.fixture
def instance(cancer_survey: Answered, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An instance folder with the answered survey, for the command line."""
    with (
        contextlib.closing(sqlite3.connect(make_url(cancer_survey.database.url).database or "")) as there,
        contextlib.closing(sqlite3.connect(tmp_path / "engage.sqlite")) as here,
    ):
        there.backup(here)
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path))
    monkeypatch.setenv("ENGAGE_BASE_URL", "https://survey.northfield.nhs.uk")
    return tmp_path


@pytest.mark.parametrize("by", [None, "audience", "place"])
def test_the_command_writes_the_figures_of_the_json_and_no_others(instance: Path, by: str | None) -> None:
    made, asked = instance / "figures.csv", ["--by", by] if by else []
    done = CliRunner().invoke(engage, ["report", SLUG, "-o", str(made), *asked])
    assert (done.exit_code, done.output) == (0, f"{made}\n")
    printed = CliRunner().invoke(engage, ["results", SLUG, "--json", *asked])
    document = json.loads(printed.stdout)
    said, found = said_in_json(document), rows(made.read_bytes())
    keyed = {tuple(row[name] for name in (*KEY, "measure")): row for row in found}
    assert len(keyed) == len(found), "no figure stands there twice"
    assert keyed.keys() == said.keys()
    assert [
        key for key, row in keyed.items() if row["value"] or row["hidden"] if not agrees(figures(row), said[key])
    ] == []
    assert {(row["versions"], row["data_fingerprint"], row["minimum_base"]) for row in found} == {
        (f"{SLUG} 1.0", document["data_fingerprint"], "10")
    }


def test_programs_of_every_make_read_it(cancer_survey: Answered) -> None:
    content = results_csv(cancer_survey.results, cancer_survey.questionnaire, language="en")
    assert content.startswith(b"\xef\xbb\xbfpart,population_field,")
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert list(table(cancer_survey)[0]) == [*FIGURE_COLUMNS, *PROVENANCE_COLUMNS]


def test_hidden_figures_are_empty_and_say_so(small_survey: Answered) -> None:
    staff = [row for row in table(small_survey) if row["population_value"] == "staff" and row["part"] == "themes"]
    assert staff
    assert {(row["value"], row["low"], row["high"], row["base"], row["hidden"]) for row in staff} == {
        ("", "", "", "", "suppressed")
    }


def test_an_empty_figure_says_why(small_survey: Answered) -> None:
    found = table(small_survey)
    unexplained = [row for row in found if not row["value"] and not row["hidden"] and not row["verdict"]]
    assert unexplained == []
    assert any(row["verdict"] == "too few to say" and not row["value"] for row in found)
    assert not any(row["value"] for row in found if row["hidden"])


def test_a_share_stands_beside_its_interval_and_its_base(cancer_survey: Answered) -> None:
    (row,) = [
        row
        for row in table(cancer_survey)
        if (row["population_value"], row["theme_id"], row["measure"]) == ("patients", "faster-care", "chosen.percent")
        and row["part"] == "themes"
    ]
    patients = next(one for one in cancer_survey.results.audiences if one.value == "patients")
    chosen = next(one for one in patients.themes if one.theme_id == "faster-care")
    assert chosen.chosen is not None
    assert [row["value"], row["low"], row["high"], row["base"]] == [
        str(one.value)
        for one in (chosen.chosen.value, chosen.chosen.low, chosen.chosen.high, chosen.chosen_base)
        if isinstance(one, Shown)
    ]
    assert (row["population"], row["theme"]) == ("Audience: Patients", "Shorter waits at every step")
    assert row["measure_name"] == "Chosen, %"


def test_figures_of_several_audiences_say_who_is_in_them(cancer_survey: Answered) -> None:
    for row in table(cancer_survey):
        together = row["part"] in ("responses", "themes", "questions") and not row["population_field"]
        assert ("130 patients and 60 staff" in row["pooling"]) == together, row


def with_everything(survey: Answered) -> Answered:
    """The survey with all that can stand beside its answers, some of it hidden."""
    column: MentionColumn[Figure] = MentionColumn(
        "audience", "staff", "Staff", (), Shown(20), Shown(60), Shown(15), minimum_base=10
    )
    everybody = dataclasses.replace(column, field=None, value=None, label="Everybody", coded=Shown(80))
    mentions = (
        MentionRow("c1", "=Parking", (Shown(30), HIDDEN), dict.fromkeys(("positive", "negative"), Shown(12))),
        MentionRow(None, "", (Shown(5), Shown(0)), {}),
    )
    raised: MentionTable[Figure] = MentionTable(
        "Care", 2, "faster-care.comment", "faster-care", "commented", Shown(90), (everybody, column), mentions
    )
    agreement: tuple[CodeAgreement[Figure], ...] = (
        CodeAgreement("c1", "Parking", Shown(93), Shown(0.86), Shown(0.04), "strong"),
        CodeAgreement("c2", "Noise", HIDDEN, HIDDEN, HIDDEN, "too few"),
    )
    votes: ThemeAtWorkshop[Figure] = ThemeAtWorkshop("faster-care", Shown(14), ("Ring people",), (), ())
    workshop: WorkshopTold[Figure] = WorkshopTold(
        TODAY, "Library", "Lead", "patients", "Patients", Shown(12), 10, 3, Shown(23), (votes,)
    )
    small = dataclasses.replace(
        workshop, people=HIDDEN, votes=HIDDEN, themes=(dataclasses.replace(votes, votes=HIDDEN),)
    )
    results = dataclasses.replace(
        with_all_beside(survey).results,
        mentions=(raised, dataclasses.replace(raised, key=None, theme_id=None, base="respondents")),
        coding=(Coding("Care", 2, HIDDEN, Shown(60), agreement),),
        quotes=Quotes((), Shown(80), Shown(40), HIDDEN, 4, 3, {"too long": 2}),
        workshops=(workshop, small),
    )
    return dataclasses.replace(survey, results=results)


def test_whatever_stands_beside_the_answers_is_in_the_table(cancer_survey: Answered) -> None:
    everything = with_everything(cancer_survey)
    document = json.loads(json.dumps(to_json(everything.results, everything.questionnaire)))
    expected = Counter(numbers(document))
    found = table(everything)
    cells = Counter(float(row[name]) for row in found for name in ("value", "low", "high") if row[name])
    assert cells == expected
    keyed = Counter(tuple(row[name] for name in (*KEY, "source", "measure")) for row in found)
    assert [key for key, times in keyed.items() if times > 1] == []
    assert {row["part"] for row in found} >= {
        *("change", "representation", "weighted", "places"),
        *("mentions", "coding"),
    }
    assert not any(row["population"] == "" or row["measure_name"] == "" for row in found)


def test_in_arabic_all_names_are_arabic_and_ids_stay(cancer_survey: Answered) -> None:
    english, arabic = (table(with_everything(cancer_survey), language) for language in ("en", "ar"))
    ids = [*KEY, "measure", "value", "low", "high", "base", "survey", "generated_at", "data_fingerprint"]
    assert [[row[name] for name in ids] for row in arabic] == [[row[name] for name in ids] for row in english]
    named = ["population", "theme", "question", "answer", "compared_with", "measure_name", "hidden", "verdict"]
    said = {row[name] for row in arabic for name in (*named, "pooling", "included", "source", "demonstration")}
    # The survey's own texts are English and stand apart by marks; waves are called by their ids.
    ours = (re.sub("\u2066[^\u2069]*\u2069", "", text) for text in said)
    assert sorted(text for text in ours if re.search("[A-Za-z]{2}", text)) == ["last-year 1.0", "this-year 1.0"]
    assert "محجوب" in said


def test_no_text_is_a_formula_and_no_number_is_touched(cancer_survey: Answered) -> None:
    hostile = shipped_questionnaire(title=words("=HYPERLINK(A1)"))
    patients = next(group for group in cancer_survey.results.audiences if group.value == "patients")
    group = dataclasses.replace(patients, field="place", value="+1-2", label="@SUM(A1)")
    results = dataclasses.replace(with_everything(cancer_survey).results, groups=(group,))
    found = rows(results_csv(results, hostile, language="en"))
    assert {row["survey_title"] for row in found} == {"'=HYPERLINK(A1)"}
    assert "'+1-2" in {row["population_value"] for row in found}
    assert "'=Parking" in {row["answer"] for row in found}
    texts = {row[name] for row in found for name in row if name not in ("value", "low", "high", "base")}
    assert [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []
    assert any(float(row["low"] or 0) < 0 for row in found), "numbers below nought stay numbers"


def test_raw_figures_are_refused(cancer_survey: Answered) -> None:
    everybody = cancer_survey.results.everybody
    raw = dataclasses.replace(everybody.themes[0], chosen_count=6)
    results = dataclasses.replace(
        cancer_survey.results, everybody=dataclasses.replace(everybody, themes=(raw, *everybody.themes[1:]))
    )
    with pytest.raises(TypeError, match="only disclosed figures"):
        results_csv(results, cancer_survey.questionnaire, language="en")
