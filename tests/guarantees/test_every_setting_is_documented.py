"""Whoever runs an installation finds every setting in one page, and only settings that exist."""

import dataclasses
import re

from engage.settings import Settings
from tests.guarantees.repository import ROOT, place, python_files, text_of

PAGE = ROOT / "docs" / "settings.md"

# These steer the tests and never an installation.
FOR_TESTS = re.compile(r"ENGAGE_(TEST|REQUIRE)_")

MAY_LOOK = {
    "engage/settings.py": "it is the reader",
    "engage/commands/__init__.py": "settings themselves may be what failed",
    "engage/commands/demo.py": "it tells the server's processes and its worker which address they have",
    "surveys/backup.py": "it hands the environment to PostgreSQL's own programs, with the password added",
    "reports/__init__.py": "it tells numpy how many cores to take",
    "reports/documents.py": "it hands a chosen few variables to its child process, and no others",
}


def names_of_settings() -> set[str]:
    return {f"ENGAGE_{field.name.upper()}" for field in dataclasses.fields(Settings) if field.init}


def names_on_the_page() -> set[str]:
    found = set(re.findall(r"ENGAGE_[A-Z0-9_]+", PAGE.read_text(encoding="utf-8")))
    return {name for name in found if not FOR_TESTS.match(name)}


def test_settings_cannot_change_while_running() -> None:
    assert dataclasses.is_dataclass(Settings)
    assert Settings.__dataclass_params__.frozen  # type: ignore[attr-defined]  # The attribute has no public twin.


def test_every_setting_is_documented() -> None:
    assert names_of_settings() - names_on_the_page() == set()


def test_every_documented_setting_exists() -> None:
    assert names_on_the_page() - names_of_settings() == set()


def test_only_settings_reads_the_environment() -> None:
    reads = re.compile(r"os\.environ|os\.getenv|from os import .*\b(environ|getenv)\b")
    faults = [
        place(path, number)
        for path in python_files()
        if path.relative_to(ROOT).parts[0] in {"engage", "reports", "surveys"}
        if place(path) not in MAY_LOOK
        for number, line in enumerate((text_of(path) or "").splitlines(), start=1)
        if reads.search(line)
    ]
    assert not faults, "\n".join(faults)
