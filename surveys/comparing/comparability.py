"""How well the answers to a question compare with those to the same question in an earlier questionnaire.

The same: nothing differs but signs and capitals. Similar: the words differ, the rest does not. New: anything else, and
whatever was not asked before. Where words changed, only a person can say whether the meaning did, so a person may say
otherwise of every question that was asked before in the same kind.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Literal, get_args

from surveys.comparing.words import bare
from surveys.meaning import without_words
from surveys.questionnaire import (
    Item,
    LongTextQuestion,
    Questionnaire,
    RatingQuestion,
    Text,
    TextQuestion,
)

Comparability = Literal["same", "similar", "new"]
COMPARABILITIES: tuple[Comparability, ...] = get_args(Comparability)

_BLANK = Text((("", ""),))
_REASONS = {
    "absent": "It was not asked before.",
    "kind": "It was another kind of question before.",
    "answers": "The answers to choose from differ.",
    "rest": "Who is asked, or how answers count, differs.",
    "words": "The words differ.",
    "same": "The words and the answers are the same.",
}


@dataclasses.dataclass(frozen=True, slots=True)
class ComparedItem:
    """One question now and before (``earlier`` "" where it was not asked), in the words of each questionnaire.

    ``derived`` follows from the two questionnaires, for the ``reason`` given; ``comparability`` is what holds, which a
    person may have chosen. ``can_be_chosen``: there is something to compare, so a person may choose. ``differing``:
    words or answers that differ, before and now.
    """

    key: str
    now: str
    earlier: str
    derived: Comparability
    reason: str
    comparability: Comparability
    can_be_chosen: bool
    differing: tuple[tuple[str, str], ...] = ()


def compare_items(
    earlier: Questionnaire, later: Questionnaire, chosen: Mapping[str, Comparability] | None = None
) -> tuple[ComparedItem, ...]:
    """Every question of the later questionnaire, in its order.

    ``chosen`` is what a person said, by item key. It holds wherever there is something to compare, and nowhere else.
    """
    before = {item.key: item for item in earlier.items}
    return tuple(_compared(earlier, before.get(item.key), later, item, chosen or {}) for item in later.items)


def _compared(
    earlier: Questionnaire, before: Item | None, later: Questionnaire, item: Item, chosen: Mapping[str, Comparability]
) -> ComparedItem:
    derived, why = _derived(earlier, before, later, item)
    comparable = before is not None and why != "kind"
    differing: list[tuple[str, str]] = []
    if before is not None and why in ("words", "answers"):
        told = _words if why == "words" else _labels
        pairs = zip(told(earlier, before, later.language), told(later, item, later.language), strict=True)
        differing = [(old, new) for old, new in pairs if bare(old) != bare(new)]
    return ComparedItem(
        key=item.key,
        now=_asked(later, item),
        earlier=_asked(earlier, before) if before else "",
        derived=derived,
        reason=_REASONS[why],
        comparability=chosen.get(item.key, derived) if comparable else derived,
        can_be_chosen=comparable,
        differing=tuple(differing),
    )


def _derived(
    earlier: Questionnaire, before: Item | None, later: Questionnaire, item: Item
) -> tuple[Comparability, str]:
    if before is None:
        return "new", "absent"
    if before.question.kind != item.question.kind:
        return "new", "kind"
    if _answers(earlier, before) != _answers(later, item):
        return "new", "answers"
    if _rest(earlier, before) != _rest(later, item):
        return "new", "rest"
    words = [[bare(one) for one in _words(*which, later.language)] for which in ((earlier, before), (later, item))]
    return ("same", "same") if words[0] == words[1] else ("similar", "words")


def _asked(questionnaire: Questionnaire, item: Item) -> str:
    text = item.question.text.in_language(questionnaire.language)
    return f"{item.theme.plain_title.in_language(questionnaire.language)}: {text}" if item.theme else text


def _answers(questionnaire: Questionnaire, item: Item) -> Any:
    """What can be answered, and what it is worth, without words. Scales count by their points, not by their name."""
    question = item.question
    if isinstance(question, TextQuestion | LongTextQuestion):
        return None
    if isinstance(question, RatingQuestion):
        scale = questionnaire.scale(question.scale)
        return without_words((scale.points, scale.not_scored))
    return without_words((questionnaire.options(question), questionnaire.not_scored(question)))


def _rest(questionnaire: Questionnaire, item: Item) -> Any:
    """Who is asked and how it counts, without words."""
    blank: dict[str, Any] = {"text": _BLANK, "hint": None}
    names = {field.name for field in dataclasses.fields(item.question)}
    blank |= {name: () for name in ("options", "not_scored") if name in names}
    if "scale" in names:
        blank["scale"] = ""
    asked_if = [page.show_if for page in questionnaire.pages if item.question in page.questions]
    return without_words((dataclasses.replace(item.question, **blank), tuple(asked_if)))


def _words(questionnaire: Questionnaire, item: Item, language: str) -> list[str]:
    """Everything that people read who are asked the question."""
    question = item.question
    texts = [question.text, question.hint]
    if item.theme:
        texts += [item.theme.plain_title, item.theme.explanation]
    if not isinstance(question, TextQuestion | LongTextQuestion):
        for option in questionnaire.options(question):
            texts += [option.label, option.hint]
        texts += [beside.label for beside in questionnaire.not_scored(question)]
    return [text.in_language(language) if text else "" for text in texts]


def _labels(questionnaire: Questionnaire, item: Item, language: str) -> list[str]:
    """The answers to choose from, in one line."""
    question = item.question
    if isinstance(question, TextQuestion | LongTextQuestion):
        return []
    labels = [option.label for option in questionnaire.options(question)]
    labels += [beside.label for beside in questionnaire.not_scored(question)]
    return [", ".join(label.in_language(language) for label in labels)]
