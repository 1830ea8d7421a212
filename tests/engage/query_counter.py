"""How many statements a page asks of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from engage.unit_of_work import Database


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The SQL statements that ``database`` is sent until the block ends; beginning and ending transactions aside."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
