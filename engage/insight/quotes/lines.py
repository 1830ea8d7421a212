"""What the pages of quotes show: questions with their quotes, and how far each quote has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engage.languages import direction
from surveys.audiences import find_audience
from surveys.comments.ratings import rating_question
from surveys.questionnaire import Item, LongTextQuestion, Questionnaire, TextQuestion
from surveys.quotes.choosing import MOST_QUOTES, PASSED_OVER, gates_of
from surveys.quotes.gates import Gate
from surveys.quotes.reading import Read, Written, ratings_given
from surveys.quotes.sampling import shared_out
from surveys.storage import tables

GATES = {
    "consent": "The writer agreed to be quoted",
    "checked": "Two people have looked at it",
    "label": "It describes the writer by the audience alone",
    "base": "Enough people of the audience answered",
    "unedited": "The words are the writer's own",
    "balance": "The quotes are not all praise",
    "safeguarding": "Nobody seems to be at risk",
    "rarity": "Others made the same point",
}
STATES = {
    "proposed": "To be checked",
    "approved": "Approved",
    "withdrawn": "Not used",
    "passed over": "Passed over",
}


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A quote on the page. ``faults`` are the gates that it does not pass now, besides that it is not checked yet."""

    id: int
    state: str
    words: str
    shown: str
    language: str
    direction: str
    audience: str
    rating: str
    chosen_by: str
    checked_by: str | None
    reason: str
    gates: tuple[Gate, ...]

    @property
    def faults(self) -> tuple[Gate, ...]:
        """The gates that it does not pass, besides the second person's check."""
        return tuple(gate for gate in self.gates if not gate.passed and gate.name != "checked")


@dataclass(frozen=True, slots=True)
class Share:
    """How many quotes people of one rating should have of those that a question can have, and how many there are."""

    rating: str
    people: int
    wanted: int
    have: int


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """An open question: its comments, quotes, and how these share out over the ratings."""

    item_key: str
    title: str
    question: str
    comments: int
    quotes: tuple[QuoteLine, ...]
    shares: tuple[Share, ...]

    @property
    def chosen(self) -> int:
        """Quotes that are proposed or approved."""
        return sum(one.state in ("proposed", "approved") for one in self.quotes)


def question_lines(
    session: Session, *, survey: tables.Survey, questionnaire: Questionnaire, read: Read
) -> tuple[QuestionLine, ...]:
    """Every open question that somebody commented on."""
    return tuple(_questions(session, survey, questionnaire, read))


def drawn_line(session: Session, questionnaire: Questionnaire, comment: Written) -> QuoteLine:
    """A comment that was drawn, as the page shows it: nothing but words, audience and rating."""
    return QuoteLine(
        0,
        "",
        comment.words,
        comment.words,
        comment.language,
        direction(comment.language),
        find_audience(session, audience_id=comment.audience_id).label,
        rating_words(questionnaire, comment.item_key, comment.rating),
        "",
        None,
        "",
        (),
    )


def title_of(questionnaire: Questionnaire, item: Item) -> str:
    """The theme in plain words; for a question without one its own words."""
    words = item.theme.plain_title if item.theme else item.question.text
    return words.in_language(questionnaire.language)


def rating_words(questionnaire: Questionnaire, item_key: str, rating: str | None) -> str:
    """The label of the point, or that nothing was rated."""
    question = rating_question(questionnaire, item_key)
    if question is None or rating is None:
        return "Not rated"
    points = {point.id: point.label for point in questionnaire.scale(question.scale).points}
    return points[rating].in_language(questionnaire.language) if rating in points else rating


def _questions(
    session: Session, survey: tables.Survey, questionnaire: Questionnaire, read: Read
) -> Iterator[QuestionLine]:
    for item in questionnaire.items:
        if not isinstance(item.question, LongTextQuestion | TextQuestion) or not read.comments_by(item.key):
            continue
        quotes = [one for one in read.quotes if one.item_key == item.key and one.ref in read.written]
        yield QuestionLine(
            item.key,
            title_of(questionnaire, item),
            item.question.text.in_language(questionnaire.language),
            read.comments_by(item.key),
            tuple(_quote(session, questionnaire, read, one) for one in quotes),
            _shares(session, survey, questionnaire, read, item.key),
        )


def _quote(session: Session, questionnaire: Questionnaire, read: Read, quote: tables.Quote) -> QuoteLine:
    comment = read.written[quote.ref]
    return QuoteLine(
        quote.id,
        quote.state,
        quote.words,
        "" if comment.state == "escalated" else comment.words,
        comment.language,
        direction(comment.language),
        find_audience(session, audience_id=comment.audience_id).label,
        rating_words(questionnaire, quote.item_key, comment.rating),
        quote.chosen_by,
        quote.checked_by,
        PASSED_OVER.get(quote.reason, ""),
        gates_of(read, quote),
    )


def _shares(
    session: Session, survey: tables.Survey, questionnaire: Questionnaire, read: Read, item_key: str
) -> tuple[Share, ...]:
    given = ratings_given(session, survey=survey, item_key=item_key)
    wanted = shared_out(MOST_QUOTES, given)
    have = Counter(read.written[one.ref].rating for one in read.quoted(item_key, "proposed", "approved"))
    return tuple(
        Share(rating_words(questionnaire, item_key, point), people, wanted[point], have[point])
        for point, people in reversed(given.items())
    )
