"""The comments of a survey in the words that everybody may see, whether or not they were screened yet."""

from __future__ import annotations

from sqlalchemy import Text, and_, bindparam, cast, or_, select
from sqlalchemy.orm import Session

from surveys.comments.screening import own_details
from surveys.comments.showing import WITHHELD, shown_words
from surveys.masking import find_masks
from surveys.storage import tables


class WordsForAll:
    """Comments of one survey as files and lists of single answers give them.

    Masked and redacted as screening and people left them; masked on the spot where screening has not come by yet;
    ``WITHHELD`` instead of words that were escalated.
    """

    def __init__(self, session: Session, *, survey: tables.Survey) -> None:
        self._connection = session.connection()
        self._own = own_details(session, organisation_id=survey.organisation_id)
        comment, screened, passage, state = (
            tables.Comment,
            tables.ScreenedComment,
            tables.CommentPassage,
            tables.CommentState,
        )
        named = select(screened.response_key, screened.item_key)
        # Without a mask or passage, words are the text itself. Reading those that differ in one sweep and the rest
        # from their own table takes half the time of looking up each, as screened comments lie in no useful order;
        # the sum keeps SQLite from sweeping by an index, which would be looking up each.
        moderated = select(passage.ref).where(passage.survey_id == survey.id)
        altered = named.add_columns(screened.words).where(
            screened.survey_id + 0 == survey.id,
            or_(cast(screened.masks, Text) != "[]", screened.ref.in_(moderated)),
        )
        escalated = named.join(state, state.ref == screened.ref).where(
            state.survey_id == survey.id, state.state == "escalated"
        )
        self._instead = {(key, item_key): words for key, item_key, words in self._connection.execute(altered)}
        for key, item_key in self._connection.execute(escalated):
            self._instead[key, item_key] = WITHHELD
        same = and_(
            screened.survey_id == comment.survey_id,
            screened.response_key == comment.response_key,
            screened.item_key == comment.item_key,
        )
        self._said = (
            select(comment.response_key, comment.item_key, comment.text, screened.item_key.is_not(None))
            .outerjoin(screened, same)
            .where(
                comment.survey_id == survey.id,
                comment.response_key >= bindparam("first"),
                comment.response_key <= bindparam("last"),
            )
        )

    def between(self, first: bytes, last: bytes) -> list[tuple[bytes, str, str]]:
        """(response's key, item's key, words) of the responses with keys from ``first`` to ``last``."""
        found = self._connection.execute(self._said, {"first": first, "last": last}).all()
        return [
            (key, item_key, self._instead.get((key, item_key)) or self._unaltered(text, is_screened=is_screened))
            for key, item_key, text, is_screened in found
        ]

    def _unaltered(self, text: str, *, is_screened: bool) -> str:
        return text if is_screened else shown_words(text, find_masks(text, self._own))
