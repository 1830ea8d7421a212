"""``engage poster``: each kind in its sizes, everything of a survey at once, and refusals that say what to do."""

import io
import zipfile

import pypdfium2
import pytest

from engage.unit_of_work import Database
from tests.engage.commands.running import Installation
from tests.factories import a_collector, a_survey


@pytest.fixture
def code(database: Database) -> str:
    with database.writing() as session:
        return a_collector(session, a_survey(session), name="Ward 7", place="").code


def test_a_leaflet_comes_in_the_size_that_was_asked_for(installation: Installation, code: str) -> None:
    made = installation.instance / "leaflet.pdf"
    assert installation.run("poster", code, "-o", str(made), "--kind", "leaflet", "--size", "a3").returncode == 0
    width, height = (side / 72 * 25.4 for side in pypdfium2.PdfDocument(made.read_bytes())[0].get_size())
    assert (round(width), round(height)) == (420, 297)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--kind", "table-tent", "--size", "a5"), "A table-tent is not made in a5; choose --size a4."),
        (("--kind", "screen", "--size", "a4"), "A screen is not made in a4; leave --size out."),
        (("--kind", "card", "--size", "a3"), "A card is not made in a3; choose --size a6."),
        (("--all", "small-survey"), "Name either a CODE or --all SLUG."),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_is_made(
    installation: Installation, code: str, arguments: tuple[str, ...], message: str
) -> None:
    made = installation.instance / "x.pdf"
    done = installation.run("poster", code, "-o", str(made), *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert not made.exists()


def test_everything_of_a_survey_comes_in_one_file(installation: Installation, code: str) -> None:
    made = installation.instance / "prints.zip"
    done = installation.run("poster", "--all", "small-survey", "-o", str(made))
    assert (done.returncode, done.stdout.strip()) == (0, str(made))
    with zipfile.ZipFile(io.BytesIO(made.read_bytes())) as bundle:
        assert bundle.namelist() == ["contents.csv", "ward-7-poster-a4-en.pdf", "ward-7-poster-a5-en.pdf"]


def test_all_of_a_survey_without_codes_says_how_to_make_one(installation: Installation, database: Database) -> None:
    with database.writing() as session:
        a_survey(session)
    done = installation.run("poster", "--all", "small-survey", "-o", str(installation.instance / "x.zip"))
    assert done.returncode == 1
    assert "engage collector add small-survey" in done.stderr


def test_a_screen_is_a_picture(installation: Installation, code: str) -> None:
    made = installation.instance / "screen.png"
    assert installation.run("poster", code, "-o", str(made), "--kind", "screen").returncode == 0
    assert made.read_bytes().startswith(b"\x89PNG")
