"""Whether the pages of a report still say what Engage drew: a digest of each travels beside its figures.

Somebody can open a PDF and write another number on a page while the figures inside it stay as they are. The digests
find that out, and which page it is. They survive a program that only stores the same pages in another way. Whoever
works out new ones can forge them; only the kept file of a final report is proven byte for byte.
"""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

import pikepdf

from reports.provenance import ATTACHMENT

# Ways back to other pages and to the whole, and how a stream is packed rather than what it holds.
_LEFT_OUT = frozenset(
    {"/Parent", "/P", "/Pg", "/StructParent", "/StructParents", "/Dest", "/Length", "/Filter", "/DecodeParms"}
)
_KEY = "pages"
_STRUCTURE = "structure"


def with_page_digests(pdf: bytes) -> bytes:
    """The report with a digest of every page, and of what is read aloud of it, beside the figures that it carries.

    LookupError for a PDF that carries no figures.
    """
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if ATTACHMENT not in document.attachments:
            raise LookupError("only a report that carries its figures can carry digests of its pages")
        kept = document.attachments[ATTACHMENT].obj["/EF"]["/F"]
        carried = {**json.loads(kept.read_bytes()), **_digests(document)}
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
    noted, structure = carried[_KEY], carried[_STRUCTURE]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        now = _digests(document)
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
    }


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
