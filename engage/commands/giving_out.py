"""Keeping the counts behind results that a command gives out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from engage.commands.context import database

if TYPE_CHECKING:
    from surveys.storage import tables

_READ_ONLY = ("readonly", "read-only")


def keep_counts(counts: Sequence[tables.PublishedCounts]) -> None:
    """Store the counts that later results are judged by. A copy of a database that can only be read stays as it is."""
    if not counts:
        return
    try:
        with database().writing() as session:
            session.add_all(counts)
    except DBAPIError as refused:
        if not any(word in str(refused).lower() for word in _READ_ONLY):
            raise
