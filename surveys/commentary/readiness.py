"""What a commentary still lacks before it can be final: purpose, names, an advice with its reason, figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.commentary.references import FigureReference, hidden_references, reference_fault
from surveys.commentary.texts import FRONT, Texts, too_long

NEEDED = ("purpose", "executive_lead", "author")


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to do, and the part of the texts that it is about: "" where it is none of them."""

    part: str
    says: str


def what_is_missing(
    texts: Texts, *, themes: Mapping[str, str], references: Mapping[str, FigureReference] | None
) -> tuple[Missing, ...]:
    """What keeps a commentary from being final, in the order of its page; nothing where it is whole.

    ``themes`` are the titles of all themes by id, ``references`` the figures of the stored results, None where there
    are no results yet.
    """
    if references is None:
        return (Missing("", "Make a report first: a final report needs results"),)
    found = [Missing(part, says) for part, says in too_long(texts, themes=themes).items()]
    found += [
        Missing(f"front.{key}", f"Fill in: {FRONT[key]}") for key in NEEDED if not texts.front.get(key, "").strip()
    ]
    for theme_id, title in themes.items():
        one = texts.theme(theme_id)
        if one.advice is None:
            found.append(Missing(f"theme.{theme_id}", f"Choose an advice for “{title}”"))
        if not one.reason.strip():
            found.append(Missing(f"theme.{theme_id}", f"Write the reason for “{title}”"))
    for part, text in texts.by_part():
        kind, _, key = part.partition(".")
        if kind == "theme" and key not in themes:
            # What was written of a theme that is no longer asked about is neither shown nor printed.
            continue
        found += [Missing(part, says) for says in _figures(name_of(part, themes), text, references)]
    return tuple(found)


def name_of(part: str, themes: Mapping[str, str]) -> str:
    """A part of the texts as people call it."""
    kind, _, key = part.partition(".")
    if kind == "front":
        return FRONT[key]
    return f"Reason for “{themes.get(key, key)}”" if kind == "theme" else "Summary"


def _figures(where: str, text: str, references: Mapping[str, FigureReference]) -> list[str]:
    fault = reference_fault(text, references)
    found = [f"{where}: {fault[:1].lower()}{fault[1:]}"] if fault else []
    return found + [
        f"{where}: {one.in_text} cannot be shown, it would print “{one.value}”"
        for one in hidden_references(text, references)
    ]
