"""The file of a reference population: read with every fault that it has, and written empty for filling in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from surveys.answers import clean_text
from surveys.answers_file import neutralised
from surveys.reference_population.faults import Fault, ReferenceFaults, in_words
from surveys.reference_population.population import Field, Population
from surveys.reference_population.rows import COLUMNS, FURTHER_COLUMNS, Reading

MOST_BYTES = 256 * 1024
MOST_ROWS = 500


def read_reference(content: bytes, fields: Iterable[Field]) -> Population:
    """The population in a CSV file; raises ReferenceFaults with every fault that it has, at most ``MOST_FAULTS``."""
    rows = _rows(content)
    reading = Reading({field.id: field for field in fields})
    for line, row in rows:
        reading.row(line, row)
    return reading.done()


def template(fields: Iterable[Field]) -> str:
    """An empty file as CSV, with a row for each group of these fields."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow([*COLUMNS, *FURTHER_COLUMNS])
    for field in fields:
        rows.writerows([field.id, value, "", "", "", neutralised(label), ""] for value, label in field.values.items())
    return written.getvalue()


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows with the line that each begins on. Raises ReferenceFaults for what is no such file at all."""
    if len(content) > MOST_BYTES:
        raise _refused("the file has more than 256 KB; a reference population is much smaller: check the file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused("the file is not in UTF-8; save it as CSV UTF-8 and give it again") from None
    if "\x00" in text:
        raise _refused("this is no CSV file; save the table as CSV UTF-8 and give it again")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        names = [cell.strip().casefold() for cell in next(reader, [])]
        _check_columns(names)
        start = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if any(cell.strip() for cell in cells[len(names) :]):
                    raise _refused(f"this row has {len(cells)} cells for {len(names)} columns; check commas", start)
                held = dict.fromkeys((*COLUMNS, *FURTHER_COLUMNS), "")
                held |= {
                    name: " ".join(clean_text(cell, lines=False).split())
                    for name, cell in zip(names, cells, strict=False)
                }
                rows.append((start, held))
            start = reader.line_num + 1
            if len(rows) > MOST_ROWS:
                raise _refused(
                    f"there are more than {MOST_ROWS} rows; keep to the groups that you want to compare", start
                )
    except csv.Error as error:
        raise _refused(f"the row cannot be read as CSV ({error}); check its quotation marks", reader.line_num) from None
    return rows


def _check_columns(names: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in names]
    unknown = [name for name in names if name not in (*COLUMNS, *FURTHER_COLUMNS)]
    if missing:
        raise _refused(f"the first line lacks {in_words(missing)}; it begins {','.join(COLUMNS)}")
    if unknown or len(set(names)) < len(names):
        wrong = in_words(unknown) if unknown else "a column twice"
        raise _refused(f"the first line has {wrong}; the columns are {in_words((*COLUMNS, *FURTHER_COLUMNS))}")


def _refused(message: str, line: int = 1) -> ReferenceFaults:
    return ReferenceFaults([Fault(line, message)])
