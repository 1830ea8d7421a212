"""The chain of the audit trail: whatever is changed, removed or forked shows, and the first place is named."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from engage import migrations
from engage.audit.chain import BEGINNING, HeadMissing, verify
from engage.audit.events import RolesChanged, SignedOut, record
from engage.migrations.guarding import guard_rows, unguard_rows
from engage.unit_of_work import Database
from surveys.organisations import ensure_root
from surveys.storage import tables
from surveys.storage.engine import open_database
from tests.factories import NOW


def recorded(database: Database, number: int = 1) -> None:
    with database.writing() as session:
        owner = ensure_root(session).id
        for _ in range(number):
            event = RolesChanged("zoë@example.org", ("viewer", "editor"))
            record(session, event, organisation_id=owner, by="ann@example.org", at=NOW)


def tampered(session: Session, *changes: str, **values: Any) -> None:
    """Change the trail as somebody with the keys to the database would: the guard is taken away meanwhile."""
    with Operations.context(MigrationContext.configure(session.connection())):
        unguard_rows("audit_event")
        for change in changes:
            session.execute(text(change), values)
        guard_rows("audit_event", "the audit trail is only ever added to")


@pytest.fixture
def three(session: Session) -> Session:
    owner = ensure_root(session).id
    for email in ("one@example.org", "two@example.org", "three@example.org"):
        record(session, SignedOut(email), organisation_id=owner, by=email, at=NOW)
    return session


def test_events_follow_from_one_another_to_the_end(three: Session) -> None:
    chain = verify(three)
    assert (chain.events, chain.last_id, chain.fault) == (3, 3, None)
    hashes = three.scalars(select(tables.AuditEvent.hash).order_by(tables.AuditEvent.id)).all()
    assert len(set(hashes)) == 3
    assert chain.last_hash == hashes[-1] == three.get_one(tables.AuditHead, 1).hash


def test_an_empty_trail_is_in_order(session: Session) -> None:
    assert verify(session).fault is None
    assert verify(session).last_hash == BEGINNING


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_event SET actor = 'somebody@example.org' WHERE id = 2",
        "UPDATE audit_event SET detail = '{\"rows\": 1}' WHERE id = 2",
        "UPDATE audit_event SET at = '2020-01-01 00:00:00.000000' WHERE id = 2",
        "UPDATE audit_event SET organisation_id = organisation_id, subject = 'x' WHERE id = 2",
    ],
)
def test_a_changed_event_is_the_one_that_is_named(three: Session, change: str) -> None:
    tampered(three, change)
    chain = verify(three)
    assert chain.events == 1
    assert "event 2 was changed" in (chain.fault or "")


def test_a_removed_event_shows_at_the_next(three: Session) -> None:
    tampered(three, "DELETE FROM audit_event WHERE id = 2")
    assert "between it and event 1" in (verify(three).fault or "")


def test_removing_the_newest_events_shows(three: Session) -> None:
    tampered(three, "DELETE FROM audit_event WHERE id = 3")
    assert "events after event 2 were removed" in (verify(three).fault or "")


def test_a_chain_that_was_made_anew_does_not_have_the_hash_noted_down(three: Session) -> None:
    noted = verify(three)
    tampered(three, "DELETE FROM audit_event", "UPDATE audit_head SET event_id = 0, hash = :none", none=BEGINNING)
    three.expire_all()
    owner = ensure_root(three).id
    for email in ("one@example.org", "two@example.org", "nobody@example.org"):
        record(three, SignedOut(email), organisation_id=owner, by=email, at=NOW)
    assert verify(three).fault is None
    assert "made anew" in (verify(three, noted=(noted.last_id, noted.last_hash)).fault or "")
    assert "is not there" in (verify(three, noted=(99, noted.last_hash)).fault or "")


def test_a_hash_noted_down_earlier_is_met_on_the_way(three: Session) -> None:
    noted = verify(three)
    record(three, SignedOut("four@example.org"), organisation_id=ensure_root(three).id, by="x", at=NOW)
    assert verify(three, noted=(noted.last_id, noted.last_hash)).fault is None


def test_without_the_end_of_the_chain_nothing_is_added(session: Session) -> None:
    owner = ensure_root(session).id
    session.execute(text("DELETE FROM audit_head"))
    with pytest.raises(HeadMissing):
        record(session, SignedOut("a@example.org"), organisation_id=owner, by="a", at=NOW)
    assert "end of the chain is gone" in (verify(session).fault or "")


def test_writers_at_the_same_time_never_fork_the_chain(database: Database) -> None:
    recorded(database)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: recorded(database, 2), range(16)))
    with database.reading() as session:
        chain = verify(session)
    assert (chain.events, chain.fault) == (33, None)


def test_what_is_undone_leaves_no_gap_in_the_chain(database: Database) -> None:
    recorded(database)
    with Session(database.writing_engine) as undone:
        record(undone, SignedOut("a"), organisation_id=ensure_root(undone).id, by="a", at=NOW)
    recorded(database)
    with database.reading() as session:
        assert verify(session).fault is None
        assert session.scalars(select(tables.AuditEvent.id).order_by(tables.AuditEvent.id)).all() == [1, 2]


def test_events_from_before_the_chain_are_chained_by_the_migration(fresh_url: str) -> None:
    migrations.upgrade(fresh_url, revision="0005")
    engine = open_database(fresh_url)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO organisation (id, slug, name, kind) VALUES (7, 'trust', 'T', 'trust')"))
        for id_ in (3, 4, 9):
            connection.execute(
                text(
                    "INSERT INTO audit_event (id, organisation_id, at, actor, action, subject, detail) "
                    "VALUES (:id, 7, '2026-03-29 01:30:00.250000', 'zoë', 'roles changed', 'é', :detail)"
                ),
                {"id": id_, "detail": '{"b": [1], "a": "ü"}'},
            )
    engine.dispose()
    migrations.upgrade(fresh_url)
    assert migrations.differences(fresh_url) == []
    database = Database(fresh_url)
    with database.reading() as session:
        assert (verify(session).events, verify(session).last_id, verify(session).fault) == (3, 9, None)
    recorded(database)
    with database.reading() as session:
        assert (verify(session).last_id, verify(session).fault) == (10, None)
    with pytest.raises(Exception, match="only ever added to"), database.writing() as session:
        session.execute(text("DELETE FROM audit_event"))
    database.close()
    migrations.downgrade(fresh_url, "0005")
    migrations.upgrade(fresh_url)
    database = Database(fresh_url)
    with database.reading() as session:
        assert (verify(session).events, verify(session).fault) == (4, None)
    database.close()
