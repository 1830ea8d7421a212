"""Figures inside a text, named and never typed: ``[[fair-care chosen patients]]`` stands for ``70% (218 of 312)``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

MOST_SUGGESTED = 3
_REFERENCE = re.compile(r"\[\[([^\[\]]*)\]\]")
_HALF = re.compile(r"\[\[|\]\]")
# What looks like a figure of results: 70%, 70 per cent, 218 of 312, seven in ten, 383 people. Years and dates do not.
_SPELLED = "one|two|three|four|five|six|seven|eight|nine"
_TYPED = re.compile(
    r"\b\d[\d,.]*\s?(?:%|٪|per\s?cent\b|percent\b)|\b\d[\d,]*\s+(?:of|out of|in|من)\s+\d[\d,]*\b(?!\s*(?:January|"
    r"February|March|April|May|June|July|August|September|October|November|December)\b)|"
    rf"\b(?:{_SPELLED})\s+(?:in|out of)\s+(?:ten|{_SPELLED})\b|"
    r"\b\d[\d,]*(?=\s+(?:people|patients|carers|staff|respondents|responses|answers)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FigureReference:
    """One figure that a text can name.

    ``about`` is the id of its theme or the key of its question, ``heading`` their words; ``says`` is what it counts;
    ``value`` what is printed for it now: the word for a hidden figure where it is not ``shown``.
    """

    name: str
    about: str
    heading: str
    says: str
    value: str
    shown: bool

    @property
    def in_text(self) -> str:
        """As an officer writes it."""
        return f"[[{self.name}]]"


def by_name(references: Iterable[FigureReference]) -> dict[str, FigureReference]:
    """The references by their names, as texts are read with."""
    return {one.name: one for one in references}


def referred(text: str) -> tuple[str, ...]:
    """The names of the figures that a text refers to, in its order: lower case, single spaces."""
    return tuple(_name(found[1]) for found in _REFERENCE.finditer(text))


def fill_in(text: str, known: Mapping[str, FigureReference], *, gone: str) -> str:
    """The text with each reference's printed value; ``gone`` stands where a figure does not exist any more."""

    def value(found: re.Match[str]) -> str:
        reference = known.get(_name(found[1]))
        return reference.value if reference else gone

    return _REFERENCE.sub(value, text)


def reference_fault(text: str, known: Mapping[str, FigureReference]) -> str | None:
    """What is wrong with the first reference that names no figure, with what may have been meant; None for none."""
    for name in referred(text):
        if name not in known:
            near = [f"[[{one}]]" for one in _near(name, known)]
            meant = f". Did you mean {_either(near)}?" if near else ". Copy one from the list of figures"
            return f"There is no figure [[{name}]]{meant}"
    if _HALF.search(_REFERENCE.sub("", text)):
        return "A figure starts with [[ and ends with ]]. One of the two is missing"
    return None


def hidden_references(text: str, known: Mapping[str, FigureReference]) -> tuple[FigureReference, ...]:
    """The figures of a text that exist and cannot be shown."""
    return tuple(known[name] for name in dict.fromkeys(referred(text)) if name in known and not known[name].shown)


def typed_figures(
    text: str, known: Mapping[str, FigureReference], *, about: str = ""
) -> Iterator[tuple[str, FigureReference | None]]:
    """Each figure typed by hand, with the reference that says it: one of ``about`` first, None where none does."""
    ordered = sorted(known.values(), key=lambda one: one.about != about)
    typed = (_plain(found[0]) for found in _TYPED.finditer(_REFERENCE.sub(" ", text)))
    for figure in dict.fromkeys(typed):
        says = _whole(figure)
        yield figure, next((one for one in ordered if one.shown and says(_plain(one.value))), None)


def _whole(figure: str) -> Callable[[str], bool]:
    """Whether a value holds exactly this figure: 7% is not in 17%."""
    plain = re.sub(r"(?:per ?cent|٪)$", "%", figure).replace(" %", "%")
    wanted = re.compile(rf"(?<![\d,.]){re.escape(plain)}(?![\d,])")
    return lambda value: wanted.search(value) is not None


def _name(written: str) -> str:
    return " ".join(written.split()).lower()


def _plain(text: str) -> str:
    return " ".join(text.split())


def _near(name: str, known: Mapping[str, FigureReference]) -> list[str]:
    close = difflib.get_close_matches(name, known, n=MOST_SUGGESTED, cutoff=0.6)
    words = set(name.split())
    # Words in another order are as near as letters that are wrong.
    shared = sorted(known, key=lambda one: -len(words & set(one.split())))
    further = [one for one in shared if words & set(one.split()) and one not in close]
    return [*close, *further][:MOST_SUGGESTED]


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
