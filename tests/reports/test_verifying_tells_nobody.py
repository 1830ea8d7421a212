"""What verifying says lets nobody work out what a few people answered, and it still says what an officer needs."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from engage.commands import engage
from reports.carried import read_provenance
from reports.differing_parts import differing_parts
from reports.request import disclosed_results, reported_questionnaire
from reports.results_json import to_json
from reports.seals import with_seal
from reports.tabulation import Filters
from surveys.collectors import collectors_of
from surveys.publishing import find_survey
from surveys.storage import tables
from tests.factories import NOW, a_response, some_answers
from tests.reports.commentaries import SMALL, with_three_themes
from tests.reports.conftest import Answered
from tests.reports.verifying import SECRET, a_pdf, changed, rewritten, verified, with_carried

FEW = (
    "A few answers came or went since the report was made, or comments were coded: the number of people changed by "
    "fewer than 11."
)


@pytest.fixture
def asked(empty_sqlite: Path, tmp_path: Path) -> Answered:
    """60 patients and 15 staff. A demonstration, of which nothing that is given out is kept."""
    return with_three_themes(tmp_path, empty_sqlite, demonstration=True)


@pytest.fixture
def pdf(asked: Answered) -> bytes:
    return a_pdf(asked.results, asked.questionnaire)


def with_filters(asked: Answered, filters: Filters, *, sealed: bool = True) -> bytes:
    with asked.database.reading() as session:
        results = disclosed_results(session, slug=SMALL, filters=filters, at=NOW)
        questionnaire = reported_questionnaire(session, slug=SMALL, results=results)
    return a_pdf(results, questionnaire) if sealed else a_pdf(results, questionnaire, secret="")


def people_come(asked: Answered, number: int, *, collector: int = 0, **answers: Any) -> None:
    with asked.database.writing() as session:
        to = collectors_of(session, survey=find_survey(session, slug=SMALL))[collector]
        for _ in range(number):
            a_response(session, to, some_answers(**answers))


def test_whatever_one_person_answers_the_same_is_said(empty_sqlite: Path, tmp_path: Path) -> None:
    said = []
    for number, answers in enumerate(({"most_important": ("waiting",)}, {"waiting__importance": None, "age": 71})):
        (folder := tmp_path / str(number)).mkdir()
        asked = with_three_themes(folder, empty_sqlite, demonstration=True)
        pdf = a_pdf(asked.results, asked.questionnaire)
        people_come(asked, 1, collector=number, **answers)
        # What made the report has a fingerprint, in which the people before are not the same.
        said.append(dataclasses.replace(verified(asked.database, pdf), statements=()))
    one, other = said
    assert one == other
    assert (one.sealed, one.same_data, one.matches) == (True, False, False)
    assert one.parts == ()
    assert one.changes == (FEW,)
    assert one.cause == "The stored answers have changed since the report was made."


def test_a_person_who_went_while_another_came_is_not_told_either(asked: Answered, pdf: bytes) -> None:
    people_come(asked, 1)
    with asked.database.writing() as session:
        session.delete(session.scalars(select(tables.Response).limit(1)).one())
    verification = verified(asked.database, pdf)
    assert (verification.changes, verification.parts) == ((FEW,), ())


def test_of_many_who_came_the_parts_that_moved_are_named(asked: Answered, pdf: bytes) -> None:
    people_come(asked, 11, most_important=("waiting",))
    verification = verified(asked.database, pdf)
    assert verification.changes == ("11 more people are counted now than when the report was made.",)
    assert not verification.matches
    assert verification.parts == (
        "how many people answered",
        "the themes",
        "the questions",
        "who answered, and what is compared",
    )
    # Whoever comes next and answers something that nobody did before is not found by verifying once more.
    people_come(asked, 1, collector=1, age=101, waiting__comment="Parking.")
    assert verified(asked.database, pdf).parts == verification.parts


def test_every_part_of_a_report_has_a_name_for_officers(asked: Answered) -> None:
    """And those that everybody moves share it with those that only some do."""
    document = to_json(dataclasses.replace(asked.results, pooling=None), asked.questionnaire)
    assert differing_parts(document, document) == ()
    other = dict.fromkeys((*document, "pooling", "groups"), "other")
    assert differing_parts(document, other) == (
        "the title",
        "the questionnaire",
        "the weeks",
        "the rules for small numbers",
        "how many people answered",
        "the themes",
        "the questions",
        "who answered, and what is compared",
        "the comments",
        "the workshops",
    )


def test_of_some_people_it_is_not_told_whether_the_next_person_is_one(asked: Answered) -> None:
    """Else a report of each place and age, made beforehand, would show who came."""
    pdf = with_filters(asked, Filters(where=(("audience", "patients"),)))
    assert verified(asked.database, pdf).matches
    said = []
    for collector in (1, 0):
        people_come(asked, 1, collector=collector)
        said.append(verified(asked.database, pdf))
    assert said[0] == said[1]
    assert (said[0].matches, said[0].parts) == (False, ())
    assert said[0].changes == ("Answers of the survey came or went since the report was made, or comments were coded.",)
    assert "would tell who came; make a new one" in said[0].not_compared


def test_weeks_that_are_over_still_follow_when_people_come_later(asked: Answered) -> None:
    with asked.database.writing() as session:
        for number, row in enumerate(session.scalars(select(tables.Response))):
            row.submitted_on = datetime.date(2026, 11, 4 if number % 2 else 18)
    pdf = with_filters(asked, Filters(until=datetime.date(2026, 11, 8)))
    people_come(asked, 1)
    verification = verified(asked.database, pdf)
    assert (verification.same_data, verification.matches, verification.parts) == (False, True, ())


@pytest.mark.parametrize(
    ("people", "says", "says_not"),
    [
        (1, "Which figures moved is not told: it would show what those few said.", "What differs"),
        (11, "What differs: how many people answered, the themes, ", "not told"),
    ],
)
def test_the_command_says_that_a_report_was_right_when_it_was_made(
    asked: Answered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, people: int, says: str, says_not: str
) -> None:
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path))
    made = tmp_path / "board.pdf"
    assert CliRunner().invoke(engage, ["report", SMALL, "-o", str(made)]).exit_code == 0
    people_come(asked, people)
    # Whoever changes the secret keeps the former one.
    monkeypatch.setenv("ENGAGE_SECRET_KEY_FALLBACKS", (tmp_path / "secret-key").read_text().strip())
    monkeypatch.setenv("ENGAGE_SECRET_KEY", "0123456789abcdef0123456789abcdef")
    run = CliRunner().invoke(engage, ["report", "verify", str(made)])
    assert run.exit_code == 1
    assert "This file is as this installation made it, so it was right when it was made." in run.output
    assert "The stored answers have changed since the report was made." in run.output
    assert says in run.output
    assert says_not not in run.output


def _one_figure(document: dict[str, Any]) -> None:
    document["results"]["responses"] = 76


def _one_digest(document: dict[str, Any]) -> None:
    document["pages"][0] = "0" * 64


def _the_fingerprint(document: dict[str, Any]) -> None:
    document["results"]["data_fingerprint"] = "0" * 64


def _the_seal(document: dict[str, Any]) -> None:
    document["seal"]["hash"] = "é" * 64


@pytest.mark.parametrize("change", [_one_figure, _one_digest, _the_fingerprint, _the_seal])
def test_a_file_that_was_altered_inside_is_called_so_and_nothing_else_is_said(
    asked: Answered, pdf: bytes, change: Callable[[dict[str, Any]], None]
) -> None:
    carried = read_provenance(pdf)
    change(carried)
    people_come(asked, 1)
    verification = verified(asked.database, with_carried(pdf, carried))
    assert "The figures and words inside the file were changed after the report was made." in verification.altered
    assert (verification.sealed, verification.matches, verification.changes) == (False, False, ())
    assert (verification.parts, verification.not_compared) == ((), "")


@pytest.mark.parametrize("responses", [74, 76, 77, "suppressed"])
def test_figures_without_a_seal_are_not_told_from_one_another(asked: Answered, pdf: bytes, responses: object) -> None:
    """Whoever takes the seal off may try figures one by one; the right one must look like any other."""
    verification = verified(asked.database, changed(pdf, sealed=False, responses=responses))
    assert (verification.same_data, verification.matches) == (True, False)
    assert (verification.parts, verification.changes, verification.altered) == ((), (), ())
    assert "it was altered, or settings or the software are others now" in verification.cause
    people_come(asked, 1)
    verification = verified(asked.database, changed(pdf, sealed=False, responses=responses))
    assert (verification.same_data, verification.matches) == (False, False)
    assert "no seal of this installation" in verification.not_compared
    assert (verification.parts, verification.changes) == ((), ())


def test_todays_figures_without_a_seal_are_not_found_while_the_data_are_others(asked: Answered, pdf: bytes) -> None:
    """Even all of them at once: the answers of one person could be guessed until they fit."""
    people_come(asked, 1)
    todays = read_provenance(with_filters(asked, Filters(), sealed=False))
    then = read_provenance(pdf)["results"]["data_fingerprint"]
    guess = changed(pdf, sealed=False, **{**todays["results"], "data_fingerprint": then})
    assert not verified(asked.database, guess).matches


def test_a_report_of_another_key_still_follows_from_the_same_answers(asked: Answered) -> None:
    """An installation that was restored without its former secret can go on verifying what has not changed."""
    pdf = a_pdf(asked.results, asked.questionnaire, secret="lost")
    verification = verified(asked.database, pdf)
    assert (verification.matches, verification.sealed, verification.altered) == (True, False, ())


def test_what_is_made_differently_of_the_same_answers_is_named(asked: Answered) -> None:
    """A sealed report of an earlier software: nobody came, so nobody can be found."""
    pdf = a_pdf(asked.results, asked.questionnaire, secret="")
    carried = read_provenance(pdf)
    carried["software"] = "Engage 0.0"
    carried["results"]["themes"][0]["score_0_10"]["value"] = 1.0
    verification = verified(asked.database, with_carried(pdf, with_seal(carried, SECRET)))
    assert (verification.same_data, verification.matches, verification.parts) == (True, False, ("the themes",))
    assert verification.cause.startswith("The stored answers are the same. Engage 0.0 made the report, and this is ")


def _title(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "Drop the themes"


def _newer_title(document: pikepdf.Pdf) -> None:
    with document.open_metadata(update_docinfo=False) as metadata:
        metadata["dc:title"] = "Drop the themes"


def _author(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = "The chair"


def _language(document: pikepdf.Pdf) -> None:
    document.Root["/Lang"] = "ar"


def _bookmark(document: pikepdf.Pdf) -> None:
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Drop the themes", 0))


def _script(document: pikepdf.Pdf) -> None:
    document.Root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('Drop the themes')")


def _file(document: pikepdf.Pdf) -> None:
    document.attachments["more.txt"] = pikepdf.AttachedFileSpec(document, b"Drop the themes")


def _stored_anew(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        metadata["xmp:ModifyDate"] = "2027-01-01T00:00:00Z"
    document.docinfo["/Producer"] = "A mail gateway"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_title, ("Changed after the report was made: its title.",)),
        (_newer_title, ("Changed after the report was made: its title.",)),
        (_author, ("Changed after the report was made: its author.",)),
        (_language, ("Changed after the report was made: its language.",)),
        (_bookmark, ("Changed after the report was made: its bookmarks.",)),
        (_script, ("Changed after the report was made: its settings for opening it.",)),
        (_file, ("Changed after the report was made: its attached files.",)),
        (_stored_anew, ()),
    ],
    ids=lambda one: one.__name__.strip("_") if callable(one) else "",
)
def test_what_a_file_says_about_itself_is_verified(
    asked: Answered, pdf: bytes, change: Callable[[pikepdf.Pdf], None], found: tuple[str, ...]
) -> None:
    verification = verified(asked.database, rewritten(pdf, change))
    assert verification.altered == found
    assert verification.matches is (not found)
