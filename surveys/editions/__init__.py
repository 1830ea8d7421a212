"""A survey in further languages: which texts there are, how far each translation is, and what of it goes public.

Nothing here knows of a database. ``surveys.sign_offs`` says which editions a named person approved.
"""

from surveys.editions.changing import (
    add_language,
    editions_to_publish,
    questionnaire_to_publish,
    remove_language,
    with_choice,
    with_translations,
)
from surveys.editions.status import (
    EditionStatus,
    TextStatus,
    Translation,
    digest,
    edition_status,
    further_languages,
    translations,
    with_sources_noted,
    without_sources,
    words_in,
    words_signed_for,
    words_to_show,
)
from surveys.editions.texts import Found, places_of, texts_of

__all__ = [
    "EditionStatus",
    "Found",
    "TextStatus",
    "Translation",
    "add_language",
    "digest",
    "edition_status",
    "editions_to_publish",
    "further_languages",
    "places_of",
    "questionnaire_to_publish",
    "remove_language",
    "texts_of",
    "translations",
    "with_choice",
    "with_sources_noted",
    "with_translations",
    "without_sources",
    "words_in",
    "words_signed_for",
    "words_to_show",
]
