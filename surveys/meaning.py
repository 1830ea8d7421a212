"""Whether an edit changes what is asked, or only how it is worded.

Answers to two versions may be pooled only where ids, kinds, scales and routing are the same. Whether the words still
mean the same, only a person can say.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from surveys.questionnaire import EasyRead, Questionnaire, Text

# What a questionnaire asks and how it leads through; the rest is words, names, pictures and languages.
_ASKING: dict[str, Callable[[Questionnaire], Any]] = {
    "themes": lambda questionnaire: questionnaire.themes,
    "ask_about_each_theme": lambda questionnaire: questionnaire.ask_about_each_theme,
    "questions": lambda questionnaire: questionnaire.pages,
    # Scales are found by name: a stored version gives them back in the order of their names, not that of the file.
    "scales": lambda questionnaire: sorted(questionnaire.scales, key=lambda scale: scale.id),
    "journey": lambda questionnaire: questionnaire.journey,
    "min_items": lambda questionnaire: questionnaire.min_items,
    "equality": lambda questionnaire: questionnaire.equality,
    "demonstration": lambda questionnaire: questionnaire.demonstration,
}
_PRESENTATION = frozenset({"picture", "audio", "video", "easy_read", "origin", "origin_idea"})


def changes_of_meaning(before: Questionnaire, after: Questionnaire) -> tuple[str, ...]:
    """The parts of the file, by their keys, in which ids, kinds, scales or routing differ; empty when none does."""
    return tuple(part for part, of in _ASKING.items() if without_words(of(before)) != without_words(of(after)))


def without_words(value: Any) -> Any:
    """The same structure as nested tuples, without texts and pictures."""
    if isinstance(value, Text | EasyRead):
        return None
    if isinstance(value, tuple | list):
        return tuple(without_words(part) for part in value)
    if dataclasses.is_dataclass(value):
        return (
            type(value).__name__,
            *(
                (each.name, without_words(getattr(value, each.name)))
                for each in dataclasses.fields(value)
                if each.name not in _PRESENTATION
            ),
        )
    return value
