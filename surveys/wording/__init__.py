"""Nineteen checks of a questionnaire: its words and answers, its promises, and whether people are asked fairly.

What must be fixed keeps a survey from going live in the studio. What should be looked at may stand with a reason, for
people have the last word. The command line prints all of it as advice, as far as a file alone can show it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

from surveys.preparation import Acceptance, Preparation
from surveys.questionnaire import Questionnaire
from surveys.questionnaire_file import Fault, Lines
from surveys.reading_level import smog
from surveys.reading_time import estimated_minutes
from surveys.wording import answers, asking, basics, personal, promises, reading
from surveys.wording.finding import CHECKS, SEVERITIES, Check, Finding, Severity, Subject

__all__ = [
    "CHECKS",
    "SEVERITIES",
    "Check",
    "Finding",
    "Severity",
    "check_wording",
    "estimated_minutes",
    "findings",
    "is_accepted",
    "smog",
]

_CHECKING: tuple[Callable[[Subject], Iterable[Finding]], ...] = (
    basics.missing,
    reading.hard_to_read,
    reading.long_sentences,
    reading.long_explanations,
    reading.jargon,
    asking.double_barrelled,
    asking.leading,
    asking.negative,
    answers.scales,
    answers.options,
    basics.length,
    personal.personal_details,
    asking.comments_without_hint,
    basics.translations_ready,
    basics.media,
    basics.fairness,
    promises.broken_promises,
    basics.contrast,
    promises.only_with_a_phone,
    reading.not_read,
)


def findings(
    questionnaire: Questionnaire,
    preparation: Preparation | None,
    *,
    today: datetime.date | None = None,
    colour: str | None = None,
) -> tuple[Finding, ...]:
    """Everything that the checks find, by check and then in the order of the questionnaire. Texts may be blank.

    Without a ``preparation`` only what the questionnaire itself shows. ``today`` counts as the first day where none
    is set; ``colour`` is the organisation's, as #rrggbb. What was accepted is found as well: see ``is_accepted``.
    """
    subject = Subject(questionnaire, preparation, today, colour)
    return tuple(finding for check in _CHECKING for finding in check(subject))


def is_accepted(finding: Finding, acceptances: Iterable[Acceptance]) -> Acceptance | None:
    """The acceptance that lets this finding stand; None where there is none, or where the words changed since."""
    if not finding.acceptable:
        return None
    key = (finding.check, finding.place, finding.digest)
    return next((one for one in acceptances if (one.check, one.place, one.digest) == key), None)


def check_wording(questionnaire: Questionnaire, lines: Lines | None = None) -> tuple[Fault, ...]:
    """What the checks find in a file alone, in its order; ``lines`` as ``read_with_lines`` gives them.

    Each is a warning that names its severity, its check, where it is, what is found and what could stand there.
    """
    warnings = [
        Fault(lines.line_of(one.path) if lines else None, _in_a_line(one), "warning")
        for one in findings(questionnaire, None)
    ]
    return tuple(sorted(warnings, key=lambda fault: fault.line or 0))


def _in_a_line(finding: Finding) -> str:
    swap = f" {finding.swap}" if finding.swap else ""
    severity = SEVERITIES[finding.severity].capitalize()
    return f"{severity} (check {finding.check}). {finding.where}: {finding.message}{swap}"
