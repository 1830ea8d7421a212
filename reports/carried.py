"""What the PDF of a report carries about itself, read back."""

from __future__ import annotations

import io
import json
from typing import Any

import pikepdf

from reports.provenance import ATTACHMENT, FORMAT

_LARGEST_ATTACHMENT = 64 * 1024**2
NO_FIGURES = (
    "This PDF carries no figures of Engage. Give the file as 'engage report' or the staff pages made it; printing or "
    "saving it anew drops them."
)
INCOMPLETE = "The figures inside this PDF are incomplete. The file was changed or damaged."


class NotVerifiable(ValueError):
    """The file cannot be verified; the message says why and what to do."""


def read_provenance(pdf: bytes) -> dict[str, Any]:
    """What a report's PDF carries about itself. NotVerifiable for any other file."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            if ATTACHMENT not in document.attachments:
                raise NotVerifiable(NO_FIGURES)
            content = document.attachments[ATTACHMENT].get_file().read_bytes()
    except pikepdf.PdfError as error:
        raise NotVerifiable(_unreadable(pdf)) from error
    if len(content) > _LARGEST_ATTACHMENT:
        raise NotVerifiable("The file inside this PDF is far larger than Engage makes it.")
    try:
        carried = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NotVerifiable("The figures inside this PDF cannot be read. The file was changed or damaged.") from error
    if not isinstance(carried, dict) or carried.get("format") != FORMAT:
        raise NotVerifiable("The figures inside this PDF are of a form that this version of Engage does not know.")
    return carried


def _unreadable(content: bytes) -> str:
    """Why a file that is no readable PDF cannot be verified, by what it seems to be."""
    start = content[:4096].lstrip().lower()
    kinds = {
        "a web page": start.startswith((b"<!doctype html", b"<html")),
        "a Word file": content.startswith(b"PK") and b"word/" in content,
        "a spreadsheet": content.startswith(b"PK") and b"xl/" in content,
    }
    kind = next((kind for kind, is_it in kinds.items() if is_it), None)
    if kind is None:
        return "This is not a PDF that can be read, or it is protected by a password."
    return (
        f"This is {kind}, and not one that was kept with a final report. It carries nothing that can be verified: "
        "verify the PDF of the same report."
    )
