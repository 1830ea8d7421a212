"""Answers that are not sent yet, kept so that only the person who gave them can read them."""

from surveys.drafts.keeping import Draft, Saved, delete_draft, load_draft, open_draft, save_draft
from surveys.drafts.return_codes import (
    ReturnCode,
    TooManyTries,
    derive_return_code,
    make_return_code,
    new_return_code,
    note_try,
    open_with_return_code,
)

__all__ = [
    "Draft",
    "ReturnCode",
    "Saved",
    "TooManyTries",
    "delete_draft",
    "derive_return_code",
    "load_draft",
    "make_return_code",
    "new_return_code",
    "note_try",
    "open_draft",
    "open_with_return_code",
    "save_draft",
]
