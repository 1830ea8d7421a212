"""The command line as a whole: help with examples, refusals in one line, nothing of somebody else's data."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from PIL import Image

from engage.commands import COMMANDS, engage
from tests.engage.commands.running import Installation


def every_command(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found, name
            yield from every_command(found, (*path, name))


def test_every_command_explains_itself_with_an_example() -> None:
    silent = [
        " ".join(path)
        for path, command in every_command(engage)
        if "Example" not in (command.epilog or "") or not command.help
    ]
    assert silent == []


def test_every_command_has_a_line_in_the_first_help(installation: Installation) -> None:
    done = installation.run("--help")
    assert done.returncode == 0
    for name, (_, line) in COMMANDS.items():
        assert name in done.stdout
        assert line.split(":")[0][:40] in " ".join(done.stdout.split())


def test_the_first_help_imports_no_command() -> None:
    loading = (
        "import sys; from engage.commands import engage\n"
        "try: engage(['--help'])\n"
        "except SystemExit: pass\n"
        "late = ('sqlalchemy', 'flask', 'reports', 'alembic')\n"
        "print([name for name in late if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", loading], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_a_database_that_is_not_there_is_named_with_its_reason_and_without_its_password(tmp_path: Path) -> None:
    away = Installation(tmp_path, {"ENGAGE_DATABASE_URL": "postgresql://engage:s3cret-word@127.0.0.1:1/engage"})
    for arguments in (("survey", "list"), ("db", "upgrade"), ("account", "list")):
        done = away.run(*arguments)
        assert (done.returncode, done.stdout) == (1, ""), arguments
        assert done.stderr.startswith("The database cannot be "), arguments
        assert "port 1 failed" in done.stderr, arguments
        assert "s3cret-word" not in done.stderr, arguments


def test_a_poster_is_not_written_under_the_name_of_a_picture(installation: Installation) -> None:
    picture = installation.instance / "poster.png"
    done = installation.run("poster", "7C3QX8", "-o", str(picture))
    assert done.returncode == 2
    assert "ends in .pdf" in done.stderr
    assert not picture.exists()


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv"])
def test_tables_are_not_written_in_place_of_a_workshop_pack(installation: Installation, ending: str) -> None:
    file = installation.instance / f"pack.{ending}"
    done = installation.run("report", "cancer-strategy-themes", "-o", str(file), "--kind", "workshop")
    assert (done.returncode, file.exists()) == (2, False)
    assert "a workshop pack ends in .pdf or .html" in done.stderr


def test_an_old_database_is_refused_with_its_remedy(tmp_path: Path) -> None:
    empty = Installation(tmp_path, {})
    for arguments in (("account", "list"), ("survey", "list"), ("serve", "--port", "1024"), ("worker",)):
        done = empty.run(*arguments)
        assert done.returncode == 1, arguments
        assert done.stderr.strip().endswith("Run: engage db upgrade")


def test_bad_settings_are_refused_with_every_problem(tmp_path: Path) -> None:
    done = Installation(tmp_path, {"ENGAGE_WORKERS": "x", "ENGAGE_BASE_URL": "y"}).run("account", "list")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 2


def test_a_fault_of_our_own_shows_no_stack_and_no_data(tmp_path: Path) -> None:
    nowhere = {"ENGAGE_DATABASE_URL": "postgresql://engage:pa55word@127.0.0.1:1/engage"}
    done = Installation(tmp_path, nowhere).run("account", "list")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "pa55word" not in done.stderr
    assert "engage doctor" in done.stderr


def test_the_doctor_ends_with_one_on_a_fault_and_says_what_to_do(tmp_path: Path, installation: Installation) -> None:
    sick = Installation(tmp_path / "sick", {}).run("doctor", "--json")
    assert sick.returncode == 1
    found = json.loads(sick.stdout)
    assert any(finding["remedy"] == "engage db upgrade" for finding in found["findings"])
    assert all(finding["remedy"] for finding in found["findings"] if finding["state"] == "fault")
    well = installation.run("doctor", "--deep")
    assert well.returncode == 0, well.stdout
    assert "database: can be reached" in well.stdout


def test_the_doctor_names_bad_settings(tmp_path: Path) -> None:
    done = Installation(tmp_path, {"ENGAGE_TIME_ZONE": "Nowhere"}).run("doctor")
    assert done.returncode == 1
    assert "ENGAGE_TIME_ZONE" in done.stdout


def test_audiences_are_listed_added_and_changed(installation: Installation) -> None:
    assert "patients\tPatients\t10" in installation.run("audience", "list").stdout
    assert (
        installation.run("audience", "add", "volunteers", "--label", "Volunteers").stdout
        == "volunteers\tVolunteers\t10\n"
    )
    assert installation.run("audience", "set", "volunteers", "--minimum-base", "20").stdout.endswith("\t20\n")
    assert installation.run("audience", "set", "volunteers", "--minimum-base", "4").returncode == 2
    assert installation.run("audience", "set", "nobody", "--label", "x").returncode == 1
    assert installation.run("audience", "add", "volunteers", "--label", "Twice").returncode == 1


@pytest.mark.parametrize("arguments", [("--version",), ("serve", "--help"), ("worker", "--help"), ("doctor", "--help")])
def test_asking_for_help_needs_no_installation(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = Installation(tmp_path / "missing", {}).run(*arguments)
    assert done.returncode == 0
    assert not (tmp_path / "missing").exists()


def test_the_organisation_gets_its_name_logo_and_colour(installation: Installation, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (300, 100), "#005eb8").save(logo)
    given = ("--name", "Northshire Trust", "--logo", str(logo), "--colour", "#005eb8")
    assert installation.run("organisation", "set", *given).returncode == 0
    shown = installation.run("organisation", "show").stdout
    assert "name\tNorthshire Trust\n" in shown
    assert "logo\timage/png" in shown
    assert shown.endswith("colour\t#005eb8\n")
    assert "logo\tnone" in installation.run("organisation", "set", "--no-logo").stdout
    logo.write_text("no picture")
    for refused in (("--logo", str(logo)), ("--colour", "blue"), ("--name", " ")):
        done = installation.run("organisation", "set", *refused)
        assert done.returncode == 1
        assert done.stderr.strip()
    assert "Northshire Trust" in installation.run("organisation", "show").stdout
