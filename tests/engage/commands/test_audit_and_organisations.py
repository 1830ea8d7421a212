"""``engage audit`` and ``engage organisation``: as somebody at the terminal meets them."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from engage.commands import engage
from engage.unit_of_work import Database
from surveys.questionnaire_file import to_yaml
from tests.engage.audit.test_chain import recorded, tampered
from tests.factories import a_questionnaire


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: Database) -> Path:
    """The folder of an installation with an empty database."""
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path))
    monkeypatch.setenv("ENGAGE_DATABASE_URL", database.url)
    monkeypatch.setenv("ENGAGE_DRAFTS_URL", database.drafts_url)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(engage, words)


@pytest.mark.usefixtures("instance")
def test_the_trail_is_verified_and_its_end_can_be_noted_down(database: Database) -> None:
    recorded(database, 3)
    noted = run("audit", "verify").stdout.strip()
    events, end = noted.split("\t")
    assert events == "3"
    assert end.startswith("3:")
    recorded(database)
    assert run("audit", "verify", "--noted", end).exit_code == 0
    with database.writing() as session:
        tampered(session, "UPDATE audit_event SET actor = 'nobody' WHERE id = 2")
    done = run("audit", "verify", "--noted", end)
    assert done.exit_code == 1
    assert "event 2 was changed" in done.stderr
    assert run("audit", "verify", "--noted", "x").exit_code == 2
    doctor = run("doctor", "--json")
    findings = {one["what"]: one for one in json.loads(doctor.stdout)["findings"]}
    assert findings["audit trail"]["state"] == "fault"
    assert "event 2 was changed" in findings["audit trail"]["message"]


def test_the_trail_is_exported_whole_and_from_a_day_on(instance: Path, database: Database) -> None:
    recorded(database, 2)
    table, lines = instance / "audit.csv", instance / "audit.jsonl"
    assert run("audit", "export", str(table)).stdout.strip() == "2"
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    assert [row["id"] for row in rows] == ["1", "2"]
    assert json.loads(rows[0]["detail"]) == {"roles": ["viewer", "editor"]}
    assert run("audit", "export", str(lines)).stdout.strip() == "2"
    last = json.loads(lines.read_text("utf-8").splitlines()[-1])
    with database.reading() as session:
        assert bytes.fromhex(last["hash"]) == session.execute(text("SELECT hash FROM audit_head")).scalar_one()
    assert run("audit", "export", str(table), "--since", "2099-01-01").stdout.strip() == "0"
    assert run("audit", "export", "audit.txt").exit_code == 2
    assert "cannot be written" in run("audit", "export", "/nowhere/audit.csv").stderr


@pytest.mark.usefixtures("instance")
def test_a_tree_is_made_and_listed() -> None:
    added = run("organisation", "add", "North", "--kind", "place")
    assert added.stdout == "north\n"
    below = ("organisation", "add", "Trust A", "--kind", "provider", "--below", "north", "--slug", "a")
    assert run(*below).stdout == "a\n"
    listed = run("organisation", "list").stdout.splitlines()
    assert listed[-1] == "a\tprovider\tOur organisation / North / Trust A"
    rows = json.loads(run("organisation", "list", "--json").stdout)
    assert [(row["slug"], row["below"]) for row in rows] == [("trust", None), ("north", "trust"), ("a", "north")]
    assert "name\tTrust B" in run("organisation", "set", "a", "--name", "Trust B").stdout
    assert "name\tTrust B" in run("organisation", "show", "a").stdout
    for refused, why in (
        (below, "already"),
        (("organisation", "add", "X", "--kind", "galaxy"), "one of"),
        (("organisation", "add", "X", "--kind", "site", "--below", "nowhere"), "There is no organisation 'nowhere'"),
        (("organisation", "show", "nowhere"), "There is no organisation"),
    ):
        done = run(*refused)
        assert done.exit_code == 1
        assert why in done.stderr


def test_a_survey_of_two_organisations_must_be_named_by_one(instance: Path) -> None:
    file = instance / "survey.yaml"
    file.write_text(to_yaml(a_questionnaire()), "utf-8")
    run("organisation", "add", "Hospice", "--kind", "provider")
    assert run("survey", "publish", str(file)).exit_code == 0
    assert run("survey", "publish", str(file), "--organisation", "hospice").exit_code == 0
    for command in (("survey", "show"), ("collector", "list"), ("results",)):
        done = run(*command, "small-survey")
        assert done.exit_code == 1
        assert "hospice, trust; say which one with --organisation" in done.stderr
    code = run("collector", "add", "small-survey", "--name", "Ward", "--organisation", "hospice")
    assert code.exit_code == 0
    shown = run("collector", "list", "small-survey", "--organisation", "hospice", "--json")
    assert [row["name"] for row in json.loads(shown.stdout)] == ["Ward"]
    listed = json.loads(run("survey", "list", "--json").stdout)
    assert [row["organisation"] for row in listed] == ["trust", "hospice"]
    assert run("survey", "publish", str(file), "--organisation", "nowhere").exit_code == 1
