"""Answers that are not sent yet. Without the sender's cookie or return code nothing here can be read."""

from __future__ import annotations

import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from surveys.storage.tables.declaring import HASH, DraftBase


class Draft(DraftBase):
    """Encrypted answers so far. ``wrapped_key`` opens with the cookie's token, ``return_wrapped_key`` with a code.

    The collector and version have no foreign keys because drafts may stand in a file of their own.
    """

    __tablename__ = "draft"
    __table_args__ = ({"sqlite_with_rowid": False},)

    token_hash: Mapped[bytes] = mapped_column(HASH, primary_key=True)
    collector_id: Mapped[int]
    version_id: Mapped[int]
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    return_locator: Mapped[bytes | None] = mapped_column(HASH, unique=True)
    return_wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    row_version: Mapped[int]
    kept_on: Mapped[datetime.date]


class ReturnCodeTries(DraftBase):
    """How many return codes were tried at one collector since ``window_started_at``."""

    __tablename__ = "return_code_tries"

    collector_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    window_started_at: Mapped[datetime.datetime]
    tries: Mapped[int]
