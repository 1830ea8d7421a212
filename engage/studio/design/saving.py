"""Saving a change of the questionnaire alone, which leaves the rest of the design as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engage.studio.opening import DesignForm, Opened, Outcome, save_part
from surveys.designing import Content
from surveys.questionnaire import Questionnaire


def save_questionnaire(
    opened: Opened,
    form: DesignForm,
    part: Callable[[Content], object],
    change: Callable[[Questionnaire], Questionnaire],
    says: str,
) -> Outcome:
    """Save what ``change`` makes of the questionnaire, as ``save_part`` does."""
    return save_part(
        opened,
        form,
        part=part,
        change=lambda content: replace(content, questionnaire=change(content.questionnaire)),
        says=says,
    )


def shortened(words: str) -> str:
    """The words as a list of changes names them."""
    return words if len(words) <= 80 else f"{words[:79].rstrip()}…"
