from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from surveys.coding.searched_words import Sought, folded, marked, sought
from surveys.coding.searching import (
    PAGE,
    Search,
    codes_of,
    contains,
    rating_choices,
    search_comments,
)
from surveys.publishing import current_version, load_version
from surveys.storage import tables
from tests.coding import a_frame, code_named, give
from tests.commented import Commented, a_comment, a_commented_survey

WORDS = {
    "glued": "Very helpful.Thank you",
    "either": "Ask the nurse and/or the doctor",
    "time": "Called at 10.30am for an x-ray",
    "accents": "The café of Ward 3 in Łódź",
    "arabic": "انتظرت ساعات طويلة، شكرا",
    "apostrophe": "They don't answer; I can’t ring",
    "number": "I rang 01132 432 799 and got nobody",
    "long": "A long wait in the waiting room",
}


@pytest.fixture
def at(session: Session) -> Commented:
    return a_commented_survey(session)


@pytest.fixture
def names(session: Session, at: Commented) -> dict[bytes, str]:
    return {
        a_comment(session, at, words, language="ar" if name == "arabic" else "en").ref: name
        for name, words in WORDS.items()
    }


def found(session: Session, at: Commented, names: dict[bytes, str], typed: str) -> set[str]:
    result = search_comments(session, survey=at.survey, search=Search(sought(typed)))
    assert result.comments == len(result.hits)
    return {names[hit.comment.ref] for hit in result.hits}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("thank", {"glued"}),
        ("helpful THANK", {"glued"}),
        ("doctor", {"either"}),
        ("ray", {"time"}),
        ("x-ray", {"time"}),
        ("30am", {"time"}),
        ("cafe", {"accents"}),
        ("CAFÉ", {"accents"}),
        ("ward 3", {"accents"}),
        ("lodz", set()),
        ("łódź", {"accents"}),
        ("شكرا", {"arabic"}),
        ("don't", {"apostrophe"}),
        ("can't", {"apostrophe"}),
        ("can’t", {"apostrophe"}),
        ('"long wait"', {"long"}),
        ("“long wait”", {"long"}),
        ('"wait long"', set()),
        ("wait long", {"long"}),
        ("the -nurse", {"accents", "long"}),
        ('the -"long wait" -nurse', {"accents"}),
        ("-the", {"glued", "time", "arabic", "apostrophe", "number"}),
        ("nurse surgeon", set()),
        ("waitin", set()),
        ("432", set()),
        ("phone", {"number"}),
        ("", set(WORDS)),
        ("!!! --- ''", set(WORDS)),
    ],
)
def test_words_are_found_alike_on_both_databases(
    session: Session, at: Commented, names: dict[bytes, str], typed: str, expected: set[str]
) -> None:
    assert found(session, at, names, typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "'; DROP TABLE comment; --",
        '" OR 1=1',
        '"unclosed phrase',
        "NEAR(a b)",
        "words: NOT AND OR *",
        "^long* {wait}",
        "a & | ! <-> :* b",
        "%s %(x)s {0} \\",
        "\x00nul",
        "(" * 150,
        '- -- -"" ""',
        "😀 ١٢٣ ²",
        "x" * 5_000,
    ],
)
def test_whatever_is_typed_is_taken_for_words(
    session: Session, at: Commented, names: dict[bytes, str], typed: str
) -> None:
    search_comments(session, survey=at.survey, search=Search(sought(typed)))
    assert found(session, at, names, "doctor") == {"either"}


@given(st.text(max_size=300))
def test_terms_hold_no_mark_that_a_database_could_take_for_a_command(typed: str) -> None:
    meant = sought(typed)
    for term in (*meant.terms, *meant.without):
        assert not set(term) & set("\"'()*:&|!<>^{}\\%;-+\0")
        assert term == " ".join(term.split())


@given(st.text(max_size=200), st.lists(st.text(alphabet="aéb -.x", min_size=1, max_size=6), max_size=3))
def test_marking_changes_no_word(words: str, terms: list[str]) -> None:
    assert len(folded(words)) == len(words)
    assert "".join(piece for piece, _ in marked(words, terms)) == words


def test_what_was_sought_is_marked_and_parts_of_words_are_not() -> None:
    assert marked("A wait, the Waiting; WAIT long", sought('wait "wait long"').terms) == (
        ("A ", False),
        ("wait", True),
        (", the Waiting; ", False),
        ("WAIT long", True),
    )
    assert sought('-a "b c" -"d e" f').terms == ("b c", "f")
    assert sought('-a "b c" -"d e" f').without == ("a", "d e")


def test_only_comments_that_somebody_read_and_did_not_pass_on(session: Session, at: Commented) -> None:
    a_comment(session, at, "Slow and unread", read=False)
    risky, fine = a_comment(session, at, "Slow and risky"), a_comment(session, at, "Slow")
    session.get_one(tables.CommentState, risky.ref).state = "escalated"
    session.flush()
    result = search_comments(session, survey=at.survey, search=Search(sought("slow")))
    assert [hit.comment.ref for hit in result.hits] == [fine.ref]


def test_words_that_were_taken_out_are_found_no_more(session: Session, at: Commented) -> None:
    comment = a_comment(session, at, "Ward Seven was slow")
    comment.words = "[…] was slow"
    session.flush()
    assert search_comments(session, survey=at.survey, search=Search(sought("seven"))).comments == 0
    assert search_comments(session, survey=at.survey, search=Search(sought("slow"))).comments == 1


def test_results_are_narrowed(session: Session, at: Commented) -> None:
    frame = a_frame(session, at)
    first = a_comment(session, at, "Slow", rating="very")
    second = a_comment(session, at, "Slow too", theme="staff", rating="quite")
    third = a_comment(session, at, "بطيء", language="ar", rating=None)
    give(session, frame, first, {"Waiting": "negative", "Staff": "neutral"})
    give(session, frame, second, {"Waiting": "positive"})
    give(session, frame, third, {})
    waiting = code_named(session, frame, "Waiting").id

    def refs(**wanted: object) -> set[bytes]:
        search = Search(**wanted)  # type: ignore[arg-type]  # Each case gives its own fields.
        return {hit.comment.ref for hit in search_comments(session, survey=at.survey, search=search).hits}

    assert refs(theme="staff") == {second.ref}
    assert refs(question="comment") == {first.ref, second.ref, third.ref}
    assert refs(question="missing") == set()
    assert refs(language="ar") == {third.ref}
    assert refs(rating="very") == {first.ref}
    assert refs(rating="quite", theme="waiting") == set()
    assert refs(rating="nonsense") == set()
    assert refs(frame_id=frame.id, code_id=waiting) == {first.ref, second.ref}
    assert refs(frame_id=frame.id, code_id=waiting, sentiment="positive") == {second.ref}
    assert refs(frame_id=frame.id, sentiment="neutral") == {first.ref}
    assert refs(words=sought("too"), rating="quite") == {second.ref}
    assert codes_of(session, frame_id=frame.id, refs=[first.ref, third.ref]) == {
        first.ref: (("Waiting", "negative"), ("Staff", "neutral")),
        third.ref: (),
    }


def test_a_hit_shows_the_theme_and_the_rating_in_words(session: Session, at: Commented) -> None:
    a_comment(session, at, "Slow", rating="not_sure")
    (hit,) = search_comments(session, survey=at.survey, search=Search(sought("slow"))).hits
    assert (hit.comment.theme, hit.comment.rating) == ("Waiting less", "I am not sure")
    questionnaire = load_version(session, current_version(session, survey=at.survey).id)
    assert rating_choices(questionnaire)[0] == ("not", "Not important")


def test_every_comment_is_on_one_page(session: Session, at: Commented) -> None:
    for number in range(PAGE + 2):
        a_comment(session, at, f"Slow {number}")
    pages = [
        search_comments(session, survey=at.survey, search=Search(sought("slow")), page=page) for page in (1, 2, 3, -5)
    ]
    assert [(one.comments, len(one.hits)) for one in pages] == [
        (PAGE + 2, PAGE),
        (PAGE + 2, 2),
        (PAGE + 2, 0),
        (PAGE + 2, PAGE),
    ]
    refs = [hit.comment.ref for one in pages[:2] for hit in one.hits]
    assert refs == sorted(set(refs))


def test_postgresql_answers_from_its_index_of_words(session: Session, at: Commented) -> None:
    if session.get_bind().dialect.name != "postgresql":
        return
    a_comment(session, at, "Slow")
    session.execute(text("SET LOCAL enable_seqscan = off"))
    clause = contains(session, "slow").compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    query = "EXPLAIN SELECT 1 FROM screened_comment WHERE "
    assert "ix_screened_comment_words" in str(session.connection().exec_driver_sql(query + str(clause)).all())


def test_nothing_typed_means_nothing_in_particular() -> None:
    assert sought("") == sought(' - "" ') == Sought()
