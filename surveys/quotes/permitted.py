"""The quotes that may be printed now, and what became of all that could have been quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from surveys.collecting import visible_comments
from surveys.comments.translations import Translation, translations_for
from surveys.quotes.choosing import gates_of
from surveys.quotes.excerpts import tidied
from surveys.quotes.reading import Read, read_survey
from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class Permitted:
    """A quote that passes every gate. ``audience_id`` is all that may be said of who wrote it.

    ``translations``: by language, masked, where the whole comment is quoted.
    """

    item_key: str
    words: str
    language: str
    audience_id: str
    translations: Mapping[str, Translation]


@dataclass(frozen=True, slots=True)
class QuoteCounts:
    """How many comments there are and what became of them: counts of comments, none of them checked for disclosure.

    ``consent``: by "yes", "no" and "not asked"; ``masked``: comments in which something is hidden; ``chosen``,
    ``approved``, ``printed``: quotes; ``left_out``: why comments that were drawn, or quotes, are not used.
    """

    comments: int
    consent: Mapping[str, int]
    masked: int
    chosen: int
    approved: int
    printed: int
    left_out: Mapping[str, int]


def permitted_quotes(session: Session, *, survey: tables.Survey) -> tuple[tuple[Permitted, ...], QuoteCounts]:
    """The quotes that pass every gate at this moment, by question in the order in which they were chosen; and counts.

    The gates are tried anew each time: a quote whose comment was redacted, escalated or coded otherwise since is out.
    """
    read = read_survey(session, survey=survey)
    passing = [
        quote
        for quote in read.quotes
        if quote.state == "approved"
        and quote.ref in read.written
        and all(gate.passed for gate in gates_of(read, quote))
    ]
    translations = translations_for(session, refs=[quote.ref for quote in passing])
    printed = tuple(_permitted(read, quote, translations.get(quote.ref, {})) for quote in passing)
    return printed, _counts(session, survey, read, len(printed))


def _permitted(read: Read, quote: tables.Quote, translations: Mapping[str, Translation]) -> Permitted:
    comment = read.written[quote.ref]
    whole = quote.words == tidied(comment.words)
    return Permitted(quote.item_key, quote.words, comment.language, comment.audience_id, translations if whole else {})


def _counts(session: Session, survey: tables.Survey, read: Read, printed: int) -> QuoteCounts:
    screened, comment = tables.ScreenedComment, tables.Comment
    same = (
        (comment.survey_id == screened.survey_id)
        & (comment.response_key == screened.response_key)
        & (comment.item_key == screened.item_key)
    )
    each = (
        select(comment.may_quote, (cast(screened.masks, String) != "[]").label("is_masked"))
        .join(screened, same)
        .where(visible_comments(session, survey_id=survey.id))
        .subquery()
    )
    ways = (each.c.may_quote, each.c.is_masked)
    counted = session.execute(select(*ways, func.count()).group_by(*ways)).all()
    permission = {True: "yes", False: "no", None: "not asked"}
    consent: Counter[str] = Counter()
    for may_quote, _is_masked, comments in counted:
        consent[permission[may_quote]] += comments
    return QuoteCounts(
        comments=consent.total(),
        consent=consent,
        masked=sum(comments for _may_quote, is_masked, comments in counted if is_masked),
        chosen=sum(bool(one.words) for one in read.quotes),
        approved=sum(one.state == "approved" for one in read.quotes),
        printed=printed,
        left_out=Counter(one.reason for one in read.quotes if one.reason),
    )
