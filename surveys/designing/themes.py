"""Themes added to a design, changed, moved and taken out. A theme keeps the name under which answers are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from surveys.designing.references import in_order
from surveys.designing.texts import new_id, one_line, optional_words, own_words, with_words
from surveys.questionnaire import ChoicesQuestion, EasyRead, Questionnaire, RankingQuestion, Text, Theme

MOST_THEMES = 100
MOST_SENTENCES = 12


class TooMany(ValueError):
    """A list of the design is full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeWords:
    """What an officer writes about a theme, in the questionnaire's own language; addresses are legal or empty."""

    title: str
    plain_title: str
    explanation: str
    easy_title: str = ""
    easy_sentences: tuple[str, ...] = ()
    picture: str = ""
    alt: str = ""
    audio: str = ""
    video: str = ""


def with_themes(
    questionnaire: Questionnaire, themes: Sequence[tuple[str, str]], *, keep_existing: bool
) -> Questionnaire:
    """The questionnaire with these themes, (title, explanation) each, in this order; the title is the plain one too.

    They come after the themes that are there with ``keep_existing``, else in their place. A theme in the place of one
    with the same title keeps its name, plain title, pictures and translations. Raises TooMany above 100 themes.
    """
    language = questionnaire.language
    before = {} if keep_existing else {own_words(one.title, language).casefold(): one for one in questionnaire.themes}
    made = list(questionnaire.themes) if keep_existing else []
    taken = _taken(questionnaire)
    for title, explanation in themes:
        title = one_line(title)
        known = before.pop(title.casefold(), None)
        if known is not None:
            made.append(replace(known, explanation=with_words(known.explanation, explanation, language)))
            continue
        name = new_id(title, taken, "theme")
        taken.add(name)
        words = with_words(None, title, language)
        made.append(Theme(id=name, title=words, plain_title=words, explanation=with_words(None, explanation, language)))
    if len(made) > MOST_THEMES:
        raise TooMany(f"{len(made)} themes")
    return in_order(replace(questionnaire, themes=tuple(made)))


def change_theme(questionnaire: Questionnaire, theme_id: str, words: ThemeWords) -> Questionnaire:
    """The questionnaire with these words for the theme; translations stay. KeyError: no such theme."""
    language, theme = questionnaire.language, questionnaire.theme(theme_id)
    changed = replace(
        theme,
        title=with_words(theme.title, one_line(words.title), language),
        plain_title=with_words(theme.plain_title, one_line(words.plain_title), language),
        explanation=with_words(theme.explanation, words.explanation, language),
        easy_read=_easy_read(theme.easy_read, words, language),
        picture=words.picture or None,
        alt=optional_words(theme.alt, one_line(words.alt), language),
        audio=words.audio or None,
        video=words.video or None,
    )
    return _in_place_of(questionnaire, theme, changed)


def theme_words(questionnaire: Questionnaire, theme_id: str) -> ThemeWords:
    """What stands in the theme, in the questionnaire's own language. KeyError: no such theme."""
    language, theme = questionnaire.language, questionnaire.theme(theme_id)
    easy = theme.easy_read
    return ThemeWords(
        title=own_words(theme.title, language),
        plain_title=own_words(theme.plain_title, language),
        explanation=own_words(theme.explanation, language),
        easy_title=own_words(easy.title, language) if easy else "",
        easy_sentences=tuple(own_words(sentence, language) for sentence in easy.sentences) if easy else (),
        picture=theme.picture or "",
        alt=own_words(theme.alt, language),
        audio=theme.audio or "",
        video=theme.video or "",
    )


def remove_theme(questionnaire: Questionnaire, theme_id: str) -> Questionnaire:
    """The questionnaire without the theme and without conditions on it. KeyError: no such theme."""
    theme = questionnaire.theme(theme_id)
    return in_order(replace(questionnaire, themes=tuple(one for one in questionnaire.themes if one is not theme)))


def move_theme(questionnaire: Questionnaire, theme_id: str, steps: int) -> Questionnaire:
    """The questionnaire with the theme so many steps further down (up with a minus), at most to an end."""
    theme = questionnaire.theme(theme_id)
    themes = [one for one in questionnaire.themes if one is not theme]
    themes.insert(max(questionnaire.themes.index(theme) + steps, 0), theme)
    return replace(questionnaire, themes=tuple(themes))


def _in_place_of(questionnaire: Questionnaire, theme: Theme, changed: Theme) -> Questionnaire:
    return replace(questionnaire, themes=tuple(changed if one is theme else one for one in questionnaire.themes))


def _taken(questionnaire: Questionnaire) -> set[str]:
    """Names that a new theme cannot have: those of themes, and of what can be chosen beside them."""
    beside = {
        option.id
        for page in questionnaire.pages
        for asked in page.questions
        if isinstance(asked, ChoicesQuestion | RankingQuestion) and asked.options_are_themes
        for option in asked.options
    }
    return beside | {theme.id for theme in questionnaire.themes}


def _easy_read(before: EasyRead | None, words: ThemeWords, language: str) -> EasyRead | None:
    sentences = [line for sentence in words.easy_sentences if (line := one_line(sentence))]
    if not sentences and not words.easy_title.strip():
        return None
    known: tuple[Text, ...] = before.sentences if before else ()
    return EasyRead(
        with_words(before.title if before else None, one_line(words.easy_title), language),
        tuple(
            with_words(known[place] if place < len(known) else None, sentence, language)
            for place, sentence in enumerate(sentences or [""])
        ),
    )
