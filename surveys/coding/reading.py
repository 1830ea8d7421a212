"""A comment as a coder reads it: what was asked, how the theme was rated, and the words; nothing that identifies.

Place, date, audience, collector and the other answers of the same person stay out, so that a code follows from the
words alone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from surveys.coding.to_code import same_comment
from surveys.comments.ratings import rating_question, ratings_beside
from surveys.comments.translations import translations_for
from surveys.publishing import load_version
from surveys.questionnaire import Questionnaire, Text
from surveys.storage import tables

_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Translated:
    """A comment in another language, masked, with whoever translated it."""

    language: str
    words: str
    translated_by: str


@dataclass(frozen=True, slots=True)
class ShownComment:
    """``theme`` and ``question`` are titles in the survey's language, ``theme`` empty where the question stands alone.

    ``rating`` is the writer's own answer about the theme in words, empty where there is none.
    """

    ref: bytes
    item_key: str
    theme: str
    question: str
    rating: str
    words: str
    language: str
    translations: tuple[Translated, ...] = ()

    @property
    def name(self) -> str:
        """What addresses call it."""
        return self.ref.hex()


def shown_comments(session: Session, *, survey: tables.Survey, refs: Collection[bytes]) -> dict[bytes, ShownComment]:
    """The comments of the survey with these names, by name. Whether they may be shown is the caller's to ask."""
    screened, comment, response = tables.ScreenedComment, tables.Comment, tables.Response
    found: dict[bytes, ShownComment] = {}
    names = sorted(refs)
    for begin in range(0, len(names), _AT_ONCE):
        rows = session.execute(
            select(
                screened.ref,
                screened.response_key,
                screened.item_key,
                screened.words,
                comment.language,
                response.version_id,
            )
            .join(comment, same_comment())
            .join(response, and_(response.survey_id == screened.survey_id, response.key == screened.response_key))
            .where(screened.survey_id == survey.id, screened.ref.in_(names[begin : begin + _AT_ONCE]))
        ).all()
        beside = ratings_beside(
            session, survey_id=survey.id, comments=[(row.response_key, row.item_key) for row in rows]
        )
        for row in rows:
            questionnaire = load_version(session, row.version_id)
            theme, question = titles(questionnaire, row.item_key)
            rated = rating_words(questionnaire, row.item_key, beside.get((row.response_key, row.item_key)))
            found[row.ref] = ShownComment(row.ref, row.item_key, theme, question, rated, row.words, row.language)
    return found


def shown_comment(session: Session, *, survey: tables.Survey, ref: bytes) -> ShownComment:
    """As ``shown_comments`` for one comment, with its translations. KeyError for a comment of another survey."""
    shown = shown_comments(session, survey=survey, refs=[ref])[ref]
    found = translations_for(session, refs=[ref]).get(ref, {})
    translations = tuple(Translated(one.language, one.words, one.translated_by) for one in found.values())
    return ShownComment(
        shown.ref,
        shown.item_key,
        shown.theme,
        shown.question,
        shown.rating,
        shown.words,
        shown.language,
        translations,
    )


def titles(questionnaire: Questionnaire, item_key: str) -> tuple[str, str]:
    """The plain title of the theme, "" where there is none, and the question, in the survey's own language."""
    item, language = questionnaire.item(item_key), questionnaire.language
    theme = item.theme.plain_title.in_language(language) if item.theme else ""
    return theme, item.question.text.in_language(language)


def rating_words(questionnaire: Questionnaire, item_key: str, answer: str | None) -> str:
    """An answer of ``ratings_beside`` as people saw it, in the survey's own language; "" where there is none."""
    question = rating_question(questionnaire, item_key)
    if question is None or answer is None:
        return ""
    labels: dict[str, Text] = {one.id: one.label for one in questionnaire.options(question)}
    labels |= {one.id: one.label for one in questionnaire.not_scored(question)}
    return labels[answer].in_language(questionnaire.language)
