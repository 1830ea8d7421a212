"""Lists and maps of keys in a questionnaire file, told what they hold by a table of keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from surveys.questionnaire import Text
from surveys.questionnaire_file.forms import FAULTY, Form, Identifier, Schema, Words
from surveys.questionnaire_file.nodes import ListNode, MapNode, Node, ScalarNode, shortened
from surveys.questionnaire_file.place import Place

NO_TEXT = Text((("en", ""),))
"""Stands for a text that could not be read, so that the rest of its record can still be judged."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record. ``says`` describes it, for the schema and for whoever left it out.

    ``vital``: other parts refer to what it holds, so that they cannot be judged where it could not be read.
    ``stand_in``: what the rest is judged with where a required value could not be read.
    """

    name: str
    form: Form
    says: str
    required: bool = False
    attribute: str = ""
    vital: bool = False
    stand_in: Any = None

    @property
    def stored_as(self) -> str:
        """The attribute of the definition that holds the value."""
        return self.attribute or self.name


@dataclass(frozen=True, slots=True)
class Many:
    """A list. ``whole``: with one faulty entry nothing of it is of use, for the others depend on it."""

    form: Form
    noun: str
    least: int = 0
    most: int = 500
    whole: bool = False

    def read(self, node: Node, place: Place) -> Any:
        if not isinstance(node, ListNode):
            place.fault(node.line, f"this must be a list, one {self.noun} per line that begins with “- ”.")
            return FAULTY
        if not self.least <= len(node.items) <= self.most:
            limit = f"at least {self.least}" if len(node.items) < self.least else f"at most {self.most}"
            place.fault(node.line, f"there are {len(node.items)} entries here; {limit} can be used. Correct the list.")
        sound: list[Any] = []
        for position, item in enumerate(node.items[: self.most]):
            here = place.entry(position, item, noun=self.noun, label=label_of(item), path_position=len(sound))
            value = self.form.read(item, here)
            if value is not FAULTY:
                sound.append(value)
        return FAULTY if self.whole and len(sound) < len(node.items) else tuple(sound)

    def write(self, value: Any) -> Any:
        return [self.form.write(entry) for entry in value]

    def schema(self) -> Schema:
        return {"type": "array", "items": self.form.schema(), "minItems": self.least, "maxItems": self.most}


def label_of(node: Node) -> str:
    """The name by which the author of the file knows this part, for messages."""
    for key in ("id", "page", "kind") if isinstance(node, MapNode) else ():
        named = node.get(key) if isinstance(node, MapNode) else None
        if isinstance(named, ScalarNode) and len(named.text) <= 60:
            return named.text
    return ""


@dataclass(frozen=True, slots=True)
class Record:
    """A map with known keys, read into ``makes``.

    ``adjust`` may change the values between reading and making, ``unfold`` the attributes between taking apart and
    writing; both work on a dict by attribute name.
    """

    makes: type[Any]
    keys: tuple[Key, ...]
    noun: str
    adjust: Callable[[dict[str, Any], MapNode, Place], bool] = field(default=lambda values, node, place: True)
    unfold: Callable[[Any], dict[str, Any]] | None = None

    def read(self, node: Node, place: Place) -> Any:
        if not isinstance(node, MapNode):
            names = ", ".join(key.name for key in self.keys if key.required)
            place.fault(node.line, f"this must be {self.noun} with its keys ({names}), one per line.")
            return FAULTY
        begun = len(place.reading.ids)
        values = self.read_keys(node, place)
        if values is FAULTY or not self.adjust(values, node, place):
            # Whatever refers to an id in here would otherwise be reported as well.
            place.reading.unreadable.update(place.reading.ids[begun:], [""])
            return FAULTY
        return self.makes(**values)

    def read_keys(self, node: MapNode, place: Place) -> Any:
        """The values by attribute name, or FAULTY where one is missing that nothing can stand in for."""
        known = {key.name: key for key in self.keys}
        values: dict[str, Any] = {}
        sound = True
        for name, line, inner in node.entries:
            if name not in known:
                place.unknown(line, name, known)
                continue
            key = known[name]
            value = key.form.read(inner, place.key(name, line))
            if value is not FAULTY:
                values[key.stored_as] = value
            elif not self._stood_in(key, values):
                sound = not key.required and not key.vital and sound
        for key in self.keys:
            if key.required and node.get(key.name) is None:
                place.fault(node.line, f"“{key.name}” is missing. Add it: {key.says}")
                sound = self._stood_in(key, values) and sound
        return values if sound else FAULTY

    def _default(self, key: Key) -> Any:
        """What the definition holds where the file does not say anything."""
        return {part.name: part.default for part in fields(self.makes)}.get(key.stored_as)

    def _stood_in(self, key: Key, values: dict[str, Any]) -> bool:
        """Put something in the place of what could not be read, where that harms no later judgement."""
        stand_in = NO_TEXT if isinstance(key.form, Words) else key.stand_in
        if stand_in is not None:
            values[key.stored_as] = stand_in
        return stand_in is not None

    def write(self, value: Any) -> Any:
        held = self.unfold(value) if self.unfold else None
        document = {}
        for key in self.keys:
            part = held[key.stored_as] if held is not None else getattr(value, key.stored_as)
            if part is not None and part != () and not (isinstance(part, bool) and part is self._default(key)):
                document[key.name] = key.form.write(part)
        return document

    def schema(self) -> Schema:
        return {
            "type": "object",
            "properties": {key.name: {**key.form.schema(), "description": key.says} for key in self.keys},
            "required": [key.name for key in self.keys if key.required],
            "additionalProperties": False,
        }


@dataclass(frozen=True, slots=True)
class ByName:
    """Parts that each have a name: a map from name to the part, or a list of parts that hold their name under "id".

    ``short``: the key whose value may stand alone in the map. ``listed``: whether the list is allowed and written.
    """

    record: Record
    noun: str
    name_form: Form
    short: str = ""
    listed: bool = True
    most: int = 200
    least: int = 0

    def read(self, node: Node, place: Place) -> Any:
        if isinstance(node, ListNode) and self.listed:
            return Many(self.record, self.noun, self.least, self.most, whole=True).read(node, place)
        if not isinstance(node, MapNode):
            example = f"“name: {self.short}”" if self.short else "its name as key"
            place.fault(node.line, f"each {self.noun} must stand on a line of its own with {example}.")
            return FAULTY
        if len(node.entries) > self.most:
            place.fault(node.line, f"there are {len(node.entries)} entries here; at most {self.most} can be used.")
            return FAULTY
        parts = tuple(self._read_entry(name, line, inner, place) for name, line, inner in node.entries)
        sound = tuple(part for part in parts if part is not FAULTY)
        return FAULTY if self.listed and len(sound) < len(parts) else sound

    def _read_entry(self, name: str, line: int | None, inner: Node, place: Place) -> Any:
        here = place.key(name, line)
        if self.short and (isinstance(inner, ScalarNode) or _is_text(inner, self.record)):
            inner = MapNode(line, [(self.short, line, inner)])
        if not isinstance(inner, MapNode):
            return self.record.read(inner, here)
        if inner.get("id") is not None:
            here.fault(inner.line, f"“id” is not needed here, for {shortened(name)} is its name. Take the line out.")
            return FAULTY
        named = MapNode(inner.line, [("id", line, ScalarNode(name, line, plain=False)), *inner.entries])
        return self.record.read(named, here)

    def write(self, value: Any) -> Any:
        documents = [self.record.write(part) for part in value]
        if self.listed:
            return documents
        return {document.pop("id"): document for document in documents}

    def schema(self) -> Schema:
        whole = self.record.schema()
        named: Mapping[str, Any] = whole["properties"]
        body = {
            **whole,
            "properties": {name: form for name, form in named.items() if name != "id"},
            "required": [name for name in whole["required"] if name != "id"],
        }
        by_name = {
            "type": "object",
            "propertyNames": self.name_form.schema(),
            "additionalProperties": {"anyOf": [{"$ref": "#/$defs/text"}, body]} if self.short else body,
            "maxProperties": self.most,
        }
        if not self.listed:
            return by_name
        return {"anyOf": [{"type": "array", "items": whole, "maxItems": self.most}, by_name]}


def _is_text(node: Node, record: Record) -> bool:
    """Whether a map under a name is one text in several languages rather than the keys of the record."""
    known = {key.name for key in record.keys}
    return isinstance(node, MapNode) and bool(node.entries) and not any(name in known for name, _, _ in node.entries)


@dataclass(frozen=True, slots=True)
class Kinds:
    """A record whose key "kind" says which of several it is."""

    records: Mapping[str, Record]

    def read(self, node: Node, place: Place) -> Any:
        known = ", ".join(self.records)
        kind = node.get("kind") if isinstance(node, MapNode) else None
        if kind is None:
            place.fault(node.line, f"“kind” is missing. Add it: one of {known}.")
        elif not isinstance(kind, ScalarNode) or kind.text not in self.records:
            word = f"“{kind.text[:60]}” " if isinstance(kind, ScalarNode) else "this "
            place.fault(kind.line, f"{word}is no kind of question. Use one of: {known}.")
        else:
            return self.records[kind.text].read(node, place)
        self._forget(node, place)
        return FAULTY

    def _forget(self, node: Node, place: Place) -> None:
        named = node.get("id") if isinstance(node, MapNode) else None
        if isinstance(named, ScalarNode):
            place.reading.unreadable.update([named.text, ""])

    def write(self, value: Any) -> Any:
        return self.records[value.kind].write(value)

    def schema(self) -> Schema:
        return {"oneOf": [{"$ref": f"#/$defs/{kind}_question"} for kind in self.records]}


NAME = Identifier()
