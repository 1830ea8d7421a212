"""Rendering: nothing from outside enters a document, and none can take the machine with it."""

from __future__ import annotations

import contextlib
import io
import socket
import threading
from pathlib import Path

import pikepdf
import pytest
from jinja2 import UndefinedError
from weasyprint.urls import FatalURLFetchingError

from reports.documents import DocumentFailed, DoesNotFit, File, Limits, html_from_template, pdf_from_html, pdf_that_fits
from reports.rendering import render
from tests.reports.pdf_checks import page_texts

PAGE = '<html lang="en"><title>T</title><body><h1>T</h1>{}</body></html>'


@pytest.fixture(scope="module")
def listening() -> tuple[str, list[bytes]]:
    """An address on this machine, and what anybody asked of it."""
    server = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def listen() -> None:
        while True:
            connection, _ = server.accept()
            heard.append(connection.recv(100))
            connection.close()

    threading.Thread(target=listen, daemon=True).start()
    return f"http://127.0.0.1:{server.getsockname()[1]}/x", heard


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{address}" alt="x">',
        '<link rel="stylesheet" href="{address}">',
        '<link rel="attachment" href="{address}">',
        "<style>@import url({address});</style>",
        "<style>body {{ background: url({address}) }}</style>",
        "<style>@font-face {{ font-family: x; src: url({address}) }} body {{ font-family: x }}</style>",
        '<object data="{address}"></object>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}" width="9" height="9"/></svg>',
    ],
)
@pytest.mark.parametrize("kind", ["network", "file", "relative", "data"])
def test_a_document_reaches_nothing_but_its_own_pictures(
    markup: str, kind: str, listening: tuple[str, list[bytes]], tmp_path: Path
) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">hunter2</text></svg>')
    address, heard = listening
    address = {
        "network": address,
        "file": secret.as_uri(),
        "relative": str(secret),
        "data": "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%3E%3C/svg%3E",
    }[kind]
    made = None
    # WeasyPrint 70 stops with a ValueError of its own at an import that has nothing to be relative to.
    with contextlib.suppress(FatalURLFetchingError, ValueError):
        made = render([PAGE.format(markup.format(address=address))])
    assert heard == []
    if made is not None:
        # What is never asked for, such as a picture inside a drawing, is left out and need not be refused.
        with pikepdf.open(io.BytesIO(made[1])) as document:
            assert not document.attachments
        assert "hunter2" not in " ".join(page_texts(made[1]))


def test_a_refused_address_stops_the_document_with_a_message() -> None:
    with pytest.raises(DocumentFailed, match="asks for file:///etc/passwd, which is not one of its own pictures"):
        pdf_from_html(PAGE.format('<img src="file:///etc/passwd" alt="x">'))


def test_a_documents_own_pictures_are_shown_and_its_files_travel_inside() -> None:
    picture = File("dot.svg", "image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    note = File("note.json", "application/json", b'{"a": 1}', "A note")
    pdf = pdf_from_html(PAGE.format('<img src="asset:dot.svg" alt="dot">'), assets=(picture,), attachments=(note,))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.attachments["note.json"].get_file().read_bytes() == b'{"a": 1}'


@pytest.mark.parametrize(
    "limits", [Limits(memory_bytes=120 * 1024**2), Limits(cpu_seconds=1), Limits(wall_seconds=1)], ids=str
)
def test_a_document_that_passes_its_limits_is_stopped_with_a_message(limits: Limits) -> None:
    with pytest.raises(DocumentFailed, match="Ask for a shorter document"):
        pdf_from_html(PAGE.format("<p>Word " * 60_000), limits=limits)


def test_the_child_process_is_handed_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAGE_SECRET_KEY", "x" * 40)
    seen = {}

    def run(arguments: list[str], **keywords: object) -> object:
        seen.update(keywords)
        raise OSError("stop here")

    monkeypatch.setattr("reports.documents.subprocess.run", run)
    with pytest.raises(OSError, match="stop here"):
        pdf_from_html(PAGE.format(""))
    assert not [name for name in seen["env"] if name.startswith("ENGAGE")]  # type: ignore[attr-defined]


def test_the_most_generous_candidate_that_fits_is_taken() -> None:
    candidates = [PAGE.format("<p style='break-before: page'>more</p>" * more) for more in (3, 1, 0)]
    with pikepdf.open(io.BytesIO(pdf_that_fits(candidates, pages=2).pdf)) as document:
        assert len(document.pages) == 2
    with pytest.raises(DoesNotFit):
        pdf_that_fits(candidates[:1], pages=2)


def test_texts_are_escaped_and_a_missing_value_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        html_from_template("other_ways.html")
    shown = html_from_template(
        "other_ways.html", words=lambda phrase: phrase, other_ways=["<script>alert(1)</script>"], also_in=[]
    )
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
