"""Finishing on another device: a code of 12 characters opens the draft where it was begun.

The code itself is stored nowhere in clear. A memory-hard derivation (scrypt, RFC 7914) makes from it the place of the
draft and the key to it; it takes a noticeable time, so it is done outside any transaction.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, field, replace

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from surveys.drafts.keeping import COOKIE, Draft, seal_content, unseal_content
from surveys.drafts.sealing import KEY_BYTES, Unreadable, new_token, seal, token_hash, token_key, unseal
from surveys.short_codes import RETURN_CODE_LENGTH, new_code
from surveys.storage import tables

MOST_TRIES = 20
WINDOW = datetime.timedelta(minutes=15)
"""At one collector, at most ``MOST_TRIES`` codes that open nothing within ``WINDOW``."""

_RETURN = b"engage draft key, return code"
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 2**15, 8, 1
_STATE = "return_code"

_first_try = text(
    "INSERT INTO return_code_tries (collector_id, window_started_at, tries) VALUES (:collector_id, :at, 0) "
    "ON CONFLICT (collector_id) DO NOTHING"
).bindparams(bindparam("at", type_=tables.UtcDateTime()))


class TooManyTries(Exception):
    """Too many wrong codes at this collector; try again after ``until``."""

    def __init__(self, until: datetime.datetime) -> None:
        super().__init__("too many return codes were tried")
        self.until = until


@dataclass(frozen=True, slots=True)
class ReturnCode:
    """A return code with what was derived from it: the draft's place and its wrapping key."""

    code: str = field(repr=False)
    locator: bytes = field(repr=False)
    key: bytes = field(repr=False)


def derive_return_code(code: str, *, collector_code: str) -> ReturnCode:
    """Derive place and key from a well-formed return code. About 0.1 s and 32 MB: call it outside a transaction."""
    derived = hashlib.scrypt(
        code.encode(),
        salt=f"engage return code {collector_code}".encode(),
        n=_SCRYPT_N,
        r=_SCRYPT_R,
        p=_SCRYPT_P,
        maxmem=2 * 128 * _SCRYPT_R * _SCRYPT_N,
        dklen=2 * KEY_BYTES,
    )
    return ReturnCode(code, derived[:KEY_BYTES], derived[KEY_BYTES:])


def new_return_code(*, collector_code: str) -> ReturnCode:
    """A random return code for a draft begun at this collector. As slow as ``derive_return_code``."""
    return derive_return_code(new_code(length=RETURN_CODE_LENGTH), collector_code=collector_code)


def make_return_code(session: Session, *, token: str, candidate: ReturnCode) -> str | None:
    """The draft's return code: ``candidate``'s, or the one it was given before; None where there is no draft.

    Asking twice gives the same code, so that what someone wrote down stays right.
    """
    row = session.get(tables.Draft, token_hash(token), with_for_update=True)
    if row is None:
        return None
    try:
        key = unseal(token_key(token), row.wrapped_key, COOKIE)
        draft = unseal_content(key, row)
    except Unreadable:
        return None
    before = draft.state.get(_STATE)
    if isinstance(before, str):
        return before
    row.content = seal_content(key, replace(draft, state={**draft.state, _STATE: candidate.code}))
    row.return_locator = candidate.locator
    row.return_wrapped_key = seal(candidate.key, key, _RETURN)
    session.flush()
    return candidate.code


def note_try(session: Session, *, collector_id: int, at: datetime.datetime) -> None:
    """Count a try before it is derived, in a transaction of its own. Raises TooManyTries."""
    session.connection().execute(_first_try, {"collector_id": collector_id, "at": at})
    row = session.get_one(tables.ReturnCodeTries, collector_id, with_for_update=True)
    if not row.window_started_at <= at < row.window_started_at + WINDOW:
        row.window_started_at, row.tries = at, 1
    elif row.tries >= MOST_TRIES:
        raise TooManyTries(row.window_started_at + WINDOW)
    else:
        row.tries += 1
    session.flush()


def open_with_return_code(session: Session, *, candidate: ReturnCode, collector_id: int) -> tuple[str, Draft] | None:
    """(new token, draft) for the device on which the code was typed; None where the code opens nothing.

    The draft moves: the first device's cookie opens it no longer, the code still does. A try that opens does not count.
    """
    row = session.scalar(
        select(tables.Draft)
        .where(tables.Draft.return_locator == candidate.locator, tables.Draft.collector_id == collector_id)
        .with_for_update()
    )
    if row is None or row.return_wrapped_key is None:
        return None
    try:
        key = unseal(candidate.key, row.return_wrapped_key, _RETURN)
        draft = unseal_content(key, row)
    except Unreadable:
        return None
    token = new_token()
    row.wrapped_key = seal(token_key(token), key, COOKIE)
    row.token_hash = token_hash(token)
    tries = session.get(tables.ReturnCodeTries, collector_id, with_for_update=True)
    if tries is not None and tries.tries > 0:
        tries.tries -= 1
    session.flush()
    return token, draft
