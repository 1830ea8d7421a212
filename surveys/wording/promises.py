"""Checks 17 and 19: whether what the texts promise is there, and whether there is a way in without a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from surveys.questionnaire import Questionnaire
from surveys.wording.finding import Finding, Subject, english, found

_NUMBER = re.compile(r"(?:\+|\b)\d[\d ()-]{7,}\d\b")
_ADDRESS = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]+\b")
_LINK = re.compile(
    r"https?://\S+|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:nhs\.uk|org\.uk|co\.uk|gov\.uk|org|com|net|uk)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Promise:
    """``pattern`` finds it in a text; ``is_kept`` asks the questionnaire, given that text as well."""

    what: str
    pattern: re.Pattern[str]
    is_kept: Callable[[Questionnaire, str], bool]
    advice: str


def _offers(*kinds: str) -> Callable[[Questionnaire, str], bool]:
    return lambda survey, text: any(way.kind in kinds for way in survey.other_ways)


def _signs_up_for(*kinds: str) -> Callable[[Questionnaire, str], bool]:
    return lambda survey, text: any(offer.kind in kinds for offer in survey.sign_up)


def _contact(survey: Questionnaire) -> str:
    texts = [survey.about.contact, *(way.text for way in survey.other_ways)]
    return "\n".join(words for text in texts if text for _, words in text.by_language)


def _can_be_phoned(survey: Questionnaire, text: str) -> bool:
    return _offers("telephone")(survey, text) or bool(_NUMBER.search(_contact(survey) + "\n" + text))


def _can_be_written_to(survey: Questionnaire, text: str) -> bool:
    return bool(_ADDRESS.search(_contact(survey) + "\n" + text))


def _has_easy_read(survey: Questionnaire, text: str) -> bool:
    whole = bool(survey.themes) and all(theme.easy_read for theme in survey.themes)
    return whole or _offers("easy_read")(survey, text)


def _has_languages(survey: Questionnaire, text: str) -> bool:
    return len({survey.language, *survey.languages}) > 1 or _offers("language")(survey, text)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_PROMISES = (
    _Promise(
        "a workshop",
        _pattern(r"\b(?:workshop|focus\s+group|drop-?in\s+session)s?\b"),
        _signs_up_for("workshop"),
        "Offer the workshop as a sign-up after sending, or take the promise out.",
    ),
    _Promise(
        "a link",
        _pattern(
            r"\blinks?\b[^.?!]{0,60}\b(?:page|below|end|here|finish|workshop|results?)\b"
            r"|\b(?:page|below|end|finish|follow|click|tap|use)\b[^.?!]{0,60}\blinks?\b"
        ),
        lambda survey, text: bool(survey.sign_up) or bool(_LINK.search(text)),
        "Offer what the link leads to as a sign-up after sending, write the address out, or take the promise out.",
    ),
    _Promise(
        "a telephone call",
        _pattern(
            r"\b(?:call|ring|phone|telephone|text)\s+(?:us|the\s+team|our|your|PALS)\b"
            r"|\b(?:by|over\s+the|on\s+the)\s+(?:tele)?phone\b|\bfree\s?phone\b"
        ),
        _can_be_phoned,
        "Add a telephone number to the contact or to the other ways to take part.",
    ),
    _Promise(
        "e-mail",
        _pattern(r"\be-?mail\s+(?:us|the\s+team|our)\b|\b(?:by|via|an)\s+e-?mail\b"),
        lambda survey, text: _can_be_written_to(survey, text) or _signs_up_for("results")(survey, text),
        "Add an e-mail address to the contact, or offer the results as a sign-up.",
    ),
    _Promise(
        "paper",
        _pattern(r"\bpaper\s+(?:cop(?:y|ies)|forms?|versions?|surveys?|questionnaires?)\b|\bon\s+paper\b|\bfreepost\b"),
        _offers("paper"),
        "Add “paper” to the other ways to take part.",
    ),
    _Promise(
        "easy read",
        _pattern(r"\beasy[\s-]?read\b"),
        _has_easy_read,
        "Add easy read to all themes, or to the other ways.",
    ),
    _Promise(
        "large print", _pattern(r"\blarge[\s-]print\b"), _offers("large_print"), "Add “large print” to the other ways."
    ),
    _Promise(
        "British Sign Language",
        _pattern(r"\bBSL\b|\bsign\s+language\b"),
        lambda survey, text: _offers("bsl")(survey, text) or any(theme.video for theme in survey.themes),
        "Add “BSL” to the other ways, or a video to the themes.",
    ),
    _Promise(
        "other languages",
        _pattern(r"\b(?:other|different|your\s+own|your)\s+languages?\b|\btranslat(?:ed|ions?)\b|\binterpreters?\b"),
        _has_languages,
        "Add an edition in another language, or “language” to the other ways.",
    ),
)
_LINK_PROMISE = next(one for one in _PROMISES if one.what == "a link")
_PROMISING = (
    "title",
    "about.purpose",
    "about.can_change",
    "about.cannot_change",
    "about.decision",
    "about.contact",
    "about.outcome_promise",
    "about.closing",
    "audience",
)


def broken_promises(subject: Subject) -> Iterator[Finding]:
    """Check 17, in the words of the start page and the poster, and in statements between the questions."""
    survey = subject.questionnaire
    statements = {f"questions.{q.id}.text" for page in survey.pages for q in page.questions if q.kind == "statement"}
    texts = [
        (place.key, place.where, words)
        for place, words in english(subject)
        if place.key in _PROMISING or place.key in statements or place.key.startswith(("sign_up.", "pages."))
    ]
    if subject.preparation and subject.preparation.poster_promises:
        texts.append(("preparation.poster_promises", "Words for posters", subject.preparation.poster_promises))
    for key, where, words in texts:
        broken = [one for one in _PROMISES if one.pattern.search(words) and not one.is_kept(survey, words)]
        for promise in broken:
            # A link to something that is promised as well is said once.
            if promise is not _LINK_PROMISE or len(broken) == 1:
                message = f"this promises {promise.what}, and the survey does not offer it."
                yield found(subject, 17, key, where, message, words=f"{message}\n{words}", swap=promise.advice)


def only_with_a_phone(subject: Subject) -> Iterator[Finding]:
    """Check 19."""
    if not any(
        way.kind in ("telephone", "paper", "in_person", "large_print") for way in subject.questionnaire.other_ways
    ):
        message = "nobody can take part without a smartphone or computer."
        swap = "Offer a telephone number, a paper form or somebody who helps."
        yield found(subject, 19, "other_ways", "Other ways to take part", message, swap=swap)
