"""Check 12: questions that ask who somebody is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from surveys.questionnaire import LongTextQuestion, NumberQuestion, TextQuestion
from surveys.wording.asking import asked_in_english
from surveys.wording.finding import Finding, Subject, found

_SENTENCE = re.compile(r"[^.?!\n]+")
_ASKED_FOR = {
    "a name": (
        r"\b(?:your|full|first|last|family|patient['’]?s?|contact)\s+(?:full\s+|first\s+|last\s+)?names?\b"
        r"|\b(?:fore|sur)names?\b|\bnames?\s+of\s+(?:the\s+)?(?:patient|person|nurse|doctor|staff|child|consultant)"
        r"|^\W*names?\W*$|\bwhat\s+are\s+you\s+called\b"
    ),
    "an NHS number": r"\b(?:NHS|hospital|patient|CHI|national\s+insurance)\s+(?:number|no\b|id\b)",
    "a date of birth": (
        r"\b(?:date|day)\s+of\s+birth\b|\bd\.?o\.?b\b|\bbirth\s?da(?:y|te)\b|\bwhen\s+were\s+you\s+born\b"
    ),
    "a full postcode": r"\bpost\s?codes?\b(?!\s+(?:district|area|sector))",
    "a telephone number": r"\b(?:tele)?phone\s+(?:number|no\b)|\bmobile(?:\s+phone)?\s+number\b",
    "an address": r"\b(?:your|home|e-?mail|postal|street)\s+address\b|\be-?mail\s*:?\s*$",
}
_PATTERNS = {what: re.compile(pattern, re.IGNORECASE) for what, pattern in _ASKED_FOR.items()}
_PART_OF_POSTCODE = re.compile(
    r"\b(?:first|start|beginning|outward|district|part|half)\b[^.?!]{0,40}\bpost\s?code"
    r"|\bpost\s?code[^.?!]{0,30}\b(?:district|first|outward)\b",
    re.IGNORECASE,
)
_DECLINING = re.compile(r"\b(?:do\s+not|don['’]t|never|without|no\s+need|need\s+not|not\s+ask)\b", re.IGNORECASE)


def personal_details(subject: Subject) -> Iterator[Finding]:
    """What is typed in. It may stand once the data protection officer agreed. English only."""
    approved = subject.preparation.privacy_approved_by.strip() if subject.preparation else ""
    for place, text, asked in asked_in_english(subject):
        if not isinstance(asked, TextQuestion | LongTextQuestion | NumberQuestion):
            continue
        what = personal_details_in(text)
        if not what:
            continue
        message = f"this asks for {' and '.join(what)}."
        if approved:
            message = f"{message} {approved} agreed to it."
            yield found(subject, 12, place.key, place.where, message, words=text, severity="info")
        else:
            swap = "Leave it out, or name the data protection officer who agreed to it."
            yield found(subject, 12, place.key, place.where, message, words=text, swap=swap)


def personal_details_in(text: str) -> list[str]:
    """What an English question asks for that shows who somebody is, in words; nothing of what it says not to write."""
    parts = [part for part in _SENTENCE.findall(text) if not _DECLINING.search(part)]
    what = [name for name, pattern in _PATTERNS.items() if any(pattern.search(part) for part in parts)]
    if "a full postcode" in what and _PART_OF_POSTCODE.search(text):
        what.remove("a full postcode")
    return what
