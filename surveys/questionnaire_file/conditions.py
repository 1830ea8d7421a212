"""Conditions (``show_if``) in a questionnaire file: data, never an expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from surveys.questionnaire import AllOf, AnyOf, Comparison, Not, Operator
from surveys.questionnaire_file.forms import FAULTY, Amount, Flag, OneOf, Schema, written
from surveys.questionnaire_file.nodes import ListNode, MapNode, Node, shortened
from surveys.questionnaire_file.place import Place

OPERATORS: tuple[str, ...] = get_args(Operator)
MOST_NESTED = 8
LONGEST_REFERENCE = 121
"""``THEME.QUESTION``, with 60 characters each."""

_LIMIT = Amount(-1e12, 1e12, whole=False)


@dataclass(frozen=True, slots=True)
class Conditions:
    """``{field, operator, value}``, ``{and: [...]}``, ``{or: [...]}`` or ``{not: ...}``."""

    def read(self, node: Node, place: Place, depth: int = 1) -> Any:
        if not isinstance(node, MapNode):
            place.fault(node.line, "this must be a condition: field, operator and value, each on a line of its own.")
            return FAULTY
        if depth > MOST_NESTED:
            place.fault(node.line, f"conditions are nested more than {MOST_NESTED} deep. Make them simpler.")
            return FAULTY
        for joining, makes in (("and", AllOf), ("or", AnyOf)):
            if node.get(joining) is not None:
                return self._joined(node, place, joining, makes, depth)
        negated = node.get("not")
        if negated is not None:
            self._only(node, place, ("not",))
            inner = self.read(negated, place.key("not", negated.line), depth + 1)
            return FAULTY if inner is FAULTY else Not(inner)
        return self._comparison(node, place)

    def _joined(self, node: MapNode, place: Place, joining: str, makes: Any, depth: int) -> Any:
        self._only(node, place, (joining,))
        parts = node.get(joining)
        here = place.key(joining, node.line)
        if not isinstance(parts, ListNode) or not parts.items:
            here.fault(node.line, "this must be a list with at least one condition, each beginning with “- ”.")
            return FAULTY
        read = [
            self.read(part, here.entry(position, part, noun=f"{joining} condition"), depth + 1)
            for position, part in enumerate(parts.items)
        ]
        return FAULTY if FAULTY in read else makes(tuple(read))

    def _comparison(self, node: MapNode, place: Place) -> Any:
        self._only(node, place, ("field", "operator", "value", "and", "or", "not"))
        field, operator, value = node.get("field"), node.get("operator"), node.get("value")
        name = word = None
        if field is None:
            place.fault(node.line, "“field” is missing. Add it: the question whose answer decides.")
        else:
            name = _name(field, place.key("field", field.line), example="the question whose answer decides")
        if operator is None:
            place.fault(node.line, f"“operator” is missing. Add it: one of {', '.join(OPERATORS)}.")
        else:
            word = OneOf(OPERATORS).read(operator, place.key("operator", operator.line))
        if name is None or word is None or word is FAULTY:
            return FAULTY
        if value is None and word == "answered":
            return Comparison(name, "answered", value=True)
        if value is None:
            place.fault(node.line, "“value” is missing. Add it: what the answer is compared with.")
            return FAULTY
        wanted = self._value(word, value, place.key("value", value.line))
        return FAULTY if wanted is FAULTY else Comparison(name, word, wanted)

    def _value(self, operator: str, node: Node, place: Place) -> Any:
        if operator == "answered":
            return Flag().read(node, place)
        if operator in ("at_least", "at_most"):
            return _LIMIT.read(node, place)
        if operator == "one_of":
            items = node.items if isinstance(node, ListNode) else [node]
            if not items:
                place.fault(node.line, "this list is empty. Write the options of which one must be chosen.")
            words = [_name(item, place, example="the id of an option") for item in items]
            return FAULTY if None in words or not words else tuple(words)
        word = _name(node, place, example="the id of an option")
        return FAULTY if word is None else word

    def _only(self, node: MapNode, place: Place, known: tuple[str, ...]) -> None:
        for name, line, _ in node.entries:
            if name not in known:
                place.unknown(line, name, known)

    def write(self, value: Any) -> Any:
        match value:
            case AllOf(parts):
                return {"and": [self.write(part) for part in parts]}
            case AnyOf(parts):
                return {"or": [self.write(part) for part in parts]}
            case Not(part):
                return {"not": self.write(part)}
            case Comparison(name, operator, wanted):
                return {"field": name, "operator": operator, "value": _written_value(wanted)}
        raise TypeError(f"{value!r} is no condition")

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/condition"}


def _name(node: Node, place: Place, *, example: str) -> str | None:
    """A name that a condition refers to, else None after a fault; what is longer than any name is not repeated."""
    name = written(node, place, example=example)
    if name is None or len(name) <= LONGEST_REFERENCE:
        return name
    place.fault(node.line, f"{shortened(name)} is longer than any name can be. Write {example} here.")
    return None


def _written_value(wanted: object) -> object:
    if isinstance(wanted, tuple):
        return list(wanted)
    if isinstance(wanted, float) and wanted.is_integer():
        return int(wanted)
    return wanted


CONDITION_SCHEMA: Schema = {
    "description": "A question or page is shown only where this holds. A field that was not reached counts as blank.",
    "oneOf": [
        {
            "type": "object",
            "properties": {
                "field": {
                    "type": "string",
                    "description": "The question whose answer decides: QUESTION or THEME.QUESTION. Inside a theme the "
                    "bare id means that theme's own question. It must come earlier in the journey.",
                },
                "operator": {"enum": list(OPERATORS)},
                "value": {
                    "description": "An option id, several for one_of, a number for at_least and at_most, true or "
                    "false for answered.",
                    "anyOf": [
                        {"type": ["string", "number", "boolean"]},
                        {"type": "array", "items": {"type": "string"}, "minItems": 1},
                    ],
                },
            },
            "required": ["field", "operator"],
            "additionalProperties": False,
        },
        *(
            {
                "type": "object",
                "properties": {
                    joining: {"type": "array", "items": {"$ref": "#/$defs/condition"}, "minItems": 1},
                },
                "required": [joining],
                "additionalProperties": False,
            }
            for joining in ("and", "or")
        ),
        {
            "type": "object",
            "properties": {"not": {"$ref": "#/$defs/condition"}},
            "required": ["not"],
            "additionalProperties": False,
        },
    ],
}
