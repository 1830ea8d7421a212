"""Changing the further languages of a design, and what of them goes public."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from surveys.answers.parsing import clean_text
from surveys.editions.status import (
    digest,
    edition_status,
    further_languages,
    translations,
    with_sources_noted,
    words_in,
)
from surveys.editions.texts import texts_of, with_each_text
from surveys.preparation import Edition, OutOfDate, Preparation
from surveys.questionnaire import Questionnaire, Text

Both = tuple[Questionnaire, Preparation]


def with_translations(
    questionnaire: Questionnaire,
    preparation: Preparation,
    language: str,
    words: Mapping[str, str],
    *,
    made_from: Mapping[str, str] | None = None,
) -> Both:
    """Both with these words in ``language`` by key; blank words take the translation out.

    ``made_from`` holds the own words from which a translation was made, where they are not those of now: it is then
    out of date at once. KeyError for a key that no text has; ValueError for a language that the design has not.
    """
    if language not in further_languages(questionnaire):
        raise ValueError(f"{language} is not a further language of this questionnaire")
    known = dict(texts_of(questionnaire))
    cleaned = {key: clean_text(text) for key, text in words.items()}
    if unknown := sorted(set(cleaned) - set(known)):
        raise KeyError(unknown[0])
    order = _order(questionnaire)
    changed = with_each_text(
        questionnaire,
        lambda key, where, text: _with(text, language, cleaned[key], order) if key in cleaned else text,
    )
    sources = dict(preparation.edition(language).sources)
    for key in cleaned:
        own = words_in(known[key], questionnaire.language)
        given = (made_from or {}).get(key, own)
        sources[key] = digest(own if clean_text(given) == clean_text(own) else given)
    edition = replace(preparation.edition(language), sources=tuple(sources.items()))
    return changed, with_sources_noted(changed, _with_edition(preparation, edition))


def add_language(questionnaire: Questionnaire, preparation: Preparation, language: str) -> Both:
    """Both with a further language, in which nothing is translated yet; unchanged where it is one already."""
    languages = dict.fromkeys((questionnaire.language, *questionnaire.languages, language))
    changed = replace(questionnaire, languages=tuple(languages))
    return changed, with_sources_noted(changed, preparation)


def remove_language(questionnaire: Questionnaire, preparation: Preparation, language: str) -> Both:
    """Both without a further language and its words. ValueError for the questionnaire's own language."""
    if language == questionnaire.language:
        raise ValueError("a questionnaire keeps its own language")
    changed = _with_only(questionnaire, language, ())
    changed = replace(changed, languages=tuple(code for code in changed.languages if code != language))
    return changed, with_sources_noted(changed, preparation)


def with_choice(preparation: Preparation, language: str, choice: OutOfDate) -> Preparation:
    """The preparation with what happens to an edition while it is out of date."""
    return _with_edition(preparation, replace(preparation.edition(language), when_out_of_date=choice))


def editions_to_publish(
    questionnaire: Questionnaire, preparation: Preparation, *, signed_off: Collection[str]
) -> tuple[str, ...]:
    """The further languages that go public: signed off, and whole unless the officer chose to fill the gaps."""
    return tuple(
        language
        for language in further_languages(questionnaire)
        if language in signed_off and _goes_out(questionnaire, preparation.edition(language))
    )


def _goes_out(questionnaire: Questionnaire, edition: Edition) -> bool:
    status = edition_status(questionnaire, edition)
    return status.is_whole or (edition.when_out_of_date == "fallback" and status.ready > 0)


def questionnaire_to_publish(
    questionnaire: Questionnaire, preparation: Preparation, *, signed_off: Collection[str]
) -> Questionnaire:
    """The questionnaire as it goes public, with the further languages of ``editions_to_publish`` alone.

    ``signed_off`` are the languages whose words as they are now a named person approved (``surveys.sign_offs``). A text
    that is missing or out of date in a language that goes out is shown in the own language.
    """
    published = questionnaire
    going = editions_to_publish(questionnaire, preparation, signed_off=signed_off)
    for language in _spoken(questionnaire):
        edition = preparation.edition(language)
        ready = {one.key for one in translations(questionnaire, edition) if one.status == "ready"}
        published = _with_only(published, language, ready if language in going else ())
    return replace(published, languages=(questionnaire.language, *going))


def _spoken(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Every language beside the own one in which anything is written, offered or not."""
    written = (code for _, text in texts_of(questionnaire) for code, _ in text.by_language)
    return tuple(
        dict.fromkeys(code for code in (*further_languages(questionnaire), *written) if code != questionnaire.language)
    )


def _with_only(questionnaire: Questionnaire, language: str, kept: Collection[str]) -> Questionnaire:
    """The questionnaire whose texts have words in ``language`` only where their keys are ``kept``."""
    return with_each_text(
        questionnaire, lambda key, where, text: text if key in kept else _with(text, language, "", ())
    )


def _with(text: Text, language: str, words: str, order: tuple[str, ...]) -> Text:
    held = dict(text.by_language)
    held.pop(language, None)
    if words:
        held[language] = words
        ranks = {code: rank for rank, code in enumerate(order)}
        held = dict(sorted(held.items(), key=lambda pair: ranks.get(pair[0], len(ranks))))
    return Text(tuple(held.items()))


def _order(questionnaire: Questionnaire) -> tuple[str, ...]:
    return (questionnaire.language, *further_languages(questionnaire))


def _with_edition(preparation: Preparation, edition: Edition) -> Preparation:
    others = tuple(one for one in preparation.editions if one.language != edition.language)
    return replace(preparation, editions=(*others, edition))
