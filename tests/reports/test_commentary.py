"""An officer's commentary in reports: figures named in it print as the report prints them, and reports carry it."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url, select
from sqlalchemy.orm import Session

from engage.commands import engage
from engage.unit_of_work import Database
from reports import report_tables
from reports.answer_tables import answers
from reports.commentary import Written, commentary_of_new_report, written
from reports.commentary_json import commentary_to_json
from reports.documents import pdf_from_html
from reports.figure_references import figure_references
from reports.provenance import attachment
from reports.request import disclosed_results, reported_questionnaire, results_to_give_out
from reports.results_json import to_json
from reports.results_schema import json_schema
from reports.results_snapshot import results_from_snapshot, snapshot_of
from reports.survey_figures import SurveyFigures
from reports.verification import Verification, read_provenance, verify
from surveys.collectors import collectors_of
from surveys.commentary.editions import State, begin_edition, move_edition, newest_edition, save_texts
from surveys.commentary.freezing import freeze
from surveys.commentary.references import by_name, reference_fault
from surveys.commentary.texts import Recommendation, Texts
from surveys.publishing import find_survey
from surveys.storage import tables
from tests.factories import NOW, a_collector, a_questionnaire, a_response, a_survey, some_answers
from tests.reports.conftest import Answered

SLUG, SMALL = "cancer-strategy-themes", "small-survey"
THREE = ("waiting", "digital", "staff")
TEXTS = Texts(
    front={"author": "Anna Smith", "purpose": "To agree the themes."},
    summary="Faster care leads\nfor patients ([[faster-care chosen patients]]).\n\nIn all [[people]] people answered.",
    themes={
        "faster-care": Recommendation("keep", "Staff: [[faster-care chosen staff]]."),
        "fair-care": Recommendation(None, "Not yet."),
        "research": Recommendation("drop", "[[gone chosen staff]]"),
    },
)


def cells_by_reference(survey: SurveyFigures) -> dict[str, str]:
    """What the tables of the report print for each audience that they show, by the name of its reference."""
    found = {}
    names = [str(group.value) for group in survey.audiences]
    matters = report_tables.what_matters(survey).rows
    glance = report_tables.at_a_glance(survey).rows
    for theme, (_, chosen), (_, both) in zip(survey.themes, matters, glance, strict=True):
        for place, name in enumerate(names):
            found[f"{theme.id} chosen {name}"] = chosen[3 * place]
            found[f"{theme.id} importance {name}"] = both[place]
            found[f"{theme.id} unclear {name}"] = both[len(names) + place]
    titles = {survey.plain(theme): f"{theme.id} comment" for theme in survey.themes}
    for heading, cells in report_tables.comments(survey).rows:
        found |= {
            f"{titles.get(heading.text, 'anything-missing')} {name}": cell
            for name, cell in zip(names, cells, strict=True)
        }
    for question in ("connection", "stage", "quote-words"):
        item = survey.questionnaire.item(question)
        table = answers(survey, item)
        if table is None:
            continue
        for option, (_, cells) in zip(survey.questionnaire.options(item.question), table.rows, strict=False):  # type: ignore[arg-type]  # All three are closed questions.
            found |= {f"{question} {option.id} {name}": cell for name, cell in zip(names, cells, strict=True)}
    return found


def hide_some(document: Any, chance: random.Random, share: float) -> Any:
    """The stored results with some of their figures hidden, as disclosure control might have hidden them."""
    match document:
        case {"shown": _} if chance.random() < share:
            return {"suppressed": chance.choice(["small base", "secondary"])}
        case dict():
            return {key: hide_some(part, chance, share) for key, part in document.items()}
        case list():
            return [hide_some(part, chance, share) for part in document]
    return document


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([0.0, 0.02, 0.3]), st.sampled_from(["en", "ar"]))
def test_whatever_a_report_shows_can_be_named_and_prints_the_same(
    cancer_survey: Answered, seed: int, share: float, language: str
) -> None:
    document = snapshot_of(cancer_survey.results)
    hidden = hide_some(document["audiences"], random.Random(seed), share)
    for group, before in zip(hidden, document["audiences"], strict=True):
        group["responses"] = before["responses"]
    survey = SurveyFigures(
        results_from_snapshot({**document, "audiences": hidden}), cancer_survey.questionnaire, language
    )
    known = by_name(figure_references(survey))
    cells = cells_by_reference(survey)
    assert {name: known[name].value for name in cells} == cells
    assert {name for name in known if not name.startswith("people")} == cells.keys()
    for name, one in known.items():
        assert reference_fault(one.in_text, known) is None, name
        assert one.shown == any(letter.isdigit() for letter in one.value), name


def test_an_audience_that_is_hidden_can_be_named_and_prints_its_word(small_survey: Answered) -> None:
    survey = SurveyFigures(small_survey.results, small_survey.questionnaire, "en")
    known = by_name(figure_references(survey))
    assert (known["people staff"].value, known["people staff"].shown) == ("too few", False)
    assert not any(one.shown for name, one in known.items() if name.endswith(" staff"))


@pytest.fixture
def stored(cancer_survey: Answered, tmp_path: Path) -> Database:
    """The survey's database, to be written in."""
    return copied(cancer_survey, tmp_path)


def copied(answered: Answered, folder: Path) -> Database:
    with (
        contextlib.closing(sqlite3.connect(make_url(answered.database.url).database or "")) as there,
        contextlib.closing(sqlite3.connect(folder / "engage.sqlite")) as here,
    ):
        there.backup(here)
    return Database(f"sqlite:///{folder / 'engage.sqlite'}", f"sqlite:///{folder / 'drafts.sqlite'}")


def save(session: Session, texts: Texts = TEXTS) -> None:
    survey = session.scalars(select(tables.Survey)).one()
    save_texts(session, survey=survey, texts=texts, seen="", by="anna@example.org", name="", on=NOW.date(), at=NOW)


def move(session: Session, to: State) -> None:
    survey = session.scalars(select(tables.Survey)).one()
    edition = newest_edition(session, survey=survey)
    assert edition
    late = datetime.datetime(2026, 11, 21, 23, 30, tzinfo=datetime.UTC)
    move_edition(
        session,
        survey=survey,
        number=edition.number,
        seen=edition.row_version,
        to=to,
        by="tom@example.org",
        name="Tom Reid",
        at=late,
    )


def newest(database: Database, answered: Answered, language: str = "en") -> Written | None:
    figures = SurveyFigures(answered.results, answered.questionnaire, language)
    with database.reading() as session:
        survey = session.scalars(select(tables.Survey)).one()
        return commentary_of_new_report(session, survey=survey, figures=figures, time_zone="Europe/Paris")


def test_a_new_report_has_the_words_with_its_own_figures(stored: Database, cancer_survey: Answered) -> None:
    assert newest(stored, cancer_survey) is None
    with stored.writing() as session:
        save(session)
        move(session, "for_comment")
    said = newest(stored, cancer_survey)
    assert said
    known = by_name(figure_references(SurveyFigures(cancer_survey.results, cancer_survey.questionnaire, "en")))
    chosen = known["faster-care chosen patients"].value
    assert said.summary == (f"Faster care leads for patients ({chosen}).", "In all 190 people answered.")
    assert said.front == (("purpose", "To agree the themes."), ("author", "Anna Smith"))
    assert said.advised["faster-care"].reason == f"Staff: {known['faster-care chosen staff'].value}."
    assert said.advised["research"].reason == "[this figure no longer exists]"
    assert "fair-care" not in said.advised
    # Shortly before midnight in London it is the next day already where this report is made.
    assert (said.edition, said.state, said.state_on) == (1, "for_comment", datetime.date(2026, 11, 22))
    assert said.state_by == "Tom Reid"
    arabic = newest(stored, cancer_survey, "ar")
    assert arabic
    assert chosen not in arabic.summary[0]


def test_a_new_report_leaves_out_words_that_are_final(stored: Database, cancer_survey: Answered) -> None:
    with stored.writing() as session:
        save(session)
        move(session, "for_comment")
        move(session, "final")
    assert newest(stored, cancer_survey) is None
    with stored.writing() as session:
        begin_edition(session, survey=find_survey(session, slug=SLUG), by="anna@example.org", name="", at=NOW)
    said = newest(stored, cancer_survey)
    assert said
    assert (said.edition, said.state) == (2, "draft")


def with_three_themes(folder: Path, empty: Path, *, demonstration: bool) -> Answered:
    """A short survey, whose figures are quickly worked out again: 60 patients and 15 staff."""
    for name in ("engage.sqlite", "drafts.sqlite"):
        shutil.copyfile(empty / name, folder / name)
    database = Database(f"sqlite:///{folder / 'engage.sqlite'}", f"sqlite:///{folder / 'drafts.sqlite'}")
    questionnaire = a_questionnaire(demonstration=demonstration)
    with database.writing() as session:
        survey = a_survey(session, questionnaire)
        for audience, people in (("patients", 60), ("staff", 15)):
            collector = a_collector(session, survey, audience=audience)
            for number in range(people):
                a_response(session, collector, some_answers(most_important=(THREE[number % 3],)))
    with database.reading() as session:
        results = disclosed_results(session, slug=SMALL, at=NOW)
        return Answered(database, results, reported_questionnaire(session, slug=SMALL, results=results))


@pytest.fixture
def three_themes(empty_sqlite: Path, tmp_path: Path) -> Answered:
    return with_three_themes(tmp_path, empty_sqlite, demonstration=True)


@pytest.fixture
def own(three_themes: Answered) -> Database:
    """Its database, to be written in."""
    return three_themes.database


def a_pdf(answered: Answered, commentary: Written | None) -> bytes:
    """A short document with the file that a report carries."""
    carries = attachment(answered.results, answered.questionnaire, kind="board", commentary=commentary)
    return pdf_from_html('<html lang="en"><title>T</title><p>Hello</p></html>', attachments=(carries,))


def verified(database: Database, pdf: bytes) -> Verification:
    with database.reading() as session:
        return verify(session, pdf)


def test_a_report_carries_its_commentary_and_says_which(own: Database, three_themes: Answered) -> None:
    with own.writing() as session:
        save(session)
    pdf = a_pdf(three_themes, newest(own, three_themes))
    carried = read_provenance(pdf)["commentary"]
    assert carried["summary"][1] == "In all 75 people answered."
    assert (carried["edition"], carried["state"], carried["digest"]) == (1, "draft", TEXTS.digest())
    verification = verified(own, pdf)
    assert dict(verification.statements)["Commentary"] == "edition 1, draft since 2026-11-21 by anna@example.org"
    assert (verification.matches, verification.genuine, verification.changes) == (True, True, ())


def test_what_changed_since_is_said_before_the_figures(own: Database, three_themes: Answered) -> None:
    with own.writing() as session:
        save(session)
    pdf = a_pdf(three_themes, newest(own, three_themes))
    with own.writing() as session:
        survey = find_survey(session, slug=SMALL)
        for collector, number in zip(collectors_of(session, survey=survey), (2, 1), strict=True):
            for _ in range(number):
                a_response(session, collector, some_answers())
        save(session, Texts(front={"risk": "R7"}))
        move(session, "for_comment")
    verification = verified(own, pdf)
    assert verification.changes == (
        "3 more people answered since the report was made.",
        "Patients: 2 more people.",
        "Staff: 1 more person.",
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
    pdf = a_pdf(three_themes, written(edition, figures, time_zone="Europe/London"))
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


def test_the_figures_beside_a_report_keep_to_the_schema(own: Database, three_themes: Answered) -> None:
    with own.writing() as session:
        save(session)
    said = newest(own, three_themes)
    assert said
    document = {**to_json(three_themes.results, three_themes.questionnaire), "commentary": commentary_to_json(said)}
    jsonschema.validate(document, json_schema())


def test_a_kept_report_is_known_even_while_too_few_have_answered_since(tmp_path: Path, empty_sqlite: Path) -> None:
    asked = with_three_themes(tmp_path, empty_sqlite, demonstration=False)
    database, pdf = asked.database, a_pdf(asked, None)
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
    pdf = a_pdf(three_themes, dataclasses.replace(draft, state="final"))
    with own.writing() as session:
        move(session, "for_comment")
        move(session, "final")
        freeze(
            session,
            survey=find_survey(session, slug=SMALL),
            number=1,
            files=[("board-report.pdf", "application/pdf", pdf)],
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
    made.unlink()
    run = CliRunner().invoke(engage, ["report", SMALL, "-o", str(tmp_path / "by.xlsx"), "--by", "channel"])
    assert (run.exit_code, "as it was kept" in run.output) == (0, False), run.output
