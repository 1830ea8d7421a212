"""What is masked and what is not, one behaviour at a time, and what holds of every text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.masking import KINDS, OwnDetails, find_masks, masked
from surveys.masking.numbers import check_digit_is_right
from tests.surveys.masking.corpus import HELD_OUT, WRITTEN_FIRST, Score, comments_of

ORACLE = json.loads((Path(__file__).parents[2] / "oracles" / "15_nhs_number.json").read_text("utf-8"))
OWN = OwnDetails("RX1 999999", ("Jones", "Anna Nowak", "José Núñez"))
HOSTILE = (
    "1234567890", "7", "a@", "a@a.", "a.", "Mr ", "Mr. ", "Dr A", "Dr van der ", " ", "\n", "0-", "07 ", "+1 ", "(0",
    "dot at ", "W1 ", "W6 2nd ", "born on the ", "1/1/50 ", "1 jan ", "http://", "www.", "@", "NHS 1 ", "MRN A1 ",
    "AB12", "my name is ", "Nurses Jane and ", "Anna ", "[name]1", "[", "e\u0301", "\u200b1", "９", "د. أحمد ", "ﷺ",
    "I am 97 ", "Dr Smith 943 476 5919 a@b.com ",
)  # fmt: skip


def hidden(text: str, own: OwnDetails = OwnDetails()) -> str:  # noqa: B008 It is frozen.
    return masked(text, find_masks(text, own))


def test_there_are_at_least_three_hundred_invented_comments_and_a_third_have_nothing_to_hide() -> None:
    comments = comments_of(WRITTEN_FIRST)
    assert len(comments) >= 300
    assert len(comments_of(HELD_OUT)) >= 60
    assert sum(not comment.expected for comment in comments) >= len(comments) / 3
    assert {mask.kind for comment in comments for mask in comment.expected} == set(KINDS)


@pytest.mark.parametrize("kind", ["nhs_number", "phone", "ni_number", "hospital_number", "email", "postcode"])
def test_numbers_addresses_and_postcodes_are_found_and_little_else_is_hidden(
    report: dict[str, Score], kind: str
) -> None:
    assert report[kind].recall >= 0.98, report[kind].missed
    assert report[kind].precision >= 0.95, report[kind].wrong


@pytest.mark.parametrize("kind", ["name", "birth", "age", "link", "vehicle"])
def test_nine_in_ten_names_births_and_links_are_found(measured: dict[str, Score], kind: str) -> None:
    assert measured[kind].recall >= 0.9, measured[kind].missed
    assert measured[kind].precision >= 0.95, measured[kind].wrong


def test_what_the_detectors_were_not_written_for_is_found_too(held_out: dict[str, Score]) -> None:
    numbers = [held_out[kind] for kind in ("nhs_number", "phone", "ni_number", "hospital_number", "email", "postcode")]
    assert sum(score.found for score in numbers) >= 0.98 * sum(score.expected for score in numbers)
    assert sum(score.right for score in numbers) >= 0.95 * sum(score.masks for score in numbers)
    assert held_out["name"].recall >= 0.9, held_out["name"].missed
    assert held_out["name"].precision >= 0.9, held_out["name"].wrong


@pytest.mark.parametrize("case", ORACLE["cases"], ids=lambda case: case["number"])
def test_the_check_digit_agrees_with_other_programs(case: dict[str, object]) -> None:
    assert check_digit_is_right(str(case["number"])) is case["mod11_ok"]


@pytest.mark.parametrize("beginning", ORACLE["prefixes_that_can_never_be_valid"])
def test_some_nine_digits_have_no_check_digit(beginning: str) -> None:
    assert not any(check_digit_is_right(f"{beginning}{last}") for last in range(10))


@pytest.mark.parametrize("case", ORACLE["cases"], ids=lambda case: case["number"])
def test_ten_digits_are_hidden_whatever_their_check_digit_says(case: dict[str, object]) -> None:
    number = str(case["number"])
    if len(number) == 10:
        grouped = f"{number[:3]} {number[3:6]} {number[6:]}"
        assert hidden(f"It says {grouped} here.") == "It says [NHS number] here."
        assert hidden(f"My NHS number is {number}.") == "My NHS number is [NHS number]."


def test_nothing_inside_a_longer_number_is_an_nhs_number() -> None:
    assert find_masks("card 94347659191 and 19434765919123") == ()


def test_what_is_hidden_keeps_no_length() -> None:
    assert hidden("Ring 07700 900123 or a@example.org") == "Ring [phone number] or [email address]"


def test_a_place_in_a_text_with_accents_and_wide_digits_is_a_place_in_the_original() -> None:
    text = "Zoe\u0301 says ９４３\u00a0４７６\u200b５９１９, Dr Jose\u0301 agrees"
    assert hidden(text) == "Zoe\u0301 says [NHS number], Dr [name] agrees"


def test_details_that_overlap_are_hidden_whole_as_the_longest() -> None:
    assert hidden("see https://example.org/07700900123?a=b@example.org now") == "see [link] now"


def test_the_title_stays_and_the_name_goes() -> None:
    assert hidden("Sister O'Brien's ward, and Dr Smith.") == "Sister [name]'s ward, and Dr [name]."


def test_a_surname_that_is_a_month_is_a_name_after_a_title_with_a_capital_letter() -> None:
    assert (
        hidden("Dr May came in May, the dr may come, DR MAY COME")
        == "Dr [name] came in May, the dr may come, DR MAY COME"
    )


def test_bare_first_names_and_nicknames_are_missed_by_design() -> None:
    assert find_masks("Margaret and Big Dave were lovely.") == ()


def test_own_names_are_found_as_whole_words_whatever_their_capitals_and_accents() -> None:
    assert hidden("jones, JONES's and Joneses; anna  nowak; Anna; Jose Nunez", OWN) == (
        "[name], [name]'s and Joneses; [name]; Anna; [name]"
    )


def test_own_hospital_numbers_are_found_by_their_shape() -> None:
    assert hidden("RX1 483920, rx1-483920, RX1483920 but not RX1 4839201 or RX2 483920", OWN) == (
        "[hospital number], [hospital number], [hospital number] but not RX1 4839201 or RX2 483920"
    )


def test_without_own_details_nothing_of_others_is_used() -> None:
    assert find_masks("jones RX1 483920") == ()


DETAILS = st.sampled_from(
    [
        "943 476 5919",
        "07700 900123",
        "a@b.org",
        "SW1A 1AA",
        "Dr Smith",
        "DOB 1/2/1950",
        "I am 97",
        "AB123456C",
        "NHS number",
    ]
)
TEXTS = st.lists(
    st.one_of(
        st.text(max_size=20),
        DETAILS,
        st.sampled_from([*KINDS.values(), *HOSTILE]),
        st.text("0123 -.@AaDr[]", max_size=12),
    ),
    max_size=8,
).map("".join)


@given(TEXTS, st.sampled_from([OwnDetails(), OWN]))
def test_masks_lie_in_their_order_and_masking_again_changes_nothing(text: str, own: OwnDetails) -> None:
    masks = find_masks(text, own)
    ends = [0, *(mask.end for mask in masks)]
    assert all(mask.start < mask.end <= len(text) for mask in masks)
    assert all(mask.start >= end for mask, end in zip(masks, ends, strict=False))
    once = masked(text, masks)
    assert find_masks(once, own) == ()


@given(TEXTS)
def test_the_rest_of_the_text_is_left_as_it_was(text: str) -> None:
    masks, at, rest = find_masks(text), 0, []
    for mask in masks:
        rest.append(text[at : mask.start])
        at = mask.end
    written = masked(text, masks)
    for part in [*rest, text[at:]]:
        assert part in written
        written = written[written.index(part) + len(part) :]


@pytest.mark.parametrize("again", HOSTILE, ids=repr)
def test_time_grows_no_faster_than_the_text(again: str) -> None:
    _seconds(again)
    # Somebody else's work on the machine can disturb a measurement, but not make a slow pattern fast.
    assert any(_times_as_long(again) <= 20 for _ in range(4))


def _times_as_long(again: str) -> float:
    short = _seconds((again * 3_000)[:3_000])
    return _seconds((again * 30_000)[:30_000]) / max(short, 0.002)


def _seconds(text: str) -> float:
    started = time.process_time()
    find_masks(text, OWN)
    return time.process_time() - started
