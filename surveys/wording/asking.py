"""Checks 6, 7, 8 and 13: how things are asked. All but the last know English only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from surveys.editions import Found, places_of
from surveys.questionnaire import (
    LongTextQuestion,
    Question,
    RatingQuestion,
    Statement,
    TextQuestion,
)
from surveys.questionnaire_rules import each_question
from surveys.wording.finding import Finding, Severity, Subject, english, found
from surveys.wording.reading import is_official_title, repeats_the_title, severity_at

_JOINED = re.compile(
    r"\b(?:and/or|as\s+well\s+as|and|or)\b|(?<=\s)&(?=\s)|\b[^\W\d_]+\s*/\s*[^\W\d_]+\b", re.IGNORECASE
)
_ONE_THING = re.compile(
    r"""\b(?:accident\s+and\s+emergency | health\s+and\s+(?:social\s+)?care | ear,?\s+nose\s+and\s+throat
    | health\s+and\s+wellbeing | terms\s+and\s+conditions | pros\s+and\s+cons | day\s+(?:and|or)\s+night
    | black\s+and\s+white | more\s+and\s+more | yes\s+or\s+no | \w+\s+or\s+(?:more|fewer|less|over|under|not|so)
    | between\s+[\w’'-]+\s+and\s+[\w’'-]+
    | (?:one|two|three|four|five|\d+)\s+(?:and|or)\s+(?:two|three|four|five|six|\d+)
    | you\s+(?:and|or)\s+(?:your\s+family|the\s+person|someone|somebody|anyone)
    | (?:family\s+and\s+friends|friends\s+and\s+family|n/a|he/she|she/he|his/her|s/he)
    | north\s+and\s+south | east\s+and\s+west)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LEADING = (
    re.compile(r"\bdo(?:n['’]t)?\s+you\s+(?:not\s+)?agree\b(?!\s+to\b)", re.IGNORECASE),
    re.compile(r"\b(?:do|would|should|is|are|was|were|have|can|could)n['’]t\s+\w+", re.IGNORECASE),
    re.compile(r"\b(?:would|do|should)\s+(?:you|we)\s+not\b", re.IGNORECASE),
    re.compile(r"\bhow\s+(?:much|far)\s+(?:better|worse|easier|safer|faster|more|do\s+you\s+agree)\b", re.IGNORECASE),
    re.compile(
        r"\bhow\s+much\s+(?:do|did|would)\s+you\s+(?:like|love|enjoy|value|appreciate|support)\b", re.IGNORECASE
    ),
    re.compile(r"\b(?:surely|obviously|clearly|of\s+course|everyone\s+knows|most\s+people\s+think)\b", re.IGNORECASE),
)
_PRAISE = re.compile(
    r"\b(?:excellent|outstanding|world[\s-](?:class|leading)|fantastic|amazing|brilliant|wonderful|superb|great"
    r"|hard[\s-]working|dedicated|award[\s-]winning|exciting|impressive|marvellous|first[\s-]class|state[\s-]of[\s-]the[\s-]art"
    r"|cutting[\s-]edge|high[\s-]quality|much[\s-]needed|vital)\b",
    re.IGNORECASE,
)
_AGREEING = re.compile(r"\b(?:dis)?agree\b", re.IGNORECASE)
_NEGATIVE = re.compile(
    r"\b(?:not|never|no|nobody|nothing|none|without|neither|nor|hardly|cannot|\w+n['’]t"
    r"|un(?:happy|able|clear|necessary|fair|safe|likely|helpful|important|acceptable|satisfied|comfortable|kind|common"
    r"|aware|usual|reasonable|suitable|willing|needed|wanted|available|reliable|certain|sure|pleasant|treated|supported"
    r"|involved|informed|prepared|heard)\w{0,2}"
    r"|dis(?:agree|satisfied|like|respectful|approve)\w{0,2}|im(?:possible|polite|practical)"
    r"|in(?:correct|sufficient|adequate|accessible|appropriate|convenient)|fail(?:ed|s)?\s+to|lack(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_PLAIN_NOT = re.compile(r"\b(?:not|never|cannot|\w+n['’]t)\b", re.IGNORECASE)
_ANYTHING_BUT = re.compile(
    r"\bnot\s+(?:sure|at\s+all|only|yet)\b|\bor\s+not\b|\bno\s+longer\b|\bno\s+one\b|\b(?:yes|true)\s+or\s+no\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.?!\n]+")


def double_barrelled(subject: Subject) -> Iterator[Finding]:
    """Check 6, in titles of themes and in questions. A comment may answer two things, so there it is good to know."""
    for place, text in _titles(subject):
        joined = _JOINED.search(_ONE_THING.sub("…", text))
        if joined:
            yield _two_things(subject, place, text, joined[0], severity_at(subject.questionnaire, place, "should"))
    for place, text, asked in asked_in_english(subject):
        joined = _JOINED.search(_ONE_THING.sub("…", text))
        if joined:
            open_ended = isinstance(asked, TextQuestion | LongTextQuestion)
            yield _two_things(subject, place, text, joined[0], "info" if open_ended else "should")


def _two_things(subject: Subject, place: Found, text: str, joined: str, severity: Severity) -> Finding:
    written = " ".join(joined.split())
    message = f"“{written}” may join two things, so that one answer stands for both."
    swap = "Ask about one of them, or keep it for a good reason."
    return found(subject, 6, place.key, place.where, message, words=text, severity=severity, swap=swap)


def leading(subject: Subject) -> Iterator[Finding]:
    """Check 7: stems that suggest an answer, and scales of agreement."""
    scales = {scale.id: scale for scale in subject.questionnaire.scales}
    for place, text, asked in asked_in_english(subject):
        match = next((met for pattern in _LEADING if (met := pattern.search(text))), None) or _PRAISE.search(text)
        if match:
            message = f"“{match[0]}” suggests an answer."
            swap = "Ask openly, for example: “How was …?” or “How important is …?”"
            yield found(subject, 7, place.key, place.where, message, words=text, swap=swap)
        if isinstance(asked, RatingQuestion) and asked.scale in scales:
            labels = " ".join(words for point in scales[asked.scale].points for _, words in point.label.by_language)
            if _AGREEING.search(labels):
                message = "people tend to agree with whatever they are asked to agree with."
                swap = "Use answers that fit the question, such as “Very important” or “Very easy”."
                yield found(subject, 7, place.key, place.where, message, words=f"{text}\n{labels}", swap=swap)


def negative(subject: Subject) -> Iterator[Finding]:
    """Check 8: two negatives in one sentence, or a “not” in what people rate."""
    rated = [(place, text, isinstance(asked, RatingQuestion)) for place, text, asked in asked_in_english(subject)]
    for place, text, is_rated in [*((place, text, False) for place, text in _titles(subject)), *rated]:
        for sentence in _SENTENCE.findall(_ANYTHING_BUT.sub(" ", text)):
            met = _NEGATIVE.findall(sentence)
            if len(met) > 1:
                message = f"“{met[0]}” and “{met[1]}” in one sentence."
            elif is_rated and (one := _PLAIN_NOT.search(sentence)):
                message = f"“{one[0]}” in a question that people rate."
            else:
                continue
            yield found(subject, 8, place.key, place.where, message, words=text, swap="Say it the other way round.")
            break


def comments_without_hint(subject: Subject) -> Iterator[Finding]:
    """Check 13: a comment box without its own hint gets ours."""
    wheres = {place.key: place.where for place in places_of(subject.questionnaire)}
    for key, asked in _each_key(subject):
        if isinstance(asked, LongTextQuestion) and asked.hint is None:
            where = wheres[f"{key}.text"]
            message = "we add the hint that asks people not to write names."
            yield found(subject, 13, f"{key}.text", where, message)


def _each_key(subject: Subject) -> Iterator[tuple[str, Question]]:
    """Every question with the beginning of its places."""
    for path, asked in each_question(subject.questionnaire):
        yield f"{path[0]}.{asked.id}", asked


def _titles(subject: Subject) -> Iterator[tuple[Found, str]]:
    """The titles of themes in English, each once."""
    for place, text in english(subject):
        is_plain_title = place.key.startswith("themes.") and place.key.endswith(".plain_title")
        repeated = repeats_the_title(subject.questionnaire, place)
        if is_official_title(place) or (is_plain_title and not repeated):
            yield place, text


def asked_in_english(subject: Subject) -> Iterator[tuple[Found, str, Question]]:
    """The English words of every question that is answered."""
    asked_at = {f"{key}.text": asked for key, asked in _each_key(subject)}
    for place, text in english(subject):
        asked = asked_at.get(place.key)
        if asked is not None and not isinstance(asked, Statement):
            yield place, text, asked
