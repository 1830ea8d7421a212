"""Databases for tests, made by the real migrations and empty for each test; and who of several workers runs what."""

from __future__ import annotations

import os

# Several workers with several threads each would only wait for one another. Set before anything imports numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as property_settings
from sqlalchemy import create_engine, make_url, text, update
from sqlalchemy.orm import Session
from xdist.scheduler import LoadFileScheduling

from engage import migrations
from engage.audit.chain import BEGINNING
from engage.unit_of_work import Database
from surveys.storage import tables
from surveys.storage.engine import database_url

POSTGRES_SERVER = os.environ.get("ENGAGE_TEST_POSTGRES_URL")
BACKENDS = ("sqlite", "postgresql") if POSTGRES_SERVER else ("sqlite",)

# By the clock, every example is slow on a machine that has other things to do; the time limit of each test remains.
property_settings.register_profile(
    "beside others", property_settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
property_settings.load_profile("beside others")

# Tables that refuse to be changed: every emptying lets go of them for its own transaction.
GUARDED = ("questionnaire_version", "audit_event")

# Browser tests share a server, a browser and one visit to every page, which takes longer than most of them.
TOGETHER = "tests/end_to_end"
# Folders and files with long tests; what is handed out last should be short, so that the workers end together.
FIRST = (TOGETHER, "tests/engage/commands", "tests/reports", "tests/engage")


class Sharing(LoadFileScheduling):
    """Hands out files, since tests of a file share fixtures, and the browser tests as if they were one."""

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER if nodeid.startswith(TOGETHER) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    config.option.loadscopereorder = False
    return Sharing(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def turn(item: pytest.Item) -> int:
        return next((place for place, start in enumerate(FIRST) if item.nodeid.startswith(start)), len(FIRST))

    items.sort(key=turn)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a migrated main database and drafts, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    migrations.upgrade(f"sqlite:///{folder / 'engage.sqlite'}", f"sqlite:///{folder / 'drafts.sqlite'}")
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """A URL of a database on the server to test with, only for connecting to first."""
    assert POSTGRES_SERVER is not None, "set ENGAGE_TEST_POSTGRES_URL"
    return POSTGRES_SERVER


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> Iterator[Database]:
    """A migrated database of its own for this run, dropped at its end."""
    with _own_postgres(postgres_server) as url:
        migrations.upgrade(url)
        database = Database(url)
        yield database
        database.close()


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Every kind of database there is to test with: "sqlite", and "postgresql" where a server is named."""
    name: str = request.param
    return name


@pytest.fixture
def database(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated database; ``database.url`` and ``database.drafts_url`` for whatever opens its own."""
    if backend == "sqlite":
        database = Database(*_copied(request.getfixturevalue("empty_sqlite"), tmp_path))
        yield database
        database.close()
    else:
        database = request.getfixturevalue("migrated_postgres")
        _empty(database)
        yield database


@pytest.fixture
def sqlite_database(empty_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """As ``database``, for what concerns the embedded database alone."""
    database = Database(*_copied(empty_sqlite, tmp_path))
    yield database
    database.close()


@pytest.fixture(scope="module")
def empty_sqlite_database(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An embedded database for property tests, whose examples share it and undo what they write."""
    database = Database(*_copied(empty_sqlite, tmp_path_factory.mktemp("shared")))
    yield database
    database.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writing session, undone at the end. It holds the write lock: never mix it with ``database.writing()``."""
    with Session(database.writing_engine) as session:
        yield session


@pytest.fixture
def fresh_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'fresh.sqlite'}"
    else:
        with _own_postgres(request.getfixturevalue("postgres_server")) as url:
            yield url


def _copied(source: Path, target: Path) -> tuple[str, str]:
    for name in ("engage.sqlite", "drafts.sqlite"):
        shutil.copyfile(source / name, target / name)
    return f"sqlite:///{target / 'engage.sqlite'}", f"sqlite:///{target / 'drafts.sqlite'}"


@contextmanager
def _own_postgres(server: str) -> Iterator[str]:
    name = f"engage_test_{os.getpid()}_{secrets.token_hex(4)}"
    engine = create_engine(database_url(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        # What a crash of the server would lose does not matter here, and waiting for the disk takes minutes.
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit TO off"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


def _empty(database: Database) -> None:
    """Ids go on counting, so that nothing kept in memory by id can belong to an earlier test.

    Rows are deleted, since emptying fifty tables at once makes fifty new files each time.
    """
    with database.writing() as session:
        session.execute(text(_EMPTYING))
        session.execute(update(tables.AuditHead).values(event_id=0, hash=BEGINNING))


def _emptying() -> str:
    """All statements in one text: sent one by one, each waits for the server."""
    rows = [*reversed(tables.DraftBase.metadata.sorted_tables), *reversed(tables.Base.metadata.sorted_tables)]
    return ";".join(
        [
            *(f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in GUARDED),
            *(str(table.delete()) for table in rows if table.name != "audit_head"),
            *(f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in GUARDED),
        ]
    )


_EMPTYING = _emptying()
