"""Which collector a row of a file belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.importing.meanings import folded, shown


@dataclass(frozen=True, slots=True)
class KnownCollector:
    """A collector of the survey; ``audience`` is an id."""

    id: int
    code: str
    name: str
    place: str
    audience: str
    channel: str
    language: str | None


@dataclass(frozen=True, slots=True)
class NewCollector:
    """A collector that the file names and the survey does not have; it is made when the import is written."""

    name: str
    place: str
    audience: str
    channel: str


class CollectorNames:
    """Finds collectors by code, else by name in any case. ``audiences``: id → label, of the whole installation.

    With ``create`` a name that is not known becomes a new collector, one for each name.
    """

    def __init__(self, known: Iterable[KnownCollector], *, audiences: Mapping[str, str], create: bool) -> None:
        self._by_code: dict[str, KnownCollector] = {}
        self._by_name: dict[str, KnownCollector | None] = {}
        for collector in known:
            self._by_code[collector.code] = collector
            name = folded(collector.name)
            self._by_name[name] = None if name in self._by_name else collector
        self._audiences = {
            **{folded(label): id_ for id_, label in audiences.items()},
            **{id_: id_ for id_ in audiences},
        }
        self._create = create
        self._new: dict[str, NewCollector] = {}

    @property
    def new(self) -> tuple[NewCollector, ...]:
        """The collectors to be made for the rows seen so far."""
        return tuple(self._new.values())

    def find(self, text: str, *, place: str, audience: str, channel: str) -> KnownCollector | NewCollector | str:
        """The collector that ``text`` names, or a message about why there is none.

        What the row says about place, audience and channel must agree with the collector; blank agrees with anything.
        """
        if not text:
            return "collector: it is missing. Fill in a code or name, or give it once as a constant of a map."
        audience_id = self._audiences.get(folded(audience)) if audience else ""
        if audience_id is None:
            known = ", ".join(sorted(set(self._audiences.values())))
            return f"audience: {shown(audience)} is not known. There are: {known}."
        code = "".join(text.split()).replace("-", "").upper()
        name = folded(text)
        found: KnownCollector | NewCollector | None = self._by_code.get(code) or self._by_name.get(name)
        if found is None and name in self._by_name:
            return f"collector: more than one is named {shown(text)}. Write its code instead."
        if found is None and not self._create:
            return (
                f"collector: this survey has none with the code or name {shown(text)}. "
                "Correct it, add it with 'engage collector add', or use --create-collectors."
            )
        if found is None:
            found = self._new.setdefault(
                name, NewCollector(" ".join(text.split()), place, audience_id or "patients", channel)
            )
        said = (("place", place, found.place), ("channel", channel, found.channel))
        for column, given, own in said:
            if given and _path(given) != _path(own):
                return f"{column}: {shown(given)} is not that of collector {shown(text)}, which is {shown(own)}."
        if audience_id and audience_id != found.audience:
            return f"audience: {shown(audience)} is not that of collector {shown(text)}, which is {found.audience}."
        return found


def _path(place: str) -> tuple[str, ...]:
    return tuple(folded(part) for part in place.split("/"))
