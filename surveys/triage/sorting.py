"""Applying the rules to a comment."""

from __future__ import annotations

from collections.abc import Collection

from surveys.triage.levels import LEVELS, TOPICS, Level, Reason, Sorted
from surveys.triage.phrases import languages, met_in
from surveys.triage.words import is_in_another_script, words_of

VERSION = "3"
"""Changes with every change of the rules, so that comments are sorted anew."""

_MOST_OF_A_TOPIC = 3


def sort_comment(text: str, language: str, *, masked_kinds: Collection[str] = ()) -> Sorted:
    """Where the comment stands in the queue. ``masked_kinds``: what the masking found in it.

    The rules of every language are applied, because people do not always write in the language of the page. What meets
    none of them is the rest only where the rules of the comment's own language are complete; else it is not sorted.
    """
    reasons = [*_phrases(text), *(Reason("details", kind) for kind in sorted(set(masked_kinds)))]
    if not _is_covered(text, language):
        reasons.append(Reason("language", language))
    levels = {_level(reason) for reason in reasons}
    return Sorted(min(levels, key=LEVELS.index, default="rest"), tuple(reasons))


def _phrases(text: str) -> list[Reason]:
    reasons: dict[str, list[Reason]] = {}
    for met in met_in(words_of(text)):
        reason = Reason(met.phrase.topic, met.says)
        of_topic = reasons.setdefault(reason.topic, [])
        if reason not in of_topic and len(of_topic) < _MOST_OF_A_TOPIC:
            of_topic.append(reason)
    return [reason for topic in TOPICS for reason in reasons.get(topic, ())]


def _level(reason: Reason) -> Level:
    if reason.topic == "details":
        return "identifying"
    return "unsorted" if reason.topic == "language" else TOPICS[reason.topic].level


def _is_covered(text: str, language: str) -> bool:
    rules = languages().get(language.partition("-")[0])
    return rules is not None and rules.complete and not is_in_another_script(text)
