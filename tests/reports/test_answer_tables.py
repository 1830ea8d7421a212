"""Tables of all answers to a question: whom the shares are of is said beside them."""

from __future__ import annotations

import dataclasses

import pytest

from reports.answer_tables import answers, asked
from reports.report_tables import Table
from reports.tabulation import RatingTable, Shown
from reports.words import Words
from surveys.questionnaire import ChoicesQuestion, RankingQuestion, RatingQuestion
from tests.factories import words
from tests.reports.bare_survey import patients, plain, survey

KEY = "research.importance"


def answered(base_rule: str) -> Table:
    """60 people on the scale, 20 of them on each of three points, and 15 beside it."""
    drawn = next(one for one in patients().questions if one.key == KEY)
    assert isinstance(drawn, RatingTable)
    counts = dict(zip(drawn.counts, map(Shown, (20, 20, 20, 0)), strict=True))
    not_scored = {name: Shown(15) for name in drawn.not_scored}
    table = dataclasses.replace(
        drawn, base=Shown(75 if base_rule == "all" else 60), counts=counts, not_scored=not_scored, skipped=Shown(2)
    )
    shown = survey("en", audiences=(dataclasses.replace(patients(), questions=(table,)),))
    shown = dataclasses.replace(shown, results=dataclasses.replace(shown.results, everybody=shown.results.audiences[0]))
    item = shown.questionnaire.item(KEY)
    assert isinstance(item.question, RatingQuestion)
    asked = dataclasses.replace(item, question=dataclasses.replace(item.question, base=base_rule))  # type: ignore[arg-type]
    made = answers(shown, asked)
    assert made is not None
    return made


def rows(table: Table) -> dict[str, str]:
    return {heading.text: plain(cells[0]) for heading, cells in table.rows}


def test_shares_of_the_scale_are_of_the_people_who_answered_on_it() -> None:
    said = rows(answered("scored"))
    assert said["Very important"] == "33% (20 of 60)"
    assert said["I am not sure"] == "15"
    assert said["People who gave an answer on the scale"] == "60"


def test_a_base_of_all_answers_is_called_so_and_the_answers_beside_the_scale_are_shares_of_it() -> None:
    said = rows(answered("all"))
    assert said["Very important"] == "27% (20 of 75)"
    assert said["I am not sure"] == "20% (15 of 75)"
    assert said["People who gave any answer, on the scale or beside it"] == "75"
    assert "People who gave an answer on the scale" not in said


@pytest.mark.parametrize(
    ("top", "said"), [(1, "What comes first? (put first)"), (2, "What comes first? (among the first 2)")]
)
def test_shares_of_a_ranking_are_not_taken_for_first_places(top: int, said: str) -> None:
    ranking = RankingQuestion(id="first", text=words("What comes first?"), top=top)
    assert asked(Words("en"), ranking) == said
    assert asked(Words("en"), ChoicesQuestion(id="any", text=words("What comes first?"))) == "What comes first?"
