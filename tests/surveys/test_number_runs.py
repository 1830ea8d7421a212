"""Telephone numbers, addresses and times are found whole, and nothing else is."""

from __future__ import annotations

import re

import pytest

from surveys.number_runs import held_together, with_number_runs


@pytest.mark.parametrize(
    ("words", "runs"),
    [
        ("اتصل بالرقم 0808 808 00 00، وهو مجاني.", ["0808 808 00 00"]),
        ("اتصل بالرقم +44 1632 960140.", ["+44 1632 960140"]),
        ("اتصل بالرقم (01632) 960 140.", ["(01632) 960 140"]),
        ("الرقم +44 (0)1632 960140", ["+44 (0)1632 960140"]),
        ("الرقم 0808-808-0000 مجاني", ["0808-808-0000"]),
        ("الرقم (انظر 01632 960 140)", ["01632 960 140"]),
        ("اتصل بالرقم 111 أو زر 111.nhs.uk.", ["111.nhs.uk"]),
        ("من 9am إلى 4pm.", ["9am", "4pm"]),
        # Numbers alone, dates and ranges keep the order of the text that they stand in.
        ("قبل 30 أبريل 2027. من 9 إلى 17. بين 9-16.", []),
    ],
)
def test_what_is_read_from_the_left_is_one_run(words: str, runs: list[str]) -> None:
    marked = with_number_runs(words, "<{}>".format).replace("\u00a0", " ")
    assert re.findall("<(.*?)>", marked) == runs
    assert re.sub("[<>]", "", marked) == words


@pytest.mark.parametrize(
    "words", ["Patients 0 (J4Q3C7)", "Patients 0 (245563)", "In 2027 30 people said so.", "Ward 10 20 beds", "9 10"]
)
def test_only_telephone_numbers_are_held_together(words: str) -> None:
    assert held_together(words) == words


def test_a_telephone_number_stays_on_one_line() -> None:
    assert held_together("+44 (0)1632 960140") == "+44\u00a0(0)1632\u00a0960140"
    assert held_together("(01632) 960 140") == "(01632)\u00a0960\u00a0140"
    held = held_together("Call 0808 808 00 00 in 9 to 12 days.")
    assert held.split(" ") == ["Call", "0808\u00a0808\u00a000\u00a000", "in", "9", "to", "12", "days."]
