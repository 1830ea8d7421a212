"""Question pages made once and filled in for each request.

A published version never changes, so neither does the HTML of its pages, apart from the places where somebody's answers
stand. A shell is that HTML, cut at those places. Most pages are sent with no answer on them yet; for those even the
compressed bytes are ready, and only the hidden fields are put between them.
"""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

Values = Mapping[str, tuple[str, ...]]

_GZIP_HEAD = bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255))
_LARGEST_STORED = 0xFFFF
QUICK = 1
"""The level of compression for what is made for one request: a tenth larger than the best, at a third of the work."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Answers as a template puts them on a page, by the name of the control. ``back_to``: where Back leads instead."""

    values: Values
    hidden: Markup = field(default_factory=Markup)
    back_to: str | None = None

    def checked(self, name: str, choice: str) -> Markup:
        return Markup(" checked") if choice in self.values.get(name, ()) else Markup()

    def selected(self, name: str, rank: int, choice: str) -> Markup:
        return Markup(" selected") if self.values.get(name, ())[rank : rank + 1] == (choice,) else Markup()

    def text(self, name: str) -> str:
        return next(iter(self.values.get(name, ())), "")

    def hidden_fields(self) -> Markup:
        return self.hidden

    def back(self, address: str) -> str:
        return self.back_to or address


Slot = Callable[[Filled], str]


class _Cutting:
    """Stands in for answers while a shell is made: it leaves marks where they will stand."""

    def __init__(self) -> None:
        # A survey's own words cannot hold a mark that is drawn anew each time.
        self.mark = f"[{secrets.token_hex(12)}]"
        self.slots: list[Slot] = []
        self.fresh: list[str] = []
        self.hidden_at = -1

    def _cut(self, slot: Slot, fresh: str = "") -> Markup:
        self.slots.append(slot)
        self.fresh.append(fresh)
        return Markup(self.mark)  # noqa: S704 Drawn here, of hexadecimal digits; nobody's words are in it.

    def checked(self, name: str, choice: str) -> Markup:
        return self._cut(lambda filled: filled.checked(name, choice))

    def selected(self, name: str, rank: int, choice: str) -> Markup:
        return self._cut(lambda filled: filled.selected(name, rank, choice))

    def text(self, name: str) -> Markup:
        return self._cut(lambda filled: str(escape(filled.text(name))))

    def hidden_fields(self) -> Markup:
        self.hidden_at = len(self.slots)
        return self._cut(lambda filled: filled.hidden)

    def back(self, address: str) -> Markup:
        return self._cut(lambda filled: str(escape(filled.back(address))), str(escape(address)))


@dataclass(frozen=True, slots=True)
class Body:
    """A page ready to send, compressed or not."""

    body: bytes
    is_compressed: bool


class Shell:
    """The HTML of one page in one language, for every person who comes to it."""

    def __init__(self, render: Callable[[_Cutting], str]) -> None:
        cutting = _Cutting()
        self._parts = tuple(render(cutting).split(cutting.mark))
        self._slots = tuple(cutting.slots)
        at = cutting.hidden_at
        before = "".join(part + fresh for part, fresh in zip(self._parts[:at], cutting.fresh[:at], strict=True))
        after = "".join(
            fresh + part for fresh, part in zip([*cutting.fresh[at + 1 :]], self._parts[at + 2 :], strict=True)
        )
        self._before = (before + self._parts[at]).encode()
        self._after = (self._parts[at + 1] + after).encode()
        self._before_packed = _packed(self._before, zlib.Z_SYNC_FLUSH)
        self._after_packed: dict[int, bytes] = {}
        self._before_checksum = zlib.crc32(self._before)

    def fresh(self, hidden: str, *, compressed: bool) -> Body:
        """The page with nothing answered. ``hidden`` is the HTML of its hidden fields."""
        fields = hidden.encode()
        if not compressed or len(fields) > _LARGEST_STORED:
            return Body(b"".join((self._before, fields, self._after)), False)
        checksum = zlib.crc32(self._after, zlib.crc32(fields, self._before_checksum))
        size, length = len(self._before) + len(fields) + len(self._after), len(fields)
        return Body(
            b"".join(
                (
                    _GZIP_HEAD,
                    self._before_packed,
                    # A block of deflate that is stored as it is, with its length and the complement of its length.
                    b"\x00",
                    length.to_bytes(2, "little"),
                    (length ^ _LARGEST_STORED).to_bytes(2, "little"),
                    fields,
                    self._ending(length),
                    checksum.to_bytes(4, "little"),
                    (size & 0xFFFFFFFF).to_bytes(4, "little"),
                )
            ),
            True,
        )

    def _ending(self, length: int) -> bytes:
        """What follows ``length`` bytes of hidden fields, compressed with what stands before them in mind."""
        packed = self._after_packed.get(length)
        if packed is None:
            # A byte that no text holds keeps the place of the fields, which are different each time.
            preceding = self._before + b"\xff" * length
            packed = self._after_packed[length] = _packed(self._after, zlib.Z_FINISH, preceding)
        return packed

    def filled(self, state: Filled, *, compressed: bool) -> Body:
        """The page with the answers of ``state`` on it."""
        pieces = [self._parts[0]]
        for slot, part in zip(self._slots, self._parts[1:], strict=True):
            pieces.append(slot(state))
            pieces.append(part)
        return ready("".join(pieces), compressed=compressed)


def ready(html: str, *, compressed: bool, level: int = QUICK) -> Body:
    """A whole page as it is sent."""
    body = html.encode()
    if not compressed:
        return Body(body, False)
    packer = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return Body(packer.compress(body) + packer.flush(), True)


def _packed(content: bytes, ending: int, preceding: bytes = b"") -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=preceding[-(1 << zlib.MAX_WBITS) :])
    return packer.compress(content) + packer.flush(ending)
