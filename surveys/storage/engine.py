"""Opening a database: everything that differs between SQLite and PostgreSQL stands here."""

from __future__ import annotations

import sqlite3
from typing import Any, Literal, cast

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_SECONDS = 15
_STATEMENT_TIMEOUT_SECONDS = 60
_IMMEDIATE = "engage_begin_immediate"
# Serialization failure, deadlock, and the server going away in the middle.
_WORTH_A_RETRY = frozenset({"40001", "40P01", "57P01", "57P02", "57P03"})


def database_url(url: str) -> URL:
    """The URL with its driver named: ``postgresql://`` means psycopg 3. ValueError for any other kind of database."""
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return parsed.set(drivername="sqlite+pysqlite")
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise ValueError(f"a database must be sqlite or postgresql, not {backend!r}")


def open_database(url: str, *, synchronous: Literal["FULL", "NORMAL"] = "FULL") -> Engine:
    """An engine with its connections set up; nothing is connected yet.

    ``synchronous`` is SQLite's: FULL means that a committed transaction survives a power cut, NORMAL that only the
    consistency of the file does. Reading transactions begin deferred; use ``for_writing`` for the others.
    """
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, synchronous)
    return _open_postgresql(parsed)


def for_writing(engine: Engine) -> Engine:
    """The same connections, for transactions that write: on SQLite they take the write lock at their beginning.

    A deferred transaction that reads and then writes fails at once under load, whatever the busy timeout says.
    """
    return engine.execution_options(**{_IMMEDIATE: True})


def is_for_writing(engine: Engine) -> bool:
    """Whether ``for_writing`` made this engine."""
    return bool(engine.get_execution_options().get(_IMMEDIATE, False))


def for_reading(engine: Engine) -> Engine:
    """The same connections, for transactions that only read: every query of one transaction sees one moment."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine


def worth_a_retry(error: DBAPIError) -> bool:
    """Whether the database went away or undid the transaction for reasons that a second try may not meet."""
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in _WORTH_A_RETRY


def _open_sqlite(url: URL, synchronous: str) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_TIMEOUT_SECONDS},
        pool_size=16,
        max_overflow=48,
        pool_timeout=30,
        # Parameters are answers and addresses, and messages of errors end up in logs.
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        # The driver must not begin transactions itself: it would delay BEGIN until the first write.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}",
            "page_size = 8192",
            "journal_mode = WAL",
            f"synchronous = {synchronous}",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        statement = "BEGIN IMMEDIATE" if connection.get_execution_options().get(_IMMEDIATE, False) else "BEGIN"
        # Straight to the driver, because this stands before every request's work; a wait that was too long must still
        # look like every other fault of the database.
        driver = cast(sqlite3.Connection, connection.connection.dbapi_connection)
        try:
            driver.execute(statement)
        except sqlite3.OperationalError as error:
            raise OperationalError(statement, None, error) from error

    return engine


def _open_postgresql(url: URL) -> Engine:
    options = [
        "-c TimeZone=UTC",
        f"-c statement_timeout={_STATEMENT_TIMEOUT_SECONDS * 1000}",
        f"-c lock_timeout={BUSY_TIMEOUT_SECONDS * 1000}",
        f"-c idle_in_transaction_session_timeout={_STATEMENT_TIMEOUT_SECONDS * 1000}",
    ]
    given = url.query.get("options")
    if isinstance(given, str):
        options.append(given)
    arguments: dict[str, Any] = {
        "connect_timeout": 5,
        "keepalives": 1,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
        "options": " ".join(options),
    }
    return create_engine(
        url,
        connect_args=arguments,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        pool_size=8,
        max_overflow=8,
        pool_timeout=15,
        # Parameters are answers and addresses, and messages of errors end up in logs.
        hide_parameters=True,
    )
