from __future__ import annotations

import datetime

from sqlalchemy.orm import Session

from surveys.coding.changing import add_code, split_code
from surveys.coding.coding import Sentiment
from surveys.coding.frames import CodeText
from surveys.coding.saturation import STRETCH, saturation
from surveys.storage import tables
from tests.coding import CODER, a_frame, code_named, give
from tests.commented import Commented, a_comment, a_commented_survey
from tests.factories import NOW

MINUTE = datetime.timedelta(minutes=1)


class Coding:
    """Comments coded one minute after the other."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.at: Commented = a_commented_survey(session)
        self.frame: tables.CodeFrame = a_frame(session, self.at)
        self.now = NOW

    def code(self, times: int, **said: Sentiment) -> None:
        for _ in range(times):
            self.now += MINUTE
            give(self.session, self.frame, a_comment(self.session, self.at, "Words"), said, at=self.now)


def test_nothing_coded_is_nothing_to_say(session: Session) -> None:
    found = saturation(session, frame=Coding(session).frame)
    assert (found.comments, found.stretches, found.since_new) == (0, (), 0)
    assert found.unused == ("Waiting", "Staff", "Parking")


def test_codes_come_up_where_they_are_first_used_or_made(session: Session) -> None:
    coding = Coding(session)
    coding.code(3, Waiting="negative")
    coding.code(STRETCH - 3, Waiting="neutral", Staff="positive")
    coding.code(1)
    coding.now += MINUTE
    add_code(session, frame=coding.frame, text=CodeText("Food"), at=coding.now, by=CODER)
    coding.code(4, Food="negative", Staff="mixed")
    found = saturation(session, frame=coding.frame)
    assert found.comments == STRETCH + 5
    assert [(one.first, one.last, one.used, one.made) for one in found.stretches] == [
        (1, STRETCH, ("Waiting", "Staff"), ()),
        (STRETCH + 1, STRETCH + 5, ("Food",), ("Food",)),
    ]
    assert found.since_new == 3
    assert found.unused == ("Parking",)


def test_a_code_made_after_the_last_comment_is_new_now(session: Session) -> None:
    coding = Coding(session)
    coding.code(2, Waiting="negative")
    assert saturation(session, frame=coding.frame).since_new == 1
    at = coding.now + MINUTE
    parts = [CodeText("Nurses"), CodeText("Doctors")]
    split_code(session, code=code_named(session, coding.frame, "Staff"), into=parts, at=at, by=CODER)
    found = saturation(session, frame=coding.frame)
    assert (found.since_new, found.stretches[0].made) == (0, ("Nurses", "Doctors"))
