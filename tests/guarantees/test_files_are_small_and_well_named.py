"""A file is named for what is in it, and fits in a head."""

from tests.guarantees.repository import ROOT, place, python_files

# Three hundred is the rule; a little room keeps nobody from finishing a function.
LONGEST = 320

SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base", "shared"}


def test_no_module_grows_past_what_fits_in_a_head() -> None:
    faults = []
    for path in python_files():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST and "versions" not in path.parts:
            faults.append(f"{place(path)} has {lines} lines; make it a folder")
    assert not faults, "\n".join(faults)


def test_no_module_has_a_name_that_says_nothing() -> None:
    faults = [
        place(path)
        for path in python_files()
        if SAYS_NOTHING & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
    ]
    assert not faults, "\n".join(faults)


def test_every_test_folder_is_a_package() -> None:
    # Without it tests/surveys would stand in front of the surveys package.
    folders = {path.parent for path in python_files() if path.relative_to(ROOT).parts[0] == "tests"}
    faults = [place(folder) for folder in folders if not (folder / "__init__.py").is_file()]
    assert not faults, "\n".join(faults)


def test_every_package_says_what_it_is_for() -> None:
    for package in ("engage", "reports", "surveys"):
        text = (ROOT / package / "__init__.py").read_text(encoding="utf-8")
        assert text.startswith('"""'), f"{package}/__init__.py opens without a docstring"
