"""``engage survey reference``: the file on the command line, from the template to its removal."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engage import migrations
from engage.commands import engage
from engage.settings import load_settings
from surveys.library import library_files


@pytest.fixture
def slug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A published survey in an installation of its own."""
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path))
    monkeypatch.delenv("ENGAGE_DATABASE_URL", raising=False)
    settings = load_settings()
    migrations.upgrade(settings.database_url, settings.drafts_url)
    published = run("survey", "publish", str(library_files()["cancer-strategy-themes"]))
    return published.stdout.split("\t")[0]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(engage, [*arguments])


def test_a_filled_in_template_is_kept_told_and_removed(slug: str, tmp_path: Path) -> None:
    lines = run("survey", "reference", slug, "--template").stdout.splitlines()
    sexes = [line.replace(",,,,", ",50,Trust register,2026-03,", 1) for line in lines if line.startswith("sex,")]
    file = tmp_path / "patients.csv"
    file.write_text("\n".join([lines[0], *sexes]))
    taken = run("survey", "reference", slug, str(file))
    assert (taken.exit_code, taken.stdout) == (0, "sex\t2 groups\tTrust register\t2026-03\n")
    assert run("survey", "reference", slug).stdout == (
        "sex\tFemale\t50\tTrust register\t2026-03\nsex\tMale\t50\tTrust register\t2026-03\n"
    )
    assert run("survey", "reference", slug, "--remove").exit_code == 0
    again = run("survey", "reference", slug, "--remove")
    assert (again.exit_code, again.stderr) == (1, f"{slug} has no reference population.\n")
    run("audit", "export", str(tmp_path / "trail.csv"))
    with (tmp_path / "trail.csv").open(encoding="utf-8-sig", newline="") as trail:
        actions = [row["action"] for row in csv.DictReader(trail)]
    assert {"reference population given", "reference population removed"} <= set(actions)


def test_faults_are_told_with_their_lines_and_nothing_is_kept(slug: str, tmp_path: Path) -> None:
    file = tmp_path / "patients.csv"
    file.write_text("characteristic,group,share,source,date\nage,16-24,x,Register,2026\ncolour,red,1,Register,2026\n")
    refused = run("survey", "reference", slug, str(file))
    assert refused.exit_code == 1
    assert [line.partition(": ")[0] for line in refused.stderr.splitlines()] == [f"{file}:2", f"{file}:3"]
    assert "has no reference population" in run("survey", "reference", slug).stderr


def test_answers_that_a_file_leaves_out_are_told(slug: str, tmp_path: Path) -> None:
    run("collector", "add", slug, "--name", "Ward", "--place", "North / Trust / Ward")
    run("collector", "add", slug, "--name", "Clinic", "--place", "South / Clinic")
    file = tmp_path / "patients.csv"
    ages = "age,65-74,60,Register,2026\nage,75-84|85-or-over,40,Register,2026\n"
    places = "place,North / Trust,90,Register,2026\nplace,South,10,Register,2026\n"
    file.write_text(f"characteristic,group,share,source,date\n{ages}{places}")
    taken = run("survey", "reference", slug, str(file))
    assert taken.exit_code == 0
    # Of places nothing is left out: what is above and below a group's place is in it.
    (told,) = taken.stderr.splitlines()
    assert told.startswith("age: no group holds Under 16; 16 to 24; ")
    assert told.endswith("; 55 to 64. Such answers count as unknown.")


def test_one_thing_is_done_at_a_time(slug: str) -> None:
    assert run("survey", "reference", slug, "--remove", "--template").exit_code == 2
    assert run("survey", "reference", "no-such-survey").exit_code == 1
