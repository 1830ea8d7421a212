"""Quotes on their way into results: only from audiences that are shown, never beside a filter, translations masked."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reports.board_report import board_report_pdf
from reports.printed_quotes import quote_counts, quotes_on, quotes_on_theme
from reports.request import disclosed_results
from reports.results_json import to_json
from reports.results_snapshot import results_from_snapshot, snapshot_of
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Filters, Results, Shown, Suppressed
from surveys.quotes.choosing import approve, draw, propose
from surveys.quotes.reading import read_survey
from surveys.storage import tables
from tests.coded import CODER, Coded, a_coded_comment, a_coded_survey, many_comments
from tests.factories import NOW, a_collector, a_questionnaire, a_response
from tests.reports.pdf_checks import page_texts

CHECKER = "publisher@example.org"
ITEM = "waiting.comment"


def quote_next(session: Session, coded: Coded) -> tables.Quote:
    found = draw(session, survey=coded.survey, item_key=ITEM, read=read_survey(session, survey=coded.survey))
    assert found
    quote = propose(session, survey=coded.survey, ref=found.ref, words=found.words, by=CODER, at=NOW)
    return approve(session, survey=coded.survey, quote_id=quote.id, by=CHECKER, at=NOW)


@pytest.fixture
def quoted(session: Session) -> Coded:
    """A survey with twenty comments, one of which is quoted."""
    coded = a_coded_survey(session)
    many_comments(session, coded, {"very": 14})
    many_comments(session, coded, {"not": 6}, may_quote="no")
    quote_next(session, coded)
    return coded


def results_of(session: Session, **filters: object) -> Results[Figure]:
    return disclosed_results(session, slug="small-survey", filters=Filters(**filters), at=NOW)  # type: ignore[arg-type]


def figures_of(session: Session) -> SurveyFigures:
    return SurveyFigures(results_of(session), a_questionnaire(), "en")


def test_a_quote_reaches_json_and_print_with_the_audience_alone(session: Session, quoted: Coded) -> None:
    words = session.scalars(select(tables.Quote.words)).one()
    document = to_json(results_of(session), a_questionnaire())["quotes"]
    assert document["quoted"] == [
        {
            "question": ITEM,
            "theme": "waiting",
            "audience": "patients",
            "words": words,
            "language": "en",
            "translations": {},
        }
    ]
    assert {name: document[name] for name in ("comments", "may_quote", "chosen", "approved")} == {
        "comments": 20,
        "may_quote": 14,
        "chosen": 1,
        "approved": 1,
    }
    survey = figures_of(session)
    (printed,) = quotes_on(survey, ITEM)
    assert (printed.words, printed.audience, printed.direction) == (words, "Patients", "ltr")
    assert quotes_on_theme(survey, "waiting") == (printed,)
    assert quotes_on_theme(survey, "digital") == ()


def test_quotes_survive_being_stored(session: Session, quoted: Coded) -> None:
    results = results_of(session)
    assert results.quotes
    assert results_from_snapshot(json.loads(json.dumps(snapshot_of(results)))) == results


def test_beside_a_filter_nobody_is_quoted(session: Session, quoted: Coded) -> None:
    for _ in range(12):
        a_response(session, quoted.here.collector, mode="paper")
    assert results_of(session, by="place").quotes is not None
    assert results_of(session, where=(("mode", "web"),)).quotes is None


def test_an_audience_whose_comments_are_not_shown_is_not_quoted(session: Session, quoted: Coded) -> None:
    staff = a_collector(session, quoted.survey, audience="staff", name="Staff room")
    here = replace(quoted, here=replace(quoted.here, collector=staff))
    comments = [a_coded_comment(session, here, f"Staff say {place}: ring people.") for place in range(11)]
    owner = {"survey_id": quoted.survey.id, "organisation_id": quoted.survey.organisation_id}
    session.add(
        tables.Quote(
            ref=comments[0].ref,
            **owner,
            item_key=ITEM,
            words="ring people",
            state="approved",
            chosen_at=NOW,
            chosen_by=CODER,
            checked_at=NOW,
            checked_by=CHECKER,
        )
    )
    session.flush()
    assert audiences_quoted(session) == {"patients", "staff"}
    # Eleven people of staff answered, but only four of them are left with a comment on this question.
    gone = [f"Staff say {place}: ring people." for place in range(4, 11)]
    session.execute(delete(tables.Comment).where(tables.Comment.text.in_(gone)))
    assert audiences_quoted(session) == {"patients"}


def audiences_quoted(session: Session) -> set[str]:
    quotes = results_of(session).quotes
    return {one.audience for one in quotes.quoted} if quotes else set()


def test_counts_of_few_comments_are_hidden_with_what_they_leave(session: Session, quoted: Coded) -> None:
    quotes = results_of(session).quotes
    assert quotes
    assert quotes.may_quote == Shown(14)
    assert quotes.masked == Shown(0)
    for place in range(3):
        a_coded_comment(session, quoted, f"Call me on 0770090012{place}.")
    quotes = results_of(session).quotes
    assert quotes
    assert quotes.masked == Suppressed("small cell")


def test_the_counts_say_what_became_of_quotes(session: Session, quoted: Coded) -> None:
    counts = quote_counts(figures_of(session))
    assert counts
    assert [(heading.text, cells) for heading, cells in counts.rows][-1] == ("Quotes in this report", ("1",))


def test_a_translation_is_masked_like_the_comment(session: Session) -> None:
    coded = a_coded_survey(session)
    many_comments(session, coded, {"very": 12}, language="ar")
    quote = quote_next(session, coded)
    session.add(
        tables.CommentTranslation(
            ref=quote.ref,
            language="en",
            organisation_id=coded.survey.organisation_id,
            words="Ring 943 476 5919 with results.",
            translated_by="A translator",
            made_at=NOW,
            made_by=CODER,
        )
    )
    session.flush()
    (printed,) = quotes_on(figures_of(session), ITEM)
    assert (printed.direction, printed.language) == ("rtl", "ar")
    assert printed.translation == "Translated by A translator: Ring [NHS number] with results."


def test_a_survey_in_which_nobody_chose_quotes_has_none(session: Session) -> None:
    coded = a_coded_survey(session)
    many_comments(session, coded, {"very": 12})
    assert results_of(session).quotes is None
    assert quote_counts(figures_of(session)) is None


def test_a_quote_in_arabic_survives_the_pdf_of_an_english_report(session: Session) -> None:
    coded = a_coded_survey(session)
    for number in range(12):
        a_coded_comment(session, coded, f"أريد أن أعرف موعد النتيجة {number}", rating="very", language="ar")
    words = quote_next(session, coded).words
    pdf = board_report_pdf(results_of(session), a_questionnaire(), language="en")
    printed = " ".join(page_texts(pdf))
    # A reader may give words that run the other way in either order, but each must be whole.
    assert all(word in printed or word[::-1] in printed for word in words.split())
