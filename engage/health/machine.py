"""Examining the machine: settings, folder, libraries, fonts, style sheets, disk, queue."""

from __future__ import annotations

import ctypes
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from engage.assets import Assets
from engage.health.findings import Finding, fault, note, ok
from engage.queue.broker import open_queue
from engage.settings import Settings, unknown_variables

# The libraries that documents are set with, and the Debian packages that they come from.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
LITTLE_ROOM = 1024**3
NO_ROOM = 200 * 1024**2


def examine_machine(settings: Settings) -> Iterator[Finding]:
    """Each finding about the machine that Engage runs on."""
    yield from _settings(settings)
    yield _folder(settings)
    yield _secret_key(settings)
    yield _address(settings)
    yield _libraries()
    yield _fonts()
    yield _style_sheets()
    yield _disk(settings)
    yield _queue(settings)


def _settings(settings: Settings) -> Iterator[Finding]:
    yield ok("settings", f"read; the instance folder is {settings.instance}")
    for name in unknown_variables():
        yield note("settings", f"{name} is not a setting.", "Check the spelling against docs/settings.md.")


def _folder(settings: Settings) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=settings.instance):
            mode = settings.instance.stat().st_mode
    except OSError as error:
        remedy = f"Let the user running Engage write to {settings.instance}."
        return fault("instance folder", f"cannot be written ({error.strerror}).", remedy)
    if mode & 0o007:
        return note("instance folder", "every user of this machine can enter it.", f"chmod 700 {settings.instance}")
    return ok("instance folder", "can be written, and only by its owner and group")


def _secret_key(settings: Settings) -> Finding:
    path = settings.instance / "secret-key"
    if not path.exists() or path.read_text("utf-8", "replace").strip() != settings.secret_key:
        return ok("secret key", "comes from ENGAGE_SECRET_KEY")
    if path.stat().st_mode & 0o077:
        return fault("secret key", f"{path} can be read by other users.", f"chmod 600 {path}")
    return ok("secret key", "stands in the instance folder and only its owner can read it")


def _address(settings: Settings) -> Finding:
    host = urlsplit(settings.base_url).hostname or ""
    if host in ("127.0.0.1", "localhost", "::1"):
        remedy = "Set ENGAGE_BASE_URL to the address that people type before printing a poster."
        return note("address", f"{settings.base_url} can be reached from this machine alone.", remedy)
    if not settings.secure:
        remedy = "Put a proxy with a certificate in front and set ENGAGE_BASE_URL to its https:// address."
        return note("address", f"{settings.base_url} is not encrypted on its way.", remedy)
    return ok("address", settings.base_url)


def _libraries() -> Finding:
    missing = []
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    if missing:
        return fault("libraries", "documents cannot be made.", f"apt-get install {' '.join(missing)}")
    return ok("libraries", "documents can be made")


def _fonts() -> Finding:
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    names = {path.stem.lower() for folder in folders for path in folder.rglob("*.[ot]t[fc]")}
    if not names:
        return fault("fonts", "there are none, so documents would be blank.", "apt-get install fonts-dejavu-core")
    if not any(name.startswith("noto") for name in names):
        return note("fonts", "some scripts would print as boxes.", "apt-get install fonts-noto-core")
    return ok("fonts", f"{len(names)} found")


def _style_sheets() -> Finding:
    if Assets().are_built:
        return ok("style sheets", "built")
    return fault("style sheets", "are not built, so pages look plain.", "make assets")


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.instance).free
    words = f"{free / 1024**3:.1f} GB free"
    if free < NO_ROOM:
        return fault(
            "disk", f"{words}: answers may soon not be stored.", "Make room on the disk of the instance folder."
        )
    if free < LITTLE_ROOM:
        return note("disk", words, "Make room before it fills up.")
    return ok("disk", words)


def _queue(settings: Settings) -> Finding:
    kind = "embedded" if settings.queue_is_embedded else "Redis"
    try:
        waiting = open_queue(settings).huey.pending_count()
    except Exception as error:  # noqa: BLE001 Whatever keeps the queue from answering is the finding.
        remedy = "Check ENGAGE_QUEUE_URL and that Redis runs." if kind == "Redis" else "Check the instance folder."
        return fault("queue", f"{kind}, cannot be reached ({type(error).__name__}).", remedy)
    return ok("queue", f"{kind}, can be reached; {waiting} waiting")
