"""Keeping the counts behind results that a command gives out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from engage.commands.context import database

if TYPE_CHECKING:
    from surveys.storage import tables

_READ_ONLY = ("readonly", "read-only")


def keep_counts(counts: tables.PublishedCounts | None) -> None:
    """Store the counts that later results are judged by. A copy of a database that can only be read stays as it is."""
    if counts is None:
        return
    try:
        with database().writing() as session:
            session.add(counts)
    except DBAPIError as refused:
        if not any(word in str(refused).lower() for word in _READ_ONLY):
            raise
