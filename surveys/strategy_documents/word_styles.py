"""What the styles and lists of a Word document say of a paragraph: heading level, boldness, automatic number."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"^(?:heading|überschrift|titre|título|intestazione|kop|rubrik|overskrift) ?(\d)$", re.IGNORECASE)
_DEEPEST = 30


def tag(name: str) -> str:
    """A WordprocessingML name as ElementTree writes it."""
    return _W + name


def value(element: Element, attribute: str = "val") -> str | None:
    """An attribute of WordprocessingML."""
    return element.get(_W + attribute)


def is_on(element: Element) -> bool:
    """Whether a switch such as bold is on: it is when it is there, unless it says otherwise."""
    return value(element) not in ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Style:
    """``heading``: 0 for a document's title, 1 to 9 for headings, None for text. ``list``: its list id and level."""

    name: str = ""
    heading: int | None = None
    bold: bool = False
    list: tuple[str, int] | None = None

    @property
    def is_contents(self) -> bool:
        """Whether it is a line of a generated list of contents."""
        return re.match(r"^(toc|verzeichnis|tm|table of)\b", self.name, re.IGNORECASE) is not None

    @property
    def is_caption(self) -> bool:
        """Whether it says what a picture shows."""
        return re.match(r"^(caption|beschriftung|légende)\b", self.name, re.IGNORECASE) is not None


class Styles:
    """The styles of a document, each with what it inherits."""

    def __init__(self, root: Element | None) -> None:
        self._elements = (
            {value(one, "styleId") or "": one for one in root.iter(tag("style"))} if root is not None else {}
        )
        self._known: dict[str, Style] = {}
        self._default = next(
            (
                name
                for name, one in self._elements.items()
                if value(one, "default") == "1" and value(one, "type") == "paragraph"
            ),
            "",
        )

    def named(self, name: str, depth: int = 0) -> Style:
        """The style with this id; an empty one where there is none."""
        if name in self._known:
            return self._known[name]
        element = self._elements.get(name)
        if element is None or depth > _DEEPEST:
            return Style()
        base = element.find(tag("basedOn"))
        inherited = self.named(value(base) or "", depth + 1) if base is not None else Style()
        named = element.find(tag("name"))
        style = replace(inherited, name=(value(named) or "") if named is not None else name)
        style = _with(style, element.find(tag("pPr")), element.find(tag("rPr")))
        heading = _HEADING.match(style.name)
        if heading is not None:
            style = replace(style, heading=int(heading[1]))
        elif style.name.lower() in ("title", "titel", "titre"):
            style = replace(style, heading=0)
        self._known[name] = style
        return style

    def of(self, properties: Element | None) -> Style:
        """The style of a paragraph with these properties, and what they add to it."""
        named = properties.find(tag("pStyle")) if properties is not None else None
        style = self.named((value(named) or "") if named is not None else self._default)
        return _with(style, properties, None)


def _with(style: Style, paragraph: Element | None, run: Element | None) -> Style:
    if paragraph is not None:
        outline = paragraph.find(tag("outlineLvl"))
        if outline is not None and (value(outline) or "").isdecimal():
            level = int(value(outline) or "9")
            style = replace(style, heading=level + 1 if level < 9 else None)
        listed = paragraph.find(tag("numPr"))
        if listed is not None:
            number, level_element = listed.find(tag("numId")), listed.find(tag("ilvl"))
            known = style.list or ("", 0)
            id_ = (value(number) or "") if number is not None else known[0]
            level_text = (value(level_element) or "0") if level_element is not None else str(known[1])
            style = replace(style, list=(id_, int(level_text)) if level_text.isdecimal() else None)
    bold = run.find(tag("b")) if run is not None else None
    return replace(style, bold=is_on(bold)) if bold is not None else style


@dataclass(slots=True)
class _Level:
    form: str
    text: str
    start: int


class Numbers:
    """The automatic lists of a document, which count on from paragraph to paragraph."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._shared: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        abstract = {value(one, "abstractNumId") or "": _levels(one) for one in root.iter(tag("abstractNum"))}
        for number in root.iter(tag("num")):
            of = number.find(tag("abstractNumId"))
            id_, shared = value(number, "numId") or "", (value(of) or "") if of is not None else ""
            self._levels[id_] = dict(abstract.get(shared, {}))
            # Lists made from one pattern go on counting together, unless one of them says where it starts.
            self._shared[id_] = shared
            for override in number.iter(tag("lvlOverride")):
                start = override.find(tag("startOverride"))
                level = int(value(override, "ilvl") or "0")
                if start is not None and level in self._levels[id_]:
                    known = self._levels[id_][level]
                    self._levels[id_][level] = _Level(known.form, known.text, int(value(start) or "1"))
                    self._shared[id_] = f"own {id_}"

    def next_label(self, properties: Element | None, style: Style) -> tuple[str, bool, int]:
        """The number or bullet of the next paragraph with this style, whether it is in a list, and at which level."""
        if style.list is None or style.list[0] in ("", "0"):
            return "", False, 0
        id_, level = style.list
        known = self._levels.get(id_, {}).get(level)
        if known is None:
            return "", True, level
        if known.form == "bullet":
            return "•", True, level
        counts = self._counts.setdefault(self._shared[id_], {})
        counts[level] = counts.get(level, known.start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            above = self._levels[id_].get(at)
            return _written(counts.get(at, above.start if above else 1), above.form if above else "decimal")

        return re.sub(r"%(\d)", written, known.text), True, level


def _levels(abstract: Element) -> dict[int, _Level]:
    levels = {}
    for level in abstract.iter(tag("lvl")):
        form, text, start = level.find(tag("numFmt")), level.find(tag("lvlText")), level.find(tag("start"))
        levels[int(value(level, "ilvl") or "0")] = _Level(
            (value(form) or "decimal") if form is not None else "decimal",
            (value(text) or "") if text is not None else "",
            int((value(start) or "1") if start is not None else "1"),
        )
    return levels


def _written(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr(ord("a" if form == "lowerLetter" else "A") + number - 1)
    if form in ("lowerRoman", "upperRoman") and 1 <= number <= 39:
        tens, ones = divmod(number, 10)
        roman = "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
        return roman if form == "lowerRoman" else roman.upper()
    return str(number)
