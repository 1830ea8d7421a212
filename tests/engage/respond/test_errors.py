"""What people are told when something cannot be taken, and that the page stays whole."""

from __future__ import annotations

import itertools
import re

import pytest

from surveys.questionnaire import LongTextQuestion, Page, Text
from tests.engage.respond.conftest import MakeSurvey
from tests.engage.respond.forms import Follower
from tests.engage.respond.forms import Page as Seen
from tests.engage.respond.test_sending import first_page, to_check
from tests.factories import a_questionnaire


def page_with(follower: Follower, code: str, page_id: str) -> Seen:
    first_page(follower, code)
    return follower.get(f"/{code}/en/page/{page_id}")


@pytest.mark.parametrize(
    ("page_id", "answers", "message"),
    [
        (
            "most_important",
            {"most_important": ["waiting", "digital", "staff"]},
            "Select up to 2 themes. You have selected 3",
        ),
        ("most_important", {"most_important": ["waiting", "none"]}, "Select “None of these” on its own"),
        ("most_important", {"most_important": ["hacked"]}, "Select one of the options, or leave this blank"),
        ("theme.waiting", {"waiting.importance": ["not", "very"]}, "Select one answer only. You have selected 2"),
        (
            "theme.waiting",
            {"waiting.comment": "a" * 2134},
            "Your comment must be 2,000 characters or fewer. You have 2,134",
        ),
        ("you", {"visits": "many"}, "Enter a number, like 12, or leave this blank"),
        ("you", {"visits": "2.5"}, "Enter a whole number, like 12, or leave this blank"),
        ("you", {"visits": "100"}, "Enter a number from 0 to 99"),
        ("you", {"order": ["home", "home"]}, "Choose “At home” only once"),
    ],
)
def test_the_message_says_what_to_do_and_the_page_stays_whole(
    follower: Follower, survey: MakeSurvey, page_id: str, answers: dict[str, str | list[str]], message: str
) -> None:
    page = page_with(follower, survey(), page_id)
    wrong = follower.submit(page, answers)
    assert wrong.title.startswith("Error: ")
    assert wrong.text.count(message) == 2, "once in the summary and once beside the question"
    assert "There is a problem" in wrong.text
    assert wrong.links["Back"] == page.links["Back"], "the way back does not vanish"
    (target,) = [address.split("#")[1] for text, address in wrong.links.items() if text.startswith(message)]
    assert target in wrong.ids, "the summary leads to the question"
    for name, value in answers.items():
        kept = wrong.form.controls[name].chosen
        assert kept == (
            [value] if isinstance(value, str) else [one for one in value if one in wrong.form.controls[name].choices]
        )


def test_the_same_page_is_saved_once_it_is_right(follower: Follower, survey: MakeSurvey) -> None:
    page = page_with(follower, survey(), "most_important")
    wrong = follower.submit(page, {"most_important": ["waiting", "digital", "staff"]})
    assert follower.submit(wrong, {"most_important": ["waiting"]}).heading == "Waiting less"


def test_change_links_on_the_list_name_their_question(follower: Follower, survey: MakeSurvey) -> None:
    page = to_check(follower, survey())
    changes = [text for text in page.links if text.startswith("Change")]
    assert len(changes) == len(set(changes)) == 12
    assert all(len(text) > len("Change ") for text in changes)


def test_headings_skip_no_level(follower: Follower, survey: MakeSurvey) -> None:
    code = survey()
    to_check(follower, code)
    follower.get(f"/{code}/all")
    for page in follower.visited:
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page.html)]
        assert levels[0] in (1, 2), page.address
        assert 1 in levels
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), (
            page.address,
            levels,
        )


def test_words_of_officers_and_people_are_never_markup(follower: Follower, survey: MakeSurvey) -> None:
    payload = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}"
    questionnaire = a_questionnaire(
        title=Text((("en", payload),)),
        organisation=Text((("en", payload),)),
        pages=(Page(id="said", questions=(LongTextQuestion(id="said", text=Text((("en", payload),))),)),),
    )
    code = survey(questionnaire)
    page = page_with(follower, code, "said")
    follower.submit(page, {"said": payload + "\x00\ud800"[:1]})
    follower.get(f"/{code}/en/check")
    follower.get(f"/{code}/en/page/said")
    follower.get(f"/{code}/all")
    follower.submit(follower.get(f"/{code}/en/page/said"), {"said": payload * 60})
    for seen in follower.visited:
        assert "<script>alert" not in seen.html
        assert "<img" not in seen.html
        assert ">49<" not in seen.html
