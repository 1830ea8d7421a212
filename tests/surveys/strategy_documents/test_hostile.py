"""Documents that are dangerous, damaged or none are refused, each with its own sentence."""

from __future__ import annotations

import io
import socket
import struct
import zipfile
from pathlib import Path

import pytest

from surveys.strategy_documents import DocumentRefused, read_document
from surveys.strategy_documents.formats import read_blocks
from surveys.strategy_documents.reading import Limits
from tests.surveys.strategy_documents import flyer
from tests.surveys.strategy_documents.written import as_docx, as_md, as_odt, as_pdf, as_txt

DOCX, ODT, PDF = as_docx(flyer.numbered()), as_odt(flyer.numbered()), as_pdf(flyer.numbered())


def changed(package: bytes, **parts: bytes) -> bytes:
    """The package with these parts in the place of its own; write "__" for "/" and "_dot_" for "."."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if entry.filename not in named:
                target.writestr(entry, source.read(entry))
        for name, content in named.items():
            target.writestr(name, content)
    return written.getvalue()


def part(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        return source.read(name)


def an_encrypted_entry(package: bytes) -> bytes:
    content = bytearray(package)
    at = content.find(b"PK\x01\x02")
    flags = struct.unpack_from("<H", content, at + 8)[0]
    struct.pack_into("<H", content, at + 8, flags | 1)
    return bytes(content)


def a_zip_of_zeros(megabytes: int, entries: int = 1) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for number in range(entries):
            name = "word/document.xml" if number == 0 else f"word/{number}.xml"
            target.writestr(name, b"\x00" * (megabytes * 1024 * 1024))
    return written.getvalue()


def a_lying_size(package: bytes) -> bytes:
    """A part that says it is small and unpacks to a lot."""
    content = bytearray(package)
    at = content.find(b"PK\x01\x02")
    while b"word/document.xml" not in content[at : at + 80]:
        at = content.find(b"PK\x01\x02", at + 4)
    struct.pack_into("<I", content, at + 24, 100)
    return bytes(content)


DOCTYPE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def with_doctype(package: bytes, name: str, doctype: bytes, encoding: str = "utf-8") -> bytes:
    xml = part(package, name)
    head, _, rest = xml.partition(b"?>")
    if head.startswith(b"<?xml"):
        text = (head + b"?>" + doctype + rest).decode()
    else:
        text = (doctype + xml).decode()
    text = text.replace("UTF-8", encoding.upper()).replace("utf-8", encoding)
    return changed(package, **{name.replace("/", "__").replace(".", "_dot_"): text.encode(encoding)})


REFUSED: dict[str, tuple[bytes, str, str]] = {
    "nothing": (b"", "a.docx", "is empty"),
    "white space": (b" \n ", "a.txt", "is empty"),
    "too large": (b"x" * (10 * 1024 * 1024 + 1), "a.txt", "larger than 10 MB"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "old Word file"),
    "locked Word": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "a.docx",
        "protected with a password",
    ),
    "macros by name": (DOCX, "a.docm", "macros"),
    "macros inside": (changed(DOCX, word__vbaProject_dot_bin=b"x"), "a.docx", "macros"),
    "macros by type": (
        changed(
            DOCX,
            **{
                "[Content_Types]_dot_xml": part(DOCX, "[Content_Types].xml").replace(
                    b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
                )
            },
        ),
        "a.docx",
        "macros",
    ),
    "macros in OpenDocument": (changed(ODT, Basic__Standard__Module1_dot_xml=b"<x/>"), "a.odt", "macros"),
    "entities": (with_doctype(DOCX, "word/document.xml", DOCTYPE), "a.docx", "entities"),
    "entities in styles": (with_doctype(DOCX, "word/styles.xml", LAUGHS), "a.docx", "entities"),
    "entities in UTF-16": (with_doctype(DOCX, "word/document.xml", DOCTYPE, "utf-16"), "a.docx", "entities"),
    "entities in OpenDocument": (with_doctype(ODT, "content.xml", LAUGHS), "a.odt", "entities"),
    "another encoding of XML": (
        changed(DOCX, word__document_dot_xml=b'<?xml version="1.0" encoding="UTF-7"?>+ADw-x/+AD4-'),
        "a.docx",
        "damaged",
    ),
    "a bomb": (a_zip_of_zeros(60), "a.docx", "unpacks to far more"),
    "many small bombs": (a_zip_of_zeros(15, entries=8), "a.docx", "unpacks to far more"),
    "many entries": (
        changed(DOCX, **{f"word__media__{number}_dot_png": b"x" for number in range(2_001)}),
        "a.docx",
        "unpacks to far more",
    ),
    "a size that lies": (a_lying_size(DOCX), "a.docx", "damaged"),
    "locked parts": (an_encrypted_entry(DOCX), "a.docx", "protected with a password"),
    "locked OpenDocument": (
        changed(ODT, **{"META-INF__manifest_dot_xml": b"<manifest><encryption-data/></manifest>"}),
        "a.odt",
        "protected with a password",
    ),
    "a path outside": (changed(DOCX, **{"_dot_.__.__etc__passwd": b"x"}), "a.docx", "damaged"),
    "cut off": (DOCX[: len(DOCX) // 2], "a.docx", "damaged"),
    "not XML": (changed(DOCX, word__document_dot_xml=b"<w:document"), "a.docx", "damaged"),
    "no Word document": (changed(ODT), "a.docx", "is an OpenDocument text"),
    "no OpenDocument": (DOCX, "a.odt", "is a Word document"),
    "a PDF with another name": (PDF, "a.docx", "the file is a PDF"),
    "Word with another name": (DOCX, "a.txt", "packed file"),
    "a PDF as text": (PDF, "a.md", "the file is a PDF"),
    "no PDF": (b"Just words", "a.pdf", "something else"),
    "a broken PDF": (b"%PDF-1.7\n" + bytes(range(256)) * 20, "a.pdf", "damaged"),
    "a PDF of pictures": (as_pdf([]), "a.pdf", "holds no text"),
    "another kind": (b"MZ\x90\x00", "a.exe", "cannot read this kind"),
    "no ending": (b"Some words", "strategy", "cannot read this kind"),
    "NUL": (b"1: One\x00\n\nText", "a.txt", "not a text"),
    "control characters": (b"\x01\x02\x03\x04" * 20, "a.txt", "not a text"),
    "no known letters": (b"Caf\x81 \x8d\x8f", "a.txt", "could not be read"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_its_own_sentence(case: str) -> None:
    content, name, said = REFUSED[case]
    with pytest.raises(DocumentRefused) as refused:
        read_blocks(content, name)
    assert said in str(refused.value)
    assert str(refused.value).endswith(".")


def test_the_sentence_comes_back_from_the_process_that_reads() -> None:
    with pytest.raises(DocumentRefused, match="unpacks to far more than a document holds"):
        read_document(a_zip_of_zeros(60), "a.docx")


def a_locked_pdf() -> bytes:
    import pikepdf

    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        pdf.save(written, encryption=pikepdf.Encryption(owner="o", user="u"))
    return written.getvalue()


def a_pdf_of_pages(count: int) -> bytes:
    import pikepdf

    written = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(count):
            pdf.add_blank_page()
        pdf.save(written)
    return written.getvalue()


def a_pdf_that_unpacks(megabytes: int) -> bytes:
    """One page whose drawing unpacks to far more than the file holds."""
    import pikepdf

    written = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.Contents = pdf.make_stream(b"BT ET " * (megabytes * 1024 * 1024 // 6))
        pdf.save(written, compress_streams=True)
    return written.getvalue()


def test_hostile_pdfs_are_refused_or_stopped() -> None:
    for content, said in (
        (a_locked_pdf(), "protected with a password"),
        (a_pdf_of_pages(401), "more than 400 pages"),
        (a_pdf_that_unpacks(200), "more time or memory|damaged|no text"),
    ):
        with pytest.raises(DocumentRefused, match=said):
            read_document(content, "a.pdf", limits=Limits(cpu_seconds=4, wall_seconds=8))


def test_a_document_that_takes_too_long_is_stopped() -> None:
    endless = as_md(flyer.numbered()) + b"[" * 200_000 + b"*a" * 200_000
    with pytest.raises(DocumentRefused, match="more time or memory"):
        read_document(endless, "a.md", limits=Limits(cpu_seconds=1, wall_seconds=0.05))


def test_a_document_that_takes_too_much_memory_is_stopped() -> None:
    with pytest.raises(DocumentRefused, match="more time or memory"):
        read_document(as_txt(flyer.numbered()) * 2_000, "a.txt", limits=Limits(memory_bytes=60 * 1024**2))


def test_the_process_that_reads_can_open_no_file_and_no_connection(tmp_path: Path) -> None:
    import subprocess
    import sys

    from surveys.strategy_documents.reading import ROOT

    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    script = (
        "from surveys.strategy_documents.reading import _shut_in\n"
        "import socket\n"
        "_shut_in(5, 1024**3)\n"
        "for attempt in (lambda: open(PATH), lambda: socket.socket(), lambda: open(PATH + 'x', 'w')):\n"
        "    try:\n"
        "        attempt()\n"
        "    except OSError as refused:\n"
        "        print(refused.errno)\n"
    ).replace("PATH", repr(str(secret)))
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.split() == ["24", "24", "24"]


def test_links_in_a_document_are_followed_by_nobody() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/template.dotx"
        relations = part(DOCX, "word/_rels/document.xml.rels").replace(
            b"</Relationships>",
            b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            b'attachedTemplate" Target="' + address.encode() + b'" TargetMode="External"/></Relationships>',
        )
        linked = changed(DOCX, word___rels__document_dot_xml_dot_rels=relations)
        assert len(read_document(linked, "a.docx").finding.series[0].themes) == 8
        with pytest.raises(TimeoutError):
            listener.accept()


def test_text_in_an_older_encoding_is_read_with_a_notice() -> None:
    reading = read_document("1: Café – “one”\n\nText.\n\n2: Two\n\nText.".encode("cp1252"), "a.txt")
    assert reading.finding.series[0].themes[0].title == "Café – “one”"
    assert "not in UTF-8" in reading.notices[0]
    assert read_document("1: Café\n\nText.\n\n2: Two\n\nText.".encode("utf-16"), "a.txt").notices == ()
