"""Sorting comments for the person who reads them: rules of words and phrases that suggest, and never decide.

Pure functions of a text and its language.
"""

from __future__ import annotations

from surveys.triage.levels import LEVELS, TOPICS, Level, Reason, Sorted, Topic
from surveys.triage.sorting import VERSION, sort_comment

__all__ = ["LEVELS", "TOPICS", "VERSION", "Level", "Reason", "Sorted", "Topic", "sort_comment"]
