"""Storing what people send: whole or not at all, once, and without a trace of who or when."""

import datetime
import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.answers import Value, answers_from_document, decode
from surveys.collecting import (
    Collected,
    add_equality_answers,
    collect,
    remove_equality_answers,
    remove_response,
    sent_before,
)
from surveys.collectors import ResolvedCollector, current_version, resolve_code
from surveys.publishing import load_layout
from surveys.storage import tables
from tests.factories import TODAY, a_collector, a_questionnaire, a_response, a_survey, some_answers, words

RECEIPT = bytes(range(32))
STORED = (tables.Response, tables.ResponseDocument, tables.Comment, tables.Receipt, tables.EqualityAnswer)


def resolved(session: Session) -> ResolvedCollector:
    collector = resolve_code(session, a_collector(session).code)
    assert collector is not None
    return collector


def counts(session: Session) -> dict[str, int]:
    return {table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0 for table in STORED}


def test_a_response_is_a_vector_a_document_and_comments(session: Session) -> None:
    collector = a_collector(session)
    collected = a_response(session, collector)
    response = session.scalars(select(tables.Response)).one()
    document = session.scalars(select(tables.ResponseDocument)).one()
    comment = session.scalars(select(tables.Comment)).one()
    answers = some_answers()
    closed = {key: value for key, value in answers.items() if not key.endswith("comment") and key != "missing"}
    assert decode(load_layout(session, response.version_id), response.codes) == closed
    assert answers_from_document(a_questionnaire(), json.loads(document.answers)["answers"]) == closed
    assert (comment.item_key, comment.text, comment.may_quote) == ("waiting.comment", "Shorter waits, please.", True)
    assert response.key == document.key == comment.response_key == collected.response_key
    assert len(response.key) == 16
    assert (response.submitted_on, response.collector_id, response.mode) == (TODAY, collector.id, "web")


def test_what_was_not_shown_is_told_apart_from_what_was_skipped(session: Session) -> None:
    collector = a_collector(session)
    a_response(session, collector, {"most_important": None})
    response = session.scalars(select(tables.Response)).one()
    assert decode(load_layout(session, response.version_id), response.codes) == {"most_important": None}


@pytest.mark.parametrize(("answer", "may_quote"), [("yes", True), ("no", False), (None, None)])
def test_a_comment_carries_its_senders_permission(session: Session, answer: str | None, may_quote: bool | None) -> None:
    a_response(session, a_collector(session), some_answers(quote=answer))
    assert session.scalars(select(tables.Comment.may_quote)).one() is may_quote


def test_the_order_in_which_themes_were_shown_is_kept(session: Session) -> None:
    collector = a_collector(session)
    version = current_version(session, collector)
    order = {"theme_order": ("staff", "waiting", "digital"), "receipt_key": None, "at": TODAY}
    given = {"version_id": version.id, "collector": collector, "answers": {}, "language": "en", "mode": "web"}
    collect(session, **given, **order)  # type: ignore[arg-type]
    stored = json.loads(session.scalars(select(tables.ResponseDocument.answers)).one())
    assert stored["theme_order"] == [2, 0, 1]
    with pytest.raises(ValueError, match="each theme"):
        collect(session, **given, **{**order, "theme_order": ("staff",)})  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [("nonsense",), "not_sure"], ids=["no option", "not offered beside the options"])
def test_an_answer_that_the_version_cannot_hold_stores_nothing(database: Database, value: Value) -> None:
    with database.writing() as session:
        collector = resolved(session)
    with pytest.raises(ValueError, match="most_important"), database.writing() as session:
        a_response(session, collector, some_answers(most_important=value), receipt_key=RECEIPT)
    with database.reading() as session:
        assert set(counts(session).values()) == {0}


def test_a_version_of_another_survey_is_refused(session: Session) -> None:
    collector = a_collector(session)
    other = current_version(session, a_collector(session, a_survey(session, a_questionnaire(slug="another"))))
    with pytest.raises(ValueError, match="another survey"):
        collect(
            session,
            version_id=other.id,
            collector=collector,
            answers={},
            language="en",
            mode="web",
            receipt_key=None,
            at=TODAY,
        )


def test_the_same_form_sent_again_stores_nothing_and_says_which_it_was(session: Session) -> None:
    collector = a_collector(session)

    def sending(**changes: str | None) -> Collected:
        answers = some_answers(**changes)
        return a_response(session, collector, answers, receipt_key=RECEIPT, equality_expected=True)

    first = sending()
    stored = counts(session)
    again, different = sending(), sending(waiting__comment="Something else.")
    assert (first.repeated, again.repeated, different.repeated) == ("no", "equal", "different")
    assert again.equality_key == first.equality_key is not None
    assert again.response_key is different.response_key is different.equality_key is None
    assert counts(session) == stored
    assert a_response(session, collector, receipt_key=RECEIPT[::-1]).repeated == "no"


def test_nothing_stored_leads_from_a_receipt_to_its_response(session: Session) -> None:
    first = a_response(session, a_collector(session), receipt_key=RECEIPT, equality_expected=True)
    receipt = session.scalars(select(tables.Receipt)).one()
    assert RECEIPT not in (receipt.key_hash, receipt.answers_digest)
    assert first.equality_key is not None
    assert first.equality_key not in receipt.key_hash + receipt.answers_digest
    assert set(tables.Receipt.__table__.columns.keys()) == {"key_hash", "answers_digest", "kept_on"}


def test_five_equal_forms_at_the_same_moment_are_one_response(database: Database) -> None:
    with database.writing() as session:
        collector = resolved(session)
    together = threading.Barrier(5)

    def sending(_: int) -> str:
        together.wait()
        return database.run_writing(lambda session: a_response(session, collector, receipt_key=RECEIPT)).repeated

    with ThreadPoolExecutor(5) as people:
        outcomes = Counter(people.map(sending, range(5)))
    assert outcomes == {"no": 1, "equal": 4}
    with database.reading() as session:
        assert counts(session)["response"] == counts(session)["response_document"] == 1


def test_two_hundred_people_at_the_same_moment_are_all_stored(database: Database) -> None:
    with database.writing() as session:
        collector = resolved(session)
    together = threading.Barrier(200)

    def sending(person: int) -> str:
        together.wait()
        answers = some_answers(visits=person % 100)
        return database.run_writing(
            lambda session: a_response(session, collector, answers, receipt_key=person.to_bytes(32, "big"))
        ).repeated

    with ThreadPoolExecutor(200) as people:
        outcomes = Counter(people.map(sending, range(200)))
    assert outcomes == {"no": 200}
    with database.reading() as session:
        assert counts(session) == {
            "response": 200,
            "response_document": 200,
            "comment": 200,
            "receipt": 200,
            "equality_answer": 0,
        }


@settings(max_examples=30, deadline=None)
@given(choices=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=12))
def test_however_forms_are_repeated_each_is_stored_once_with_its_first_answers(
    empty_sqlite_database: Database, choices: list[tuple[int, int]]
) -> None:
    database = empty_sqlite_database
    first: dict[int, int] = {}
    with Session(database.writing_engine) as session:
        collector = a_collector(session)
        for form, visits in choices:
            collected = a_response(
                session, collector, some_answers(visits=visits), receipt_key=form.to_bytes(32, "big")
            )
            expected = "no" if form not in first else "equal" if first[form] == visits else "different"
            assert collected.repeated == expected
            first.setdefault(form, visits)
        layout = load_layout(session, current_version(session, collector).id)
        stored = [decode(layout, codes)["visits"] for codes in session.scalars(select(tables.Response.codes))]
    assert sorted(stored, key=str) == sorted(first.values(), key=str)


def test_equality_answers_stand_alone_and_go_alone(session: Session) -> None:
    collector = a_collector(session)
    sent = a_response(session, collector, receipt_key=RECEIPT, equality_expected=True)
    assert sent.equality_key is not None
    asked = {"collector": collector, "equality_key": sent.equality_key, "bank_version": "1", "at": TODAY}
    add_equality_answers(session, answers={"age": "25-34", "sex": None}, **asked)
    add_equality_answers(session, answers={"sex": "female"}, **asked)
    row = session.scalars(select(tables.EqualityAnswer)).one()
    assert json.loads(row.answers) == {"age": "25-34", "sex": "female"}
    assert row.key == session.scalars(select(tables.Response.equality_key)).one()
    before = counts(session)
    assert remove_equality_answers(session, survey=collector.survey) == 1
    assert counts(session) == {**before, "equality_answer": 0}


def test_equality_answers_pressed_twice_at_the_same_moment_are_one_row(database: Database) -> None:
    with database.writing() as session:
        collector = resolved(session)
    together = threading.Barrier(6)

    def answering(page: int) -> None:
        together.wait()
        with database.writing() as session:
            add_equality_answers(
                session,
                collector=collector,
                equality_key=bytes(16),
                bank_version="1",
                answers={f"page{page}": "yes"},
                at=TODAY,
            )

    with ThreadPoolExecutor(6) as presses:
        list(presses.map(answering, range(6)))
    with database.reading() as session:
        row = session.scalars(select(tables.EqualityAnswer)).one()
    assert json.loads(row.answers) == {f"page{page}": "yes" for page in range(6)}


def test_a_form_that_was_sent_is_known_without_its_answers(session: Session) -> None:
    assert sent_before(session, receipt_key=RECEIPT) is None
    first = a_response(session, a_collector(session), receipt_key=RECEIPT, equality_expected=True)
    again = sent_before(session, receipt_key=RECEIPT, equality_expected=True)
    assert again == Collected(None, first.equality_key, "equal")
    assert sent_before(session, receipt_key=RECEIPT[::-1]) is None


def test_without_equality_questions_there_is_no_key(session: Session) -> None:
    assert a_response(session, a_collector(session)).equality_key is None
    assert session.scalars(select(tables.Response.equality_key)).one() is None


def test_removing_a_response_leaves_nothing_of_it_and_all_of_the_others(session: Session) -> None:
    collector = a_collector(session)
    spam = a_response(session, collector, receipt_key=RECEIPT, equality_expected=True)
    assert spam.equality_key is not None
    add_equality_answers(
        session,
        collector=collector,
        equality_key=spam.equality_key,
        bank_version="1",
        answers={"age": "25-34"},
        at=TODAY,
    )
    kept = a_response(session, collector)
    assert spam.response_key is not None
    assert remove_response(session, survey=collector.survey, key=spam.response_key)
    assert not remove_response(session, survey=collector.survey, key=spam.response_key)
    assert session.scalars(select(tables.Response.key)).all() == [kept.response_key]
    assert session.scalars(select(tables.ResponseDocument.key)).all() == [kept.response_key]
    assert session.scalars(select(tables.Comment.response_key)).all() == [kept.response_key]
    assert counts(session)["equality_answer"] == 0


def test_answers_to_a_version_stay_with_it_after_the_next_is_published(session: Session) -> None:
    collector = a_collector(session)
    begun_on = current_version(session, collector)
    a_survey(session, a_questionnaire(title=words("Newer")))
    collect(
        session,
        version_id=begun_on.id,
        collector=collector,
        answers=some_answers(),
        language="en",
        mode="web",
        receipt_key=None,
        at=TODAY + datetime.timedelta(days=1),
    )
    assert session.scalars(select(tables.Response.version_id)).one() == begun_on.id
    assert current_version(session, collector).id != begun_on.id
