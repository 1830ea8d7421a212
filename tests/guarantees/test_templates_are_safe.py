"""What a person typed is never markup, and a page brings no script or style of its own."""

import re

from tests.guarantees.repository import ROOT, files, place

UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(")
# A reason in the line above: {# Safe: ... #}
REASON = re.compile(r"\{#-?\s*Safe: \w.{10,}#\}")
INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)
ELSEWHERE = re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//[^\"']*\.(?:js|css|woff2?|png|jpe?g|svg|gif)", re.I)


def templates() -> list[tuple[str, list[str], bool]]:
    """(place, lines, whether it is printed rather than served) of every template."""
    found = []
    for path in files():
        parts = path.relative_to(ROOT).parts
        if parts[0] == "templates":
            found.append((place(path), path.read_text(encoding="utf-8").splitlines(), parts[1] == "documents"))
    return found


def test_nothing_is_left_unescaped_without_a_reason() -> None:
    faults = []
    for name, lines, _ in templates():
        for number, line in enumerate(lines):
            if UNESCAPED.search(line) and not (number and REASON.search(lines[number - 1])):
                faults.append(f"{name}:{number + 1}: {line.strip()}")
    assert not faults, "\n".join(faults)


def test_a_served_page_has_no_script_or_style_of_its_own() -> None:
    # Documents carry their style with them, because they are printed and never served as pages.
    faults = [
        f"{name}:{number}: {line.strip()}"
        for name, lines, printed in templates()
        if not printed
        for number, line in enumerate(lines, start=1)
        if INLINE.search(line)
    ]
    assert not faults, "\n".join(faults)


def test_nothing_is_fetched_from_another_host() -> None:
    faults = [
        f"{name}:{number}: {line.strip()}"
        for name, lines, _ in templates()
        for number, line in enumerate(lines, start=1)
        if ELSEWHERE.search(line)
    ]
    assert not faults, "\n".join(faults)
