import csv
from dataclasses import replace
from pathlib import Path

from engage.unit_of_work import Database
from surveys.codebook import HEADER, codebook_rows
from surveys.exporting import export_answers
from surveys.publishing import find_survey
from surveys.questionnaire import Option, RatingQuestion
from tests.factories import a_collector, a_questionnaire, a_response, words


def by_column(rows: list[list[str]], column: str) -> list[dict[str, str]]:
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if row[0] == column]


def test_every_column_of_an_export_is_in_its_codebook_in_the_same_order(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        a_response(session, a_collector(session))
    path = tmp_path / "answers.csv"
    with database.reading() as session:
        done = export_answers(session, survey=find_survey(session, slug="small-survey"), path=path)
    assert done.codebook == tmp_path / "answers.codebook.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        columns = next(csv.reader(stream))
    with done.codebook.open(encoding="utf-8", newline="") as stream:
        described = [row["column"] for row in csv.DictReader(stream)]
    assert list(dict.fromkeys(described)) == columns


def test_every_code_has_its_label_its_value_and_what_it_counts_for() -> None:
    rows = codebook_rows([("1.0", a_questionnaire())])
    assert rows[0] == list(HEADER)
    question, *codes = by_column(rows, "waiting.importance")
    assert (question["kind"], question["theme"]) == ("rating", "Waiting less strategy")
    assert question["question"] == "How important is this to you?"
    assert [(code["code"], code["value"], code["label"], code["note"]) for code in codes] == [
        ("not", "1", "Not important", ""),
        ("slightly", "2", "Slightly important", ""),
        ("quite", "3", "Quite important", "counts as positive"),
        ("very", "4", "Very important", "counts as positive"),
        ("not_sure", "", "I am not sure", "counted, never scored"),
    ]
    several = by_column(rows, "most_important")
    assert several[0]["note"] == "Several codes, joined by |; at most 2."
    assert several[-1]["note"] == "rules out all other answers"


def test_a_code_of_some_versions_only_names_them() -> None:
    old = a_questionnaire()
    page = old.pages[-1]
    quote = replace(page.questions[0], options=(*page.questions[0].options, Option("ask", words("Ask me"))))  # type: ignore[union-attr]
    new = replace(old, pages=(*old.pages[:-1], replace(page, questions=(quote,))))
    codes = {row["code"]: row["versions"] for row in by_column(codebook_rows([("2.0", new), ("1.0", old)]), "quote")}
    assert codes == {"": "", "yes": "", "no": "", "ask": "2.0"}


def test_a_reversed_scale_and_texts_like_formulas_are_told() -> None:
    old = a_questionnaire()
    asked = RatingQuestion(id="importance", text=words("=How?"), scale="importance", reverse=True)
    (question, *_) = by_column(
        codebook_rows([("1.0", replace(old, ask_about_each_theme=(asked,)))]), "staff.importance"
    )
    assert question["question"] == "'=How?"
    assert question["note"] == "Scored in reverse: the highest value counts least."
