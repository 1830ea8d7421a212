"""All prints of a survey in one zip file, with a list of what is in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

from reports.documents import DocumentFailed
from reports.invitation import Invitation
from reports.prints import Printer
from surveys.print_plan import CONTENTS, Piece, contents_csv

_BYTE_ORDER_MARK = "\ufeff"
"""Tells spreadsheets that the letters are UTF-8."""


def prints_zip(
    planned: Sequence[Piece],
    *,
    invitations: Mapping[tuple[str, str], Invitation],
    base_url: str,
    progress: Callable[[int], None],
) -> bytes:
    """Make every piece from the invitation to its (code, language) and put them into a zip file.

    ``progress`` is told before each piece how many are done, and ends the work by raising. DocumentFailed names the
    piece that could not be made, or read back.
    """
    printer, written = Printer(), io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(CONTENTS, _BYTE_ORDER_MARK + contents_csv(planned, base_url=base_url))
        for done, piece in enumerate(planned):
            progress(done)
            try:
                bundle.writestr(piece.file, printer.file(invitations[piece.row.code, piece.language], piece.kind))
            except DocumentFailed as failed:
                raise DocumentFailed(f"{piece.file}: {failed}") from failed
    return written.getvalue()
