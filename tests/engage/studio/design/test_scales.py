"""The pages on which scales are taken from the bank, written, corrected and removed."""

import html

import pytest

from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.design.conftest import SURVEY, NowOf

SCALES = f"{SURVEY}/scales"
OWN = {"revision": "1", "points": "Often\r\nAt times\r\nNever", "positive": "1", "not_sure": "y"}


def post(browser: StaffBrowser, path: str, fields: dict[str, str]) -> tuple[int, str, str]:
    reply = browser.post(path, fields, form_at=SCALES)
    return reply.status_code, reply.location, html.unescape(reply.text)


def test_a_ready_scale_is_taken_once(officer: StaffBrowser, now: NowOf) -> None:
    status, then, _ = post(officer, f"{SCALES}/take", {"revision": "1", "scale": "friends-and-family"})
    assert (status, then) == (303, f"{SCALES}#scale-friends-and-family")
    assert now().scale("friends-and-family").points[2].label.in_language("en") == "Neither good nor poor"
    page = officer.get(SCALES).text
    assert "Friends and Family Test (NHS England): Very good … Very poor" in page
    assert 'value="friends-and-family"' not in page.split("Take a ready scale")[1]


def test_no_choice_is_an_error_that_says_what_to_do(officer: StaffBrowser) -> None:
    status, _, page = post(officer, f"{SCALES}/take", {"revision": "1"})
    assert (status, '<a href="#scale">Choose a scale</a>' in page) == (422, True)


def test_an_own_scale_is_written_one_point_per_line(officer: StaffBrowser, now: NowOf) -> None:
    assert post(officer, f"{SCALES}/add", OWN)[:2] == (303, SCALES)
    assert [(point.id, point.value, point.positive) for point in now().scale("often").points] == [
        ("often", 3, True),
        ("at-times", 2, False),
        ("never", 1, False),
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"points": ""}, "Write the points, one on each line"),
        ({"points": "Often"}, "Write at least 2 here, one on each line"),
        ({"points": "Often\noften"}, "stands there twice"),
        ({"positive": "3"}, "Of 3 points at most 2 can be good answers"),
        ({"positive": ""}, "Enter a number, for example 2"),
        ({"positive": "0"}, "Enter 1 or more"),
        ({"positive": "two"}, "Enter a number, for example 2"),
    ],
)
def test_a_scale_that_cannot_be_saved_stays_on_the_page(
    officer: StaffBrowser, now: NowOf, fields: dict[str, str], said: str
) -> None:
    for path in (f"{SCALES}/add", f"{SCALES}/importance"):
        before = now()
        status, _, page = post(officer, path, OWN | fields)
        assert status == 422
        assert said in page
        assert (OWN | fields)["points"].replace("\r", "") in page
        assert now() == before


def test_corrected_points_keep_their_names(officer: StaffBrowser, now: NowOf) -> None:
    before = now().scale("importance")
    labels = [point.label.in_language("en") for point in before.points]
    labels[0] = "Very important!"
    fields = {"revision": "1", "points": "\n".join(labels), "positive": "2"}
    assert post(officer, f"{SCALES}/importance", fields)[:2] == (303, f"{SCALES}/importance")
    after = now().scale("importance")
    assert [point.id for point in after.points] == [point.id for point in before.points]
    assert after.points[0].label.in_language("en") == "Very important!"


def test_a_scale_in_use_says_which_question_needs_it(officer: StaffBrowser, now: NowOf) -> None:
    status, _, page = post(officer, f"{SCALES}/remove", {"revision": "1", "scale": "importance"})
    assert status == 422
    assert "<li>How important is this to you?</li>" in page
    assert now().scales
    post(officer, f"{SCALES}/add", OWN)
    assert post(officer, f"{SCALES}/remove", {"revision": "2", "scale": "often"})[0] == 303
    assert [scale.id for scale in now().scales] == ["importance"]


def test_two_people_on_the_same_scale_are_told(officer: StaffBrowser, signed_in_as: SignedInAs, now: NowOf) -> None:
    post(officer, f"{SCALES}/add", OWN)
    editor = signed_in_as("editor")
    post(editor, f"{SCALES}/often", OWN | {"revision": "2", "points": "Always\nNever"})
    status, _, page = post(officer, f"{SCALES}/often", OWN | {"revision": "2"})
    assert status == 409
    assert "<strong>Points:</strong> Always" in page
    assert post(officer, f"{SCALES}/remove", {"revision": "2", "scale": "often"})[0] == 409
    assert [point.label.in_language("en") for point in now().scale("often").points] == ["Always", "Never"]


def test_a_scale_that_is_not_there_is_not_found(officer: StaffBrowser) -> None:
    assert officer.get(f"{SCALES}/made-up").status_code == 404
    assert post(officer, f"{SCALES}/remove", {"revision": "1", "scale": "made-up"})[0] == 404
