"""An audit that costs more than it may hides whole breakdowns, and still gives nothing away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from reports import whole_survey
from reports.effort import Effort
from reports.tabulation import Filters
from tests.reports.attack import attacked
from tests.reports.random_survey import a_population, published, store


@pytest.fixture
def session(sqlite_database: Database) -> Iterator[Session]:
    with Session(sqlite_database.writing_engine) as opened:
        yield opened


def allow(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    monkeypatch.setattr(whole_survey, "Effort", lambda: Effort(seconds))


def groups_shown(session: Session) -> dict[str, int]:
    """Of how many groups of each field a survey tells how many people answered."""
    (given,) = published(session, store(session, a_population(1)), [Filters()])
    return {
        one["field"]: sum(count != "suppressed" for count in one["counts"].values())
        for one in given.document["who_answered"]
    }


def test_without_any_effort_audiences_alone_are_shown(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    enough = groups_shown(session)
    allow(monkeypatch, 0)
    assert {field for field, shown in groups_shown(session).items() if shown} == {"audience"}
    assert {"audience", "place", "channel", "week"} <= {field for field, shown in enough.items() if shown}


def test_with_too_little_effort_nothing_can_be_worked_out(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    allow(monkeypatch, 0.05)
    done = attacked(session, 1, asked=lambda _: [Filters(by=field) for field in ("place", "collector", "place,week")])
    assert (done.found, done.secrets > 20) == ([], True)


def test_what_a_part_spends_the_whole_spends_too() -> None:
    whole = Effort(8)
    part = whole.part()
    part.solve(100, 100)
    part.part().multiply(1000, 1000)
    assert whole.left < 8
    assert part.left - 2 == pytest.approx(whole.left - 8)
