"""The files that jobs make: one folder for each job below the instance folder, with a name nobody can guess."""

from __future__ import annotations

import shutil
from pathlib import Path

from engage.settings import Settings
from surveys.storage import tables

PRINTS = "prints.zip"

# What a file is called tells what it is; a job makes no file with another name.
TITLES = {
    "board-report.pdf": "Board report (PDF)",
    "board-report.html": "Board report (web page)",
    "board-report.docx": "Board report to edit (Word)",
    "workshop-pack.pdf": "Workshop pack to print (PDF)",
    "workshop-screens.pdf": "Workshop pack for a screen (PDF)",
    "results.xlsx": "Tables (Excel)",
    "results.csv": "All figures in one table (CSV)",
    "results.json": "All figures (JSON)",
    PRINTS: "Everything to print (ZIP)",
}

MEDIA_TYPES = {
    "board-report.pdf": "application/pdf",
    "board-report.html": "text/html; charset=utf-8",
    "board-report.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "workshop-pack.pdf": "application/pdf",
    "workshop-screens.pdf": "application/pdf",
    "results.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "results.csv": "text/csv; charset=utf-8",
    "results.json": "application/json",
}


def write(settings: Settings, job: tables.Job, name: str, content: bytes) -> None:
    """Keep ``content`` as the job's file ``name``: whole or not at all."""
    if name not in TITLES:
        raise ValueError(f"{name!r} has no title in engage/queue/result_files.py")
    folder = _folder(settings, job)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{name}"
    draft.write_bytes(content)
    draft.replace(folder / name)


def names(settings: Settings, job: tables.Job) -> tuple[str, ...]:
    """The files that the job has made, in the order to offer them."""
    folder = _folder(settings, job)
    return tuple(name for name in TITLES if (folder / name).is_file())


def path_of(settings: Settings, job: tables.Job, name: str) -> Path | None:
    """Where the job's file ``name`` is; None for any name that is not one of its files."""
    return _folder(settings, job) / name if name in names(settings, job) else None


def delete(settings: Settings, job: tables.Job) -> None:
    """Delete the job's files."""
    shutil.rmtree(_folder(settings, job), ignore_errors=True)


def _folder(settings: Settings, job: tables.Job) -> Path:
    if not job.result_path:
        raise ValueError("this job makes no files")
    return settings.files / job.result_path
