"""Counting what a page asks of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event


@contextmanager
def queries_counted(application: Flask) -> Iterator[list[str]]:
    """Every statement that the application sends to its database until the block ends."""
    sent: list[str] = []
    engine = application.extensions["engage"].database.engine

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.upper().startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "ROLLBACK")):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
