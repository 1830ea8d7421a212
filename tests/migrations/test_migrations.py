"""The migrations, both ways, on every database there is to test with."""

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from engage import migrations
from engage.audit.events import SignedOut, record
from engage.unit_of_work import Database
from surveys.storage import tables
from surveys.storage.engine import open_database
from tests.factories import NOW, a_survey


def tables_in(url: str) -> set[str]:
    """The tables of the database, without those in which SQLite keeps its index of words."""
    engine = open_database(url)
    try:
        names = set(inspect(engine).get_table_names())
        return {name for name in names if not name.startswith("comment_search")}
    finally:
        engine.dispose()


def test_upgrading_makes_exactly_the_tables_of_the_mappings(fresh_url: str) -> None:
    migrations.upgrade(fresh_url)
    for history in migrations.HISTORIES:
        assert migrations.differences(fresh_url, history=history) == []
    mapped = {*tables.Base.metadata.tables, *tables.DraftBase.metadata.tables}
    assert tables_in(fresh_url) == mapped | {"alembic_main", "alembic_drafts"}


def test_a_column_that_no_migration_made_is_noticed(fresh_url: str) -> None:
    migrations.upgrade(fresh_url)
    engine = open_database(fresh_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE survey ADD COLUMN forgotten INTEGER"))
    engine.dispose()
    assert [change[0] for change in migrations.differences(fresh_url)] == ["remove_column"]


def test_upgrading_twice_does_no_harm(fresh_url: str) -> None:
    migrations.upgrade(fresh_url)
    migrations.upgrade(fresh_url)
    assert migrations.current(fresh_url) == migrations.head()
    assert migrations.is_current(fresh_url)


def test_every_revision_can_be_taken_back_and_made_again(fresh_url: str) -> None:
    assert migrations.current(fresh_url) is None
    revisions = [f"{number:04}" for number in range(1, int(migrations.head()) + 1)]
    for revision in revisions:
        migrations.upgrade(fresh_url, revision=revision)
        assert migrations.current(fresh_url) == revision
    for revision in reversed(revisions[:-1]):
        migrations.downgrade(fresh_url, revision)
        assert migrations.current(fresh_url) == revision
    migrations.downgrade(fresh_url, "base")
    assert migrations.current(fresh_url) is None
    migrations.downgrade(fresh_url, "base", history="drafts")
    assert tables_in(fresh_url) == {"alembic_main", "alembic_drafts"}
    migrations.upgrade(fresh_url)
    assert migrations.differences(fresh_url) == []


def test_embedded_drafts_stand_in_a_file_of_their_own(sqlite_database: Database) -> None:
    assert tables_in(sqlite_database.drafts_url) == {*tables.DraftBase.metadata.tables, "alembic_drafts"}
    assert "draft" not in tables_in(sqlite_database.url)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("questionnaire_version", "UPDATE questionnaire_version SET document = '{}'"),
        ("questionnaire_version", "DELETE FROM questionnaire_version"),
        ("audit_event", "UPDATE audit_event SET actor = 'nobody'"),
        ("audit_event", "DELETE FROM audit_event"),
    ],
)
def test_the_database_itself_refuses_to_change_what_must_stay(database: Database, table: str, change: str) -> None:
    with database.writing() as session:
        survey = a_survey(session)
        record(session, SignedOut("a@example.org"), organisation_id=survey.organisation_id, by="a", at=NOW)
    with pytest.raises(DBAPIError, match=r"cannot change|only ever added"), database.writing() as session:
        session.execute(text(change))
    with database.reading() as session:
        assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 1  # noqa: S608 The test names the table.
