"""Tables of a few lines that officers write: CSV with named columns, by comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from surveys.reference_population.faults import Fault, in_words


class UnreadableTable(ValueError):
    """The text is no such table; ``fault`` says where and what to do."""

    def __init__(self, message: str, line: int = 1) -> None:
        self.fault = Fault(line, message)
        super().__init__(message)


def table_rows(
    text: str, columns: Sequence[str], *, further: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """All rows but those without anything in them.

    The first line names all of ``columns`` in any order, and may name ``further`` ones, which are empty otherwise.
    Spaces around cells and doubled ones go. Raises UnreadableTable at the row that cannot be read.
    """
    if "\x00" in text:
        raise UnreadableTable("this is no CSV file; save the table as CSV UTF-8 and give it again")
    separator = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        names = [cell.strip().casefold() for cell in next(reader, [])]
        if sorted(name for name in names if name not in further) != sorted(columns):
            may = f", and may name {in_words(further)}" if further else ""
            raise UnreadableTable(f"the first line is to name the columns {','.join(columns)}{may}")
        start = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) != len(names):
                    raise UnreadableTable(
                        f"this row has {len(cells)} cells for {len(names)} columns; check commas", start
                    )
                held = {name: " ".join(cell.split()) for name, cell in zip(names, cells, strict=True)}
                yield start, {**dict.fromkeys(further, ""), **held}
            start = reader.line_num + 1
    except csv.Error as error:
        message = f"the row cannot be read as CSV ({error}); check its quotation marks"
        raise UnreadableTable(message, reader.line_num) from None
