"""Where a comment can stand in the queue, most urgent first, and what the rules look for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Level = Literal["harm", "unsorted", "identifying", "complaint", "rest"]

LEVELS: tuple[Level, ...] = get_args(Level)
"""Possible harm, not sorted by rules, identifying details, complaint-like, the rest."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a group of rules looks for, in words for whoever reads the comment, and where it puts a comment."""

    says: str
    level: Level


TOPICS: dict[str, Topic] = {
    "self-harm": Topic("Self-harm or suicide", "harm"),
    "abuse": Topic("Abuse or bullying", "harm"),
    "neglect": Topic("Neglect", "harm"),
    "sexual": Topic("Sexual misconduct", "harm"),
    "violence": Topic("Violence", "harm"),
    "at-risk": Topic("A child or adult at risk", "harm"),
    "clinical-error": Topic("Medication or clinical error", "harm"),
    "fraud": Topic("Fraud or theft", "harm"),
    "speaking-up": Topic("Speaking up about safety", "harm"),
    "complaint": Topic("Like a complaint", "complaint"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a comment stands where it does: the topic of a rule, and the phrase as the rule says it.

    Two topics are not of ``TOPICS``: "details", whose phrase is a kind of detail that was masked, and "language",
    whose phrase is the code of a language that the rules do not cover.
    """

    topic: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """Where the rules put a comment, with every reason; no reason for the rest."""

    level: Level
    reasons: tuple[Reason, ...]
