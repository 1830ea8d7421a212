"""Quotes on their way into a report: those that pass every gate now, from audiences of which enough people are shown.

The gates of words stand in ``surveys.quotes``; here the base is checked once more, against what the report shows.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from reports.disclosing import Reason, figure
from reports.tabulation import CommentTable, Figure, Group, QuotedWords, Quotes, QuoteTranslation, Raw, Shown
from surveys.questionnaire import Questionnaire
from surveys.quotes.gates import FEWEST_WRITERS
from surveys.quotes.permitted import permitted_quotes
from surveys.storage import tables


def read_quotes(session: Session, *, survey: tables.Survey, questionnaire: Questionnaire) -> Quotes[Raw] | None:
    """The quotes that pass every gate at this moment, with counts; None where nobody has begun to choose any."""
    if not session.scalar(select(exists().where(tables.Quote.survey_id == survey.id))):
        return None
    permitted, counts = permitted_quotes(session, survey=survey)
    items = {item.key: item for item in questionnaire.items}
    quoted = tuple(
        QuotedWords(
            one.item_key,
            theme.id if (theme := items[one.item_key].theme) else None,
            one.words,
            one.language,
            one.audience_id,
            {
                language: QuoteTranslation(translated.words, translated.translated_by)
                for language, translated in one.translations.items()
            },
        )
        for one in permitted
        if one.item_key in items
    )
    return Quotes(
        quoted,
        counts.comments,
        counts.consent.get("yes", 0),
        counts.masked,
        counts.chosen,
        counts.approved,
        dict(counts.left_out),
    )


def disclosed_quotes(
    quotes: Quotes[Raw] | None, audiences: Sequence[Group[Figure]], *, minimum_cell: int
) -> Quotes[Figure] | None:
    """The same, as far as it may be shown beside these figures of the audiences.

    A quote stays only where its audience's people are shown and at least ``FEWEST_WRITERS`` of them are shown to have
    commented on its question. A count of comments is hidden where it, or what it leaves of all comments, is below
    ``minimum_cell`` without being 0.
    """
    if quotes is None:
        return None
    of_audience = {str(group.value): group for group in audiences}
    quoted = tuple(one for one in quotes.quoted if _enough(of_audience.get(one.audience), one.key))

    def few(*counts: Raw) -> Reason:
        return "small cell" if any(0 < count < minimum_cell for count in counts) else None

    return Quotes(
        quoted,
        figure(quotes.comments, few(quotes.comments)),
        figure(quotes.may_quote, few(quotes.may_quote, quotes.comments - quotes.may_quote)),
        figure(quotes.masked, few(quotes.masked, quotes.comments - quotes.masked)),
        quotes.chosen,
        quotes.approved,
        quotes.left_out,
    )


def _enough(group: Group[Figure] | None, key: str) -> bool:
    if group is None or not isinstance(group.responses, Shown):
        return False
    comments = next((one for one in group.questions if isinstance(one, CommentTable) and one.key == key), None)
    return comments is not None and isinstance(comments.commented, Shown) and comments.commented.value >= FEWEST_WRITERS
