"""Whether the order of themes is the same in the main channels: said of large channels, from published orders only."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveys.storage import tables
from tests.factories import a_collector, a_questionnaire, a_survey, some_answers
from tests.reports.test_results import document, store


def choosing(theme: str, people: int) -> list[dict[str, Any]]:
    return [some_answers(most_important=(theme,)) for _ in range(people)]


def in_channels(session: Session, *channels: tuple[str, str, list[dict[str, Any]]]) -> bool | None:
    survey: tables.Survey = a_survey(session, a_questionnaire())
    for number, (channel, audience, people) in enumerate(channels):
        collector = a_collector(session, survey, name=f"C{number}", channel=channel, audience=audience)
        store(session, collector, people)
    agrees: bool | None = document(session)["order_by_channel_agrees"]
    return agrees


def mostly(first: str, second: str, people: int) -> list[dict[str, Any]]:
    return choosing(first, people * 3 // 4) + choosing(second, people - people * 3 // 4)


@pytest.mark.parametrize(
    ("of_letters", "agrees"),
    [
        (mostly("waiting", "staff", 60), True),
        (mostly("staff", "waiting", 60), False),
        # Level in one channel is no other order than clearly first in the other.
        (choosing("staff", 30) + choosing("waiting", 30), True),
        # Forty-nine people are no main channel.
        (mostly("staff", "waiting", 49), None),
    ],
)
def test_two_channels_agree_unless_two_themes_clearly_change_places(
    session: Session, of_letters: list[dict[str, Any]], agrees: bool | None
) -> None:
    posters = ("Poster", "patients", mostly("waiting", "staff", 80))
    assert in_channels(session, posters, ("Letter", "patients", of_letters)) is agrees


def test_audiences_are_never_taken_for_channels(session: Session) -> None:
    patients = ("Poster", "patients", mostly("waiting", "staff", 80))
    staff = ("Intranet", "staff", mostly("staff", "waiting", 80))
    assert in_channels(session, patients, staff) is None


def test_collectors_of_one_channel_count_together(session: Session) -> None:
    first, second = choosing("waiting", 30), choosing("waiting", 30)
    letters = ("Letter", "patients", mostly("waiting", "staff", 60))
    assert in_channels(session, ("Poster", "patients", first), ("Poster", "patients", second), letters) is True


def test_nothing_is_said_of_an_order_that_is_hidden(session: Session) -> None:
    """Four staff would follow from everybody, so what 120 patients said is hidden, and with it their order."""
    posters = ("Poster", "patients", mostly("waiting", "staff", 60))
    letters = ("Letter", "patients", mostly("waiting", "staff", 60))
    assert in_channels(session, posters, letters, ("Intranet", "staff", choosing("staff", 4))) is None


def test_only_the_three_largest_channels_of_an_audience_are_compared(session: Session) -> None:
    large = [(f"Channel {size}", "patients", mostly("waiting", "staff", size)) for size in (80, 79, 78)]
    assert in_channels(session, *large, ("Small", "patients", mostly("staff", "waiting", 60))) is True
