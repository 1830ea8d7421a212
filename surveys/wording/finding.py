"""What a check finds, and the table of checks: number, severity, and why people are better off when it is heeded."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import Literal

from surveys.editions import Found, places_of
from surveys.preparation import Preparation
from surveys.questionnaire import Questionnaire

Severity = Literal["must", "should", "info"]
Path = tuple[str | int, ...]

SEVERITIES: dict[Severity, str] = {"must": "must fix", "should": "should look at", "info": "good to know"}


@dataclass(frozen=True, slots=True)
class Check:
    """One of the nineteen checks. ``severity`` is the usual one; a check may find something graver or milder."""

    number: int
    title: str
    severity: Severity
    reason: str


_TABLE = (
    Check(1, "Missing basics", "must", "People want to know who asks, until when, whom to turn to and what follows."),
    Check(
        2, "Hard to read", "should", "Half of all adults struggle with a text like this. Short words reach more people."
    ),
    Check(3, "Long sentence", "should", "People lose the thread in a long sentence, above all on a phone."),
    Check(4, "Long explanation", "should", "People skip a long text before a question, and then answer without it."),
    Check(5, "Jargon", "should", "Words from inside the service mean little to the people you ask, or something else."),
    Check(
        6,
        "Two things in one",
        "should",
        "One answer to two things says nothing: nobody knows which of them it is about.",
    ),
    Check(7, "Leading words", "should", "A question that suggests its answer gets that answer. Nobody can rely on it."),
    Check(8, "Negative words", "should", "A “not” is easily overlooked, and two of them turn the answer round."),
    Check(9, "Answer scale", "should", "People need to see what every point means, and an equal choice on both sides."),
    Check(10, "List of answers", "should", "Everybody should find one answer that fits, and only one."),
    Check(11, "Length", "should", "The longer a survey is, the fewer people finish it."),
    Check(12, "Personal details", "must", "You do not need to know who somebody is to hear what matters to them."),
    Check(13, "Comments without a hint", "info", "A hint beside a comment box keeps names out of the answers."),
    Check(14, "Translation not ready", "must", "People who read this language would meet a mixture of two."),
    Check(15, "Media without text", "must", "Not everybody can see a picture or hear a recording."),
    Check(
        16, "A fair question", "must", "People must be asked early, with reasons, in good time, and told the outcome."
    ),
    Check(17, "Promise not kept", "must", "People who look for what was promised and miss it stop trusting the rest."),
    Check(18, "Weak contrast", "must", "People with low vision cannot read pale colours on white."),
    Check(19, "Only with a phone", "should", "Some people have no smartphone, and often they are those least heard."),
)
CHECKS: dict[int, Check] = {check.number: check for check in _TABLE}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that deserves a look. ``place`` is a key that stays; ``path`` leads there in a questionnaire file.

    ``swap`` says what could stand there instead. ``digest`` changes with the words that were checked, so that an
    acceptance ends with them. ``edition`` names the language whose edition alone is held back. ``acceptable``:
    somebody may let it stand with a reason.
    """

    check: int
    severity: Severity
    path: Path
    place: str
    where: str
    message: str
    reason_why: str
    digest: str
    swap: str | None = None
    edition: str | None = None
    acceptable: bool = False

    @property
    def title(self) -> str:
        """What the check is called."""
        return CHECKS[self.check].title


@dataclass(frozen=True, slots=True)
class Subject:
    """What the checks look at. ``preparation`` is None for a file alone; ``colour`` is the organisation's (#rrggbb)."""

    questionnaire: Questionnaire
    preparation: Preparation | None = None
    today: datetime.date | None = None
    colour: str | None = None


def found(
    subject: Subject,
    check: int,
    place: str,
    where: str,
    message: str,
    *,
    words: str | None = None,
    severity: Severity | None = None,
    swap: str | None = None,
    edition: str | None = None,
    acceptable: bool | None = None,
) -> Finding:
    """A finding of a check; ``words`` are those that it is about, None where it is about the whole."""
    graveness = severity or CHECKS[check].severity
    return Finding(
        check=check,
        severity=graveness,
        path=file_path(subject.questionnaire, place),
        place=place,
        where=where,
        message=message,
        reason_why=CHECKS[check].reason,
        digest=hashlib.sha256((message if words is None else words).encode()).hexdigest()[:16],
        swap=swap,
        edition=edition,
        acceptable=graveness == "should" if acceptable is None else acceptable,
    )


def file_path(questionnaire: Questionnaire, place: str) -> Path:
    """Where a place stands in the questionnaire file, as near as the file knows it."""
    return questionnaire.derived(_file_paths).get(place, tuple(place.split(".")))


def _file_paths(questionnaire: Questionnaire) -> dict[str, Path]:
    parts: dict[str, Path] = {f"themes.{one.id}": ("themes", at) for at, one in enumerate(questionnaire.themes)}
    for at, asked in enumerate(questionnaire.ask_about_each_theme):
        parts[f"ask_about_each_theme.{asked.id}"] = ("ask_about_each_theme", at)
    for at, page in enumerate(questionnaire.pages):
        parts[f"pages.{page.id}"] = ("questions", at)
        for number, asked in enumerate(page.questions):
            parts[f"questions.{asked.id}"] = ("questions", at, "questions", number)
    for scale in questionnaire.scales:
        for at, point in enumerate(scale.points):
            parts[f"scales.{scale.id}.{point.id}"] = ("scales", scale.id, "points", at)
    for at, way in enumerate(questionnaire.other_ways):
        parts.setdefault(f"other_ways.{way.kind}", ("other_ways", at))
    paths = dict(parts)
    for place in places_of(questionnaire):
        head, rest = ".".join(place.key.split(".")[:2]), place.key.split(".")[2:]
        paths.setdefault(place.key, (*parts[head], *rest) if head in parts else tuple(place.key.split(".")))
    return paths


def english(subject: Subject) -> tuple[tuple[Found, str], ...]:
    """Every text that has English words, with its place; checks that know only English words look at these."""
    return subject.questionnaire.derived(_english)


def is_origin(place: Found) -> bool:
    """Whether this says where a theme comes from, which stands in reports alone."""
    return place.key.startswith("themes.") and place.key.endswith(".origin")


def _english(questionnaire: Questionnaire) -> tuple[tuple[Found, str], ...]:
    texts = []
    for place in places_of(questionnaire):
        if is_origin(place):
            continue
        for language, words in place.text.by_language:
            if language.split("-")[0].lower() == "en" and words.strip():
                texts.append((place, words))
                break
    return tuple(texts)
