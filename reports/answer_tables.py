"""One table for each closed question: every answer, every reason for none, by audience."""

from __future__ import annotations

from reports import printed_figures as printed
from reports.report_tables import Heading, Table, table
from reports.survey_figures import SurveyFigures
from reports.tabulation import ChoiceTable, Figure, NumberTable, RatingTable
from reports.words import Words
from surveys.questionnaire import Item, LongTextQuestion, NumberQuestion, RatingQuestion, TextQuestion


def answers(survey: SurveyFigures, item: Item) -> Table | None:
    """All answers to one closed question, per audience, as counts; None for a question that nobody was asked."""
    found = [survey.question(group, item.key) for group in survey.audiences]
    question = item.question
    text = survey.words.said(question.text)
    caption = f"{survey.plain(item.theme)}: {text}" if item.theme else text
    columns = ("Answer", *(survey.label(group) for group in survey.audiences))
    if isinstance(question, NumberQuestion):
        numbers = [one if isinstance(one, NumberTable) else None for one in found]
        rows = [(Heading("People"), [printed.count(survey.words, one.base if one else None) for one in numbers])]
        rows.append(
            (Heading("Middle value"), [printed.count(survey.words, one.median if one else None) for one in numbers])
        )
        rows.append(
            (Heading("Skipped"), [printed.count(survey.words, one.skipped if one else None) for one in numbers])
        )
        return table(survey.words, caption, columns, rows)
    tables = [one if isinstance(one, ChoiceTable | RatingTable) else None for one in found]
    if not any(tables) or isinstance(question, TextQuestion | LongTextQuestion):
        return None
    rows = [
        (Heading(survey.words.said(option.label)), [_cell(survey.words, one, option.id) for one in tables])
        for option in survey.questionnaire.options(question)
    ]
    rows += [
        (
            Heading(survey.words.said(answer.label)),
            [printed.count(survey.words, one.not_scored.get(answer.id)) if one else printed.NONE for one in tables],
        )
        for answer in survey.questionnaire.not_scored(question)
    ]
    rows.append(
        (Heading("Skipped"), [printed.count(survey.words, one.skipped) if one else printed.NONE for one in tables])
    )
    rows.append(
        (Heading("Not asked"), [printed.count(survey.words, one.not_shown) if one else printed.NONE for one in tables])
    )
    base = "People who gave an answer on the scale" if isinstance(question, RatingQuestion) else "People who answered"
    rows.append((Heading(base), [printed.count(survey.words, one.base) if one else printed.NONE for one in tables]))
    return table(survey.words, caption, columns, rows)


def _cell(words: Words, one: ChoiceTable[Figure] | RatingTable[Figure] | None, option: str) -> str:
    if one is None:
        return printed.NONE
    return printed.share(words, one.counts.get(option), one.base)
