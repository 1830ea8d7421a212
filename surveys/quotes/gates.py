"""The gates that words have to pass before they are printed, in the order in which they are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from surveys.quotes.details import details_in
from surveys.quotes.excerpts import excerpt_fault

Name = Literal["consent", "checked", "label", "base", "unedited", "balance", "safeguarding", "rarity"]

FEWEST_WITH_THE_POINT = 5
"""A point that fewer people made may be one person's own story."""
FEWEST_WRITERS = 5
"""Of an audience on a question: among fewer, the writer could be guessed."""
PRAISE_NEEDS_OTHERS = 0.2
"""From this share of critical comments on, quotes cannot all be praise."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: whether the quote passes, and if not why, in words for whoever chooses or checks quotes."""

    name: Name
    fault: str | None

    @property
    def passed(self) -> bool:
        """Whether it holds nothing against the quote."""
        return self.fault is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that the gates look at, for one quote.

    ``shown``: the comment as everybody sees it. ``audience_people`` and ``minimum_base``: how many people of the
    writer's audience answered, and how many there must be; ``audience_writers``: how many of them commented on the
    question. ``people_with_point``: of the codes that the comment has,
    the one that most people share; None where it has not been coded. ``praise_alone``: every quote on this question is
    praise although others were critical.
    """

    may_quote: bool | None
    words: str
    shown: str
    approved: bool
    chosen_by: str
    checked_by: str | None
    is_read: bool
    is_escalated: bool
    possible_harm: bool
    audience_people: int
    minimum_base: int
    audience_writers: int
    people_with_point: int | None
    praise_alone: bool


def gates(facts: Facts) -> tuple[Gate, ...]:
    """Every gate for a quote, passed or not."""
    return (
        Gate("consent", _consent(facts)),
        Gate("checked", _checked(facts)),
        Gate("label", _label(facts)),
        Gate("base", _base(facts)),
        Gate("unedited", excerpt_fault(facts.words, facts.shown)),
        Gate("balance", _balance(facts)),
        Gate("safeguarding", _safeguarding(facts)),
        Gate("rarity", _rarity(facts)),
    )


def may_be_drawn(facts: Facts) -> bool:
    """Whether some of the comment's words could be quoted, before anybody has chosen which (``words`` "")."""
    return not any((_consent(facts), _base(facts), _safeguarding(facts), _rarity(facts)))


def _consent(facts: Facts) -> str | None:
    if facts.may_quote:
        return None
    if facts.may_quote is None:
        return "The writer was not asked whether we may quote them, or did not answer."
    return "The writer does not want to be quoted."


def _checked(facts: Facts) -> str | None:
    if not facts.approved or facts.checked_by is None:
        return "A second person has not approved it yet."
    if facts.checked_by.casefold() == facts.chosen_by.casefold():
        return "The person who chose it also approved it. Somebody else has to."
    return None


def _label(facts: Facts) -> str | None:
    kinds = details_in(facts.words).kinds
    # The report names the audience beside it, so one more description is the most that may stand in the words.
    if len(kinds) > 1:
        return f"The words describe the writer in more than one way: {', '.join(kinds)}."
    return None


def _base(facts: Facts) -> str | None:
    if facts.audience_people < facts.minimum_base:
        return f"Fewer than {facts.minimum_base} people of this audience have answered."
    if facts.audience_writers < FEWEST_WRITERS:
        return f"Fewer than {FEWEST_WRITERS} people of this audience have commented on this question."
    return None


def _balance(facts: Facts) -> str | None:
    if facts.praise_alone:
        return "Every quote on this question is praise, although others were critical. Draw one of theirs as well."
    return None


def _safeguarding(facts: Facts) -> str | None:
    if facts.is_escalated:
        return "The comment was passed on because somebody may be at risk."
    if facts.possible_harm:
        return "The comment may tell of harm to somebody."
    if not facts.is_read:
        return "Nobody has read the comment yet."
    return None


def _rarity(facts: Facts) -> str | None:
    singular = details_in(facts.words).singular
    if singular:
        return f"It may be one person's own story: it names {', '.join(singular)}."
    if facts.people_with_point is None:
        return "The comment has not been coded, so nobody knows whether others made the same point."
    if facts.people_with_point < FEWEST_WITH_THE_POINT:
        return f"Fewer than {FEWEST_WITH_THE_POINT} people made this point."
    return None
