"""Reading a document in a process of its own, which has little memory and time and can open no file and call nobody.

``python -m surveys.strategy_documents.reading NAME`` reads a document from standard input and writes what it found as
JSON to standard output; ``read_document`` starts it.
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from surveys.strategy_documents.blocks import DocumentRefused
from surveys.strategy_documents.finding import Finding, FoundTheme, LeftOut, Series, find_themes
from surveys.strategy_documents.formats import MOST_BYTES, TOO_LARGE, read_blocks

ROOT = Path(__file__).resolve().parent.parent.parent

_REFUSED = 3
_NEEDED = (
    *("markdown_it", "pypdfium2", "pypdfium2.raw", "ctypes", "heapq"),
    *(
        f"encodings.{name}"
        for name in (
            "ascii", "big5", "charmap", "cp1252", "cp437", "euc_kr", "gb18030", "gbk", "idna", "latin_1", "mac_roman",
            "raw_unicode_escape", "shift_jis", "utf_16", "utf_16_be", "utf_16_le", "utf_8_sig",
        )
    ),
)  # fmt: skip
"""What these libraries and codecs load only when they meet a document that needs it."""
_UNREADABLE = (
    "The document needed more time or memory than reading may take, so it was not read. "
    "Save the pages with the themes as a file of their own, or paste their text."
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may use: processor and clock seconds, bytes of address space."""

    cpu_seconds: int = 10
    wall_seconds: float = 15
    memory_bytes: int = 1024**3


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found, and sentences that the officer should read before trusting it."""

    finding: Finding
    notices: tuple[str, ...] = ()


def read_document(content: bytes, name: str, *, limits: Limits | None = None) -> Reading:
    """The themes of a document with this content and file name; pasted text has a name that ends with ".txt".

    DocumentRefused, with a sentence for the officer, where it is too large, no document that is read, locked, holds
    macros or entities, is damaged, or needs more than ``limits``.
    """
    limits = limits or Limits()
    if len(content) > MOST_BYTES:
        raise DocumentRefused(TOO_LARGE)
    arguments = (name, str(limits.cpu_seconds), str(limits.memory_bytes))
    try:
        child = subprocess.run(
            [sys.executable, "-m", "surveys.strategy_documents.reading", *arguments],
            input=content,
            capture_output=True,
            timeout=limits.wall_seconds,
            cwd=ROOT,
            env={"LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        raise DocumentRefused(_UNREADABLE) from expired
    if child.returncode == _REFUSED:
        raise DocumentRefused(child.stdout.decode())
    if child.returncode != 0:
        raise DocumentRefused(_UNREADABLE)
    return reading_from_record(json.loads(child.stdout))


def reading_from_record(record: Any) -> Reading:
    """The reading that ``dataclasses.asdict`` made ``record`` of."""
    series = tuple(
        Series(
            one["how"],
            tuple(FoundTheme(**{**theme, "paragraphs": tuple(theme["paragraphs"])}) for theme in one["themes"]),
            tuple(LeftOut(**left) for left in one["left_out"]),
        )
        for one in record["finding"]["series"]
    )
    return Reading(Finding(series, record["finding"]["sure"]), tuple(record["notices"]))


def _shut_in(cpu_seconds: int, memory_bytes: int) -> None:
    # Whatever is needed is loaded now: afterwards this process can open no file and no connection any more.
    for module in _NEEDED:
        importlib.import_module(module)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def main(name: str, cpu_seconds: int, memory_bytes: int) -> int:
    """Read the document on standard input under these limits; the exit code says how it went."""
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    _shut_in(cpu_seconds, memory_bytes)
    try:
        found = read_blocks(content, name)
        reading = Reading(find_themes(found.blocks), found.notices)
    except DocumentRefused as refused:
        sys.stdout.buffer.write(str(refused).encode())
        return _REFUSED
    sys.stdout.buffer.write(json.dumps(dataclasses.asdict(reading)).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
