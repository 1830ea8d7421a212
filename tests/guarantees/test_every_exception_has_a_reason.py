"""A rule may be set aside, and whoever does so says why."""

import re

from tests.guarantees.repository import ROOT, place, python_files, text_of

# "noqa: CODE reason" and "type: ignore[code]  # reason", or the reason as a comment on the line above. The code is
# never left out, since a bare one would silence everything on its line.
LINT = re.compile(r"#\s*noqa\b(?P<rest>.*)")
LINT_CODES = r":\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*"
LINT_REASON = r"\s+(-{1,2}\s+)?\w.{8,}"
TYPES = re.compile(r"#\s*type:\s*ignore(?P<rest>.*)")
TYPES_CODES = r"\[[a-z-]+(,\s*[a-z-]+)*\]"
TYPES_REASON = r"\s+#\s+\w.{8,}"
COMMENT = re.compile(r"^\s*#\s+\w.{8,}")


def test_every_silenced_line_says_which_rule_and_why() -> None:
    # Types are not checked in tests, which pass wrong ones on purpose.
    rules = ((LINT, LINT_CODES, LINT_REASON), (TYPES, TYPES_CODES, TYPES_REASON))
    faults = []
    for path in python_files():
        if path.name == "test_every_exception_has_a_reason.py":
            continue
        lines = (text_of(path) or "").splitlines()
        for number, line in enumerate(lines):
            above = bool(number and COMMENT.match(lines[number - 1]))
            for marker, codes, reason in rules if path.relative_to(ROOT).parts[0] != "tests" else rules[:1]:
                found = marker.search(line)
                if found and not re.match(codes + ("" if above else reason), found["rest"]):
                    faults.append(f"{place(path, number + 1)}: {found.group()}")
    assert not faults, "\n".join(faults)


def test_every_lint_rule_that_is_off_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ignored = re.search(r"^ignore = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    assert ignored
    for line in ignored[1].splitlines():
        assert re.fullmatch(r'\s+"[A-Z]+[0-9]+", # \w.{20,}', line), line


def test_every_exemption_of_a_folder_or_package_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("[tool.ruff.lint.per-file-ignores]")
    end = next(number for number in range(start + 1, len(lines)) if lines[number].startswith("["))
    for number in range(start + 1, end):
        if lines[number].startswith('"'):
            assert lines[number - 1].startswith("# "), lines[number]
    for number, line in enumerate(lines):
        if line == "[[tool.mypy.overrides]]":
            assert lines[number + 1].startswith("# "), lines[number + 1]
