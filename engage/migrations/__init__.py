"""Creating and migrating the database from code: no command line of another tool, no configuration file.

There are two histories. ``main`` holds everything that is kept; ``drafts`` holds answers that are not sent yet, which
stand in a file of their own beside an embedded database and inside the main database on PostgreSQL.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData

from surveys.storage import tables
from surveys.storage.engine import for_writing, open_database

History = Literal["main", "drafts"]
HISTORIES: tuple[History, ...] = ("main", "drafts")
_METADATA: dict[History, MetaData] = {"main": tables.Base.metadata, "drafts": tables.DraftBase.metadata}
_FOLDER = Path(__file__).parent


def upgrade(url: str, drafts_url: str | None = None, *, revision: str = "head") -> None:
    """Create or migrate both histories; safe to repeat. ``drafts_url`` None: drafts stand in the main database.

    A named ``revision`` is one of the main history, and leaves the drafts at their newest.
    """
    _run("upgrade", url, "main", revision)
    _run("upgrade", drafts_url or url, "drafts", "head")


def downgrade(url: str, revision: str, *, history: History = "main") -> None:
    """Take one history back to ``revision`` ("base": to nothing)."""
    _run("downgrade", url, history, revision)


def current(url: str, *, history: History = "main") -> str | None:
    """The revision that the database has; None for a database without tables."""
    engine = open_database(url)
    try:
        with engine.connect() as connection:
            return _context(connection, history).get_current_revision()
    finally:
        engine.dispose()


def head(*, history: History = "main") -> str:
    """The newest revision of this software."""
    newest = ScriptDirectory.from_config(_config(history)).get_current_head()
    if newest is None:
        raise RuntimeError(f"the history {history!r} has no revision")
    return newest


def is_current(url: str, drafts_url: str | None = None) -> bool:
    """Whether both histories are at their newest revision."""
    return current(url) == head() and current(drafts_url or url, history="drafts") == head(history="drafts")


def differences(url: str, *, history: History = "main") -> list[Any]:
    """What the tables in the database lack or have too much, compared with the mappings; empty when they match."""
    engine = open_database(url)
    try:
        with engine.connect() as connection:
            return list(compare_metadata(_context(connection, history), _METADATA[history]))
    finally:
        engine.dispose()


def version_table(history: History) -> str:
    """The table in which a history keeps its revision."""
    return f"alembic_{history}"


def _context(connection: Connection, history: History) -> MigrationContext:
    mine = _METADATA[history].tables

    def ours(_thing: Any, name: str | None, kind: str, reflected: bool, _compared: Any) -> bool:
        # The index of words is made by its migration alone, because each database has a way of its own for it.
        return not (reflected and (name == "ix_screened_comment_words" or (kind == "table" and name not in mine)))

    return MigrationContext.configure(
        connection,
        opts={"version_table": version_table(history), "compare_type": True, "include_object": ours},
    )


def _config(history: History, engine: Engine | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("version_locations", str(_FOLDER / history / "versions"))
    config.set_main_option("path_separator", "newline")
    config.attributes["engine"] = engine
    config.attributes["metadata"] = _METADATA[history]
    config.attributes["version_table"] = version_table(history)
    return config


def _run(direction: Literal["upgrade", "downgrade"], url: str, history: History, revision: str) -> None:
    engine = open_database(url)
    try:
        getattr(command, direction)(_config(history, for_writing(engine)), revision)
    finally:
        engine.dispose()
