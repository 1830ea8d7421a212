"""Advice on the words of a questionnaire. Every check warns and none forbids: people who answer have the last word.

The checks stand in one table. A check is a function that goes through a questionnaire and yields, for each place that
deserves a second look, its path in the file and a message that says why and what could be done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from surveys.questionnaire import Question, Questionnaire, Text
from surveys.questionnaire_file import Fault, Lines
from surveys.questionnaire_rules import each_question
from surveys.reading_level import long_words, sentences, smog
from surveys.reading_time import estimated_minutes

__all__ = ["check_wording", "estimated_minutes", "smog"]

Path = tuple[str | int, ...]
Check = Callable[[Questionnaire], Iterator[tuple[Path, str]]]

HARD_TO_READ, VERY_HARD_TO_READ = 12, 14
LONG_SENTENCE = 20
LONG_EXPLANATION = 60
LONG_SURVEY, VERY_LONG_SURVEY = 10, 15
MANY_QUESTIONS = 25


def check_wording(questionnaire: Questionnaire, lines: Lines | None = None) -> tuple[Fault, ...]:
    """Every warning about the words, in the order of the file; ``lines`` as ``read_with_lines`` gives them."""
    found = [
        Fault(lines.line_of(path) if lines else None, message, "warning")
        for check in CHECKS
        for path, message in check(questionnaire)
    ]
    return tuple(sorted(found, key=lambda fault: fault.line or 0))


def _reading_level(questionnaire: Questionnaire) -> Iterator[tuple[Path, str]]:
    for path, where, text in _read_by_people(questionnaire):
        english = _english(text)
        if english is None or (grade := smog(english)) < HARD_TO_READ:
            continue
        hard = ", ".join(dict.fromkeys(word.lower() for word in long_words(english)[:12]))
        who = "most people may struggle with it" if grade >= VERY_HARD_TO_READ else "many people may struggle with it"
        yield path, f"{where}: the reading level is {grade:.1f} (SMOG), so {who}. Look at the long words: {hard}."


def _long_sentences(questionnaire: Questionnaire) -> Iterator[tuple[Path, str]]:
    for path, where, text in _read_by_people(questionnaire):
        for language, written in text.by_language:
            for sentence in sentences(written):
                if (length := len(sentence.split())) > LONG_SENTENCE:
                    begin = " ".join(sentence.split()[:5])
                    message = (
                        f"{where}: the sentence “{begin} …” ({language}) has {length} words. Make it two sentences."
                    )
                    yield path, message


def _long_explanations(questionnaire: Questionnaire) -> Iterator[tuple[Path, str]]:
    for position, theme in enumerate(questionnaire.themes):
        for language, written in theme.explanation.by_language:
            if (length := len(written.split())) > LONG_EXPLANATION:
                message = f"theme “{theme.id}”: the explanation ({language}) has {length} words."
                yield ("themes", position, "explanation"), f"{message} Keep it to {LONG_EXPLANATION} or fewer."


_JOINED = re.compile(r"\b(and|or)\b|\w\s*/\s*\w", re.IGNORECASE)


def _double_barrelled(questionnaire: Questionnaire) -> Iterator[tuple[Path, str]]:
    titles = [
        (("themes", position, key), f"theme “{theme.id}”, {key}", getattr(theme, key))
        for position, theme in enumerate(questionnaire.themes)
        for key in ("title", "plain_title")
    ]
    asked = [((*path, "text"), f"question “{each.id}”", each.text) for path, each in _answered(questionnaire)]
    for path, where, text in [*titles, *asked]:
        english = _english(text)
        joined = _JOINED.search(english) if english else None
        if joined:
            message = f"{where}: “{joined[0]}” may join two things, so that one answer stands for both."
            yield path, f"{message} Ask about one of them, or keep it for a good reason."


def _length(questionnaire: Questionnaire) -> Iterator[tuple[Path, str]]:
    full, _ = estimated_minutes(questionnaire)
    if full > LONG_SURVEY:
        who = "Most people will not finish" if full > VERY_LONG_SURVEY else "Many people will not finish"
        yield (), f"The survey takes about {full:.0f} minutes. {who}; leave out what you can do without."
    if (count := len(questionnaire.items)) > MANY_QUESTIONS:
        message = f"People are asked {count} questions, counted once for each theme."
        yield (), f"{message} Over {MANY_QUESTIONS} is a lot; leave out what you can do without."


_EXPECTED = {
    "help_line": "No help line is named. Add about, help_line: where to turn in an emergency and for support.",
    "contact": "No contact is named. Add about, contact: whom to ask about the survey or about care.",
    "closing": "No closing date is named. Add about, closing: the last day for answers.",
    "decision": "It is not said who decides, and when. Add about, decision.",
    "outcome_promise": "It is not said what happens next. Add about, outcome_promise: what is published, and when.",
}


def _missing_basics(questionnaire: Questionnaire) -> Iterator[tuple[Path, str]]:
    for key, message in _EXPECTED.items():
        if getattr(questionnaire.about, key) is None:
            yield ("about",), message


def _only_one_language(questionnaire: Questionnaire) -> Iterator[tuple[Path, str]]:
    for path, where, text in _read_by_people(questionnaire):
        lacking = [language for language in questionnaire.languages if not text.has(language)]
        if lacking:
            message = f"{where}: this text is there in one language only. Readers of {', '.join(lacking)} see that one."
            yield path, f"{message} Write it as a map with every language."


CHECKS: tuple[Check, ...] = (
    _missing_basics,
    _reading_level,
    _long_sentences,
    _long_explanations,
    _double_barrelled,
    _length,
    _only_one_language,
)


def _english(text: Text) -> str | None:
    """The text in English, for checks that know only English words."""
    return next((written for language, written in text.by_language if language.split("-")[0] == "en"), None)


def _answered(questionnaire: Questionnaire) -> Iterator[tuple[Path, Question]]:
    return ((path, each) for path, each in each_question(questionnaire) if each.kind != "statement")


def _read_by_people(questionnaire: Questionnaire) -> Iterator[tuple[Path, str, Text]]:
    """Every text that everybody reads, with its path and its name; official titles are for the board."""
    about = questionnaire.about
    for key in ("purpose", "can_change", "cannot_change", "decision", "contact", "help_line", "outcome_promise"):
        if (text := getattr(about, key)) is not None:
            yield ("about", key), f"about, {key}", text
    yield ("privacy",), "privacy", questionnaire.privacy
    for position, theme in enumerate(questionnaire.themes):
        for key in ("plain_title", "explanation"):
            yield ("themes", position, key), f"theme “{theme.id}”, {key}", getattr(theme, key)
    for path, asked in each_question(questionnaire):
        yield (*path, "text"), f"question “{asked.id}”", asked.text
        if asked.hint is not None:
            yield (*path, "hint"), f"question “{asked.id}”, hint", asked.hint
