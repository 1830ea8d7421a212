"""A checkout works anywhere: no file knows where it was written or where packages come from."""

import re

from tests.guarantees.repository import ROOT, files, place, text_of

# Written in parts, so that this file does not find itself.
PLACES = ("wo" + "rk/(main|shared|plan)", "ro" + "ot", "ho" + "me/[a-z]", "Us" + "ers/[a-z]")
REGISTRIES = (r"pyp" + r"i\.org", "python" + "hosted", r"npm" + r"js\.(org|com)", r"deb\.deb" + "ian", "yarn" + "pkg")
PATHS = re.compile(rf"(?<![\w./-])/(?:{'|'.join(PLACES)})\b")
HOSTS = re.compile("|".join(REGISTRIES))


def faults_of(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in files():
        text = text_of(path)
        for number, line in enumerate((text or "").splitlines(), start=1):
            if match := pattern.search(line):
                found.append(f"{place(path, number)}: {match.group()}")
    return found


def test_no_file_holds_a_path_of_the_machine_it_was_written_on() -> None:
    assert not faults_of(PATHS), "\n".join(faults_of(PATHS))


def test_no_file_names_a_package_registry() -> None:
    assert not faults_of(HOSTS), "\n".join(faults_of(HOSTS))


def test_every_locked_package_is_pinned_by_hash() -> None:
    for lock in [ROOT / "requirements.lock", *sorted((ROOT / ".make").glob("*.lock"))]:
        for entry in re.split(r"\n(?=[a-z])", lock.read_text(encoding="utf-8")):
            assert "==" in entry, f"{place(lock)}: {entry[:60]}"
            assert "--hash=sha256:" in entry, f"{place(lock)}: {entry[:60]}"
