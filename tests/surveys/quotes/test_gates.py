"""Each gate holds back exactly what it is for."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.quotes.details import details_in
from surveys.quotes.excerpts import excerpt_fault
from surveys.quotes.gates import Facts, gates, may_be_drawn

FINE = Facts(
    may_quote=True,
    words="Ring people with the result.",
    shown="I waited. Ring people with the result. Thank you.",
    approved=True,
    chosen_by="one@example.org",
    checked_by="two@example.org",
    is_read=True,
    is_escalated=False,
    possible_harm=False,
    audience_people=40,
    minimum_base=10,
    audience_writers=12,
    people_with_point=9,
    praise_alone=False,
)


def held_back_by(**changes: object) -> list[str]:
    return [gate.name for gate in gates(dataclasses.replace(FINE, **changes)) if not gate.passed]


def test_there_are_eight_gates_and_a_good_quote_passes_them_all() -> None:
    assert len(gates(FINE)) == 8
    assert held_back_by() == []


@pytest.mark.parametrize(
    ("gate", "changes"),
    [
        ("consent", {"may_quote": False}),
        ("consent", {"may_quote": None}),
        ("checked", {"approved": False}),
        ("checked", {"checked_by": None}),
        ("checked", {"checked_by": "ONE@example.org"}),
        ("base", {"audience_people": 9}),
        ("base", {"audience_writers": 4}),
        ("unedited", {"words": "Ring everybody with the result."}),
        ("unedited", {"shown": "The comment was redacted since: […]"}),
        ("balance", {"praise_alone": True}),
        ("safeguarding", {"is_escalated": True}),
        ("safeguarding", {"possible_harm": True}),
        ("safeguarding", {"is_read": False}),
        ("rarity", {"people_with_point": 4}),
        ("rarity", {"people_with_point": None}),
    ],
)
def test_a_gate_holds_a_quote_back_alone(gate: str, changes: dict[str, object]) -> None:
    assert held_back_by(**changes) == [gate]


@pytest.mark.parametrize(
    "words",
    [
        "On 3 March they called.",
        "My scan on 14/02/2026 was late.",
        "Since 2019 nobody listens.",
        "I am 91 and nobody listens.",
        "My mesothelioma was found late.",
        "As a ward manager I see it.",
    ],
)
def test_what_only_one_person_can_have_written_is_held_back(words: str) -> None:
    assert held_back_by(words=words, shown=words) == ["rarity"]


def test_words_that_describe_the_writer_twice_are_held_back() -> None:
    words = "As a deaf Somali woman I was not heard."
    assert held_back_by(words=words, shown=words) == ["label"]


@pytest.mark.parametrize(
    "words",
    [
        "I waited seven weeks, was 6 weeks late, and rang 3 times.",
        "She was 10 minutes late.",
        "The gist is: be kinder.",
        "We may march in protest.",
        "The deaf are not heard.",
    ],
)
def test_ordinary_words_are_not_taken_for_a_story_of_one(words: str) -> None:
    assert held_back_by(words=words, shown=words) == []


def test_a_comment_can_be_drawn_although_some_of_its_words_cannot_be_quoted() -> None:
    assert may_be_drawn(dataclasses.replace(FINE, words="", approved=False, shown="On 3 March. Ring people."))
    assert not may_be_drawn(dataclasses.replace(FINE, words="", may_quote=None))


@pytest.mark.parametrize(
    ("words", "shown", "passes"),
    [
        ("too long", "It is too long.", True),
        ("It is […] long.", "It is too long.", True),
        ("It is [...] long.", "It is too long.", True),
        ("  It   is too\nlong. ", "It is too long.", True),
        ("long […] It", "It is too long.", False),
        ("too lo", "It is too long.", False),
        ("s too long", "It is too long.", False),
        ("[…]", "It is too long.", False),
        ("", "It is too long.", False),
        ("told […] late", "I told [name] it was late", True),
        ("told [name] it", "I told [name] it was late", True),
        ("told it", "I told […] it was late", False),
        ("told […] it", "I told […] it was late", True),
        ("انتظرت طويلا", "لقد انتظرت طويلا جدا", True),
    ],
)
def test_a_quote_is_what_the_comment_says_with_gaps_shown(words: str, shown: str, passes: bool) -> None:
    assert (excerpt_fault(words, shown) is None) is passes


@given(st.lists(st.text("abc ", min_size=1, max_size=6), min_size=1, max_size=5), st.text("abc d", max_size=20))
def test_no_word_gets_into_a_quote_that_the_comment_does_not_have(parts: list[str], shown: str) -> None:
    words = " […] ".join(parts)
    if excerpt_fault(words, shown) is None:
        spoken, quoted = shown.split(), [word for word in words.split() if word != "[…]"]
        assert all(word in spoken for word in quoted)
        remaining = iter(spoken)
        assert all(word in remaining for word in quoted)


def test_details_are_looked_for_in_time_that_grows_with_the_text_alone() -> None:
    assert details_in("1/" * 30_000).singular == ("a date",)
