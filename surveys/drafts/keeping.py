"""Opening, saving and reading drafts. The caller's cookie holds the token; the database holds only its hash."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from surveys.answers import Answers, Value
from surveys.drafts.sealing import (
    Unreadable,
    new_key,
    new_token,
    seal,
    seal_json,
    token_hash,
    token_key,
    unseal,
    unseal_json,
)
from surveys.storage import tables

COOKIE = b"engage draft key, cookie"


class Kept(Protocol):
    """The columns of a draft that are needed to open it."""

    @property
    def collector_id(self) -> int: ...
    @property
    def version_id(self) -> int: ...
    @property
    def wrapped_key(self) -> bytes: ...
    @property
    def content(self) -> bytes: ...
    @property
    def row_version(self) -> int: ...
    @property
    def kept_on(self) -> datetime.date: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """One person's answers so far. ``state`` is what else the web layer keeps: JSON, never shown to anyone else."""

    collector_id: int
    version_id: int
    answers: Answers
    state: dict[str, Any]
    row_version: int
    kept_on: datetime.date


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft after saving. ``overtaken``: another tab or device had saved since the page was shown.

    Nothing of the other's pages is lost; ``replaced`` are the items whose differing answers this page has replaced.
    ``first_time``: none of the items had been saved before.
    """

    draft: Draft
    overtaken: bool
    replaced: tuple[str, ...] = ()
    first_time: bool = True


_table = cast(Table, tables.Draft.__table__)
_find = select(
    tables.Draft.collector_id,
    tables.Draft.version_id,
    tables.Draft.wrapped_key,
    tables.Draft.content,
    tables.Draft.row_version,
    tables.Draft.kept_on,
).where(tables.Draft.token_hash == bindparam("of_token"))
_find_and_lock = _find.with_for_update()
_add = insert(_table)
_change = update(_table).where(_table.c.token_hash == bindparam("of_token"))
_save = _change.values(
    content=bindparam("new_content"), row_version=bindparam("new_version"), kept_on=bindparam("new_day")
)
_remove = delete(_table).where(_table.c.token_hash == bindparam("of_token"))


def open_draft(
    session: Session | Connection,
    *,
    collector_id: int,
    version_id: int,
    at: datetime.date,
    answers: Mapping[str, Value] | None = None,
    state: Mapping[str, Any] | None = None,
) -> tuple[str, Draft]:
    """(token, draft): a new draft and the token that alone can open it, for the cookie."""
    token, key = new_token(), new_key()
    draft = Draft(collector_id, version_id, dict(answers or {}), dict(state or {}), 1, at)
    connection_of(session).execute(
        _add,
        {
            "token_hash": token_hash(token),
            "collector_id": collector_id,
            "version_id": version_id,
            "wrapped_key": seal(token_key(token), key, COOKIE),
            "return_locator": None,
            "return_wrapped_key": None,
            "content": seal_content(key, draft),
            "row_version": 1,
            "kept_on": at,
        },
    )
    return token, draft


def load_draft(session: Session | Connection, *, token: str) -> Draft | None:
    """The draft that the token opens; None where there is none (never was, sent, or past its time)."""
    row: Kept | None = connection_of(session).execute(_find, {"of_token": token_hash(token)}).one_or_none()
    opened = None if row is None else _opened(row, token)
    return None if opened is None else opened[1]


def save_draft(
    session: Session | Connection,
    *,
    token: str,
    answers: Mapping[str, Value],
    seen_version: int | None,
    at: datetime.date,
    state: Mapping[str, Any] | None = None,
) -> Saved | None:
    """Put a page's answers (and parts of the state) into the draft; None where there is no draft any more.

    ``seen_version`` is the row version that the page was made from. A page that comes late is merged: its own items
    win, all others stay as they were saved since.
    """
    connection = connection_of(session)
    row: Kept | None = connection.execute(_find_and_lock, {"of_token": token_hash(token)}).one_or_none()
    opened = None if row is None else _opened(row, token)
    if opened is None:
        return None
    key, before = opened
    overtaken = seen_version is not None and seen_version != before.row_version
    replaced = tuple(
        item
        for item, value in answers.items()
        if overtaken and before.answers.get(item) is not None and before.answers[item] != value
    )
    draft = Draft(
        before.collector_id,
        before.version_id,
        {**before.answers, **answers},
        {**before.state, **(state or {})},
        before.row_version + 1,
        at,
    )
    connection.execute(
        _save,
        {
            "of_token": token_hash(token),
            "new_content": seal_content(key, draft),
            "new_version": draft.row_version,
            "new_day": at,
        },
    )
    return Saved(draft, overtaken, replaced, before.answers.keys().isdisjoint(answers))


def delete_draft(session: Session | Connection, *, token: str) -> bool:
    """Delete the draft that the token opens; False where there is none."""
    return connection_of(session).execute(_remove, {"of_token": token_hash(token)}).rowcount == 1


def connection_of(session: Session | Connection) -> Connection:
    """The connection of a session, or the connection itself: every page of a journey saves the cost of a session."""
    return session if isinstance(session, Connection) else session.connection()


def seal_content(key: bytes, draft: Draft) -> bytes:
    """The draft's encrypted content, bound to its collector and version."""
    content = {"answers": draft.answers, "state": draft.state}
    return seal_json(key, content, _bound_to(draft.collector_id, draft.version_id))


def unseal_content(key: bytes, row: Kept) -> Draft:
    """The draft of a row. Raises Unreadable."""
    held = unseal_json(key, row.content, _bound_to(row.collector_id, row.version_id))
    answers: Answers = {
        item: tuple(value) if isinstance(value, list) else value for item, value in held["answers"].items()
    }
    return Draft(row.collector_id, row.version_id, answers, held["state"], row.row_version, row.kept_on)


def _opened(row: Kept, token: str) -> tuple[bytes, Draft] | None:
    # A row that does not open was changed from outside; the person starts afresh rather than meeting an error.
    try:
        key = unseal(token_key(token), row.wrapped_key, COOKIE)
        return key, unseal_content(key, row)
    except Unreadable:
        return None


def _bound_to(collector_id: int, version_id: int) -> bytes:
    return f"engage draft {collector_id} {version_id}".encode()
