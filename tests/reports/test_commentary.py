"""An officer's commentary in reports: figures named in it print as the report prints them, and reports carry it."""

from __future__ import annotations

import datetime
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.unit_of_work import Database
from reports import report_tables
from reports.answer_tables import answers
from reports.commentary_json import commentary_to_json
from reports.figure_references import figure_references
from reports.results_json import to_json
from reports.results_schema import json_schema
from reports.results_snapshot import results_from_snapshot, snapshot_of
from reports.survey_figures import SurveyFigures
from surveys.commentary.editions import begin_edition
from surveys.commentary.references import by_name, reference_fault
from surveys.publishing import find_survey
from tests.factories import NOW
from tests.reports.commentaries import SLUG, copied, move, newest, save
from tests.reports.conftest import Answered


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
            found |= {f"{question} {option.id} everybody": cell for cell in cells}
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


def test_the_figures_beside_a_report_keep_to_the_schema(stored: Database, cancer_survey: Answered) -> None:
    with stored.writing() as session:
        save(session)
    said = newest(stored, cancer_survey)
    assert said
    document = {**to_json(cancer_survey.results, cancer_survey.questionnaire), "commentary": commentary_to_json(said)}
    jsonschema.validate(document, json_schema())
