"""What differs between two questionnaires, in plain words and side by side, and what that does to the results.

A *safe* difference leaves what people were asked as it was. *Wording* may or may not change the meaning, which only a
person can say. A *structural* one changes what people were asked: results are then shown in two parts.
"""

from __future__ import annotations

from collections.abc import Sequence

from surveys.comparing.difference import Difference, Effect
from surveys.comparing.structure import differences_of_structure
from surveys.comparing.words import differences_of_words
from surveys.meaning import changes_of_meaning
from surveys.questionnaire import Questionnaire

__all__ = ["Difference", "Effect", "compare", "in_short", "worst_effect"]

_ORDER: tuple[Effect, ...] = ("structural", "wording", "safe")


def compare(before: Questionnaire, after: Questionnaire) -> tuple[Difference, ...]:
    """Every difference, the gravest first; none where both say and ask the same.

    There is a structural one exactly where ``changes_of_meaning`` finds a change.
    """
    structure = list(differences_of_structure(before, after))
    named = any(one.effect == "structural" for one in structure)
    if not named and changes_of_meaning(before, after):
        structure.append(Difference("changed", "The way through the survey", "", "", "structural"))
    found = [*structure, *differences_of_words(before, after)]
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.effect)))


def worst_effect(differences: Sequence[Difference]) -> Effect | None:
    """The gravest effect among the differences; None where there are none."""
    return next((effect for effect in _ORDER if any(one.effect == effect for one in differences)), None)


def in_short(differences: Sequence[Difference], most: int = 3) -> str:
    """The first differences in one sentence, for a list of versions."""
    if not differences:
        return "Nothing changed."
    named = [f"{one.what} {one.kind}" for one in differences[:most]]
    rest = len(differences) - most
    return "; ".join(named) + (f"; and {rest} more" if rest > 0 else "") + "."
