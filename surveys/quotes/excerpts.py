"""Whether a quote is what somebody wrote: passages of the comment as everybody sees it, in order, nothing added."""

from __future__ import annotations

import re

LEFT_OUT = "[…]"
LONGEST = 400
_GAPS = re.compile(r"\s*\[(?:…|\.\.\.)\]\s*")
_WORD = re.compile(r"\w")


def tidied(words: str) -> str:
    """The words with single spaces, and every gap written as […]."""
    return re.sub(r"\s+", " ", words.strip()).replace("[...]", LEFT_OUT)


def excerpt_fault(words: str, shown: str) -> str | None:
    """Why ``words`` are no excerpt of ``shown``, a comment as everybody sees it; None where they are one.

    Only whole words may be left out, and each gap shows as […].
    """
    fragments = [one for one in _GAPS.split(tidied(words)) if one]
    if not any(_WORD.search(one) for one in fragments):
        return "Enter the words to quote."
    if len(words) > LONGEST:
        return f"A quote has at most {LONGEST} characters. Leave something out, and write […] in its place."
    # What was redacted is a gap already, so a passage never reaches across it.
    passages, place, at = [_one_space(one) for one in _GAPS.split(shown)], 0, 0
    for fragment in fragments:
        while place < len(passages):
            found = _whole_words(fragment, passages[place], at)
            if found is not None:
                at = found
                break
            place, at = place + 1, 0
        else:
            return f"“{_beginning(fragment)}” is not what the comment says here. Keep its words, with […] for gaps."
    return None


def _whole_words(fragment: str, passage: str, at: int) -> int | None:
    """Where the fragment ends in the passage, from ``at`` on, cutting through no word; None where it is not there."""
    pattern = rf"(?<!\w){re.escape(fragment)}(?!\w)" if fragment[-1:].isalnum() else rf"(?<!\w){re.escape(fragment)}"
    found = re.compile(pattern).search(passage, at)
    return found.end() if found else None


def _one_space(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _beginning(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"
