"""``engage report --kind workshop``: the pack of a survey, with the code of its own way in for the room."""

from engage.unit_of_work import Database
from tests.engage.commands.running import Installation
from tests.factories import a_collector, a_survey


def test_a_pack_has_the_code_for_the_room_before_anybody_has_answered(
    installation: Installation, database: Database
) -> None:
    with database.writing() as session:
        code = a_collector(session, a_survey(session), name="Town hall", channel="workshop").code
    made = installation.instance / "workshop.html"
    done = installation.run("report", "small-survey", "-o", str(made), "--kind", "workshop")
    assert done.returncode == 0, done.stderr
    html = made.read_text("utf-8")
    assert f"{code[:3]} {code[3:]}" in html
    assert "no code for the room" not in html
    assert "The numbers name no group that gave few answers." in html
