"""How every printed document is made: a template becomes HTML, the HTML a tagged PDF in a child process with limits.

The HTML is the master; the PDF is made from it. A document holds its own style sheet, refers to nothing outside itself
and carries no style attribute, so it can be shown under a strict content policy.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.passages import with_passages

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates" / "documents"

_KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH")


class DocumentFailed(RuntimeError):
    """A document could not be made; the message says why and is fit to be shown to an officer."""


@dataclass(frozen=True, slots=True)
class File:
    """Something a document holds: a picture that it shows, or a file that travels inside the PDF."""

    name: str
    media_type: str
    content: bytes
    description: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one rendering may use: processor and clock seconds, bytes of address space."""

    cpu_seconds: int = 180
    wall_seconds: float = 240
    memory_bytes: int = 2 * 1024**3


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["style_sheet"] = _style_sheet
    return environment


@cache
def _style_sheet(name: str) -> Markup:
    # Our own style sheets hold quotes and ">" that escaping would break; no value of a survey ever enters them.
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704


def html_from_template(template: str, *, passages: Mapping[str, str] | None = None, **values: Any) -> str:
    """A template of ``templates/documents`` filled in, every value escaped. UndefinedError when a value is missing.

    ``passages`` has the language of passages that run the other way than the document, by their direction.
    """
    return with_passages(_environment().get_template(template).render(**values), passages or {})


# Exit codes of the child, beside 0.
FORBIDDEN_ADDRESS = 3
OUT_OF_MEMORY = 4
DOES_NOT_FIT = 5


class DoesNotFit(DocumentFailed):
    """No candidate fitted on the pages allowed."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A PDF and the place of the candidate that it was made from, so that others like it need not try all again."""

    pdf: bytes
    place: int = 0

    def after(self, skipped: int) -> Fitted:
        """The same, where that many candidates before the first one were not tried."""
        return Fitted(self.pdf, self.place + skipped)


def pdf_from_html(
    html: str,
    *,
    assets: tuple[File, ...] = (),
    attachments: tuple[File, ...] = (),
    zoom: float = 1,
    limits: Limits | None = None,
) -> bytes:
    """The HTML as a tagged PDF that declares PDF/UA-1, rendered in a child process.

    The HTML reaches an asset as ``asset:NAME`` and nothing else: the child has no settings, no database and refuses
    every other address. ``zoom`` enlarges the finished pages with all that is on them. DocumentFailed when the document
    asks for another address, passes a limit, or cannot be rendered.
    """
    return _pdf([html], pages=None, assets=assets, attachments=attachments, zoom=zoom, limits=limits).pdf


def pdf_that_fits(
    candidates: Sequence[str],
    *,
    pages: int,
    assets: tuple[File, ...] = (),
    attachments: tuple[File, ...] = (),
    zoom: float = 1,
    limits: Limits | None = None,
) -> Fitted:
    """The first of these HTML documents that needs no more than ``pages`` pages, as ``pdf_from_html`` makes it.

    Candidates come in order of preference: the most generous setting first. DoesNotFit when none fits.
    """
    return _pdf(list(candidates), pages=pages, assets=assets, attachments=attachments, zoom=zoom, limits=limits)


def _pdf(
    candidates: list[str],
    *,
    pages: int | None,
    assets: tuple[File, ...],
    attachments: tuple[File, ...],
    zoom: float,
    limits: Limits | None,
) -> Fitted:
    limits = limits or Limits()
    request = {
        "candidates": candidates,
        "pages": pages,
        "zoom": zoom,
        "assets": [_to_json(file) for file in assets],
        "attachments": [_to_json(file) for file in attachments],
        "cpu_seconds": limits.cpu_seconds,
        "memory_bytes": limits.memory_bytes,
    }
    try:
        child = subprocess.run(
            [sys.executable, "-m", "reports.rendering"],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=limits.wall_seconds,
            cwd=ROOT,
            env={name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ},
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        raise DocumentFailed(
            f"The PDF was not ready after {limits.wall_seconds:g} seconds and was stopped. Ask for a shorter document."
        ) from expired
    if child.returncode == 0:
        place, _, pdf = child.stdout.partition(b"\n")
        return Fitted(pdf, int(place))
    raise _failure(child.returncode, child.stderr.decode(errors="replace"))


def _failure(returncode: int, stderr: str) -> DocumentFailed:
    last_line = stderr.strip().rpartition("\n")[2]
    if returncode == FORBIDDEN_ADDRESS:
        return DocumentFailed(f"The PDF was refused: {last_line}.")
    if returncode == DOES_NOT_FIT:
        return DoesNotFit("The texts are too long for the pages that this document has.")
    if returncode == OUT_OF_MEMORY or returncode < 0:
        return DocumentFailed(
            "The PDF needed more memory or time than a document may use and was stopped. Ask for a shorter document."
        )
    return DocumentFailed(
        f"The PDF could not be made ({last_line}). `engage doctor` checks the fonts and libraries that it needs."
    )


def _to_json(file: File) -> dict[str, str]:
    return {
        "name": file.name,
        "media_type": file.media_type,
        "content": base64.b64encode(file.content).decode(),
        "description": file.description,
    }


def file_from_json(document: dict[str, str]) -> File:
    """A file as the child process reads it from its request."""
    return File(**{**document, "content": base64.b64decode(document["content"])})  # type: ignore[arg-type]  # Only the content is not text.
