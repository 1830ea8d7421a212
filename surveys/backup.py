"""One file with everything that is stored, taken while people answer; and bringing it back.

A backup holds the database (logos included) and a description. It leaves out drafts, which are gone within a week and
cannot be read anyway, and the secret key, which opens nothing in it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
import zlib
from contextlib import closing
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from sqlalchemy import URL

from surveys.storage.engine import BUSY_TIMEOUT_SECONDS, database_url
from surveys.storage.tables import Base, DraftBase

FORMAT = 1
_DESCRIPTION = "engage-backup.json"
_CONTENT = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
_CHUNK = 1 << 20


class BackupFault(ValueError):
    """A backup cannot be made or brought back; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class BackupDescription:
    """What a backup file says of itself. ``revision`` is the one of the database's main history."""

    database: str
    revision: str
    made_at: str
    sha256: str
    format: int = FORMAT


def make_backup(url: str, path: Path, *, revision: str, at: datetime.datetime) -> BackupDescription:
    """Write a backup of the database to ``path``; a file that is there already is replaced only by a whole new one.

    BackupFault where the database's own tools are missing or fail; OSError where the file cannot be written.
    """
    parsed = database_url(url)
    kind = parsed.get_backend_name()
    path = path.absolute()
    with tempfile.TemporaryDirectory(prefix=".engage-backup-", dir=path.parent) as folder:
        content, whole = Path(folder) / _CONTENT[kind], Path(folder) / "whole.zip"
        if kind == "sqlite":
            _copy_sqlite(parsed, content)
        else:
            _dump_postgresql(parsed, content)
        with content.open("rb") as stream:
            description = BackupDescription(kind, revision, at.isoformat(timespec="seconds"), _sha256(stream))
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_DESCRIPTION, json.dumps(_as_json(description), indent=2))
            archive.write(content, content.name)
        whole.chmod(0o600)
        with whole.open("rb") as stream:
            os.fsync(stream.fileno())
        whole.replace(path)
    return description


def describe_backup(path: Path) -> BackupDescription:
    """What the file says of itself. BackupFault where it is no backup or was made by a later Engage."""
    try:
        with zipfile.ZipFile(path) as archive:
            held = json.loads(archive.read(_DESCRIPTION))
            description = BackupDescription(
                held["database"], held["revision"], held["made_at"], held["sha256"], held["format"]
            )
            archive.getinfo(_CONTENT[description.database])
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
        raise BackupFault(f"{path.name} is not a backup made by Engage, or it is damaged.") from error
    if description.format != FORMAT:
        raise BackupFault(f"{path.name} was made by a later version of Engage; bring it back with that version.")
    return description


def restore_backup(url: str, path: Path, *, drafts_url: str | None = None) -> BackupDescription:
    """Replace everything in the database by the backup, and empty the drafts, whose versions may mean something else.

    All or nothing: a damaged file changes nothing. The caller has made sure that replacing is wanted, and migrates
    afterwards. BackupFault says what is wrong.
    """
    parsed = database_url(url)
    kind = parsed.get_backend_name()
    description = describe_backup(path)
    if description.database != kind:
        raise BackupFault(
            f"{path.name} holds a {description.database} database, but this installation uses {kind}; "
            "set ENGAGE_DATABASE_URL to a database of that kind first."
        )
    with tempfile.TemporaryDirectory(prefix="engage-restore-") as folder:
        content = Path(folder) / _CONTENT[kind]
        with zipfile.ZipFile(path) as archive, content.open("wb") as target:
            try:
                shutil.copyfileobj(archive.open(content.name), target, _CHUNK)
            except (zipfile.BadZipFile, zlib.error, EOFError) as error:
                raise BackupFault(f"{path.name} is damaged. Use another backup.") from error
        with content.open("rb") as stream:
            if _sha256(stream) != description.sha256:
                raise BackupFault(f"{path.name} is damaged: its content does not fit its checksum. Use another backup.")
        if kind == "sqlite":
            _put_back_sqlite(content, parsed)
        else:
            _put_back_postgresql(content, parsed)
    if drafts_url is not None and database_url(drafts_url).get_backend_name() == "sqlite":
        _empty_drafts(_file(database_url(drafts_url)))
    return description


def _copy_sqlite(url: URL, target: Path) -> None:
    source = _file(url)
    if not source.is_file():
        raise BackupFault("There is no database yet. Run: engage db upgrade")
    with closing(_connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        # All pages in one step are one moment of the database; writers go on into the log meanwhile.
        live.backup(copy)
        for table in DraftBase.metadata.tables:
            if copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
                copy.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of our own tables.
        copy.commit()
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()
        copy.execute("VACUUM")


def _put_back_sqlite(content: Path, url: URL) -> None:
    target = _file(url)
    with closing(sqlite3.connect(content)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupFault("The database in the backup is damaged. Use another backup.")
        target.parent.mkdir(parents=True, exist_ok=True)
        # Writing through SQLite takes its locks, so that a process that still reads sees the old or the new whole.
        with closing(_connect(target)) as live:
            live.execute("PRAGMA page_size = 8192").close()
            copy.backup(live)


def _empty_drafts(path: Path) -> None:
    if not path.is_file():
        return
    with closing(_connect(path)) as drafts:
        for table in DraftBase.metadata.tables:
            if drafts.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
                drafts.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of our own tables.
        drafts.commit()


def _dump_postgresql(url: URL, target: Path) -> None:
    leaving_out = [f"--exclude-table-data={table}" for table in DraftBase.metadata.tables]
    _run_tool("pg_dump", url, "--format=custom", "--no-owner", *leaving_out, f"--file={target}")


def _put_back_postgresql(content: Path, url: URL) -> None:
    statements = content.with_suffix(".sql")
    _run_tool("pg_restore", None, "--clean", "--if-exists", "--no-owner", f"--file={statements}", str(content))
    # Tables that a later version added are not in an older dump, and would stand in the way of migrating.
    ours = ", ".join((*Base.metadata.tables, *DraftBase.metadata.tables))
    before = f"DROP TABLE IF EXISTS {ours} CASCADE"
    stopping = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
    _run_tool("psql", url, *stopping, f"--command={before}", f"--file={statements}")


def _run_tool(tool: str, url: URL | None, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs. The password goes by the environment, where no other user sees it."""
    program = shutil.which(tool)
    if program is None:
        raise BackupFault(f"{tool} is not installed. On Debian: apt install postgresql-client")
    environment = dict(os.environ)
    if url is not None:
        names = {"PGHOST": url.host, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password}
        environment |= {name: str(value) for name, value in names.items() if value is not None}
        arguments = (f"--dbname={url.database}", "--no-password", *arguments)
    done = subprocess.run(
        [program, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or ["no message"]
        raise BackupFault(f"{tool} failed and nothing was changed: {lines[0]}")


def _file(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise BackupFault("A database in memory cannot be backed up.")
    return Path(url.database)


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS)


def _sha256(stream: BufferedReader) -> str:
    return hashlib.file_digest(stream, "sha256").hexdigest()


def _as_json(description: BackupDescription) -> dict[str, str | int]:
    return {name: getattr(description, name) for name in ("format", "database", "revision", "made_at", "sha256")}
