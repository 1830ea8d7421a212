"""What every column and code of an answers file means, in the words that people saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from surveys.answers_file import ABOUT_COLUMNS, MARK, MODES, NOT_SHOWN, column_name, neutralised
from surveys.questionnaire import (
    ChoiceQuestion,
    ChoicesQuestion,
    Item,
    LongTextQuestion,
    NumberQuestion,
    Questionnaire,
    RankingQuestion,
    RatingQuestion,
    TextQuestion,
)

HEADER = ("column", "kind", "theme", "question", "code", "value", "label", "note", "versions")

_ABOUT = {
    "response_id": "A random name made for this file alone; the same response has another one in every export.",
    "submitted_on": "The day of sending, YYYY-MM-DD. The time is not kept.",
    "collector": "The code of the poster, link or list through which the answer came.",
    "place": "The place of the collector, from the widest to the narrowest: A / B / C.",
    "audience": "Who was asked there.",
    "channel": "How the collector was made known.",
    "mode": f"How the answer was given: {', '.join(MODES)}.",
    "language": "The language in which the questions were shown.",
    "version": "The version of the questionnaire that was answered.",
}

_MARKED = (
    "Says that this file was written by Engage; keep the column. Its cells say whether comments are masked: what may "
    "identify somebody is replaced, for example by [name], and escalated comments by [withheld]."
)
_HIDDEN = "The columns that this person was never shown, joined by |; in other columns an empty cell means skipped."


def codebook_rows(versions: Sequence[tuple[str, Questionnaire]]) -> list[list[str]]:
    """Rows of the codebook, header first: one for each column, then one for each code that can stand in it.

    ``versions`` are (number, questionnaire) in the order of the file's columns, the one that people get now first; its
    words are given where versions differ. A code that only some versions have names them. Text is made safe.
    """
    rows = [list(HEADER)]
    rows += [[name, "about the response", "", "", "", "", "", _ABOUT[name], ""] for name in ABOUT_COLUMNS]
    everywhere = "; ".join(number for number, _ in versions)
    described: dict[tuple[str, str], list[str]] = {}
    asked: dict[tuple[str, str], list[str]] = {}
    for number, questionnaire in versions:
        for item in questionnaire.items:
            for row in _item_rows(questionnaire, item):
                place = (row[0], row[4])
                described.setdefault(place, row)
                asked.setdefault(place, []).append(number)
    order = {name: place for place, name in enumerate(dict.fromkeys(name for name, _ in described))}
    for place in sorted(described, key=lambda place: order[place[0]]):
        numbers = "; ".join(asked[place])
        rows.append([*described[place], "" if numbers == everywhere else numbers])
    rows.append([NOT_SHOWN, "about the response", "", "", "", "", "", _HIDDEN, ""])
    rows.append([MARK, "mark", "", "", "", "", "", _MARKED, ""])
    return [[neutralised(cell) for cell in row] for row in rows]


def _item_rows(questionnaire: Questionnaire, item: Item) -> Iterator[list[str]]:
    """The row of the item itself, then one for each code, each without its versions."""
    question = item.question
    language = questionnaire.language
    column = column_name(item.key)
    theme = item.theme.title.in_language(language) if item.theme else ""
    yield [column, question.kind, theme, question.text.in_language(language), "", "", "", _note(questionnaire, item)]
    if isinstance(question, TextQuestion | LongTextQuestion | NumberQuestion):
        return
    values: dict[str, tuple[str, str]] = {}
    if isinstance(question, RatingQuestion):
        for point in questionnaire.scale(question.scale).points:
            values[point.id] = (f"{point.value:g}", "counts as positive" if point.positive else "")
    for option in questionnaire.options(question):
        value, note = values.get(option.id, ("", "rules out all other answers" if option.exclusive else ""))
        yield [column, "", "", "", option.id, value, option.label.in_language(language), note]
    for answer in questionnaire.not_scored(question):
        yield [column, "", "", "", answer.id, "", answer.label.in_language(language), "counted, never scored"]


def _note(questionnaire: Questionnaire, item: Item) -> str:
    match item.question:
        case RatingQuestion(reverse=True):
            return "Scored in reverse: the highest value counts least."
        case ChoicesQuestion(max=most):
            return f"Several codes, joined by |{'' if most is None else f'; at most {most}'}."
        case RankingQuestion(top=top):
            return f"Up to {top} codes in order, first choice first, joined by |."
        case NumberQuestion(unit=unit):
            return f"A number{'' if unit is None else f' ({unit.in_language(questionnaire.language)})'}."
        case ChoiceQuestion() | RatingQuestion():
            return "One code."
        case _:
            return "Text."
