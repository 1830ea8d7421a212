"""Where in a file the reading stands, and what has been found there so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from surveys.questionnaire_file.faults import MOST_FAULTS, Fault
from surveys.questionnaire_file.nodes import Node, shortened

Path = tuple[str | int, ...]


class Lines:
    """The line of every part of a file that was read, by its path of keys and positions."""

    def __init__(self) -> None:
        self._by_path: dict[Path, int] = {}

    def add(self, path: Path, line: int | None) -> None:
        """Remember where this part stands."""
        if line is not None:
            self._by_path[path] = line

    def line_of(self, path: Path) -> int | None:
        """The line of this part, or of the nearest part around it; None where no lines are known."""
        while path and path not in self._by_path:
            path = path[:-1]
        return self._by_path.get(path)


@dataclass(slots=True)
class Reading:
    """One reading of one file. ``languages``: the default first; empty where the file does not say which.

    ``strict`` asks that every text is there in every language; a published version was asked once and for all.
    ``blanks`` lets texts be empty, as they are while somebody still works on them.
    ``ids`` are those read so far, in order; ``unreadable`` are those of parts that had to be left out, so that a
    reference to one of them is not reported as a second fault; an empty one says that anything was left out.
    """

    languages: tuple[str, ...]
    strict: bool = True
    blanks: bool = False
    faults: list[Fault] = field(default_factory=list)
    lines: Lines = field(default_factory=Lines)
    ids: list[str] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the file: ``path`` for its line, ``name`` for its reader ("theme 3 (research), title")."""

    reading: Reading
    path: Path = ()
    name: str = ""

    def key(self, key: str, line: int | None) -> Place:
        """The part under this key."""
        path = (*self.path, key)
        self.reading.lines.add(path, line)
        return Place(self.reading, path, f"{self.name}, {key}" if self.name else key)

    def entry(
        self, position: int, node: Node, *, noun: str, label: str = "", path_position: int | None = None
    ) -> Place:
        """The part at this position (from 0) of a list; ``noun`` says what the list holds.

        ``path_position`` is the position among the parts that could be read, by which later checks ask for lines.
        """
        path = (*self.path, position if path_position is None else path_position)
        self.reading.lines.add(path, node.line)
        inside = self.name.rpartition(", ")[0]
        name = f"{noun} {position + 1}" + (f" ({label})" if label else "")
        return Place(self.reading, path, f"{inside}, {name}" if inside else name)

    def under(self, *more: str | int, line: int | None) -> Place:
        """The same part by another path: what a short form leaves out is still found on its line."""
        path = (*self.path, *more)
        self.reading.lines.add(path, line)
        return Place(self.reading, path, self.name)

    def fault(self, line: int | None, message: str) -> None:
        """Note what is wrong here."""
        self.reading.faults.append(Fault(line, f"{self.name}: {message}" if self.name else message))

    def unknown(self, line: int | None, key: str, known: Iterable[str]) -> None:
        """Note that this key means nothing here, and which key was probably meant."""
        known = sorted(known)
        near = get_close_matches(key[:60], known, 1) if len(self.reading.faults) <= MOST_FAULTS else []
        hint = f"Did you mean “{near[0]}”?" if near else f"Known here: {', '.join(known)}."
        self.fault(line, f"there is no key {shortened(key)}. {hint}")
