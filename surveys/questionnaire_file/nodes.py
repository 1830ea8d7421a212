"""A file's structure with the line of every part, every scalar still as its text, and the limits that keep it small.

YAML turns ``no`` into False, ``012`` into ten and ``1:30`` into ninety when it may. Here nothing is converted: whoever
knows that a number or a yes-or-no is meant converts it, and says so in a fault where that is not possible.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from surveys.questionnaire_file.faults import Fault

MOST_BYTES = 1024 * 1024
DEEPEST = 20
MOST_NODES = 60_000
MOST_ALIASES = 20


@dataclass(slots=True)
class ScalarNode:
    """``plain``: written without quotation marks, so that it may mean a number, true, false or nothing."""

    text: str
    line: int | None
    plain: bool

    @property
    def empty(self) -> bool:
        """Whether nothing was written: no text at all, or the sign for nothing."""
        return not self.text.strip() or (self.plain and self.text in ("~", "null"))


@dataclass(slots=True)
class ListNode:
    line: int | None
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class MapNode:
    """``entries``: key, line of the key, value; each key once, the first of several."""

    line: int | None
    entries: list[tuple[str, int | None, Node]] = field(default_factory=list)

    def get(self, key: str) -> Node | None:
        """The value of this key, or None."""
        return next((node for name, _, node in self.entries if name == key), None)


Node = ScalarNode | ListNode | MapNode


class Unreadable(Exception):
    """The file cannot be read past this fault."""

    def __init__(self, line: int | None, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(line, message)


@dataclass(slots=True)
class _Open:
    """A list or map that has begun. ``as_key``: it stands where a key belongs, so nothing of it is kept."""

    node: ListNode | MapNode
    anchor: str | None
    as_key: bool
    size: int = 1
    key: tuple[str | None, int | None] | None = None
    seen: dict[str, int] = field(default_factory=dict)


class Building:
    """Puts a tree together from the parts that a reader of YAML or JSON meets, one after the other.

    No part of it is recursive, so that no depth of nesting can exhaust the stack. Faults that leave the rest readable
    are collected in ``faults``; the others are raised as Unreadable.
    """

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.root: Node | None = None
        self._open: list[_Open] = []
        self._known: dict[str, tuple[Node, int]] = {}
        self._nodes = 0
        self._aliases = 0

    def scalar(self, text: str, *, line: int, plain: bool, anchor: str | None = None) -> None:
        """A text, number, true, false or nothing; or a key where a key is expected."""
        self._count(1, line)
        self._check_characters(text, line)
        text = unicodedata.normalize("NFC", text)
        if self._expects_key:
            self._take_key(text, line)
        else:
            self._place(ScalarNode(text, line, plain), 1, anchor)

    def start(self, node: ListNode | MapNode, anchor: str | None = None) -> None:
        """A list or map begins."""
        self._count(1, node.line)
        if len(self._open) >= DEEPEST:
            raise Unreadable(node.line, f"This is nested more than {DEEPEST} levels deep. No questionnaire needs that.")
        self._open.append(_Open(node, anchor, self._expects_key))

    def end(self) -> None:
        """The innermost list or map ends."""
        ended = self._open.pop()
        if ended.as_key:
            self._refuse_key(ended.node.line)
        else:
            self._place(ended.node, ended.size, ended.anchor)

    def alias(self, name: str, *, line: int) -> None:
        """A reference to a part that was named before."""
        self._aliases += 1
        if self._aliases > MOST_ALIASES:
            raise Unreadable(
                line, f"The file has more than {MOST_ALIASES} aliases (*name). Write the text out instead."
            )
        if name not in self._known:
            raise Unreadable(line, f"The alias *{name} refers to nothing that stands before it. Write the text out.")
        node, size = self._known[name]
        self._count(size, line)
        if self._expects_key:
            self._refuse_key(line)
        else:
            self._place(node, size, None)

    @property
    def _expects_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].node, MapNode) and self._open[-1].key is None

    def _count(self, nodes: int, line: int | None) -> None:
        self._nodes += nodes
        if self._nodes > MOST_NODES:
            raise Unreadable(line, f"The file has more than {MOST_NODES:,} parts. Divide it into smaller surveys.")

    def _refuse_key(self, line: int | None) -> None:
        self.faults.append(Fault(line, "A key must be a single word, not a list, a map or an alias. Write it out."))
        self._open[-1].key = (None, line)

    def _take_key(self, key: str, line: int) -> None:
        here = self._open[-1]
        if key in here.seen:
            message = f"{shortened(key)} is here twice; the first is on line {here.seen[key]}. Keep one of them."
            self.faults.append(Fault(line, message))
            here.key = (None, line)
        else:
            here.seen[key] = line
            here.key = (key, line)

    def _place(self, node: Node, size: int, anchor: str | None) -> None:
        if anchor is not None:
            self._known[anchor] = (node, size)
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        parent.size += size
        if isinstance(parent.node, ListNode):
            parent.node.items.append(node)
        elif parent.key is not None:
            key, line = parent.key
            parent.key = None
            if key is not None:
                parent.node.entries.append((key, line, node))

    def _check_characters(self, text: str, line: int) -> None:
        for letter in text if not text.isprintable() else "":
            if letter not in "\n\t" and unicodedata.category(letter) in ("Cc", "Cs"):
                message = f"This text has a character that cannot be shown (U+{ord(letter):04X}). Type the text again."
                raise Unreadable(line, message)


def shortened(text: str, most: int = 60) -> str:
    """The text in quotation marks, cut where it is long, for a message."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= most else f"“{line[:most]}…”"
