"""Finding the test and spam answers of a survey, so that they can be removed.

Nothing says who sent an answer or when within a day, so they are looked for by collector, day and words. The order is
that of random keys. Comments are shown, and searched, in the words that everybody may see.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from surveys.answers import Value, answers_from_document
from surveys.collecting import visible_comments, visible_responses
from surveys.comments.counting import is_unscreened
from surveys.comments.words_for_all import WordsForAll
from surveys.publishing import load_version
from surveys.questionnaire import ClosedQuestion, OpenQuestion, Questionnaire, RankingQuestion
from surveys.storage import tables

MOST_SHOWN = 50
MOST_JUST_IN = 500
"""Answers of the last minutes that are masked while somebody searches; screening comes by soon for the others."""


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for; None and "" leave that part open."""

    collector_id: int | None
    day: datetime.date | None
    words: str


@dataclass(frozen=True, slots=True)
class SingleAnswer:
    """One response in words: (question, answer) pairs of what was answered. ``key`` is in hexadecimal digits."""

    key: str
    collector: str
    submitted_on: datetime.date
    mode: str
    rows: tuple[tuple[str, str], ...]


def search_answers(session: Session, *, survey: tables.Survey, search: Search) -> tuple[SingleAnswer, ...]:
    """At most ``MOST_SHOWN`` responses of the survey that match."""
    response = tables.Response
    said = WordsForAll(session, survey=survey)
    query = select(response).where(visible_responses(session, survey_id=survey.id))
    if search.collector_id is not None:
        query = query.where(response.collector_id == search.collector_id)
    if search.day is not None:
        query = query.where(response.submitted_on == search.day)
    if search.words:
        query = query.where(_with_words(session, survey, search.words, said))
    found = session.scalars(query.order_by(response.key).limit(MOST_SHOWN)).all()
    return tuple(_in_words(session, row, said) for row in found)


def single_answer(session: Session, *, survey: tables.Survey, key: str) -> SingleAnswer | None:
    """The response with this key, or None."""
    try:
        wanted = bytes.fromhex(key)
    except ValueError:
        return None
    response = tables.Response
    visible = visible_responses(session, survey_id=survey.id)
    row = session.scalar(select(response).where(visible, response.key == wanted))
    return _in_words(session, row, WordsForAll(session, survey=survey)) if row is not None else None


def _with_words(session: Session, survey: tables.Survey, words: str, said: WordsForAll) -> ColumnElement[bool]:
    """Whether a response has a comment in which everybody may see these words.

    Looking for them behind masks would tell whether somebody is named there.
    """
    response, comment, screened, state = tables.Response, tables.Comment, tables.ScreenedComment, tables.CommentState
    shown = exists().where(
        screened.survey_id == response.survey_id,
        screened.response_key == response.key,
        screened.words.icontains(words, autoescape=True),
        ~exists().where(state.ref == screened.ref, state.state == "escalated"),
    )
    just_in = session.scalars(
        select(comment.response_key)
        .where(
            visible_comments(session, survey_id=survey.id),
            is_unscreened(),
            comment.text.icontains(words, autoescape=True),
        )
        .distinct()
        .limit(MOST_JUST_IN)
    )
    keys = {
        key for one in just_in.all() for key, _, masked in said.between(one, one) if words.lower() in masked.lower()
    }
    return or_(shown, response.key.in_(keys))


def _in_words(session: Session, response: tables.Response, said: WordsForAll) -> SingleAnswer:
    questionnaire = load_version(session, response.version_id)
    document = session.get_one(tables.ResponseDocument, (response.survey_id, response.key))
    answers: dict[str, Value] = dict(answers_from_document(questionnaire, json.loads(document.answers)["answers"]))
    answers.update({item_key: words for _, item_key, words in said.between(response.key, response.key)})
    collector = session.get_one(tables.Collector, response.collector_id)
    return SingleAnswer(
        key=response.key.hex(),
        collector=f"{collector.code} {collector.name}",
        submitted_on=response.submitted_on,
        mode=response.mode,
        rows=tuple(_rows(questionnaire, answers)),
    )


def _rows(questionnaire: Questionnaire, answers: dict[str, Value]) -> Iterator[tuple[str, str]]:
    language = questionnaire.language
    for item in questionnaire.items:
        value = answers.get(item.key)
        if value is None:
            continue
        text = item.question.text.in_language(language)
        about = f"{item.theme.plain_title.in_language(language)}: {text}" if item.theme else text
        yield about, _words(questionnaire, item.question, value)


def _words(questionnaire: Questionnaire, question: ClosedQuestion | OpenQuestion, value: Value) -> str:
    if not isinstance(question, ClosedQuestion):
        return str(value)
    language = questionnaire.language
    labels = {option.id: option.label.in_language(language) for option in questionnaire.options(question)}
    labels.update({other.id: other.label.in_language(language) for other in questionnaire.not_scored(question)})
    if isinstance(value, tuple):
        return (", then " if isinstance(question, RankingQuestion) else "; ").join(labels[part] for part in value)
    return labels.get(str(value), str(value))
