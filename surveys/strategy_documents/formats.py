"""Knowing a document by its content and its name, and refusing what is neither safe nor a document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from surveys.strategy_documents.blocks import MOST_CHARACTERS, Block, DocumentRefused
from surveys.strategy_documents.markdown import looks_like_markdown, read_markdown
from surveys.strategy_documents.open_document import read_open_document
from surveys.strategy_documents.packages import DAMAGED, MACROS, PASSWORD, Package
from surveys.strategy_documents.pdf import read_pdf
from surveys.strategy_documents.plain_text import OTHER_ENCODING, decoded, read_plain_text
from surveys.strategy_documents.word import read_word

MOST_BYTES = 10 * 1024 * 1024

KINDS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
}
"""The endings of names that are read, each with its media type."""

TOO_LARGE = "The file is larger than 10 MB. Save it without its pictures, or paste its text."
_EMPTY = "The file is empty. Choose the document itself, or paste its text."
_UNKNOWN = "Engage cannot read this kind of file. Save it as .docx, .odt, .pdf, .txt or .md, or paste its text."
_OLD_WORD = "This is an old Word file (.doc). Open it in Word, save it as .docx, and choose that file."
_TOO_LONG = "The document is too long to be read at once. Save the pages with the themes as a file of their own."
_NO_WORDS = "No text was found in the document. Check that it is the right file, or paste its text."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a document, and what the officer should know of the reading."""

    blocks: list[Block]
    notices: tuple[str, ...] = ()


def read_blocks(content: bytes, name: str) -> Blocks:
    """The blocks of a document with this content and file name. DocumentRefused says why there are none."""
    ending = _checked_ending(content, name)
    notices: tuple[str, ...] = ()
    if ending == ".pdf":
        blocks = read_pdf(content)
    elif ending in (".docx", ".odt"):
        package = Package(content)
        _check_package(package, ending)
        blocks = read_word(package) if ending == ".docx" else read_open_document(package)
    else:
        text, is_usual = decoded(content)
        notices = () if is_usual else (OTHER_ENCODING,)
        is_markdown = ending in (".md", ".markdown") or looks_like_markdown(text)
        blocks = read_markdown(text) if is_markdown else read_plain_text(text)
    if sum(len(block.text) for block in blocks) > MOST_CHARACTERS:
        raise DocumentRefused(_TOO_LONG)
    if not any(block.text.strip() for block in blocks):
        raise DocumentRefused(_NO_WORDS)
    return Blocks(blocks, notices)


def _checked_ending(content: bytes, name: str) -> str:
    ending = PurePosixPath(name.lower()).suffix
    if len(content) > MOST_BYTES:
        raise DocumentRefused(TOO_LARGE)
    if not content.strip():
        raise DocumentRefused(_EMPTY)
    if content.startswith(_OLE):
        raise DocumentRefused(PASSWORD if "EncryptedPackage".encode("utf-16-le") in content else _OLD_WORD)
    if ending in (".docm", ".dotm", ".dotx", ".doc"):
        raise DocumentRefused(_OLD_WORD if ending == ".doc" else MACROS if ending.endswith("m") else _UNKNOWN)
    if ending not in KINDS:
        raise DocumentRefused(_UNKNOWN)
    is_pdf, is_zip = b"%PDF-" in content[:1024], content.startswith(b"PK")
    real = "a PDF" if is_pdf else "a packed file, such as a Word file" if is_zip else "something else"
    fits = {".pdf": is_pdf, ".docx": is_zip, ".odt": is_zip}.get(ending, not is_pdf and not is_zip)
    if not fits:
        raise DocumentRefused(
            f"The name ends with {ending}, but the file is {real}. Save it again in the program it was written with."
        )
    return ending


def _check_package(package: Package, ending: str) -> None:
    is_word = "word/document.xml" in package.names
    is_open = "mimetype" in package.names and package.text("mimetype").strip().startswith(KINDS[".odt"].encode())
    if ending == ".docx" and not is_word:
        raise DocumentRefused(_other("an OpenDocument text" if is_open else None, ending))
    if ending == ".odt" and not is_open:
        raise DocumentRefused(_other("a Word document" if is_word else None, ending))


def _other(real: str | None, ending: str) -> str:
    if real is None:
        return DAMAGED
    return f"The name ends with {ending}, but the file is {real}. Give it the right ending and choose it again."
