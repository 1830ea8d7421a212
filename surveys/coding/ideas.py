"""Ideas that people raised, grouped by coding, and the themes that some of them become in the next survey.

The codes of a frame of the kind "ideas" are the ideas. A theme keeps where it comes from: how many people raised it,
in which survey and when, and the idea's own name.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from surveys.audiences import DEFAULT_MINIMUM_BASE
from surveys.coding.frames import frames_of, live_codes
from surveys.comments.states import usable_comments
from surveys.designing.texts import one_line, with_words
from surveys.designing.themes import with_themes
from surveys.publishing import current_version, load_version
from surveys.questionnaire import Questionnaire, Text
from surveys.storage import tables

MOST_FORWARD = 12
FEWEST_PEOPLE = 5
"""Fewer people than this are told as "fewer than" where ideas are compared."""


class IdeasRefused(ValueError):
    """These ideas cannot go forward like this; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Idea:
    """A code of the frame. ``people`` raised it, however many comments they wrote; None stands for fewer than 5."""

    code: tables.Code
    people: int | None


@dataclass(frozen=True, slots=True)
class Forward:
    """An idea that becomes a theme, with the words that people who answer will read."""

    code: tables.Code
    plain_title: str
    explanation: str


def idea_frame(session: Session, *, survey: tables.Survey) -> tables.CodeFrame | None:
    """The survey's frame of ideas; None as long as nobody has begun to group its answers."""
    return next(iter(frames_of(session, survey_id=survey.id, kind="ideas")), None)


def ideas(session: Session, *, frame: tables.CodeFrame) -> tuple[Idea, ...]:
    """The ideas in their order, each with how many people raised it in comments that may be used."""
    people = _people(session, frame)
    return tuple(
        Idea(code, people.get(code.id, 0) if people.get(code.id, 0) >= FEWEST_PEOPLE else None)
        for code in live_codes(session, frame_id=frame.id)
    )


def with_ideas(
    session: Session, questionnaire: Questionnaire, *, frame: tables.CodeFrame, forward: Sequence[Forward]
) -> Questionnaire:
    """The questionnaire with these ideas as its themes, in this order: their names are the official titles.

    Raises IdeasRefused for none, more than 12, one twice, or one without words.
    """
    if not forward:
        raise IdeasRefused("Choose at least one idea to go forward.")
    if len(forward) > MOST_FORWARD:
        raise IdeasRefused(f"At most {MOST_FORWARD} ideas can go forward. People cannot compare more.")
    if len({one.code.id for one in forward}) < len(forward):
        raise IdeasRefused("An idea can go forward only once.")
    for one in forward:
        if not one_line(one.plain_title) or not one.explanation.strip():
            raise IdeasRefused(f"Write a plain title and an explanation for “{one.code.name}”.")
    titled = with_themes(questionnaire, [(one.code.name, one.explanation) for one in forward], keep_existing=False)
    language, told = questionnaire.language, _told(session, frame)
    themes = tuple(
        replace(
            theme,
            plain_title=with_words(None, one_line(one.plain_title), language),
            origin=Text(((language, told.origin(one.code.id)),)),
            origin_idea=f"{told.slug}/{frame.id}/{one.code.key}",
        )
        for theme, one in zip(titled.themes, forward, strict=True)
    )
    return replace(titled, themes=themes)


@dataclass(frozen=True, slots=True)
class _Told:
    """What origins say: people by the code's id, none of them told below ``smallest``."""

    slug: str
    title: str
    when: datetime.date
    people: dict[int, int]
    smallest: int

    def origin(self, code_id: int) -> str:
        people = self.people.get(code_id, 0)
        count = f"{people:,} people" if people >= self.smallest else f"fewer than {self.smallest} people"
        return f"Suggested by {count} in “{self.title}”, {calendar.month_name[self.when.month]} {self.when.year}"


def _told(session: Session, frame: tables.CodeFrame) -> _Told:
    survey = session.get_one(tables.Survey, frame.survey_id)
    questionnaire = load_version(session, current_version(session, survey=survey).id)
    collector, audience, response = tables.Collector, tables.Audience, tables.Response
    smallest = session.scalar(
        select(func.max(audience.minimum_base))
        .join(collector, collector.audience_id == audience.id)
        .where(collector.survey_id == survey.id)
    )
    last = session.scalar(select(func.max(response.submitted_on)).where(response.survey_id == survey.id))
    return _Told(
        survey.slug,
        questionnaire.title.in_language(questionnaire.language),
        last or frame.made_at.date(),
        _people(session, frame),
        smallest or DEFAULT_MINIMUM_BASE,
    )


def _people(session: Session, frame: tables.CodeFrame) -> dict[int, int]:
    """How many people raised each idea, by the code's id: a person who wrote two comments about it counts once."""
    mention, screened = tables.Mention, tables.ScreenedComment
    rows = session.execute(
        select(mention.code_id, func.count(distinct(screened.response_key)))
        .join(screened, screened.ref == mention.ref)
        .where(mention.frame_id == frame.id, mention.round == 0, usable_comments(survey_id=frame.survey_id))
        .group_by(mention.code_id)
    )
    return {row[0]: row[1] for row in rows}
