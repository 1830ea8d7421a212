"""Short reports to be verified, as they are made and as somebody may change them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pikepdf

from engage.unit_of_work import Database
from reports.carried import read_provenance
from reports.commentary import Written
from reports.documents import pdf_from_html
from reports.page_digests import with_page_digests
from reports.provenance import ATTACHMENT, attachment
from reports.tabulation import Figure, Results
from reports.verification import Verification, verify
from surveys.questionnaire import Questionnaire

SECRET = "the secret of this installation"
_PAGE = '<html lang="en"><title>T</title><h1>Hello</h1></html>'


def a_pdf(
    results: Results[Figure],
    questionnaire: Questionnaire,
    commentary: Written | None = None,
    *,
    secret: str = SECRET,
) -> bytes:
    """A short document with the file that a report carries."""
    carries = attachment(results, questionnaire, kind="board", language="en", commentary=commentary)
    return with_page_digests(pdf_from_html(_PAGE, attachments=(carries,)), secret=secret)


def verified(database: Database, pdf: bytes) -> Verification:
    with database.reading() as session:
        return verify(session, pdf, secrets=("a newer secret", SECRET))


def changed(pdf: bytes, *, sealed: bool = True, **figures: object) -> bytes:
    """The report with other figures inside; ``sealed`` False takes its seal off."""
    carried = read_provenance(pdf)
    carried["results"].update(figures)
    if not sealed:
        carried.pop("seal", None)
    return with_carried(pdf, carried)


def with_carried(pdf: bytes, carried: dict[str, Any]) -> bytes:
    """The same pages with something else inside."""

    def put(document: pikepdf.Pdf) -> None:
        document.attachments[ATTACHMENT] = pikepdf.AttachedFileSpec(document, json.dumps(carried).encode())

    return rewritten(pdf, put)


def rewritten(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The PDF opened, changed and saved by another program."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(written, linearize=True)
    return written.getvalue()
