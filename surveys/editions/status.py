"""How far each further language of a questionnaire is: which texts are missing, out of date or ready."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal, get_args

from surveys.editions.texts import Found, places_of
from surveys.preparation import Edition, Preparation
from surveys.questionnaire import Questionnaire, Text

TextStatus = Literal["missing", "out_of_date", "ready"]
STATUSES: tuple[TextStatus, ...] = get_args(TextStatus)


@dataclass(frozen=True, slots=True)
class EditionStatus:
    """How many texts of an edition are in each state."""

    missing: int
    out_of_date: int
    ready: int

    @property
    def is_whole(self) -> bool:
        """Whether everything is translated from the words as they are now."""
        return not self.missing and not self.out_of_date

    @property
    def total(self) -> int:
        """How many texts there are to translate."""
        return self.missing + self.out_of_date + self.ready


@dataclass(frozen=True, slots=True)
class Translation:
    """A text to translate: its own words, its words in the edition's language ("" where none) and how it stands."""

    key: str
    where: str
    source: str
    words: str
    status: TextStatus


def further_languages(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The languages beside the questionnaire's own."""
    return tuple(dict.fromkeys(code for code in questionnaire.languages if code != questionnaire.language))


def digest(words: str) -> str:
    """What stands in ``Edition.sources`` for the words that a translation was made from."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def words_in(text: Text, language: str) -> str:
    """The words in ``language`` itself, "" where there are none."""
    return next((words for code, words in text.by_language if code == language), "")


def translations(questionnaire: Questionnaire, edition: Edition) -> tuple[Translation, ...]:
    """Every text to translate with its state; a text that is still blank in the own language is left out.

    A translation of which nobody noted from what it was made counts as made from the words as they are.
    """
    sources = dict(edition.sources)
    found: list[Translation] = []
    for place in places_of(questionnaire):
        source = words_in(place.text, questionnaire.language)
        if source:
            words = words_in(place.text, edition.language)
            found.append(Translation(place.key, place.where, source, words, _status(place, source, words, sources)))
    return tuple(found)


def _status(place: Found, source: str, words: str, sources: dict[str, str]) -> TextStatus:
    if not words:
        return "missing"
    return "ready" if sources.get(place.key) in (None, digest(source)) else "out_of_date"


def edition_status(questionnaire: Questionnaire, edition: Edition) -> EditionStatus:
    """How many texts of the edition are missing, out of date and ready."""
    counted = Counter(one.status for one in translations(questionnaire, edition))
    return EditionStatus(**{status: counted[status] for status in STATUSES})


def with_sources_noted(questionnaire: Questionnaire, preparation: Preparation) -> Preparation:
    """The preparation with an edition for each further language, and a note for each translation that has none yet.

    From then on a change of the own words makes the translation out of date. Doing it again changes nothing.
    """
    return replace(
        preparation,
        editions=tuple(
            _noted(questionnaire, preparation.edition(language)) for language in further_languages(questionnaire)
        ),
    )


def without_sources(preparation: Preparation) -> Preparation:
    """The preparation of a questionnaire that came whole from elsewhere: its translations fit what is beside them."""
    return replace(preparation, editions=tuple(replace(edition, sources=()) for edition in preparation.editions))


def _noted(questionnaire: Questionnaire, edition: Edition) -> Edition:
    known = dict(edition.sources)
    return replace(
        edition,
        sources=tuple(
            (one.key, known.get(one.key, digest(one.source)))
            for one in translations(questionnaire, edition)
            if one.words
        ),
    )


def words_signed_for(questionnaire: Questionnaire, edition: Edition) -> frozenset[tuple[str, str, str]]:
    """What a signature under this edition approves: each translation by its key, with what it was made from."""
    sources = dict(edition.sources)
    return frozenset(
        (one.key, one.words, sources.get(one.key, digest(one.source)))
        for one in translations(questionnaire, edition)
        if one.words
    )


def words_to_show(questionnaire: Questionnaire, edition: Edition) -> frozenset[tuple[str, str, str]]:
    """What people would read in the edition's language: as ``words_signed_for``, without what is out of date."""
    return frozenset(
        (one.key, one.words, digest(one.source))
        for one in translations(questionnaire, edition)
        if one.status == "ready"
    )
