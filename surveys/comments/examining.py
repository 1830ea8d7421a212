"""Whether the words that everybody sees of comments are those that masks and people's decisions leave."""

from __future__ import annotations

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from surveys.comments.showing import Passage, shown_words
from surveys.masking import Mask
from surveys.storage import tables


def compare_words(session: Session) -> tuple[int, int]:
    """How many screened comments there are in all surveys, and of how many the stored words are others than they
    should be."""
    comment, screened, passage = tables.Comment, tables.ScreenedComment, tables.CommentPassage
    passages: dict[bytes, list[Passage]] = {}
    in_force = select(passage.ref, passage.action, passage.start, passage.end).where(passage.undone_at.is_(None))
    for ref, action, start, end in session.execute(in_force):
        passages.setdefault(ref, []).append(Passage("redact" if action == "redact" else "show", start, end))
    same = and_(
        comment.survey_id == screened.survey_id,
        comment.response_key == screened.response_key,
        comment.item_key == screened.item_key,
    )
    query = select(screened.ref, screened.words, screened.masks, comment.text).join(comment, same)
    looked_at = wrong = 0
    for ref, words, masks, text in session.execute(query.execution_options(yield_per=1000)):
        looked_at += 1
        wrong += words != shown_words(text, [Mask(*one) for one in masks], passages.get(ref, ()))
    return looked_at, wrong
