"""Levels, states and reasons in words for whoever reads comments."""

from __future__ import annotations

from engage.languages import own_name
from surveys.masking import KINDS
from surveys.triage import TOPICS, Level, Reason

LEVEL_NAMES: dict[Level, str] = {
    "harm": "Possible harm",
    "unsorted": "Not sorted by rules",
    "identifying": "Names or contact details",
    "complaint": "Like a complaint",
    "rest": "The rest",
}
STATE_NAMES = {"read": "Read", "escalated": "Escalated", "no action": "No action"}
STANDING_NAMES = {
    "waiting": "Waiting to be read",
    "read": "Read",
    "escalated": "Escalated",
    "no action": "No action",
    "raised": "Raised since they were put aside",
    "all": "All",
}
REVEAL_REASONS = {
    "risk": "Somebody may be at risk",
    "complaint": "To pass on a complaint",
    "masking": "The masking hides something that is needed",
    "other": "Another reason",
}


def reason_in_words(reason: Reason) -> str:
    """Why a comment stands where it does, as a suggestion and not as a fact."""
    if reason.topic == "details":
        return f"Masked: {KINDS.get(reason.phrase, reason.phrase).strip('[]')}"
    if reason.topic == "language":
        return f"Perhaps in a language that the rules do not cover; the page was in {own_name(reason.phrase)}"
    topic = TOPICS.get(reason.topic)
    return f"{topic.says if topic else reason.topic}: “{reason.phrase}”"
