"""Checks 9 and 10: the points of scales, and the lists of answers that people choose from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from surveys.questionnaire import (
    ChoiceQuestion,
    ChoicesQuestion,
    Comparison,
    LongTextQuestion,
    Option,
    Page,
    Question,
    Questionnaire,
    RankingQuestion,
    RatingQuestion,
    Scale,
    TextQuestion,
)
from surveys.questionnaire_rules import each_question
from surveys.wording.finding import Finding, Severity, Subject, found
from surveys.wording.number_ranges import faults_of_ranges

MOST_POINTS = 5
MOST_OPTIONS = 10
_WORD = re.compile(r"[^\W\d_]")
_GOOD = re.compile(
    r"\b(?:agree|good|excellent|outstanding|great|satisfied|likely|easy|better|support|favour|for\s+(?:it|this)"
    r"|positive|safe|happy|clear|helpful|confident|comfortable|improved?)\b",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"\b(?:disagree|poor|poorly|bad|badly|terrible|unacceptable|dissatisfied|unsatisfied|unlikely|difficult|hard"
    r"|worse|oppose|against|negative|unsafe|unhappy|unclear|unhelpful|uncomfortable|worsened)\b",
    re.IGNORECASE,
)
_NEITHER = re.compile(
    r"\b(?:neither|neutral|the\s+same|no\s+(?:difference|change)|mixed|unsure|fair|average|ok(?:ay)?)\b", re.IGNORECASE
)
_TURNED = re.compile(r"\bnot\b|n['’]t\b|\bno\b", re.IGNORECASE)
_OTHER = re.compile(r"^\W*others?\b\W*(?:\(?\s*(?:please|say|specify|tell|write).*)?$", re.IGNORECASE)


def scales(subject: Subject) -> Iterator[Finding]:
    """Check 9, for the scales that a question uses."""
    survey = subject.questionnaire
    used = {asked.scale for _, asked in each_question(survey) if isinstance(asked, RatingQuestion)}
    directions: dict[bool, str] = {}
    for scale in survey.scales:
        if scale.id not in used:
            continue
        for message, swap in _faults_of_scale(scale):
            yield _at_scale(subject, scale, message, swap)
        best_first = _best_first(scale)
        if best_first is not None:
            other = directions.get(not best_first)
            directions.setdefault(best_first, scale.id)
            if other is not None:
                message = f"this scale runs the other way round than the scale “{other}”."
                yield _at_scale(subject, scale, message, "Begin every scale with the same end.")


def _faults_of_scale(scale: Scale) -> Iterator[tuple[str, str]]:
    labels = [point.label.by_language[0][1] for point in scale.points]
    bare = [label for label in labels if not _WORD.search(label)]
    if bare:
        shown = ", ".join(f"“{label}”" if label else "a blank" for label in bare)
        yield f"no words on every point: {shown}.", "Write in words what each point means."
    good, bad = _sides(scale)
    if (good or bad) and good != bad:
        yield f"{good} answers on the good side and {bad} on the bad side.", "Offer as many on both sides."
    if len(labels) > MOST_POINTS:
        yield f"{len(labels)} points are hard to tell apart.", "Use 4 or 5."
    if all(beside.id != "not_sure" for beside in scale.not_scored):
        yield "nobody can say that they are not sure.", "Add “I am not sure” beside the scale."


def _sides(scale: Scale) -> tuple[int, int]:
    """How many points say something good and something bad, in English; nought of both where the scale has no sides."""
    good = bad = 0
    for point in scale.points:
        label = next((words for code, words in point.label.by_language if code.split("-")[0].lower() == "en"), "")
        if _NEITHER.search(label):
            continue
        is_bad = bool(_BAD.search(label)) or bool(_GOOD.search(label) and _TURNED.search(label))
        bad += is_bad
        good += not is_bad and bool(_GOOD.search(label))
    return good, bad


def _best_first(scale: Scale) -> bool | None:
    """Whether the points that count as positive stand first; None where they stand on both sides or nowhere."""
    marks = [point.positive for point in scale.points]
    if len(set(marks)) < 2 or marks[0] == marks[-1]:
        return None
    return marks[0]


def _at_scale(subject: Subject, scale: Scale, message: str, swap: str) -> Finding:
    labels = "\n".join(words for point in scale.points for _, words in point.label.by_language)
    words = f"{message}\n{labels}"
    return found(subject, 9, f"scales.{scale.id}", f"Scale “{scale.id}”", message, words=words, swap=swap)


def options(subject: Subject) -> Iterator[Finding]:
    """Check 10."""
    survey = subject.questionnaire
    places = _wheres(survey)
    for path, asked in each_question(survey):
        if not isinstance(asked, ChoiceQuestion | ChoicesQuestion | RankingQuestion):
            continue
        offered = survey.options(asked)
        place = f"{path[0]}.{asked.id}.options"
        words = "\n".join(option.label.by_language[0][1] for option in offered)
        for severity, message, swap in _faults_of_options(survey, asked, offered):
            yield found(
                subject, 10, place, places[place], message, words=f"{message}\n{words}", severity=severity, swap=swap
            )


def _faults_of_options(
    survey: Questionnaire, asked: ChoiceQuestion | ChoicesQuestion | RankingQuestion, offered: tuple[Option, ...]
) -> Iterator[tuple[Severity, str, str]]:
    labels = [option.label.by_language[0][1] for option in offered]
    yield from faults_of_ranges(labels)
    alike: dict[str, str] = {}
    for label in labels:
        plain = re.sub(r"[\W_]+", " ", label).strip().casefold()
        if plain and plain in alike:
            yield "should", f"“{alike[plain]}” and “{label}” are the same answer.", "Take one of them out."
        alike.setdefault(plain, label)
    if len(labels) > MOST_OPTIONS:
        yield (
            "should",
            f"{len(labels)} answers are many to read.",
            f"Offer {MOST_OPTIONS} or fewer, or divide the question.",
        )
    for option, label in zip(offered, labels, strict=True):
        if _OTHER.match(label) and not _asks_which(survey, asked, option):
            swap = "Add a short text question after it, or leave “Other” out."
            yield "should", f"“{label}” is offered, and nobody is asked what it is.", swap


def _asks_which(survey: Questionnaire, asked: Question, option: Option) -> bool:
    """Whether a text question depends on this answer, or follows the question at once."""
    follows = False
    for _, other in each_question(survey):
        if isinstance(other, TextQuestion | LongTextQuestion) and (follows or _depends_on(other, asked.id)):
            return True
        follows = other is asked
    return any(
        _depends_on(page, asked.id) and any(isinstance(one, TextQuestion | LongTextQuestion) for one in page.questions)
        for page in survey.pages
    )


def _depends_on(part: Question | Page, field: str) -> bool:
    condition = part.show_if
    return isinstance(condition, Comparison) and condition.field == field


def _wheres(survey: Questionnaire) -> dict[str, str]:
    wheres = {}
    for number, asked in enumerate(survey.ask_about_each_theme, 1):
        wheres[f"ask_about_each_theme.{asked.id}.options"] = f"Asked about each theme, question {number}: answers"
    for at, page in enumerate(survey.pages, 1):
        for number, asked in enumerate(page.questions, 1):
            wheres[f"questions.{asked.id}.options"] = f"Page {at}, question {number}: answers"
    return wheres
