"""What a survey still lacks before it may go live, each with the place where it is put right."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from surveys.preparation import Preparation
from surveys.questionnaire import Questionnaire
from surveys.questionnaire_rules import check_rules, each_question
from surveys.wording import Finding, findings, is_accepted


@dataclass(frozen=True, slots=True)
class Lacking:
    """``place`` is a key as in ``Finding``; ``says`` what is missing and ``advice`` what to do about it."""

    place: str
    where: str
    says: str
    advice: str = ""


def missing_before_publishing(
    questionnaire: Questionnaire,
    preparation: Preparation,
    *,
    today: datetime.date,
    was_tried: bool,
    colour: str | None = None,
    first_time: bool = True,
) -> tuple[Lacking, ...]:
    """Everything that keeps the survey from going live, in the order of the checks; empty when it may.

    ``was_tried``: somebody looked at it since its last change. Only the first time must the last day lie ahead: a
    survey that has closed may still have a contact corrected. Editions in further languages never keep it back.
    """
    lacking = [
        Lacking(one.place, one.where, _sentence(one.message), one.swap or "")
        for one in blocking(questionnaire, preparation, today=today, colour=colour)
    ]
    if first_time and preparation.closes_on and preparation.closes_on < today:
        advice = "Choose a later last day."
        lacking.append(Lacking("preparation.closes_on", "Closing date", "The last day for answers is past.", advice))
    if preparation.opens_on and preparation.closes_on and preparation.closes_on < preparation.opens_on:
        advice = "Choose a last day that is not before the first."
        lacking.append(Lacking("preparation.closes_on", "Dates", "The survey would close before it opens.", advice))
    if asks_for_comments(questionnaire) and not (preparation.reader_name.strip() and preparation.reader_email.strip()):
        says = "Nobody is named who reads the comments."
        advice = "Name a person who reads them each working day: somebody may write that they are in danger."
        lacking.append(Lacking("preparation.reader_name", "Comments", says, advice))
    for path, says in check_rules(questionnaire):
        lacking.append(Lacking(_place(questionnaire, path), "Questions", _sentence(says)))
    if not was_tried:
        advice = "Look at it as people will, best on your own phone."
        lacking.append(Lacking("preview", "Preview", "Nobody has tried the survey since its last change.", advice))
    return tuple(lacking)


def blocking(
    questionnaire: Questionnaire,
    preparation: Preparation,
    *,
    today: datetime.date | None = None,
    colour: str | None = None,
) -> tuple[Finding, ...]:
    """The findings that must be fixed before the survey goes live: none of an edition, none that was accepted."""
    return tuple(
        one
        for one in findings(questionnaire, preparation, today=today, colour=colour)
        if one.severity == "must" and one.edition is None and not is_accepted(one, preparation.accepted)
    )


def asks_for_comments(questionnaire: Questionnaire) -> bool:
    """Whether people can write in their own words."""
    return any(item.question.kind in ("text", "long_text") for item in questionnaire.items)


def _place(questionnaire: Questionnaire, path: tuple[str | int, ...]) -> str:
    """The place of a part that a rule names by its path in the file."""
    for question_path, asked in each_question(questionnaire):
        if path[: len(question_path)] == question_path:
            return f"{path[0]}.{asked.id}"
    if path[:1] == ("themes",) and len(path) > 1 and isinstance(path[1], int):
        return f"themes.{questionnaire.themes[path[1]].id}"
    return str(path[0]) if path else "questions"


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:]
