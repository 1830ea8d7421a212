"""What a text message costs, and the words that invite people."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.message_words import Subject, count_in_words, count_message, email_words, text_message

ABOUT = Subject(
    language="en",
    sender="Leeds Teaching Hospitals",
    title="Tell us what matters most in cancer care",
    purpose="We are writing a plan.",
    minutes=6,
    closes="17 March 2027",
    closes_short="17 March",
    address="https://survey.leedsth.nhs.uk/7C3QX9",
    telephone="call 0113 000 0000 and we fill it in with you.",
    other_ways=("Ask for a paper form.",),
    contact="Write to us.",
)


@pytest.mark.parametrize(
    ("text", "characters", "parts", "left"),
    [
        ("", 0, 1, 160),
        ("a" * 160, 160, 1, 0),
        ("a" * 161, 161, 2, 145),
        ("a" * 306, 306, 2, 0),
        ("a" * 307, 307, 3, 152),
        ("€" * 80, 160, 1, 0),
        ("a" * 152 + "€" + "a" * 20, 174, 2, 131),
        ("ł" * 70, 70, 1, 0),
        ("ł" * 71, 71, 2, 63),
        ("ł" * 134, 134, 2, 0),
        ("🙂" * 35, 70, 1, 0),
        ("🙂" * 36, 72, 2, 61),
        ("مرحبا", 5, 1, 65),
        ("@£$¥èéùìòÇØøÅåΔ_ÆæßÉ¡ÄÖÑÜ§¿äöñüà", 32, 1, 128),
    ],
)
def test_parts_are_counted_as_networks_charge_them(text: str, characters: int, parts: int, left: int) -> None:
    count = count_message(text)
    assert (count.characters, count.parts, count.left) == (characters, parts, left)


@given(st.text(max_size=800))
def test_what_is_left_fits_and_one_more_does_not(text: str) -> None:
    count = count_message(text)
    filler = "a" * count.left
    assert count_message(text + filler).parts == count.parts
    assert count_message(text + filler + "a").parts > count.parts


def test_the_letter_that_makes_a_message_dear_is_named() -> None:
    assert "The letter “ł” makes each message hold 70" in count_in_words("Białystok")
    assert "letter" not in count_in_words("Hello")


def test_a_message_names_sender_time_closing_date_full_address_and_telephone() -> None:
    assert text_message(ABOUT) == (
        "Leeds Teaching Hospitals: Tell us what matters most in cancer care. About 6 minutes, closes 17 March. "
        "https://survey.leedsth.nhs.uk/7C3QX9 Call 0113 000 0000 and we fill it in with you."
    )
    assert count_message(text_message(ABOUT)).costly is None


def test_what_is_not_there_is_not_promised() -> None:
    bare = replace(ABOUT, closes="", closes_short="", telephone="", other_ways=(), minutes=1)
    assert text_message(bare).endswith("About 1 minute. https://survey.leedsth.nhs.uk/7C3QX9")
    assert "Other ways" not in email_words(bare)
    assert "until" not in email_words(bare)


def test_typographic_signs_do_not_make_a_message_dear() -> None:
    assert count_message(text_message(replace(ABOUT, title="What’s “best” – for you…"))).costly is None


def test_an_email_says_first_who_asks_and_that_it_can_be_ignored() -> None:
    words = email_words(ABOUT)
    assert words.startswith("Leeds Teaching Hospitals is asking: Tell us what matters most in cancer care.")
    for wanted in (ABOUT.address, "17 March 2027", "- Ask for a paper form.", "ignore this email", "not who you are"):
        assert wanted in words


def test_an_arabic_message_has_arabic_words_and_another_language_english_ones() -> None:
    assert "يُغلق يوم" in text_message(replace(ABOUT, language="ar"))
    assert "About 6 minutes" in text_message(replace(ABOUT, language="ur"))
