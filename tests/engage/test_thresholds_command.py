"""``engage survey thresholds``: the file on the command line, from giving it to its removal."""

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
    return run("survey", "publish", str(library_files()["cancer-strategy-themes"])).stdout.split("\t")[0]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(engage, [*arguments])


def test_thresholds_are_kept_told_and_removed_and_the_audit_trail_says_so(slug: str, tmp_path: Path) -> None:
    file = tmp_path / "thresholds.csv"
    file.write_text("theme,measure,acceptable,achievable\nfaster-care,chosen,40,60.5\n")
    taken = run("survey", "thresholds", slug, str(file))
    assert (taken.exit_code, taken.stdout) == (0, "faster-care\tchosen\t40\t60.5\n")
    assert run("survey", "thresholds", slug).stdout == taken.stdout
    assert run("survey", "thresholds", slug, "--remove").exit_code == 0
    again = run("survey", "thresholds", slug, "--remove")
    assert (again.exit_code, again.stderr) == (1, f"{slug} has no thresholds.\n")
    assert "has no thresholds. See: " in run("survey", "thresholds", slug).stderr
    run("audit", "export", str(tmp_path / "trail.csv"))
    with (tmp_path / "trail.csv").open(encoding="utf-8-sig", newline="") as trail:
        actions = [row["action"] for row in csv.DictReader(trail)]
    assert {"place thresholds given", "place thresholds removed"} <= set(actions)


def test_faults_are_told_with_file_and_line_and_nothing_changes(slug: str, tmp_path: Path) -> None:
    file = tmp_path / "thresholds.csv"
    file.write_text("theme,measure,acceptable,achievable\nfaster-care,chosen,40,60\n")
    run("survey", "thresholds", slug, str(file))
    file.write_text("theme,measure,acceptable,achievable\nfaster-care,chosen,60,40\nsleep,chosen,1,2\n")
    refused = run("survey", "thresholds", slug, str(file))
    assert refused.exit_code == 1
    assert [line.partition(": ")[0] for line in refused.stderr.splitlines()] == [f"{file}:2", f"{file}:3"]
    assert run("survey", "thresholds", slug).stdout == "faster-care\tchosen\t40\t60\n"


def test_wrong_usage_and_unknown_surveys_are_said(slug: str, tmp_path: Path) -> None:
    file = tmp_path / "thresholds.csv"
    file.write_text("")
    assert run("survey", "thresholds", slug, str(file), "--remove").exit_code == 2
    unknown = run("survey", "thresholds", "no-such-survey")
    assert unknown.exit_code == 1
    assert "there is no survey" in unknown.stderr
