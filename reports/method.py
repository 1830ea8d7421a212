"""How the figures were made, in words, for every method note.

The statements are phrases of the catalogue. Results hold them in English, as the outside reads them; a report prints
them in its own language.
"""

from __future__ import annotations

from reports import printed_figures as printed
from reports.people import People
from reports.representing import SMALLEST_DIFFERENCE as POINTS_BELOW
from reports.representing import SMALLEST_INDEX
from reports.statistics.comparisons import SMALLEST_BASE, SMALLEST_DIFFERENCE
from reports.statistics.proportions import FARTHEST_APART
from reports.statistics.ranks import DRAWS, RESAMPLE_AT_MOST, SEED
from reports.survey_figures import SurveyFigures
from reports.words import Words, catalogue

_ALWAYS = (
    "who",
    "weights",
    "percent_positive",
    "interval",
    "score_0_10",
    "composite",
    "rank",
    "differences",
    "periods",
)
_OF_THEMES = frozenset({"composite", "rank"})
"""What a report of a survey without themes need not say."""
_PREFIX = "method_"


def method_note(people: People) -> dict[str, str]:
    """Short statements by subject. They hold no figure of the survey, so nothing in them can disclose anything."""
    words = Words("en")
    note = {subject: _statement(words, subject, people.questionnaire.min_items, "") for subject in _ALWAYS}
    if people.other_versions:
        note["other_versions"] = (
            f"Answers to version {', '.join(people.other_versions)} are left out: their questions differ in meaning."
        )
    return note


def printed_method(survey: SurveyFigures) -> tuple[str, ...]:
    """The statements of ``method_by_subject`` in their order."""
    return tuple(method_by_subject(survey).values())


def method_by_subject(survey: SurveyFigures) -> dict[str, str]:
    """The statements of a report in its language, and those about chapters that not every report has, by subject.

    One without a phrase of its own is printed as the results hold it.
    """
    words, results = survey.words, survey.results
    versions = printed.listed(words, results.versions)
    min_items = survey.questionnaire.min_items

    def say(subject: str) -> str:
        return _statement(words, subject, min_items, versions)

    of_themes: frozenset[str] = frozenset() if survey.questionnaire.themes else _OF_THEMES
    said = {
        subject: say(subject) if f"{_PREFIX}{subject}" in catalogue() else words.set_apart(stored)
        for subject, stored in results.method.items()
        if subject not in of_themes
    }
    chapters = {
        "representation": bool(results.representation),
        "weighted": results.weighted is not None,
        "change": results.change is not None,
        "places": any(band.band != "too few to say" for band in results.places),
        "channels": results.order_by_channel_agrees is not None,
    }
    there = [subject for subject, is_there in chapters.items() if is_there and subject not in results.method]
    return said | {subject: say(subject) for subject in there}


def _statement(words: Words, subject: str, min_items: int, versions: str) -> str:
    return words(
        f"{_PREFIX}{subject}",
        min_items=min_items,
        versions=versions,
        draws=words.number(DRAWS),
        seed=SEED,
        resampled=words.number(RESAMPLE_AT_MOST),
        smallest_base=SMALLEST_BASE,
        smallest_difference=int(SMALLEST_DIFFERENCE),
        farthest=round(100 * FARTHEST_APART),
        points=int(POINTS_BELOW),
        index=int(SMALLEST_INDEX),
    )
