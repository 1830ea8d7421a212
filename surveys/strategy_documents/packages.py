"""Opening a zipped document (Word, OpenDocument) without trusting it: sizes, macros, passwords and entities first."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from xml.etree import ElementTree

from surveys.strategy_documents.blocks import DocumentRefused

MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_OF_A_PART = 30 * 1024 * 1024
MOST_TIMES_LARGER = 200
"""Word's own XML packs to about a tenth; nothing written by people packs to less than a two-hundredth."""

DAMAGED = (
    "The file is damaged and cannot be opened. Open it in the program it was written with, save it again, and try that."
)
_TOO_MUCH = "The file unpacks to far more than a document holds, so it was not opened. Paste its text instead."
MACROS = "The file holds macros, which are small programs, so it was not opened. Save it as .docx or .odt without them."
_ENTITIES = "The file holds instructions to read other files (entities), so it was not opened. Paste its text instead."
PASSWORD = "The file is protected with a password. Save it without the password, or paste its text."  # noqa: S105  A sentence, not a password.


class Package:
    """The parts of a zipped document. DocumentRefused where it is not safe to open, or damaged."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
            raise DocumentRefused(DAMAGED) from error
        names = [entry.filename for entry in entries]
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise DocumentRefused(_TOO_MUCH)
        if len(set(names)) != len(names) or any(name.startswith("/") or ".." in name.split("/") for name in names):
            raise DocumentRefused(DAMAGED)
        if any(entry.flag_bits & 1 for entry in entries):
            raise DocumentRefused(PASSWORD)
        if any(entry.file_size > 100_000 + MOST_TIMES_LARGER * entry.compress_size for entry in entries):
            raise DocumentRefused(_TOO_MUCH)
        if any(_is_macro(name) for name in names):
            raise DocumentRefused(MACROS)
        self.names = frozenset(names)

    def text(self, name: str) -> bytes:
        """The bytes of one part; what it really unpacks to is limited, whatever the file says of itself."""
        try:
            with self._zip.open(name) as part:
                content = part.read(MOST_OF_A_PART + 1)
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            RuntimeError,
            KeyError,
            EOFError,
            OSError,
            zlib.error,
        ) as error:
            raise DocumentRefused(DAMAGED) from error
        if len(content) > MOST_OF_A_PART:
            raise DocumentRefused(_TOO_MUCH)
        return content

    def xml(self, name: str) -> ElementTree.Element:
        """One part as XML, which may declare no document type: that is where entities come from."""
        content = self.text(name)
        text = _decoded(content)
        if re.search(r"<!\s*(DOCTYPE|ENTITY)", text, re.IGNORECASE):
            raise DocumentRefused(_ENTITIES)
        try:
            # No document type is left by now, and expat by itself fetches nothing.
            return ElementTree.fromstring(content)  # noqa: S314  Entities are refused above.
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise DocumentRefused(DAMAGED) from error


def _is_macro(name: str) -> bool:
    lower = name.lower()
    return lower.rsplit("/", 1)[-1].startswith("vbaproject") or lower.startswith(("basic/", "scripts/"))


def _decoded(content: bytes) -> str:
    """The part as text, for looking into it before it is parsed; only the two encodings of these formats."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    declared = re.match(rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)", content[:200])
    if encoding == "utf-8-sig" and declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        raise DocumentRefused(DAMAGED)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentRefused(DAMAGED) from error
