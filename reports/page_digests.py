"""Whether the pages of a report still say what Engage drew: a digest of each travels beside its figures.

Somebody can open a PDF and write another number on a page while the figures inside it stay as they are. The digests
find that out, and which page it is; so with the title and what else the file says about itself. They survive a program
that only stores the same pages in another way. A seal over all of it keeps anybody from working out new ones.
"""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

import pikepdf

from reports.provenance import ATTACHMENT
from reports.seals import with_seal

# Ways back to other pages and to the whole, and how a stream is packed rather than what it holds.
_LEFT_OUT = frozenset(
    {"/Parent", "/P", "/Pg", "/StructParent", "/StructParents", "/Dest", "/Length", "/Filter", "/DecodeParms"}
)
_KEY = "pages"
_STRUCTURE = "structure"
_ABOUT = "about"
# What a file says about itself: in its list of properties, and in the newer form of the same. When it was stored, and
# by what program, is left out.
_PROPERTIES = {
    "title": ("/Title", "dc:title"),
    "author": ("/Author", "dc:creator"),
    "subject": ("/Subject", "dc:description"),
    "keywords": ("/Keywords", "dc:subject", "pdf:Keywords"),
}
# What the digests of pages and structure hold, what is not the same after storing anew, and what has a name of its own.
_NOT_SETTINGS = frozenset(
    {"/Type", "/Version", "/Extensions", "/Pages", "/StructTreeRoot", "/Metadata", "/Names", "/Dests", "/AF", "/Lang"}
    | {"/Outlines"}
)


def with_page_digests(pdf: bytes, *, secret: str = "") -> bytes:
    """The report with a digest of every page, of what is read aloud of it and of its title, beside the figures that it
    carries; sealed with ``secret``, that of the installation, where there is one.

    LookupError for a PDF that carries no figures.
    """
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if ATTACHMENT not in document.attachments:
            raise LookupError("only a report that carries its figures can carry digests of its pages")
        kept = document.attachments[ATTACHMENT].obj["/EF"]["/F"]
        carried = {**json.loads(kept.read_bytes()), **_digests(document)}
        if secret:
            carried = with_seal(carried, secret)
        content = json.dumps(carried, ensure_ascii=False, sort_keys=True).encode()
        kept.write(content)
        kept["/Params"]["/Size"] = len(content)
        kept["/Params"]["/CheckSum"] = pikepdf.String(hashlib.md5(content, usedforsecurity=False).digest())
        document.save(written)
    return written.getvalue()


def changed_pages(pdf: bytes, carried: dict[str, Any]) -> tuple[str, ...]:
    """What is not as it was made, as sentences; nothing where every page is. KeyError without digests in ``carried``.

    A page that was added or taken away is said as such, since every later page has moved.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        now = _digests(document)
    about = [name for name, digest in now[_ABOUT].items() if digest != carried[_ABOUT].get(name)]
    said = (f"Changed after the report was made: its {', '.join(about)}.",) if about else ()
    return (*_changed_pages(carried[_KEY], carried[_STRUCTURE], now), *said)


def _changed_pages(noted: list[str], structure: str, now: dict[str, Any]) -> tuple[str, ...]:
    if len(noted) != len(now[_KEY]):
        return (f"The report was made with {len(noted)} pages. This file has {len(now[_KEY])}.",)
    changed = [str(place) for place, (one, other) in enumerate(zip(noted, now[_KEY], strict=True), 1) if one != other]
    if changed:
        return (f"{'Page' if len(changed) == 1 else 'Pages'} {', '.join(changed)} changed after the report was made.",)
    if structure != now[_STRUCTURE]:
        return ("What is read aloud of the pages was changed after the report was made.",)
    return ()


def _digests(document: pikepdf.Pdf) -> dict[str, Any]:
    known: dict[tuple[int, int], bytes] = {}
    tree = document.Root.get("/StructTreeRoot")
    return {
        _KEY: [_digest(page.obj, known, ()).hex() for page in document.pages],
        _STRUCTURE: _digest(None if tree is None else tree.get("/K"), known, ()).hex(),
        _ABOUT: _about(document, known),
    }


def _about(document: pikepdf.Pdf, known: dict[tuple[int, int], bytes]) -> dict[str, str]:
    """A digest of each thing that a reader program shows or does beside the pages, by what an officer calls it."""
    root, metadata = document.Root, document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
    properties = document.trailer.get("/Info", pikepdf.Dictionary())
    scripts = root.get("/Names", pikepdf.Dictionary()).get("/JavaScript")
    settings = {key: _digest(root[key], known, ()).hex() for key in sorted(set(root.keys()) - _NOT_SETTINGS)}
    files = {name: file.get_file().read_bytes() for name, file in document.attachments.items() if name != ATTACHMENT}
    said: dict[str, Any] = {
        name: [str(properties.get(own, "")), *(_words(metadata.get(one, "")) for one in newer)]
        for name, (own, *newer) in _PROPERTIES.items()
    }
    said["language"] = str(root.get("/Lang", ""))
    said["bookmarks"] = _digest(root.get("/Outlines"), known, ()).hex()
    said["attached files"] = sorted((name, hashlib.sha256(content).hexdigest()) for name, content in files.items())
    said["settings for opening it"] = [settings, _digest(scripts, known, ()).hex()]
    return {name: hashlib.sha256(repr(one).encode()).hexdigest() for name, one in said.items()}


def _words(value: Any) -> list[str]:
    """What a property of the newer form says. Some have several values, in no order."""
    return sorted(map(str, value)) if isinstance(value, list | set) else [str(value)]


def _digest(part: Any, known: dict[tuple[int, int], bytes], above: tuple[tuple[int, int], ...]) -> bytes:
    """SHA-256 of an object with all that hangs from it. ``above`` are those it hangs from, at which a circle ends."""
    place: tuple[int, int] = part.objgen if isinstance(part, pikepdf.Object) else (0, 0)
    if place in above:
        return b""
    if place in known:
        return known[place]
    below = (*above, place) if place[0] else above
    worked_out = hashlib.sha256()
    if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
        for key in sorted(set(part.keys()) - _LEFT_OUT):
            worked_out.update(key.encode() + b"\0" + _digest(part[key], known, below))
        if isinstance(part, pikepdf.Stream):
            worked_out.update(part.read_bytes())
    elif isinstance(part, pikepdf.Array):
        for one in part:
            worked_out.update(_digest(one, known, below))
    else:
        worked_out.update(f"{type(part).__name__} {part!r}".encode())
    if place[0]:
        known[place] = worked_out.digest()
    return worked_out.digest()
