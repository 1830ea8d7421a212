"""Sorting comments for the person who reads them: rules of words and phrases that suggest, and never decide.

Pure functions of a text and its language.
"""

from __future__ import annotations

from surveys.triage.levels import LEVELS, Level, Reason, Sorted
from surveys.triage.sorting import VERSION, sort_comment

__all__ = ["LEVELS", "VERSION", "Level", "Reason", "Sorted", "sort_comment"]
