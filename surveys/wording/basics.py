"""Checks 1, 11, 14, 15, 16 and 18: what every survey needs before anybody is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from surveys.editions import edition_status, further_languages, places_of, translations
from surveys.preparation import Edition, Preparation
from surveys.reading_time import estimated_minutes
from surveys.wording.finding import Finding, Subject, found
from surveys.wording.reading import has_words

LONG_SURVEY, VERY_LONG_SURVEY = 10, 15
MANY_QUESTIONS = 25
FEWEST_DAYS = 28
LEAST_CONTRAST = 4.5
_COLOUR = re.compile(r"#?([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")

# What a survey cannot go without, although a file may leave it out.
_BASICS = {
    "contact": ("Whom to ask", "no contact is named.", "Say whom to ask about the survey, or about care."),
    "help_line": ("Where to get help", "no help line is named.", "Say where to turn in an emergency, and for support."),
    "outcome_promise": (
        "What happens next",
        "it is not said what happens next.",
        "Say what you will publish, and when.",
    ),
}
_GUNNING = {
    "can_change": ("What can change", "it is not said what can change.", "Say what people’s answers can still change."),
    "cannot_change": (
        "What cannot change",
        "it is not said what cannot change, and why.",
        "Say what is already fixed, and the reason.",
    ),
    "decision": ("Who decides", "it is not said who decides, and when.", "Name who decides, and the month."),
}


def missing(subject: Subject) -> Iterator[Finding]:
    """Check 1: privacy, contact, help line, closing date, what happens next, and every text that is still blank."""
    survey, preparation = subject.questionnaire, subject.preparation
    for key, (where, message, swap) in _BASICS.items():
        if not has_words(getattr(survey.about, key)):
            yield found(subject, 1, f"about.{key}", where, message, swap=swap)
    if preparation is None and not has_words(survey.about.closing):
        swap = "Add about, closing: the last day for answers."
        yield found(subject, 1, "about.closing", "Closing date", "no closing date is named.", swap=swap)
    if preparation is not None and preparation.closes_on is None:
        swap = "Set the last day for answers."
        yield found(subject, 1, "preparation.closes_on", "Closing date", "no closing date is set.", swap=swap)
    said = {f"about.{key}" for key in (*_BASICS, *_GUNNING)}
    for place in places_of(survey):
        explanation = place.key.startswith("themes.") and place.key.endswith(".explanation")
        media = place.key.startswith("themes.") and place.key.endswith(".alt")
        if not has_words(place.text) and place.key not in said and not explanation and not media:
            yield found(subject, 1, place.key, place.where, "this text is still blank.", swap="Write it.")


def length(subject: Subject) -> Iterator[Finding]:
    """Check 11."""
    survey = subject.questionnaire
    full, _ = estimated_minutes(survey)
    where = "The whole survey"
    if full > LONG_SURVEY:
        who = "most" if full > VERY_LONG_SURVEY else "many"
        message = f"it takes about {-int(-full // 1)} minutes, so {who} people will not finish."
        yield found(subject, 11, "length", where, message, swap="Leave out what you can do without.")
    if (count := len(survey.items)) > MANY_QUESTIONS:
        message = f"people are asked {count} questions, counted once for each theme."
        swap = f"Over {MANY_QUESTIONS} is a lot; leave out what you can do without."
        yield found(subject, 11, "length", where, message, swap=swap)


def translations_ready(subject: Subject) -> Iterator[Finding]:
    """Check 14: one finding for each edition, which holds back that edition alone."""
    survey = subject.questionnaire
    for language in further_languages(survey):
        edition = subject.preparation.edition(language) if subject.preparation else Edition(language)
        status = edition_status(survey, edition)
        if status.is_whole:
            continue
        lacking = [one.where for one in translations(survey, edition) if one.status != "ready"]
        counted = [f"{number} missing" for number in [status.missing] if number]
        counted += [f"{number} out of date" for number in [status.out_of_date] if number]
        places = "; ".join(lacking[:3]) + ("; and more" if len(lacking) > 3 else "")
        message = f"of {status.total} texts, {' and '.join(counted)}: {places}."
        shown = edition.when_out_of_date == "fallback" and subject.preparation is not None
        own = "People see the survey’s own language there." if shown else "The edition is held back until it is ready."
        yield found(
            subject, 14, f"editions.{language}", f"The edition in “{language}”", message, edition=language, swap=own
        )


def media(subject: Subject) -> Iterator[Finding]:
    """Check 15. Whether a video has captions cannot be seen from here, so somebody says that they looked."""
    for number, theme in enumerate(subject.questionnaire.themes, 1):
        place, where = f"themes.{theme.id}", f"Theme {number}"
        if theme.picture and not has_words(theme.alt):
            message = "the picture has no words for people who cannot see it."
            swap = "Say in a few words what it shows."
            yield found(subject, 15, f"{place}.alt", where, message, words=theme.picture, swap=swap)
        if theme.audio and not has_words(theme.explanation):
            message = "the recording has no text for people who cannot hear it."
            swap = "Write the explanation that is read out."
            yield found(subject, 15, f"{place}.explanation", where, message, words=theme.audio, swap=swap)
        if theme.video:
            message = "nobody has said that the video has captions."
            swap = "Watch it, and accept this with who checked the captions."
            yield found(subject, 15, f"{place}.video", where, message, words=theme.video, swap=swap, acceptable=True)


def fairness(subject: Subject) -> Iterator[Finding]:
    """Check 16: asked before the decision, with reasons, with time, and with a date for the outcome."""
    survey, preparation = subject.questionnaire, subject.preparation
    for key, (where, message, swap) in _GUNNING.items():
        if not has_words(getattr(survey.about, key)):
            yield found(subject, 16, f"about.{key}", where, message, swap=swap)
    for number, theme in enumerate(survey.themes, 1):
        if not has_words(theme.explanation):
            message = "the theme has no explanation, so people cannot tell what it means."
            swap = "Say in 60 words or fewer what you want to do, and why."
            yield found(subject, 16, f"themes.{theme.id}.explanation", f"Theme {number}", message, swap=swap)
    if preparation is not None:
        yield from _asked_in_time(subject, preparation)


def _asked_in_time(subject: Subject, preparation: Preparation) -> Iterator[Finding]:
    if preparation.decision_made:
        message = "the decision is already made, so asking people would not be honest."
        swap = "Tell people what was decided instead, or ask about what is still open."
        yield found(subject, 16, "preparation.decision_made", "The decision", message, swap=swap)
    elif preparation.decision_made is None:
        message = "nobody has said yet whether the decision is already made."
        yield found(subject, 16, "preparation.decision_made", "The decision", message, swap="Answer yes or no.")
    begins = preparation.opens_on or subject.today
    if begins and preparation.closes_on:
        days = (preparation.closes_on - begins).days + 1
        if 0 < days < FEWEST_DAYS and not preparation.short_time_reason.strip():
            message = f"people have {_days(days)} to answer, which is under 4 weeks."
            swap = "Give them longer, or write down the reason."
            yield found(subject, 16, "preparation.closes_on", "Dates", message, severity="should", swap=swap)
        elif 0 < days < FEWEST_DAYS:
            message = f"people have {_days(days)} to answer. Your reason: {preparation.short_time_reason.strip()}"
            yield found(subject, 16, "preparation.closes_on", "Dates", message, severity="info")
    if preparation.outcome_on is None:
        message = "no date is set for publishing the outcome."
        swap = "Set the day by which you will say what was decided."
        yield found(subject, 16, "preparation.outcome_on", "Dates", message, swap=swap)


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def contrast(subject: Subject) -> Iterator[Finding]:
    """Check 18, for the organisation's colour with white."""
    ratio = contrast_with_white(subject.colour) if subject.colour else None
    if ratio is not None and ratio < LEAST_CONTRAST:
        message = f"the contrast of {subject.colour} with white is {ratio:.1f} to 1."
        swap = "Choose a darker colour: at least 4.5 to 1."
        yield found(subject, 18, "organisation.colour", "The organisation’s colour", message, swap=swap)


def contrast_with_white(colour: str) -> float | None:
    """The contrast ratio of WCAG 2 between a colour (#rrggbb) and white; None where it is no such colour."""
    match = _COLOUR.fullmatch(colour.strip())
    if match is None:
        return None
    parts = [int(part, 16) / 255 for part in match.groups()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
