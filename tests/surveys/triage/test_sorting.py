"""Where comments stand in the queue, and why."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.triage import LEVELS, Reason, sort_comment


def reasons(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(one.topic, one.phrase) for one in sort_comment(text, language).reasons]


def test_the_reason_is_the_rules_own_words() -> None:
    assert reasons("I could KILL my-self!") == []
    assert reasons("I will kill myself.") == [("self-harm", "kill myself")]
    assert reasons("She was ABUSED") == [("abuse", "abus…")]
    assert reasons("They told the new nurses not to report it") == [("speaking-up", "told … not to report")]


@pytest.mark.parametrize(
    "text",
    [
        "I have never felt unsafe here",
        "There was no abuse",
        "I am not suicidal",
        "I’ve never been bullied or abused",
        "no sign of any neglect",
        "Nobody has ever hit me",
        "We are free from violence",
    ],
)
def test_what_is_denied_does_not_count(text: str) -> None:
    assert sort_comment(text, "en").level == "rest"


@pytest.mark.parametrize(
    "text",
    [
        "No, she abused me",
        "It was not only neglect",
        "Nobody stopped the abuse",
        "I was not kind. He hit me",
        "I do not report the abuse",
        "no help with my suicidal thoughts",
        "I won't kill myself",
        "I was not fed",
    ],
)
def test_what_only_looks_denied_counts(text: str) -> None:
    assert sort_comment(text, "en").level == "harm"


def test_the_most_urgent_reason_decides() -> None:
    assert sort_comment("I want to complain", "en").level == "complaint"
    assert sort_comment("I want to complain", "en", masked_kinds=["name", "name"]).level == "identifying"
    both = sort_comment("I want to complain that he hit me", "en", masked_kinds={"phone"})
    assert both.level == "harm"
    assert [one.topic for one in both.reasons] == ["violence", "complaint", "details"]
    assert list(LEVELS) == ["harm", "unsorted", "identifying", "complaint", "rest"]


def test_what_no_complete_rules_cover_never_counts_as_the_rest() -> None:
    for text, language in (("Waxaan rabaa", "so"), ("Bardzo dobrze", "pl"), ("Краще лікування", "en"), ("很好", "en")):
        found = sort_comment(text, language)
        assert found.level == "unsorted"
        assert found.reasons == (Reason("language", language),)
    assert sort_comment("Better signs", "en-GB").level == "rest"
    assert sort_comment("Café à côté, déjà vu", "en").level == "rest"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("أريد أن أموت", "self-harm"),
        ("فكرت بالانتحار", "self-harm"),
        ("Chcę umrzeć", "self-harm"),
        ("chce umrzec", "self-harm"),
        ("Dwi eisiau marw", "self-harm"),
        ("میں خودکشی کے بارے میں سوچتا ہوں", "self-harm"),
        ("ਮੈਂ ਖੁਦਕੁਸ਼ੀ ਬਾਰੇ ਸੋਚਦਾ ਹਾਂ", "self-harm"),
        ("Nie było przemocy, ale mnie uderzył", "violence"),
    ],
)
def test_people_write_in_other_languages_than_the_page(text: str, topic: str) -> None:
    found = sort_comment(text, "en")
    assert found.level == "harm"
    assert topic in {one.topic for one in found.reasons}


def test_a_denial_counts_in_its_own_language() -> None:
    assert reasons("Nie było żadnej przemocy", "pl") == [("language", "pl")]
    assert reasons("لم أتعرض لأي إساءة", "ar") == [("language", "ar")]


@given(st.text(max_size=300), st.sampled_from(["en", "ar", "so", ""]))
def test_any_text_is_sorted_and_its_level_follows_from_its_reasons(text: str, language: str) -> None:
    found = sort_comment(text, language)
    assert found.level in LEVELS
    assert (found.level == "rest") == (not found.reasons)


@pytest.mark.parametrize(
    "hostile",
    [
        "not ",
        "kill ",
        "left ",
        "told not ",
        "never been ",
        "no abuse or ",
        "a",
        "'",
        ". ",
        "\ufdfa",
        "ਿ",
        "ال",
        "not left ",
    ],
)
def test_a_hostile_text_takes_no_longer_than_its_length(hostile: str) -> None:
    text = (hostile * 60_000)[:60_000]
    began = time.process_time()
    sort_comment(text, "en")
    assert time.process_time() - began < 2.0
