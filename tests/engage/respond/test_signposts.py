"""Where to get help stands before and after every comment box, for everybody and whatever they wrote."""

from __future__ import annotations

import re

from tests.engage.respond.conftest import MakeSurvey
from tests.engage.respond.forms import Follower, Page, fill_in

HELP = "Call 0808 808 00 00 if you want to talk to someone."
BESIDE_A_BOX = f"<p>{HELP}</p></div>\n</details>"
CODE = re.compile(r"\b[A-Z0-9]{6}\b|[0-9a-f]{16,}|[\w-]{40,}")


def sent(follower: Follower, code: str, comment: str) -> Page:
    """The page after sending answers whose comments are all the same."""
    page = follower.submit(follower.get(f"/{code}"))
    while page.forms:
        page = follower.submit(page, fill_in(page.form, words=comment))
    return page


def test_help_stands_beside_every_box_of_both_ways_to_answer(follower: Follower, survey: MakeSurvey) -> None:
    code = survey()
    start = follower.get(f"/{code}")
    assert HELP in start.text
    page, boxes = follower.submit(start), 0
    while page.forms:
        assert page.html.count("<textarea") == page.html.count(BESIDE_A_BOX)
        boxes += page.html.count("<textarea")
        page = follower.submit(page, fill_in(page.form))
    assert boxes == 4
    everything = follower.get(f"/{code}/all").html
    assert everything.count("<textarea") == everything.count(BESIDE_A_BOX) == 4


def test_help_stands_on_the_last_page_whatever_was_written(follower: Follower, survey: MakeSurvey) -> None:
    code = survey()
    ends = [sent(follower, code, comment) for comment in ("I want to kill myself", "More signs", "")]
    assert all(HELP in end.text for end in ends)
    # Nothing on the page would tell somebody who looks over a shoulder what was written.
    assert len({CODE.sub("", end.text) for end in ends}) == 1


def test_people_are_told_who_reads_comments_before_they_begin(follower: Follower, survey: MakeSurvey) -> None:
    start = follower.get(f"/{survey()}").text
    assert "A person reads every comment, normally by the end of the next working day" in start
    assert "What you write about a danger to somebody may be acted on" in start
    assert "What you write about a danger to somebody may be acted on" in follower.get("/privacy").text
