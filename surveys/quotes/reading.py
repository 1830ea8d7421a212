"""What a survey's comments are known by when quotes are chosen: words, permission, audience, rating, codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.answers.codes import FIRST_OPTION
from surveys.collecting import visible_comments, visible_responses
from surveys.comments.ratings import rating_question, ratings_beside
from surveys.comments.states import usable_comments
from surveys.publishing import load_layout, load_version, versions_of
from surveys.storage import tables

_CRITICAL = frozenset({"negative", "mixed"})


@dataclass(frozen=True, slots=True)
class Written:
    """A comment that somebody may quote from. ``rating``: what its writer gave the theme; None where nothing scored."""

    ref: bytes
    item_key: str
    words: str
    language: str
    may_quote: bool | None
    audience_id: str
    level: str
    state: str | None
    rating: str | None
    codes: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Audience:
    """How many people of an audience answered the survey, and its minimum base."""

    people: int
    minimum_base: int


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that the gates need of a survey, read in one transaction.

    ``written``: the comments that are coded, for others cannot be quoted, and those that are quoted. ``comments``: how
    many comments there are by question and audience; ``sharing``: how many people's comments on a question have a code.
    """

    written: Mapping[bytes, Written]
    comments: Mapping[tuple[str, str], int]
    quotes: Sequence[tables.Quote]
    audiences: Mapping[str, Audience]
    sharing: Mapping[tuple[str, int], int]

    def comments_by(self, item_key: str, audience_id: str | None = None) -> int:
        """How many people commented on the question, of one audience or all."""
        return sum(
            number
            for (key, audience), number in self.comments.items()
            if key == item_key and audience_id in (None, audience)
        )

    def quoted(self, item_key: str, *states: str) -> list[tables.Quote]:
        """The quotes on this question that are in one of these states."""
        return [one for one in self.quotes if one.item_key == item_key and one.state in states]

    def people_with_point(self, comment: Written) -> int | None:
        """Of the comment's codes the number of people behind the one that most share; None without any code."""
        return max((self.sharing[comment.item_key, code] for code in comment.codes), default=None)

    def critical(self, item_key: str) -> float:
        """The share (0-1) of the coded comments on this question that are critical; 0 where none is coded."""
        coded = [one.codes for one in self.written.values() if one.item_key == item_key and one.codes]
        return sum(not _CRITICAL.isdisjoint(codes.values()) for codes in coded) / len(coded) if coded else 0.0

    def is_praise(self, ref: bytes) -> bool:
        """Whether nothing in the comment is critical and something is praise."""
        said = set(self.written[ref].codes.values()) if ref in self.written else set()
        return "positive" in said and said.isdisjoint(_CRITICAL)


def read_survey(session: Session, *, survey: tables.Survey) -> Read:
    """The comments of the survey that can be quoted or are, with what the gates need to know of them."""
    quote, coded = tables.Quote, tables.CodedComment
    quotes = session.scalars(select(quote).where(quote.survey_id == survey.id).order_by(quote.id))
    codes, sharing = _codes(session, survey.id)
    screened, comment, state = tables.ScreenedComment, tables.Comment, tables.CommentState
    response, collector = tables.Response, tables.Collector
    rows = session.execute(
        select(
            screened.ref,
            screened.item_key,
            screened.response_key,
            screened.words,
            screened.level,
            comment.language,
            comment.may_quote,
            collector.audience_id,
            state.state,
        )
        .join(
            comment,
            (comment.survey_id == screened.survey_id)
            & (comment.response_key == screened.response_key)
            & (comment.item_key == screened.item_key),
        )
        .join(response, (response.survey_id == screened.survey_id) & (response.key == screened.response_key))
        .join(collector, collector.id == response.collector_id)
        .outerjoin(state, state.ref == screened.ref)
        .where(
            visible_comments(session, survey_id=survey.id),
            screened.ref.in_(select(coded.ref).where(coded.round == 0))
            | screened.ref.in_(select(quote.ref).where(quote.survey_id == survey.id)),
        )
    ).all()
    ratings = ratings_beside(session, survey_id=survey.id, comments=[(row.response_key, row.item_key) for row in rows])
    points = _points(session, survey)
    written = {}
    for row in rows:
        rating = ratings.get((row.response_key, row.item_key))
        written[row.ref] = Written(
            row.ref,
            row.item_key,
            row.words,
            row.language,
            row.may_quote,
            row.audience_id,
            row.level,
            row.state,
            rating if rating in points else None,
            codes.get(row.ref, {}),
        )
    return Read(written, _comments(session, survey.id), quotes.all(), _audiences(session, survey.id), sharing)


def ratings_given(session: Session, *, survey: tables.Survey, item_key: str) -> dict[str, int]:
    """How many people gave each point of the scale to the theme of this question, in the scale's order; empty where
    the question has no theme that is rated. All versions of the survey together."""
    response, given = tables.Response, Counter[str]()
    ordered: list[str] = []
    for version in versions_of(session, survey=survey):
        questionnaire = load_version(session, version.id)
        question = rating_question(questionnaire, item_key)
        if question is None:
            continue
        key = f"{item_key.partition('.')[0]}.{question.id}"
        column = next(one for one in load_layout(session, version.id).columns if one.key == key)
        ordered += [point.id for point in questionnaire.scale(question.scale).points if point.id not in ordered]
        code = func.substr(response.codes, column.offset + 1, 1)
        counted = session.execute(
            select(code, func.count())
            .where(visible_responses(session, survey_id=survey.id), response.version_id == version.id)
            .group_by(code)
        )
        for byte, people in counted:
            place = bytes(byte)[0] - FIRST_OPTION
            if 0 <= place < len(column.options):
                given[column.options[place]] += people
    return {point: given[point] for point in ordered}


def _points(session: Session, survey: tables.Survey) -> frozenset[str]:
    """The ids of all points of all scales: an answer beside a scale is none of them."""
    scales = (
        scale for version in versions_of(session, survey=survey) for scale in load_version(session, version.id).scales
    )
    return frozenset(point.id for scale in scales for point in scale.points)


def _codes(session: Session, survey_id: int) -> tuple[dict[bytes, dict[int, str]], dict[tuple[str, int], int]]:
    """The codes of each comment with their sentiment, and how many people's comments on a question have a code."""
    mention, screened, frame = tables.Mention, tables.ScreenedComment, tables.CodeFrame
    rows = session.execute(
        select(mention.ref, screened.item_key, mention.code_id, mention.sentiment)
        .join(screened, screened.ref == mention.ref)
        .join(frame, frame.id == mention.frame_id)
        .where(usable_comments(survey_id=survey_id), mention.round == 0, frame.kind == "codes")
    )
    codes: dict[bytes, dict[int, str]] = {}
    sharing: Counter[tuple[str, int]] = Counter()
    for ref, item_key, code_id, sentiment in rows:
        codes.setdefault(ref, {})[code_id] = sentiment
        sharing[item_key, code_id] += 1
    return codes, dict(sharing)


def _comments(session: Session, survey_id: int) -> dict[tuple[str, str], int]:
    comment, response, collector = tables.Comment, tables.Response, tables.Collector
    ways = (comment.item_key, collector.audience_id)
    counted = (
        select(*ways, func.count())
        .join(response, (response.survey_id == comment.survey_id) & (response.key == comment.response_key))
        .join(collector, collector.id == response.collector_id)
        .where(visible_comments(session, survey_id=survey_id))
        .group_by(*ways)
    )
    return {(row[0], row[1]): row[2] for row in session.execute(counted)}


def _audiences(session: Session, survey_id: int) -> dict[str, Audience]:
    response, collector, audience = tables.Response, tables.Collector, tables.Audience
    rows = session.execute(
        select(audience.id, audience.minimum_base, func.count())
        .join(collector, collector.audience_id == audience.id)
        .join(response, response.collector_id == collector.id)
        .where(visible_responses(session, survey_id=survey_id))
        .group_by(audience.id, audience.minimum_base)
    )
    return {id_: Audience(people, minimum_base) for id_, minimum_base, people in rows}
