"""The letter that stands for each theme on paper and on pages about workshops."""

from __future__ import annotations

import string

from surveys.questionnaire import Questionnaire


def theme_keys(questionnaire: Questionnaire) -> dict[str, str]:
    """A letter for each theme id, in the questionnaire's order; two letters after the 26th."""
    letters = string.ascii_uppercase
    keys = [*letters, *(first + second for first in letters for second in letters)]
    return {theme.id: key for theme, key in zip(questionnaire.themes, keys, strict=False)}
