"""Files that staff send: larger than any other form, and never more than their page allows."""

from __future__ import annotations

import io
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from surveys.answers import clean_text

LONGEST_NAME = 200
FORM_BYTES = 64 * 1024
"""What the other fields of the form and its boundaries may take."""


def allow_upload(most_bytes: int) -> bool:
    """Let this request bring a file of so many bytes; False where what was sent is larger, and cannot be read."""
    request.max_content_length = most_bytes + FORM_BYTES
    try:
        # Reading the form is what finds that it is too large.
        _ = request.files
    except RequestEntityTooLarge:
        return False
    return True


def uploaded(given: Any) -> tuple[str, bytes] | None:
    """Name (cleaned, at most 200 characters) and content of what a FileField holds; None where nothing was chosen."""
    if not isinstance(given, FileStorage) or not given.filename:
        return None
    held = io.BytesIO()
    given.save(held)
    return clean_text(given.filename, lines=False)[-LONGEST_NAME:], held.getvalue()
