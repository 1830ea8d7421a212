"""One comment, opened by somebody who may moderate it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort
from sqlalchemy.orm import Session

from engage.insight.comments.opening import OpenedSurvey, open_survey
from engage.languages import direction
from surveys.comments.moderating import Moderated, open_for_moderation
from surveys.comments.moderation_log import question_titles
from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class OpenedComment:
    """The comment with its survey; ``question`` is what was asked, in the survey's own language."""

    at: OpenedSurvey
    moderated: Moderated
    question: str

    @property
    def ref(self) -> str:
        """What addresses call it."""
        return self.moderated.screened.ref.hex()

    @property
    def words(self) -> str:
        """What everybody sees."""
        return self.moderated.screened.words

    @property
    def language(self) -> str:
        """The language of its words."""
        return self.moderated.comment.language

    @property
    def direction(self) -> str:
        """The direction in which it reads."""
        return direction(self.language)


def open_comment(session: Session, slug: str, ref: str, *, changing: bool = False) -> OpenedComment:
    """The comment that addresses call ``ref``; ends the request with 404 where there is none for this person.

    ``changing``: nobody else changes it until the transaction ends.
    """
    at = open_survey(session, slug)
    try:
        name = bytes.fromhex(ref)
    except ValueError:
        abort(404)
    moderated = open_for_moderation(session, survey=at.survey, ref=name, changing=changing) or abort(404)
    state = session.get(tables.CommentState, name)
    if state is not None and state.state == "escalated" and "sort_comments" not in at.may:
        # An escalated comment is hidden from everybody but those who sort comments.
        abort(404)
    titles = question_titles(session, survey=at.survey)
    return OpenedComment(at, moderated, titles[moderated.screened.item_key])
