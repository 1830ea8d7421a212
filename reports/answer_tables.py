"""One table for each closed question: every answer, every reason for none, by audience.

How many people gave which answer about themselves is known of all together alone; its table is of everybody.
"""

from __future__ import annotations

from reports import printed_figures as printed
from reports.question_rules import asks_about_people
from reports.report_tables import Heading, Table, table
from reports.survey_figures import SurveyFigures
from reports.tabulation import ChoiceTable, Figure, NumberTable, RatingTable
from reports.words import Words
from surveys.questionnaire import (
    Item,
    LongTextQuestion,
    NumberQuestion,
    Question,
    RankingQuestion,
    RatingQuestion,
    TextQuestion,
)


def answers(survey: SurveyFigures, item: Item) -> Table | None:
    """All answers to one closed question, per audience or for everybody, as counts; None where nobody was asked."""
    words, question = survey.words, item.question
    groups = survey.audiences
    if asks_about_people(survey.questionnaire, item):
        groups = (survey.results.everybody,)
    found = [survey.question(group, item.key) for group in groups]
    text = asked(words, question)
    caption = f"{survey.plain(item.theme)}: {text}" if item.theme else text
    columns = (words("table_answer"), *(survey.label(group) for group in groups))

    def counted(phrase: str, figures: list[Figure | None]) -> tuple[Heading, list[str]]:
        return Heading(words(phrase)), [printed.count(words, figure) for figure in figures]

    if isinstance(question, NumberQuestion):
        numbers = [one if isinstance(one, NumberTable) else None for one in found]
        rows = [
            counted("table_people", [one.base if one else None for one in numbers]),
            counted("table_middle", [one.median if one else None for one in numbers]),
            counted("table_skipped", [one.skipped if one else None for one in numbers]),
        ]
        return table(words, caption, columns, rows)
    tables = [one if isinstance(one, ChoiceTable | RatingTable) else None for one in found]
    if not any(tables) or isinstance(question, TextQuestion | LongTextQuestion):
        return None
    rows = [
        (Heading(words.said(option.label)), [_cell(survey, one, option.id) for one in tables])
        for option in survey.questionnaire.options(question)
    ]
    for answer in survey.questionnaire.not_scored(question):
        beside = [_beside(survey, question, one, answer.id) for one in tables]
        rows.append((Heading(words.said(answer.label)), beside))
    rows += [
        counted("table_skipped", [one.skipped if one else None for one in tables]),
        counted("table_not_asked", [one.not_shown if one else None for one in tables]),
        counted(_whom_the_base_counts(question), [one.base if one else None for one in tables]),
    ]
    return table(words, caption, columns, rows)


def asked(words: Words, question: Question) -> str:
    """A question as the heading of its shares, which of a ranking are of people who put an answer among their first few
    and would else be read as its first places."""
    text = words.said(question.text)
    return words("table_ranked", question=text, n=question.top) if isinstance(question, RankingQuestion) else text


def _whom_the_base_counts(question: Question) -> str:
    """The key of the words for the people that shares of a question are of."""
    if not isinstance(question, RatingQuestion):
        return "table_who_answered"
    return "table_any_answer" if question.base == "all" else "table_on_the_scale"


def _beside(
    survey: SurveyFigures, question: Question, one: ChoiceTable[Figure] | RatingTable[Figure] | None, answer: str
) -> str:
    """How many gave an answer beside the scale; as a share where the base counts them."""
    figure = one.not_scored.get(answer) if one else None
    if one is not None and isinstance(question, RatingQuestion) and question.base == "all":
        return printed.share(survey.words, figure, one.base)
    return printed.count(survey.words, figure)


def _cell(survey: SurveyFigures, one: ChoiceTable[Figure] | RatingTable[Figure] | None, option: str) -> str:
    if one is None:
        return printed.NONE
    return printed.share(survey.words, one.counts.get(option), one.base)
