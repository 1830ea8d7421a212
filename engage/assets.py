"""The built style sheets, scripts and pictures: named by their content, held in memory, kept by browsers for ever."""

from __future__ import annotations

import gzip
import json
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, request

from engage.access.guards import public
from engage.services import services

BUILT = Path(__file__).parent / "static" / "built"
FOR_EVER = "public, max-age=31536000, immutable"
COMPRESSIBLE = ("text/", "image/svg")

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    content: bytes
    compressed: bytes | None
    kind: str


class Assets:
    """The files of ``engage/static/built``, read when the application starts."""

    def __init__(self, folder: Path = BUILT) -> None:
        manifest = folder / "manifest.json"
        self._names: dict[str, str] = json.loads(manifest.read_text("utf-8")) if manifest.is_file() else {}
        self._files = {name: _read(folder / name) for name in self._names.values()}

    @property
    def are_built(self) -> bool:
        """Whether the set-up has built them; pages work without them and look plain."""
        return bool(self._names)

    def address(self, name: str) -> str:
        """Where the browser fetches the asset that templates call ``name``, for example respond.css."""
        return f"/static/built/{self._names.get(name, name)}"

    def file(self, hashed_name: str) -> Asset | None:
        """The asset with this name in the address, or None."""
        return self._files.get(hashed_name)


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    worthwhile = kind.startswith(COMPRESSIBLE)
    return Asset(content, gzip.compress(content, 9, mtime=0) if worthwhile else None, kind)


@blueprint.get("/static/built/<name>")
@public
def asset(name: str) -> Response:
    found = services().assets.file(name)
    if found is None:
        abort(404)
    accepted = found.compressed is not None and "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(found.compressed if accepted else found.content, mimetype=found.kind)
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Vary"] = "Accept-Encoding"
    if accepted:
        response.headers["Content-Encoding"] = "gzip"
    return response
