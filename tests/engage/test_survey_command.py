"""``engage survey``: exit codes, where each line goes, and that checking needs no database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engage import migrations
from engage.commands import engage
from engage.settings import load_settings
from surveys.library import library_files

SHIPPED = str(library_files()["cancer-strategy-themes"])


@pytest.fixture(autouse=True)
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own, without a database yet."""
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path))
    monkeypatch.delenv("ENGAGE_DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def migrated(instance: Path) -> Path:
    settings = load_settings()
    migrations.upgrade(settings.database_url, settings.drafts_url)
    return instance


def run(*arguments: str) -> Result:
    return CliRunner().invoke(engage, ["survey", *arguments])


def test_a_good_file_passes_with_advice_on_standard_error_and_without_a_database(instance: Path) -> None:
    result = run("check", SHIPPED)
    assert result.exit_code == 0
    assert "no faults. 8 themes, 22 questions" in result.stdout
    assert f"{SHIPPED}:" in result.stderr
    assert all(": warning: " in line for line in result.stderr.splitlines())
    assert list(instance.iterdir()) == []


def test_every_fault_is_printed_with_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("format: 1\nslug: Bad Slug\ntitel: x\n", "utf-8")
    result = run("check", str(file))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"{file}:2: slug: " in result.stderr
    assert f"{file}:3: there is no key “titel”. Did you mean “title”?" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "content",
    [
        "",
        "# " + "x" * (1 << 20),
        "format: 1\nslug: a\ntitle: T\nlanguage: en\norganisation: O\nabout: {purpose: P}\nprivacy: P\n",
    ],
    ids=["empty", "too large", "asks nothing"],
)
def test_a_fault_of_the_whole_file_has_a_line_too(tmp_path: Path, content: str) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(content, "utf-8")
    result = run("check", str(file))
    assert result.exit_code == 1
    assert result.stderr.splitlines()
    assert all(line.startswith(f"{file}:1: ") for line in result.stderr.splitlines())


def test_a_file_that_is_not_there_is_wrong_usage() -> None:
    assert run("check", "no-such-file.yaml").exit_code == 2
    assert run("publish", SHIPPED, "--closes", "31 January").exit_code == 2


def test_publishing_twice_gives_the_same_version(migrated: Path) -> None:
    first, second = run("publish", SHIPPED, "--closes", "2027-01-31"), run("publish", SHIPPED)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout == second.stdout == "cancer-strategy-themes\t1.0\n"
    assert "published before" in second.stderr
    (listed,) = json.loads(run("list", "--json").stdout)
    assert (listed["slug"], listed["version"], listed["answers"]) == ("cancer-strategy-themes", "1.0", 0)
    assert listed["closes"] == "2027-02-01T00:00+00:00"


def test_a_survey_is_shown_with_its_questionnaire(migrated: Path) -> None:
    run("publish", SHIPPED)
    shown = json.loads(run("show", "cancer-strategy-themes", "--json").stdout)
    assert shown["collectors"] == []
    assert shown["questionnaire"]["themes"][0]["id"] == "faster-care"
    assert "slug: cancer-strategy-themes" in run("show", "cancer-strategy-themes", "--version", "1.0").stdout


def test_what_does_not_exist_is_refused_with_what_does(migrated: Path) -> None:
    run("publish", SHIPPED)
    unknown = run("show", "cancer")
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert "cancer-strategy-themes" in unknown.stderr
    version = run("show", "cancer-strategy-themes", "--version", "3.2")
    assert version.exit_code == 1
    assert "there are 1.0" in version.stderr


def test_dates_that_do_not_fit_are_refused(migrated: Path) -> None:
    result = run("publish", SHIPPED, "--opens", "2027-02-01", "--closes", "2027-01-31")
    assert result.exit_code == 1
    assert run("list", "--json").stdout == "[]\n"


def test_the_schema_is_json() -> None:
    assert json.loads(run("schema").stdout)["$schema"].endswith("2020-12/schema")
