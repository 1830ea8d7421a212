from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from engage.commands import engage
from engage.unit_of_work import Database
from tests.factories import a_collector, a_questionnaire, a_survey
from tests.reports.coded_survey import Writer, a_coded_survey, about
from tests.reports.test_disclosure import mixed
from tests.reports.test_results import store


@pytest.fixture
def slug(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A survey with 40 patients and 12 staff, in an installation that the command finds."""
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("ENGAGE_DATABASE_URL", database.url)
    monkeypatch.setenv("ENGAGE_DRAFTS_URL", database.drafts_url)
    with database.writing() as session:
        survey = a_survey(session)
        store(session, a_collector(session, survey), mixed(40))
        store(session, a_collector(session, survey, audience="staff"), mixed(12), mode="paper")
        return survey.slug


def run(*arguments: str) -> Result:
    return CliRunner().invoke(engage, ["results", *arguments])


def test_json_holds_all_figures_and_keeps_to_the_printed_schema(slug: str) -> None:
    schema = run("--schema")
    assert schema.exit_code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(schema.stdout))
    done = run(slug, "--by", "audience", "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    jsonschema.validate(found, json.loads(schema.stdout))
    assert found["responses"] == 52
    assert [group["responses"] for group in found["groups"]] == [40, 12]


def test_without_json_there_is_a_table_of_themes(slug: str) -> None:
    done = run(slug)
    assert done.exit_code == 0
    assert "52 people answered" in done.stdout
    assert "unweighted, 40 patients + 12 staff" in done.stdout
    assert "52 of 52" in done.stdout


@pytest.mark.parametrize(("people", "said"), [(0, ["none", "0 of 0", "none"]), (9, ["hidden", "hidden", "hidden"])])
def test_the_table_keeps_its_columns_apart_where_there_is_no_figure_to_show(
    slug: str, database: Database, people: int, said: list[str]
) -> None:
    with database.writing() as session:
        survey = a_survey(session, a_questionnaire(slug="few"))
        store(session, a_collector(session, survey), mixed(people))
    lines = run("few").stdout.splitlines()
    assert lines[0].endswith(": 0 people answered." if not people else ": a hidden number of people answered.")
    assert [re.split(r"  +", line)[:-1] for line in lines[3:6]] == [said] * 3


def test_filters_narrow_and_dates_are_said_to_be_widened(slug: str) -> None:
    done = run(slug, "--where", "mode=paper", "--since", "2026-11-18", "--json")
    assert done.exit_code == 0
    assert "--since 2026-11-18 was widened to 2026-11-16: periods are whole weeks." in done.stderr
    found = json.loads(done.stdout)
    assert found["responses"] == 12
    assert found["filters"]["where"] == [{"field": "mode", "value": "paper"}]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("no-such-survey",), "There is no survey 'no-such-survey'; there are small-survey."),
        (("small-survey", "--by", "colour"), "There is no field 'colour' to split by; there are audience"),
        (("small-survey", "--where", "mode=phone"), "Mode has no value 'phone'; it has paper, web."),
        (("small-survey", "--since", "2027-01-01"), "Nobody is left with these filters"),
        (("small-survey", "--since", "2026-11-21", "--until", "2026-11-01"), "ends before it begins"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_remedy(
    slug: str, arguments: tuple[str, ...], message: str
) -> None:
    done = run(*arguments, "--json")
    assert done.exit_code == 1
    assert message in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("arguments", [(), ("small-survey", "--where", "mode"), ("small-survey", "--since", "soon")])
def test_wrong_usage_exits_with_2(slug: str, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_percentages_of_mentions_are_of_what_was_asked_for(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("ENGAGE_DATABASE_URL", database.url)
    monkeypatch.setenv("ENGAGE_DRAFTS_URL", database.drafts_url)
    with database.writing() as session:
        writers = [about("waiting.comment", "Parking", "Food") for _ in range(20)]
        a_coded_survey(session, [*writers, Writer({})], names=["Parking", "Food"])
    found = {}
    for base in ("commented", "respondents", "mentions"):
        done = run("small-survey", "--mentions-base", base, "--json")
        (table,) = json.loads(done.stdout)["mentions"]
        found[base] = (table["columns"][0]["base"], table["rows"][0]["people"][0]["n"])
    assert found == {"commented": (20, 20), "respondents": (21, 20), "mentions": (40, 20)}
