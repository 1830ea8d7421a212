"""Verifying reports with a commentary: what changed since, and whether a final file is the kept one."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner

from engage.commands import engage
from engage.unit_of_work import Database
from reports.carried import read_provenance
from reports.commentary import written
from reports.request import results_to_give_out
from reports.survey_figures import SurveyFigures
from surveys.collectors import collectors_of
from surveys.commentary.editions import begin_edition, newest_edition
from surveys.commentary.freezing import freeze
from surveys.commentary.texts import Texts
from surveys.publishing import find_survey
from tests.factories import NOW, a_response, some_answers
from tests.reports.commentaries import SMALL, TEXTS, move, newest, save, with_three_themes
from tests.reports.conftest import Answered
from tests.reports.verifying import a_pdf, verified

PAGE = b"<!DOCTYPE html><html><title>T</title><p>Hello</p></html>"
EARLIER = b"%PDF-1.7 as an earlier version of Engage made it"


@pytest.fixture
def three_themes(empty_sqlite: Path, tmp_path: Path) -> Answered:
    return with_three_themes(tmp_path, empty_sqlite, demonstration=True)


@pytest.fixture
def own(three_themes: Answered) -> Database:
    """Its database, to be written in."""
    return three_themes.database


def test_a_report_carries_its_commentary_and_says_which(own: Database, three_themes: Answered) -> None:
    with own.writing() as session:
        save(session)
    pdf = a_pdf(three_themes.results, three_themes.questionnaire, newest(own, three_themes))
    carried = read_provenance(pdf)["commentary"]
    assert carried["summary"][1] == "In all 75 people answered."
    assert (carried["edition"], carried["state"], carried["digest"]) == (1, "draft", TEXTS.digest())
    verification = verified(own, pdf)
    assert dict(verification.statements)["Commentary"] == "edition 1, draft since 2026-11-21 by anna@example.org"
    assert (verification.matches, verification.genuine, verification.changes) == (True, True, ())


def test_what_changed_since_is_said_before_the_figures(own: Database, three_themes: Answered) -> None:
    with own.writing() as session:
        save(session)
    pdf = a_pdf(three_themes.results, three_themes.questionnaire, newest(own, three_themes))
    with own.writing() as session:
        survey = find_survey(session, slug=SMALL)
        for collector, number in zip(collectors_of(session, survey=survey), (2, 1), strict=True):
            for _ in range(number):
                a_response(session, collector, some_answers())
        save(session, Texts(front={"risk": "R7"}))
        move(session, "for_comment")
    verification = verified(own, pdf)
    assert verification.changes == (
        (
            "A few answers came or went since the report was made, or comments were coded: the number of people "
            "changed by fewer than 11."
        ),
        "Edition 1 of the commentary was written in since. The report has its older words.",
        "Edition 1 of the commentary was a draft then and is for comment now.",
    )
    assert not verification.matches


def test_a_final_report_is_the_file_that_was_kept(own: Database, three_themes: Answered) -> None:
    with own.writing() as session:
        save(session)
        move(session, "for_comment")
        move(session, "final")
    with own.reading() as session:
        survey = find_survey(session, slug=SMALL)
        edition = newest_edition(session, survey=survey)
    assert edition
    figures = SurveyFigures(three_themes.results, three_themes.questionnaire, "en")
    pdf = a_pdf(three_themes.results, three_themes.questionnaire, written(edition, figures, time_zone="Europe/London"))
    with own.writing() as session:
        files = [("board-report.pdf", "application/pdf", pdf)]
        freeze(session, survey=find_survey(session, slug=SMALL), number=1, files=files, at=NOW)
        begin_edition(session, survey=find_survey(session, slug=SMALL), by="anna@example.org", name="", at=NOW)
    verification = verified(own, pdf)
    assert (verification.matches, verification.genuine) == (True, True)
    assert verification.frozen
    assert (verification.frozen.edition, verification.frozen.name) == (1, "board-report.pdf")
    assert verification.changes == ("There is a newer edition of the commentary: 2, a draft.",)
    changed = verified(own, pdf + b"\n")
    assert (changed.matches, changed.final, changed.genuine) == (True, True, False)


def test_other_words_inside_a_report_are_noticed(own: Database, three_themes: Answered) -> None:
    with own.writing() as session:
        save(session)
    draft = newest(own, three_themes)
    assert draft
    forged = dataclasses.replace(
        draft,
        state_by="The chair",
        summary=("Slower care leads.", *draft.summary[1:]),
        front=(("purpose", "To drop the themes."), *draft.front[1:]),
    )
    verification = verified(own, a_pdf(three_themes.results, three_themes.questionnaire, forged))
    assert (verification.matches, verification.parts) == (False, ("the officer's words",))


def test_a_kept_report_is_known_even_while_too_few_have_answered_since(tmp_path: Path, empty_sqlite: Path) -> None:
    asked = with_three_themes(tmp_path, empty_sqlite, demonstration=False)
    database, pdf = asked.database, a_pdf(asked.results, asked.questionnaire)
    with database.writing() as session:
        survey = find_survey(session, slug=SMALL)
        given = results_to_give_out(session, slug=SMALL, at=NOW)
        session.add_all(given.counts)
        save(session)
        move(session, "for_comment")
        move(session, "final")
        freeze(session, survey=survey, number=1, files=[("board-report.pdf", "application/pdf", pdf)], at=NOW)
        a_response(session, collectors_of(session, survey=survey)[0], some_answers())
    verification = verified(database, pdf)
    assert verification.frozen
    assert (verification.matches, verification.changes) == (False, ())
    assert "fewer than 11 more people have answered" in verification.not_compared


def test_the_command_gives_the_kept_file_and_knows_it_from_others(
    own: Database, three_themes: Answered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path))
    with own.writing() as session:
        save(session)
    draft = newest(own, three_themes)
    assert draft
    pdf = a_pdf(three_themes.results, three_themes.questionnaire, dataclasses.replace(draft, state="final"))
    with own.writing() as session:
        move(session, "for_comment")
        move(session, "final")
        freeze(
            session,
            survey=find_survey(session, slug=SMALL),
            number=1,
            files=[
                ("board-report.pdf", "application/pdf", pdf),
                ("board-report.html", "text/html", PAGE),
                ("workshop-pack.pdf", "application/pdf", EARLIER),
            ],
            at=NOW,
        )
    made, copy = tmp_path / "made.pdf", tmp_path / "copy.pdf"
    run = CliRunner().invoke(engage, ["report", SMALL, "-o", str(made)])
    assert (run.exit_code, made.read_bytes()) == (0, pdf)
    assert "This is the final report as it was kept" in run.output
    run = CliRunner().invoke(engage, ["report", "verify", str(made)])
    assert run.exit_code == 0, run.output
    assert "byte for byte part of the final report, edition 1" in run.output
    copy.write_bytes(pdf + b"\n")
    run = CliRunner().invoke(engage, ["report", "verify", str(copy)])
    assert run.exit_code == 1
    assert "says that it is final, and is not the file that was kept" in run.output
    copy.write_bytes(PAGE)
    run = CliRunner().invoke(engage, ["report", "verify", str(copy)])
    assert (run.exit_code, "edition 1: board-report.html" in run.output) == (0, True), run.output
    copy.write_bytes(EARLIER)
    run = CliRunner().invoke(engage, ["report", "verify", str(copy)])
    assert (run.exit_code, "edition 1: workshop-pack.pdf" in run.output) == (0, True), run.output
    copy.write_bytes(PAGE + b" ")
    run = CliRunner().invoke(engage, ["report", "verify", str(copy)])
    assert (run.exit_code, "This is a web page, and not one that was kept" in run.output) == (1, True), run.output
    made.unlink()
    run = CliRunner().invoke(engage, ["report", SMALL, "-o", str(tmp_path / "by.xlsx"), "--by", "channel"])
    assert (run.exit_code, "as it was kept" in run.output) == (0, False), run.output
