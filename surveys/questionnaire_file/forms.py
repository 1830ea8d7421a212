"""The forms that a value in a questionnaire file can take: how each is read, written and described as JSON Schema.

``read`` gives the value, or FAULTY after noting every fault; ``write`` gives what the canonical document holds.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, Final, Protocol

from surveys.questionnaire import NON_ANSWERS, Text
from surveys.questionnaire_file.nodes import ListNode, MapNode, Node, ScalarNode, shortened
from surveys.questionnaire_file.place import Place

FAULTY: Final = object()
"""Stands for a value that could not be read."""

LONGEST_TEXT = 10_000
LONGEST_ID = 60
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
Schema = dict[str, Any]


class Form(Protocol):
    """What every form can do."""

    def read(self, node: Node, place: Place) -> Any: ...

    def write(self, value: Any) -> Any: ...

    def schema(self) -> Schema: ...


def written(node: Node, place: Place, *, example: str, blank: bool = False) -> str | None:
    """The text of a scalar that is not empty, else None after a fault; ``example`` shows what could stand here.

    ``blank``: an empty one is a text as well.
    """
    if isinstance(node, ScalarNode):
        if not node.empty:
            return node.text.strip()
        if blank:
            return ""
        place.fault(node.line, f"this is empty. Write {example} here, or take the line out.")
    else:
        found = "a list" if isinstance(node, ListNode) else "a map of keys"
        place.fault(node.line, f"this is {found}. Write {example} here.")
    return None


@dataclass(frozen=True, slots=True)
class Words:
    """A text: one string in the default language, or a map with one for every language of the questionnaire."""

    def read(self, node: Node, place: Place) -> Any:
        if isinstance(node, MapNode):
            return self._by_language(node, place)
        text = written(node, place, example="a text, or one text per language,", blank=place.reading.blanks)
        if text is None or not _fits(text, node, place):
            return FAULTY
        return Text((((place.reading.languages or ("en",))[0], text),))

    def _by_language(self, node: MapNode, place: Place) -> Any:
        languages = place.reading.languages
        found: dict[str, str] = {}
        sound = True
        for code, line, inner in node.entries:
            if languages and code not in languages:
                place.unknown(line, code, languages)
                sound = False
                continue
            text = written(
                inner, place.key(code, line), example="the text in this language", blank=place.reading.blanks
            )
            if text is None or not _fits(text, inner, place):
                sound = False
            found[code] = text or ""
        for position, code in enumerate(languages if place.reading.strict else languages[:1]):
            if code not in found:
                whose = "the default language" if position == 0 else "one of the languages"
                message = f"the text in {code} is missing, and {code} is {whose} of this questionnaire. Add “{code}:”."
                place.fault(node.line, message)
                sound = False
        if not sound or not found:
            return FAULTY
        return Text(tuple((code, found[code]) for code in languages or found if code in found))

    def write(self, value: Any) -> Any:
        return dict(value.by_language)

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/text"}


def _fits(text: str, node: Node, place: Place) -> bool:
    if len(text) > LONGEST_TEXT:
        place.fault(node.line, f"this text has {len(text):,} characters; at most {LONGEST_TEXT:,} fit. Shorten it.")
        return False
    return True


@dataclass(frozen=True, slots=True)
class Identifier:
    """The name by which answers and versions know a part; it must never change once people have answered."""

    pattern: str = r"[A-Za-z0-9][A-Za-z0-9_-]*"
    rule: str = "letters without accents, digits, “_” and “-”, beginning with a letter or digit"
    longest: int = LONGEST_ID

    def read(self, node: Node, place: Place) -> Any:
        name = written(node, place, example="a short name such as faster-tests")
        if name is None:
            return FAULTY
        return self.checked(name, node.line, place)

    def checked(self, name: str, line: int | None, place: Place) -> Any:
        """The name itself where it is a legal one, else FAULTY."""
        place.reading.ids.append(name)
        if len(name) > self.longest:
            place.fault(line, f"the name {shortened(name, 20)} is too long. Use at most {self.longest} characters.")
        elif not re.fullmatch(self.pattern, name):
            place.fault(line, f"{shortened(name)} cannot be a name here. Use {self.rule}.")
        elif name in NON_ANSWERS:
            place.fault(line, f"{name} always means the answer of that kind. Choose another name.")
        else:
            return name
        return FAULTY

    def write(self, value: Any) -> Any:
        return value

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{self.pattern}$", "maxLength": self.longest}


SLUG = Identifier(
    r"[a-z0-9]+(-[a-z0-9]+)*", "small letters without accents and digits, with single hyphens between them"
)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One word of a fixed list."""

    words: tuple[str, ...]

    def read(self, node: Node, place: Place) -> Any:
        word = written(node, place, example=f"one of {', '.join(self.words)}")
        if word is None:
            return FAULTY
        if word not in self.words:
            place.fault(node.line, f"{shortened(word)} is not known here. Use one of: {', '.join(self.words)}.")
            return FAULTY
        return word

    def write(self, value: Any) -> Any:
        return value

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class LanguageCode:
    """A language by its code."""

    def read(self, node: Node, place: Place) -> Any:
        code = written(node, place, example="a language code such as en or pt-BR")
        if code is None:
            return FAULTY
        if not LANGUAGE_CODE.fullmatch(code):
            message = f"{shortened(code)} is not a language code. Write it like en, cy, ar or pt-BR, in this case."
            place.fault(node.line, message)
            return FAULTY
        return code

    def write(self, value: Any) -> Any:
        return value

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{LANGUAGE_CODE.pattern}$"}


@dataclass(frozen=True, slots=True)
class Link:
    """An address on the web, or the name of a file that lies beside the questionnaire."""

    def read(self, node: Node, place: Place) -> Any:
        link = written(node, place, example="an https address or a file name")
        if link is None:
            return FAULTY
        if not re.fullmatch(r"https://[^\s/]+(/\S*)?|[A-Za-z0-9][A-Za-z0-9_./-]*", link) or ".." in link:
            place.fault(node.line, f"{shortened(link)} is neither an https:// address nor a file name. Correct it.")
            return FAULTY
        return link

    def write(self, value: Any) -> Any:
        return value

    def schema(self) -> Schema:
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def read(self, node: Node, place: Place) -> Any:
        word = written(node, place, example="true or false")
        if word is None:
            return FAULTY
        plain = isinstance(node, ScalarNode) and node.plain
        if plain and word.lower() in ("true", "yes", "on"):
            return True
        if plain and word.lower() in ("false", "no", "off"):
            return False
        place.fault(
            node.line, f"{shortened(word)} is neither true nor false. Write true or false, without quotation marks."
        )
        return FAULTY

    def write(self, value: Any) -> Any:
        return value

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number between two limits; ``whole`` for one without decimals."""

    least: float
    most: float
    whole: bool = True

    def read(self, node: Node, place: Place) -> Any:
        kind = "a whole number" if self.whole else "a number"
        text = written(node, place, example=f"{kind} from {self.least:g} to {self.most:g}")
        if text is None:
            return FAULTY
        shape = r"-?[0-9]+" if self.whole else r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?"
        plain = isinstance(node, ScalarNode) and node.plain
        if not plain or not re.fullmatch(shape, text):
            place.fault(node.line, f"{shortened(text)} is not {kind}. Write digits, without quotation marks.")
            return FAULTY
        number = float(text) if len(text) <= 400 else math.inf
        if not self.least <= number <= self.most:
            place.fault(
                node.line, f"{shortened(text, 20)} is out of range. Use {kind} from {self.least:g} to {self.most:g}."
            )
            return FAULTY
        return int(number) if self.whole else number

    def write(self, value: Any) -> Any:
        return int(value) if float(value).is_integer() else value

    def schema(self) -> Schema:
        return {"type": "integer" if self.whole else "number", "minimum": self.least, "maximum": self.most}
