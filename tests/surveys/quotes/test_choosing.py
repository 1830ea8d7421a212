"""Quotes are drawn in proportion to the ratings, chosen by one person and approved by another."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy.orm import Session

from surveys.quotes.choosing import QuoteRefused, approve, draw, pass_over, propose, put_back, withdraw
from surveys.quotes.permitted import permitted_quotes
from surveys.quotes.reading import ratings_given, read_survey
from surveys.storage import tables
from tests.coded import CODER, Coded, a_coded_comment, a_coded_survey, many_comments
from tests.factories import NOW

CHOOSER, CHECKER = CODER, "publisher@example.org"
ITEM = "waiting.comment"


@pytest.fixture
def coded(session: Session) -> Coded:
    """A survey with a frame of one code and no comments yet."""
    return a_coded_survey(session)


def drawn(session: Session, coded: Coded) -> tuple[bytes, str, str | None] | None:
    found = draw(session, survey=coded.survey, item_key=ITEM, read=read_survey(session, survey=coded.survey))
    return (found.ref, found.words, found.rating) if found else None


def proposed(session: Session, coded: Coded) -> tables.Quote:
    found = drawn(session, coded)
    assert found
    return propose(session, survey=coded.survey, ref=found[0], words=found[1], by=CHOOSER, at=NOW)


def test_quotes_are_drawn_in_proportion_to_all_the_ratings_given(session: Session, coded: Coded) -> None:
    many_comments(session, coded, {"very": 9, "not": 3})
    assert ratings_given(session, survey=coded.survey, item_key=ITEM) == {
        "not": 3,
        "slightly": 0,
        "quite": 0,
        "very": 9,
    }
    read_from: list[str | None] = []
    for _ in range(4):
        found = drawn(session, coded)
        assert found
        read_from.append(found[2])
        proposed(session, coded)
    assert Counter(read_from) == {"very": 3, "not": 1}
    assert drawn(session, coded) is None, "four quotes are enough"


def test_the_order_of_drawing_is_the_same_every_time_and_nobody_can_pick_another(
    session: Session, coded: Coded
) -> None:
    many_comments(session, coded, {"very": 12})
    first = drawn(session, coded)
    assert first is not None
    assert first == drawn(session, coded)
    other = next(ref for ref in read_survey(session, survey=coded.survey).written if ref != first[0])
    with pytest.raises(QuoteRefused, match="Another comment is drawn"):
        propose(session, survey=coded.survey, ref=other, words="Ring us", by=CHOOSER, at=NOW)


def test_two_people_make_a_quote_and_only_then_it_is_printed(session: Session, coded: Coded) -> None:
    many_comments(session, coded, {"very": 12})
    quote = proposed(session, coded)
    assert permitted_quotes(session, survey=coded.survey)[0] == ()
    with pytest.raises(QuoteRefused, match="somebody else has to approve"):
        approve(session, survey=coded.survey, quote_id=quote.id, by=CHOOSER, at=NOW)
    approve(session, survey=coded.survey, quote_id=quote.id, by=CHECKER, at=NOW)
    (printed,), counts = permitted_quotes(session, survey=coded.survey)
    assert (printed.item_key, printed.words, printed.audience_id) == (ITEM, quote.words, "patients")
    assert (counts.comments, dict(counts.consent), counts.approved, counts.printed) == (12, {"yes": 12}, 1, 1)


@pytest.mark.parametrize("wrong", ["edited", "a date"])
def test_words_that_no_gate_lets_through_are_refused_with_the_reason(
    session: Session, coded: Coded, wrong: str
) -> None:
    many_comments(session, coded, {"very": 12})
    found = drawn(session, coded)
    assert found
    words, says = ("Ring nobody", "not what the comment says") if wrong == "edited" else (found[1], "")
    if wrong == "a date":
        comment = session.get_one(tables.ScreenedComment, found[0])
        comment.words += " It was 3 March."
        session.flush()
        words, says = comment.words, "one person's own story"
    with pytest.raises(QuoteRefused, match=says):
        propose(session, survey=coded.survey, ref=found[0], words=words, by=CHOOSER, at=NOW)


def test_comments_nobody_may_quote_are_never_drawn(session: Session, coded: Coded) -> None:
    many_comments(session, coded, {"very": 6}, may_quote="no")
    many_comments(session, coded, {"quite": 6}, read=False)
    escalated = a_coded_comment(session, coded, "Ring us with results.")
    session.get_one(tables.CommentState, escalated.ref).state = "escalated"
    a_coded_comment(session, coded, "I want to kill myself. Ring us.")
    a_coded_comment(session, coded, "Not coded.", sentiment=None)
    session.flush()
    assert drawn(session, coded) is None


def test_what_fewer_than_five_people_said_is_not_drawn(session: Session, coded: Coded) -> None:
    many_comments(session, coded, {"very": 4})
    many_comments(session, coded, {"very": 8}, sentiment=None)
    assert drawn(session, coded) is None
    a_coded_comment(session, coded, "Ring us with results.")
    assert drawn(session, coded) is not None


def test_an_audience_of_few_people_is_not_quoted(session: Session, coded: Coded) -> None:
    many_comments(session, coded, {"very": 9})
    assert drawn(session, coded) is None
    many_comments(session, coded, {"very": 1})
    assert drawn(session, coded) is not None


def test_a_quote_whose_comment_was_redacted_or_passed_on_since_is_not_printed(session: Session, coded: Coded) -> None:
    many_comments(session, coded, {"very": 12})
    quotes = [proposed(session, coded) for _ in range(3)]
    for quote in quotes:
        approve(session, survey=coded.survey, quote_id=quote.id, by=CHECKER, at=NOW)
    session.get_one(tables.ScreenedComment, quotes[0].ref).words = "Ring us with […]"
    session.get_one(tables.CommentState, quotes[1].ref).state = "escalated"
    session.flush()
    printed, counts = permitted_quotes(session, survey=coded.survey)
    assert [one.words for one in printed] == [quotes[2].words]
    assert (counts.approved, counts.printed) == (3, 1)


def test_quotes_are_not_all_praise_where_others_were_critical(session: Session, coded: Coded) -> None:
    many_comments(session, coded, {"very": 8}, sentiment="positive")
    many_comments(session, coded, {"quite": 4}, sentiment="negative")
    for _ in range(2):
        quote = proposed(session, coded)
        approve(session, survey=coded.survey, quote_id=quote.id, by=CHECKER, at=NOW)
    read = read_survey(session, survey=coded.survey)
    assert sorted(read.is_praise(one.ref) for one in read.quotes) == [False, True]
    critical = next(one for one in read.quotes if not read.is_praise(one.ref))
    assert len(permitted_quotes(session, survey=coded.survey)[0]) == 2
    withdraw(session, survey=coded.survey, quote_id=critical.id, reason="unclear", by=CHECKER, at=NOW)
    assert permitted_quotes(session, survey=coded.survey)[0] == (), "praise alone is not printed"


def test_a_comment_that_is_passed_over_counts_with_its_reason_and_can_be_put_back(
    session: Session, coded: Coded
) -> None:
    many_comments(session, coded, {"very": 12})
    found = drawn(session, coded)
    assert found
    with pytest.raises(QuoteRefused, match="Choose why"):
        pass_over(session, survey=coded.survey, ref=found[0], reason="", by=CHOOSER, at=NOW)
    passed = pass_over(session, survey=coded.survey, ref=found[0], reason="too long", by=CHOOSER, at=NOW)
    assert drawn(session, coded) != found
    assert dict(permitted_quotes(session, survey=coded.survey)[1].left_out) == {"too long": 1}
    put_back(session, survey=coded.survey, quote_id=passed.id, by=CHOOSER, at=NOW)
    assert drawn(session, coded) == found


def test_a_quote_put_back_after_its_withdrawal_has_to_be_approved_again(session: Session, coded: Coded) -> None:
    many_comments(session, coded, {"very": 12})
    quote = proposed(session, coded)
    approve(session, survey=coded.survey, quote_id=quote.id, by=CHECKER, at=NOW)
    withdraw(session, survey=coded.survey, quote_id=quote.id, reason="unkind", by=CHECKER, at=NOW)
    put_back(session, survey=coded.survey, quote_id=quote.id, by=CHECKER, at=NOW)
    assert permitted_quotes(session, survey=coded.survey)[0] == ()
    with pytest.raises(QuoteRefused, match="somebody else"):
        approve(session, survey=coded.survey, quote_id=quote.id, by=CHECKER, at=NOW)


def test_a_quote_of_another_survey_is_not_there(session: Session, coded: Coded) -> None:
    with pytest.raises(LookupError):
        approve(session, survey=coded.survey, quote_id=1, by=CHECKER, at=NOW)
