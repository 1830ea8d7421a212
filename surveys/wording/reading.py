"""Checks 2 to 5: how hard the texts are to read, how long, and which words come from inside the service."""

from __future__ import annotations

import re
from collections.abc import Iterator

from surveys.editions import Found, places_of
from surveys.questionnaire import Questionnaire, Text
from surveys.reading_level import long_words, sentences, smog, words
from surveys.wording.finding import Finding, Severity, Subject, english, found, is_origin
from surveys.wording.jargon import Jargon, jargon_in

HARD_TO_READ, VERY_HARD_TO_READ = 12, 14
SHORT_TEXT = 15
"""Words under which a score says little, so that the long words count for more."""
LONG_SENTENCE, LONG_EASY_READ_SENTENCE = 20, 15
LONG_EXPLANATION = 60
_OFFICIAL_TITLE = re.compile(r"themes\.[^.]+\.title")


def is_official_title(place: Found) -> bool:
    """Whether this is a theme's official title, which stands in reports and not in the survey."""
    return bool(_OFFICIAL_TITLE.fullmatch(place.key))


def severity_at(questionnaire: Questionnaire, place: Found, usual: Severity) -> Severity:
    """The usual severity; an official title beside a plain one is only good to know, for people see the plain one."""
    if is_official_title(place):
        theme = questionnaire.theme(place.key.split(".")[1])
        if has_words(theme.plain_title) and theme.plain_title != theme.title:
            return "info"
    return usual


def repeats_the_title(questionnaire: Questionnaire, place: Found) -> bool:
    """Whether this is a plain title that is still the official one, of which the same would be said twice."""
    parts = place.key.split(".")
    if parts[0] != "themes" or parts[2:] != ["plain_title"]:
        return False
    theme = questionnaire.theme(parts[1])
    return theme.plain_title == theme.title


def has_words(text: Text | None) -> bool:
    """Whether something stands there in the questionnaire's own language."""
    return text is not None and bool(text.by_language[0][1].strip())


def _read_by_people(place: Found) -> bool:
    """Whether this is running text for everybody: no name, no answer of a list, no official title."""
    if is_official_title(place) or is_origin(place) or place.key in ("organisation", "audience", "about.closing"):
        return False
    return not place.key.startswith(("partners.", "scales.")) and ".options." not in place.key


def hard_to_read(subject: Subject) -> Iterator[Finding]:
    """Check 2."""
    for place, text in english(subject):
        if not _read_by_people(place) or (grade := round(smog(text), 1)) < HARD_TO_READ:
            continue
        hard = list(dict.fromkeys(word.lower() for word in long_words(text)))
        who = "most" if grade >= VERY_HARD_TO_READ else "many"
        rough = ", rough on so short a text" if len(words(text)) < SHORT_TEXT else ""
        message = f"the reading level is {grade:.1f} (SMOG{rough}), so {who} people may struggle with it."
        swap = f"Look at the long words: {', '.join(hard[:12])}."
        yield found(subject, 2, place.key, place.where, message, words=text, swap=swap)


def long_sentences(subject: Subject) -> Iterator[Finding]:
    """Check 3, in every language."""
    for place in places_of(subject.questionnaire):
        easy = ".easy_read." in place.key
        most = LONG_EASY_READ_SENTENCE if easy else LONG_SENTENCE
        if not easy and not _read_by_people(place):
            continue
        for language, text in place.text.by_language:
            for sentence in sentences(text):
                count = len(sentence.split())
                if count > most:
                    begin = " ".join(sentence.split()[:5])
                    limit = "Easy read needs 15 words or fewer." if easy else "Make it two sentences."
                    message = f"the sentence “{begin} …”{_in(subject, language)} has {count} words."
                    yield found(subject, 3, place.key, place.where, message, words=sentence, swap=limit)


def long_explanations(subject: Subject) -> Iterator[Finding]:
    """Check 4, in every language."""
    for place in places_of(subject.questionnaire):
        if not place.key.startswith("themes.") or not place.key.endswith(".explanation"):
            continue
        for language, text in place.text.by_language:
            count = len(text.split())
            if count > LONG_EXPLANATION:
                message = f"the explanation{_in(subject, language)} has {count} words."
                swap = f"Keep it to {LONG_EXPLANATION} or fewer."
                yield found(subject, 4, place.key, place.where, message, words=text, swap=swap)


def jargon(subject: Subject) -> Iterator[Finding]:
    """Check 5: one finding for each text, with all its terms."""
    for place, text in english(subject):
        if place.key == "organisation" or place.key.startswith("partners."):
            continue
        if repeats_the_title(subject.questionnaire, place):
            continue
        terms = jargon_in(text)
        if terms:
            severity = severity_at(subject.questionnaire, place, "should")
            yield found(
                subject, 5, place.key, place.where, _named(terms), words=text, severity=severity, swap=_swaps(terms)
            )


def not_read(subject: Subject) -> Iterator[Finding]:
    """What the English checks left out, so that nobody takes silence about a language for praise."""
    survey = subject.questionnaire
    spoken = dict.fromkeys((survey.language, *survey.languages))
    others = [language for language in spoken if language.split("-")[0].lower() != "en"]
    if others:
        message = (
            f"the checks of reading level, jargon and wording know English only. Texts in {', '.join(others)} were "
            "checked for length alone."
        )
        swap = "Ask somebody who speaks the language to read them."
        yield found(subject, 2, "languages", "Languages", message, severity="info", swap=swap)


def _named(terms: tuple[tuple[str, Jargon], ...]) -> str:
    written = ", ".join(f"“{term}”" for term, _ in terms)
    return f"{written} {'is' if len(terms) == 1 else 'are'} jargon."


def _swaps(terms: tuple[tuple[str, Jargon], ...]) -> str:
    return " ".join(f"Instead of “{term}” try: {entry.say}." for term, entry in terms)


def _in(subject: Subject, language: str) -> str:
    """Which language is meant, where there are several."""
    survey = subject.questionnaire
    return f" ({language})" if len({survey.language, *survey.languages}) > 1 else ""
