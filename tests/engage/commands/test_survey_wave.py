"""Linking surveys from the command line."""

from __future__ import annotations

import json

from engage.unit_of_work import Database
from tests.engage.commands.running import Installation
from tests.engage.organisations.test_tree_page import events
from tests.factories import a_questionnaire, a_survey


def test_a_survey_is_linked_told_of_and_let_go(installation: Installation, database: Database) -> None:
    with database.writing() as session:
        for slug in ("one", "two"):
            a_survey(session, a_questionnaire(slug=slug))
    file = installation.instance / "map.csv"
    file.write_text("question,comparability\nconnection,similar\n")
    linked = installation.run("survey", "wave", "two", "one", "--map", str(file))
    assert linked.returncode == 0, linked.stderr
    assert "similar\tconnection\tThe words and the answers are the same. You said otherwise.\n" in linked.stdout
    told = json.loads(installation.run("survey", "wave", "two", "--json").stdout)
    assert (told["survey"], told["earlier"]) == ("two", "one")
    assert {one["id"]: one["comparability"] for one in told["questions"]}["waiting.importance"] == "same"
    refused = installation.run("survey", "wave", "one", "two")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("The survey one cannot follow two: the earlier survey must be published")
    assert installation.run("survey", "wave", "two", "--remove").returncode == 0
    assert installation.run("survey", "wave", "two", "--remove").stderr == "two follows no earlier survey.\n"
    assert events(database) == ["wave linked", "wave removed"]


def test_a_file_with_faults_is_refused_by_its_lines_and_links_nothing(
    installation: Installation, database: Database
) -> None:
    with database.writing() as session:
        for slug in ("one", "two"):
            a_survey(session, a_questionnaire(slug=slug))
    file = installation.instance / "map.csv"
    file.write_text("question,comparability\nconnection,equal\ncolour,new\n")
    refused = installation.run("survey", "wave", "two", "one", "--map", str(file))
    assert (refused.returncode, refused.stdout) == (1, "")
    first, second = refused.stderr.splitlines()
    assert first == f"{file}:2: “equal” is none of same, similar, new"
    assert second.startswith(f"{file}:3: there is no question “colour”; there are ")
    assert installation.run("survey", "wave", "two").stderr.startswith("two follows no earlier survey.")
    assert events(database) == []
