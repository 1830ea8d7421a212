"""In plain text a title ends where its explanation begins, also when that stands on the very next line."""

from __future__ import annotations

import textwrap
from itertools import product

import pytest

from surveys.strategy_documents.finding import find_themes
from surveys.strategy_documents.formats import read_blocks
from tests.surveys.strategy_documents import flyer

TITLES = {
    2: ("Faster care", "More staff", "Fair access", "Better buildings"),
    4: (
        "Reduce waits for tests",
        "Train more specialist nurses",
        "Reach every single community",
        "Care closer to home",
    ),
    8: (
        "Reduce elective backlogs and achieve national standards everywhere",
        "Effective forecasting so that services last for everyone",
        "Translate research and innovation into better patient outcomes",
        "Increase the workforce and the skills mix of staff",
    ),
    11: (
        "New care models to improve utilisation of the Trust estate",
        "Collaboration with all system partners to maximise our collective resources together",
        "Use digital technologies to improve efficiency and the delivery of services",
        "Reduce health inequalities in access to and outcomes from cancer services",
    ),
    14: (
        "Bring new kinds of care to every part of our region within five years",
        "Work with charities and with councils so that nobody has to travel too far",
        "Help all of our staff to learn what they need at each new step",
        "Make certain that letters and results can be read and understood by every patient",
    ),
}
ONE = (
    "We want people to have tests sooner and to hear the result quickly.",
    "Planning well means that we have the right rooms, machines and staff.",
    "Some groups of people are diagnosed later and do less well than others.",
    "No hospital can do this alone.",
)
SEVERAL = (
    (
        "Many people wait too long. We want tests to be offered sooner and results to come back faster. Treatment "
        "should start without delay, so that our hospitals meet the waiting times which the country has set."
    ),
    (
        "Each year more people in Leeds and Bradford will need care. We have to know early how many nurses, doctors, "
        "beds and machines that will take. Good plans made now mean that our services can cope in ten years as well."
    ),
    (
        "Rooms and machines should be used every day. One visit should be enough for several tests. The NHS App could "
        "say when and where. People who do not use the internet must still get the same care as those who do."
    ),
    (
        "Research finds better medicines. We want more people to have the chance to take part in studies, wherever "
        "they live. New ideas should be tried here first. That is how people recover sooner and live longer."
    ),
)
EXPLANATIONS = {"one sentence": ONE, "several sentences": SEVERAL}
MARKS = {"3:": "{}: ", "3.": "{}. ", "3)": "{}) ", "Theme 3:": "Theme {}: ", "C.": "{}. ", "c)": "{}) "}
COLUMNS = (None, 60, 66, 72, 80)


def read(text: str, encoding: str = "utf-8") -> list[tuple[str, str]]:
    series = find_themes(read_blocks(text.encode(encoding), "strategy.txt").blocks).series
    return [(theme.title, "\n\n".join(theme.paragraphs)) for theme in series[0].themes]


def wrapped(text: str, columns: int | None) -> str:
    return text if columns is None else textwrap.fill(text, columns)


def written(themes: list[tuple[str, str]], mark: str, columns: int | None, *, parted: bool) -> str:
    """The themes as text: each title on a line, its explanation on the next, and ``parted`` by empty lines or not."""
    lines = ["Our cancer strategy", "", wrapped("We are writing a plan. Please read what it says.", columns), ""]
    for number, (title, explanation) in enumerate(themes, 1):
        sign = {"C.": "ABCD"[number - 1], "c)": "abcd"[number - 1]}.get(mark, str(number))
        before = MARKS[mark].format(sign)
        lines += [before + title, wrapped(explanation, columns), *([""] if parted else [])]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("explanations", EXPLANATIONS)
@pytest.mark.parametrize("words", TITLES)
def test_title_and_explanation_on_the_next_line_are_parted(words: int, explanations: str, mark: str) -> None:
    themes = list(zip(TITLES[words], EXPLANATIONS[explanations], strict=True))
    for columns, parted in product(COLUMNS, (True, False)):
        assert read(written(themes, mark, columns, parted=parted)) == themes, (columns, parted)


@pytest.mark.parametrize("mark", ["{}: ", "{}. ", "{}) ", "Theme {} – ", "{} - "])
@pytest.mark.parametrize("columns", [None, *range(60, 81)])
def test_the_flyer_is_read_with_explanations_directly_below(mark: str, columns: int | None) -> None:
    lines = []
    for number, (title, explanation) in enumerate(flyer.THEMES, 1):
        lines += [mark.format(number) + title, wrapped(explanation, columns), ""]
    assert read("\n".join(lines)) == list(flyer.THEMES)
    assert read("\r\n".join("\n".join(lines).split("\n")), "utf-16") == list(flyer.THEMES)


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("explanations", EXPLANATIONS)
@pytest.mark.parametrize("words", [2, 4])
def test_short_titles_without_numbers_are_parted_too(words: int, explanations: str, columns: int | None) -> None:
    themes = list(zip(TITLES[words], EXPLANATIONS[explanations], strict=True))[:3]
    lines = ["Our cancer strategy", ""]
    for title, explanation in themes:
        lines += [title, wrapped(explanation, columns), ""]
    assert read("\n".join(lines)) == themes


LONG = "Explanations are long enough that their lines were broken by width, as they are in a message that was copied."
BROKEN = {
    "lower case": "New care models to improve utilisation of the\nestate and resources of all our hospitals",
    "a joining word": "Closer Collaboration with Charities and\nCouncils of the Region",
    "a comma": "Better Care for People in Leeds,\nBradford and Wakefield",
    "a hyphen": "Better Care for People with Long-\nTerm Conditions",
    "as long as a line": "Reduce Elective Backlogs and Achieve National Standards\nEverywhere Soon",
    "three lines": (
        "Reduce health inequalities in access to and outcomes from\n"
        "cancer services for people of all ages and\nbackgrounds"
    ),
}


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("how", BROKEN)
def test_a_title_that_was_broken_is_put_together(how: str, between: str) -> None:
    title = " ".join(BROKEN[how].split("\n"))
    text = "\n\n".join(f"{number}: {BROKEN[how]} {number}{between}{wrapped(LONG, 60)}" for number in range(1, 5))
    assert read(text) == [(f"{title} {number}", LONG) for number in range(1, 5)]


@pytest.mark.parametrize("how", ["lower case", "a joining word", "a comma", "three lines"])
def test_a_broken_title_is_put_together_above_an_explanation_of_one_line(how: str) -> None:
    title = " ".join(BROKEN[how].split("\n"))
    text = "\n\n".join(f"{number}: {BROKEN[how]} {number}\n{SEVERAL[0]}" for number in range(1, 5))
    assert read(text) == [(f"{title} {number}", SEVERAL[0]) for number in range(1, 5)]


def test_a_sentence_in_lower_case_on_one_line_is_an_explanation() -> None:
    text = "".join(f"{number}. {title}\nwe want this soon.\n" for number, title in enumerate(TITLES[4], 1))
    assert read(text) == [(title, "we want this soon.") for title in TITLES[4]]


def test_an_explanation_on_the_title_s_own_line_may_have_sentences_that_begin_a_line() -> None:
    themes = [f"{title}. {text}" for title, text in zip(TITLES[2], SEVERAL, strict=True)]
    for columns in (60, 64, 68, 72, 76, 80):
        text = "\n\n".join(wrapped(f"{number}. {theme}", columns) for number, theme in enumerate(themes, 1))
        assert read(text) == list(zip(TITLES[2], SEVERAL, strict=True)), columns
