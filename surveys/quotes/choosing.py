"""Drawing comments for quoting, choosing words from them, and letting a second person approve."""

from __future__ import annotations

import datetime
from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.quotes.excerpts import tidied
from surveys.quotes.gates import PRAISE_NEEDS_OTHERS, Facts, Gate, gates, may_be_drawn
from surveys.quotes.reading import Read, Written, ratings_given, read_survey
from surveys.quotes.sampling import next_group, shuffled
from surveys.storage import tables

MOST_QUOTES = 4
"""On one question."""
PASSED_OVER = {
    "too long": "It would have to be cut too much",
    "unclear": "It cannot be understood alone",
    "identifies": "It could show who somebody is",
    "off topic": "It is about something else",
    "unkind": "It is unkind about somebody",
}
"""Why a comment that was drawn is not quoted, each with its sentence."""
_NOT_YET = ("checked", "balance")


class QuoteRefused(ValueError):
    """The quote cannot be used; the message says why, and what to do where something can be done."""


def facts_of(read: Read, comment: Written, quote: tables.Quote | None = None, *, words: str | None = None) -> Facts:
    """What the gates look at: for a quote, for words that somebody wants to quote, or for the comment alone."""
    audience = read.audiences[comment.audience_id]
    return Facts(
        may_quote=comment.may_quote,
        words=quote.words if quote and words is None else words or "",
        shown=comment.words,
        approved=quote is not None and quote.state == "approved",
        chosen_by=quote.chosen_by if quote else "",
        checked_by=quote.checked_by if quote else None,
        is_read=comment.state is not None,
        is_escalated=comment.state == "escalated",
        possible_harm=comment.level == "harm",
        audience_people=audience.people,
        minimum_base=audience.minimum_base,
        audience_writers=read.comments_by(comment.item_key, comment.audience_id),
        people_with_point=read.people_with_point(comment),
        praise_alone=_praise_alone(read, comment.item_key),
    )


def gates_of(read: Read, quote: tables.Quote) -> tuple[Gate, ...]:
    """Every gate for a stored quote as things stand now. Words whose comment has changed since no longer pass."""
    return gates(facts_of(read, read.written[quote.ref], quote))


def draw(session: Session, *, survey: tables.Survey, item_key: str, read: Read) -> Written | None:
    """The next comment on this question to quote from: of those that may be quoted, one of the rating that lacks quotes
    most in proportion to how people rated. None where nothing is left to draw, or enough is chosen."""
    chosen = read.quoted(item_key, "proposed", "approved")
    if len(chosen) >= MOST_QUOTES:
        return None
    taken = {one.ref for one in read.quotes if one.item_key == item_key}
    # The same words twice would look like a mistake, whoever wrote them.
    said = {read.written[ref].words.casefold() for ref in taken if ref in read.written}
    open_ = {
        ref: one
        for ref, one in read.written.items()
        if one.item_key == item_key
        and ref not in taken
        and one.words.casefold() not in said
        and may_be_drawn(facts_of(read, one))
    }
    if _praise_alone(read, item_key):
        open_ = {ref: one for ref, one in open_.items() if not read.is_praise(ref)} or open_
    # Whoever did not rate the theme is a group of their own, which comes last.
    given = ratings_given(session, survey=survey, item_key=item_key)
    sizes: dict[str | None, int] = {**dict(given.items()), None: 0}
    have = Counter(read.written[one.ref].rating for one in chosen if one.ref in read.written)
    for group in next_group(sizes, have):
        refs = [ref for ref, one in open_.items() if one.rating == group]
        if refs:
            return open_[shuffled(refs, question=f"{survey.slug} {item_key}")[0]]
    return None


def propose(
    session: Session, *, survey: tables.Survey, ref: bytes, words: str, by: str, at: datetime.datetime
) -> tables.Quote:
    """Propose words of the comment that is drawn. QuoteRefused with every gate that they do not pass."""
    read = read_survey(session, survey=survey)
    comment = _drawn(session, survey, read, ref)
    words = tidied(words)
    faults = _faults(gates(facts_of(read, comment, words=words)), besides=_NOT_YET)
    if faults:
        raise QuoteRefused(" ".join(faults))
    return _kept(session, survey, comment, words=words, state="proposed", reason="", by=by, at=at)


def pass_over(
    session: Session, *, survey: tables.Survey, ref: bytes, reason: str, by: str, at: datetime.datetime
) -> tables.Quote:
    """Leave the comment that is drawn, for a reason of ``PASSED_OVER``; it counts in the report's annex."""
    if reason not in PASSED_OVER:
        raise QuoteRefused("Choose why the comment is not quoted.")
    comment = _drawn(session, survey, read_survey(session, survey=survey), ref)
    return _kept(session, survey, comment, words="", state="passed over", reason=reason, by=by, at=at)


def approve(session: Session, *, survey: tables.Survey, quote_id: int, by: str, at: datetime.datetime) -> tables.Quote:
    """Let a second person's approval stand. QuoteRefused where it is the first person, or a gate is not passed."""
    quote = _quote(session, survey, quote_id)
    if quote.state != "proposed":
        raise QuoteRefused(f"This quote is {quote.state} already. Look at the page again.")
    if quote.chosen_by.casefold() == by.casefold():
        raise QuoteRefused("You chose this quote, so somebody else has to approve it.")
    read = read_survey(session, survey=survey)
    faults = _faults(gates_of(read, quote), besides=_NOT_YET)
    if faults:
        raise QuoteRefused(" ".join(faults))
    quote.state, quote.checked_at, quote.checked_by = "approved", at, by
    session.flush()
    return quote


def withdraw(
    session: Session, *, survey: tables.Survey, quote_id: int, reason: str, by: str, at: datetime.datetime
) -> tables.Quote:
    """Refuse a proposed quote, or take an approved one out of the next report, for a reason of ``PASSED_OVER``."""
    quote = _quote(session, survey, quote_id)
    if reason not in PASSED_OVER:
        raise QuoteRefused("Choose why the quote is not used.")
    if quote.state not in ("proposed", "approved"):
        raise QuoteRefused(f"This quote is {quote.state} already. Look at the page again.")
    quote.state, quote.withdrawn_at, quote.withdrawn_by, quote.reason = "withdrawn", at, by, reason
    session.flush()
    return quote


def put_back(session: Session, *, survey: tables.Survey, quote_id: int, by: str, at: datetime.datetime) -> None:
    """Undo a withdrawal or a passing over: a withdrawn quote is proposed again, a comment can be drawn again."""
    quote = _quote(session, survey, quote_id)
    if quote.state == "passed over":
        session.delete(quote)
    elif quote.state == "withdrawn":
        quote.state, quote.withdrawn_at, quote.withdrawn_by, quote.reason = "proposed", None, None, ""
        quote.checked_at, quote.checked_by, quote.chosen_by, quote.chosen_at = None, None, by, at
    session.flush()


def _praise_alone(read: Read, item_key: str) -> bool:
    """Whether all quotes on the question are praise although enough of the comments are critical."""
    quoted = read.quoted(item_key, "proposed", "approved")
    return (
        bool(quoted)
        and all(read.is_praise(one.ref) for one in quoted)
        and read.critical(item_key) >= PRAISE_NEEDS_OTHERS
    )


def _drawn(session: Session, survey: tables.Survey, read: Read, ref: bytes) -> Written:
    """The comment, if it is the one that is drawn now: nobody picks another one."""
    comment = read.written.get(ref)
    drawn = draw(session, survey=survey, item_key=comment.item_key, read=read) if comment else None
    if comment is None or drawn is None or drawn.ref != ref:
        raise QuoteRefused("Another comment is drawn now, because somebody else was here meanwhile. Look at it first.")
    return comment


def _faults(found: tuple[Gate, ...], *, besides: tuple[str, ...]) -> list[str]:
    return [gate.fault for gate in found if gate.fault is not None and gate.name not in besides]


def _quote(session: Session, survey: tables.Survey, quote_id: int) -> tables.Quote:
    """LookupError where the survey has no such quote."""
    quote = session.scalar(select(tables.Quote).where(tables.Quote.survey_id == survey.id, tables.Quote.id == quote_id))
    if quote is None:
        raise LookupError("there is no such quote")
    return quote


def _kept(
    session: Session,
    survey: tables.Survey,
    comment: Written,
    *,
    words: str,
    state: str,
    reason: str,
    by: str,
    at: datetime.datetime,
) -> tables.Quote:
    quote = tables.Quote(
        ref=comment.ref,
        survey_id=survey.id,
        organisation_id=survey.organisation_id,
        item_key=comment.item_key,
        words=words,
        state=state,
        chosen_at=at,
        chosen_by=by,
        reason=reason,
    )
    session.add(quote)
    session.flush()
    return quote
