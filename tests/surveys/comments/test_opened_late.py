"""How soon comments were opened, and how many late."""

import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from surveys.comments.opened_late import FirstReadings, first_readings
from surveys.comments.repeating import repeats
from surveys.comments.states import mark_read
from tests.commented import a_comment, a_commented_survey

ZONE = ZoneInfo("Europe/London")
FRIDAY, MONDAY = datetime.date(2026, 6, 19), datetime.date(2026, 6, 22)


def test_days_are_working_days_where_the_organisation_is(session: Session) -> None:
    at = a_commented_survey(session)
    # Half past eleven at night of Monday in UTC is Tuesday in London, one day late.
    readings = [
        ("Signs", FRIDAY, datetime.datetime(2026, 6, 19, 15, 0, tzinfo=datetime.UTC)),
        ("Doors", FRIDAY, datetime.datetime(2026, 6, 22, 8, 0, tzinfo=datetime.UTC)),
        ("He hit me", FRIDAY, datetime.datetime(2026, 6, 22, 23, 30, tzinfo=datetime.UTC)),
    ]
    for text, on, read_at in readings:
        comment = a_comment(session, at, text, on=on, read=False)
        mark_read(session, comment=comment, seen="", by="a@example.org", at=read_at)
    a_comment(session, at, "Nobody read this", on=MONDAY, read=False)
    found = first_readings(session, survey=at.survey, zone=ZONE)
    assert found[None] == FirstReadings(read=3, median_days=1, late=1)
    assert found["harm"] == FirstReadings(read=1, median_days=2, late=1)
    assert found["rest"] == FirstReadings(read=2, median_days=0.5, late=0)
    assert found["complaint"] == FirstReadings(read=0, median_days=None, late=0)


def test_a_note_repeats_a_comment_in_four_words_or_all_of_it() -> None:
    comment = "The night nurse, Sam, shouted at my mother."
    assert repeats("She wrote: nurse sam SHOUTED at somebody", comment)
    assert not repeats("night nurse reported to matron", comment)
    assert repeats("told us: he hit me, today", "He hit me")
    assert not repeats("", comment)
    assert not repeats("anything", "…")
