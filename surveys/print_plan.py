"""What is to be printed for a survey: which kinds, for which rows of the planner, in which languages."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

KINDS: Mapping[str, str] = {
    "poster-a4": "Poster, A4",
    "poster-a5": "Poster, A5 (also as a flyer)",
    "poster-a3": "Poster, A3",
    "leaflet-a4": "Leaflet, A4 folded, with every theme explained",
    "leaflet-a3": "Leaflet in large print, A3 folded",
    "cards": "Business cards, 10 on a sheet of A4",
    "cards-a6": "Handouts of A6, 4 on a sheet of A4",
    "table-tent": "Table tent, A4 folded",
    "screen": "Picture for a screen, 1920 by 1080",
}
USUAL_KINDS = ("poster-a4", "poster-a5")
MANY_FILES = 300
"""More files than this are made only when somebody says so twice."""

CONTENTS = "contents.csv"
_LONGEST_STEM = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the planner as prints need it; ``language`` is the one that it is meant for, None for any."""

    code: str
    name: str
    place: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to make."""

    row: Row
    kind: str
    language: str
    file: str


def pieces(rows: Sequence[Row], *, languages: Iterable[str], kinds: Iterable[str]) -> tuple[Piece, ...]:
    """Every file for these rows; one that is meant for one language is printed in that language only.

    Files are called PLACE-KIND-LANGUAGE, with the code where two rows would share a name.
    """
    stems = [_stem(row) for row in rows]
    shared = {stem for stem, times in Counter(stems).items() if times > 1}
    languages, kinds = tuple(languages), tuple(kinds)
    return tuple(
        Piece(row, kind, language, _file_name(f"{stem}-{row.code.lower()}" if stem in shared else stem, kind, language))
        for row, stem in zip(rows, stems, strict=True)
        for kind in kinds
        for language in languages
        if row.language in (None, language)
    )


def contents_csv(planned: Iterable[Piece], *, base_url: str) -> str:
    """The list of files that goes with them, for a spreadsheet."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(("File", "Name", "Place", "Kind", "Language", "Code", "Address"))
    for piece in planned:
        row = piece.row
        texts = (row.name, row.place, KINDS[piece.kind], piece.language, row.code, f"{base_url}/{row.code}")
        table.writerow((piece.file, *map(harmless, texts)))
    return written.getvalue()


def harmless(cell: str) -> str:
    """The text of a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r'" and cell else cell


def _stem(row: Row) -> str:
    site = row.place.rpartition(" / ")[2]
    name = row.name if not site or site.lower() in row.name.lower() else f"{site} {row.name}"
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_STEM].strip("-")
    return stem or row.code.lower()


def _file_name(stem: str, kind: str, language: str) -> str:
    return f"{stem}-{kind}-{language.lower()}.{'png' if kind == 'screen' else 'pdf'}"
