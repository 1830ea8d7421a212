"""Which reader an answers file gets."""

from __future__ import annotations

from pathlib import Path

from surveys.importing.csv_rows import csv_rows
from surveys.importing.files import AnswerRows, FileFault
from surveys.importing.jsonl_rows import jsonl_rows
from surveys.importing.xlsx_rows import xlsx_rows


def open_rows(path: Path) -> AnswerRows:
    """Open an answers file by its extension. FileFault where it cannot be read at all."""
    suffix = path.suffix.lower()
    try:
        if path.stat().st_size == 0:
            raise FileFault(1, "The file is empty. Its first line must name the columns.")
        if suffix == ".csv":
            return csv_rows(path)
        if suffix == ".xlsx":
            return xlsx_rows(path)
        if suffix == ".jsonl":
            return jsonl_rows(path)
    except OSError as error:
        raise FileFault(1, f"The file cannot be opened: {error.strerror}.") from error
    raise FileFault(1, f"Files named {suffix or 'without an extension'} cannot be read; use .csv, .xlsx or .jsonl.")
