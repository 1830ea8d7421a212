"""Searching the masked words of comments that somebody has read; never those of comments that were passed on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, column, exists, false, func, literal_column, or_, select, table
from sqlalchemy.orm import Session

from surveys.answers.codes import FIRST_OPTION
from surveys.coding.reading import ShownComment, shown_comments
from surveys.coding.searched_words import BETWEEN_WORDS, WITHOUT_ACCENTS, Sought, marked
from surveys.coding.to_code import same_comment
from surveys.comments.ratings import rating_question
from surveys.comments.states import usable_comments
from surveys.publishing import load_layout, load_version, versions_of
from surveys.questionnaire import Questionnaire
from surveys.storage import tables

PAGE = 25
"""Comments on one page of results."""

LAST_PAGE = 400


@dataclass(frozen=True, slots=True)
class Search:
    """What to find; what is empty or None does not matter.

    ``theme`` and ``question`` are ids, ``rating`` is the id of a scale's point, ``code_id`` and ``sentiment`` are those
    of the round that counts in the frame.
    """

    words: Sought = field(default_factory=Sought)
    theme: str = ""
    question: str = ""
    language: str = ""
    rating: str = ""
    frame_id: int | None = None
    code_id: int | None = None
    sentiment: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A comment that was found: its words in pieces, each with whether it was sought."""

    comment: ShownComment
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """``comments`` in all, with the ``hits`` of one page."""

    comments: int
    hits: tuple[Hit, ...]


def search_comments(session: Session, *, survey: tables.Survey, search: Search, page: int = 1) -> Found:
    """The comments of the survey that match, in an order that says nothing about when they came; pages count from 1."""
    screened = tables.ScreenedComment
    query = select(screened.ref).where(*_matching(session, survey, search))
    if search.language:
        query = query.join(tables.Comment, same_comment()).where(tables.Comment.language == search.language)
    number = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    offset = (max(1, min(page, LAST_PAGE)) - 1) * PAGE
    refs = session.scalars(query.order_by(screened.ref).offset(offset).limit(PAGE)).all()
    shown = shown_comments(session, survey=survey, refs=refs)
    return Found(number, tuple(Hit(shown[ref], marked(shown[ref].words, search.words.terms)) for ref in refs))


def rating_choices(questionnaire: Questionnaire) -> tuple[tuple[str, str], ...]:
    """The points of the scale by which themes are rated, as (id, label) in the survey's own language."""
    for item in questionnaire.items:
        question = rating_question(questionnaire, item.key)
        if question is not None:
            return tuple(
                (one.id, one.label.in_language(questionnaire.language)) for one in questionnaire.options(question)
            )
    return ()


def codes_of(session: Session, *, frame_id: int, refs: Collection[bytes]) -> dict[bytes, tuple[tuple[str, str], ...]]:
    """What comments have in the round that counts, as (name of the code, sentiment); coded ones without a code too."""
    mention, code, coded = tables.Mention, tables.Code, tables.CodedComment
    same = and_(mention.ref == coded.ref, mention.frame_id == coded.frame_id, mention.round == coded.round)
    rows = session.execute(
        select(coded.ref, code.name, mention.sentiment)
        .outerjoin(mention, same)
        .outerjoin(code, code.id == mention.code_id)
        .where(coded.frame_id == frame_id, coded.round == 0, coded.ref.in_(refs))
        .order_by(code.position, code.id)
    )
    found: dict[bytes, tuple[tuple[str, str], ...]] = {}
    for ref, name, sentiment in rows:
        found[ref] = (*found.get(ref, ()), (name, sentiment)) if name else ()
    return found


def contains(session: Session, term: str) -> ColumnElement[bool]:
    """The WHERE clause for ``tables.ScreenedComment`` whose words have this term of ``Sought``."""
    screened = tables.ScreenedComment
    if session.get_bind().dialect.name == "postgresql":
        return literal_column(_VECTOR).op("@@")(func.phraseto_tsquery(literal_column("'simple'"), term))
    # A term holds no quotation mark, so that nothing in it is more than words.
    matches = literal_column("comment_search").op("MATCH")(f'"{term}"')
    return screened.search_id.in_(select(column("rowid")).select_from(table("comment_search")).where(matches))


def _vector() -> str:
    """The expression of the index of words, letter for letter, or PostgreSQL would not use it."""
    before = BETWEEN_WORDS + "".join(WITHOUT_ACCENTS)
    after = " " * len(BETWEEN_WORDS) + "".join(WITHOUT_ACCENTS.values())
    quoted = before.replace("'", "''")
    return f"to_tsvector('simple', translate(screened_comment.words, '{quoted}', '{after}'))"


_VECTOR = _vector()


def _matching(session: Session, survey: tables.Survey, search: Search) -> list[ColumnElement[bool]]:
    screened = tables.ScreenedComment
    found: list[ColumnElement[bool]] = [usable_comments(survey_id=survey.id)]
    found += [contains(session, term) for term in search.words.terms]
    found += [~contains(session, term) for term in search.words.without]
    if search.theme:
        found.append(screened.item_key.startswith(f"{search.theme}.", autoescape=True))
    if search.question:
        alone = screened.item_key == search.question
        found.append(alone | screened.item_key.endswith(f".{search.question}", autoescape=True))
    if search.rating:
        found.append(_rated(session, survey, search.rating))
    if search.frame_id is not None and (search.code_id is not None or search.sentiment):
        found.append(_mentioned(search))
    return found


def _mentioned(search: Search) -> ColumnElement[bool]:
    mention = tables.Mention
    same = [
        mention.ref == tables.ScreenedComment.ref,
        mention.frame_id == search.frame_id,
        mention.round == 0,
    ]
    if search.code_id is not None:
        same.append(mention.code_id == search.code_id)
    if search.sentiment:
        same.append(mention.sentiment == search.sentiment)
    return exists().where(*same)


def _rated(session: Session, survey: tables.Survey, point: str) -> ColumnElement[bool]:
    """The writer rated the comment's own theme so; read from the bytes of the answers, where each version has them."""
    screened, response = tables.ScreenedComment, tables.Response
    ways = []
    for version in versions_of(session, survey=survey):
        questionnaire, layout = load_version(session, version.id), load_layout(session, version.id)
        columns = {column.key: column for column in layout.columns}
        for theme in questionnaire.themes:
            keys = [item.key for item in questionnaire.items if item.theme is theme]
            question = rating_question(questionnaire, keys[0]) if keys else None
            column = columns.get(f"{theme.id}.{question.id}") if question else None
            if column is not None and point in column.options:
                byte = bytes([FIRST_OPTION + column.options.index(point)])
                ways.append(
                    and_(
                        response.version_id == version.id,
                        screened.item_key.in_(keys),
                        func.substr(response.codes, column.offset + 1, 1) == byte,
                    )
                )
    same = (response.survey_id == screened.survey_id, response.key == screened.response_key)
    return exists().where(*same, or_(false(), *ways))
