"""Differences in the words of what both questionnaires have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from surveys.comparing.difference import Difference, Effect, Kind
from surveys.editions import Found, places_of, words_in
from surveys.questionnaire import Questionnaire

_SIGNS = re.compile(r"[\W_]+")
# A new option, point, theme or question is a difference of structure, and is named there with its words.
_OPTION = re.compile(r"(?P<asked>(?:questions|ask_about_each_theme)\.[^.]+)\.options\.(?P<option>[^.]+)")


def differences_of_words(before: Questionnaire, after: Questionnaire) -> Iterator[Difference]:
    """Texts that changed, came or went, in the languages that both questionnaires have; and languages that differ."""
    earlier = {place.key: place for place in places_of(before)}
    later = {place.key: place for place in places_of(after)}
    for key in dict.fromkeys((*later, *earlier)):
        one, other = earlier.get(key), later.get(key)
        place = other or one
        if place is None or not (_has_its_part(before, key) and _has_its_part(after, key)):
            continue
        old = words_in(one.text, before.language) if one else ""
        new = words_in(other.text, after.language) if other else ""
        if old != new:
            yield Difference(_kind(old, new), place.where, old, new, _effect(key, old, new))
        yield from _translations(before, after, place, one, other)
    for language in _added(after, before):
        yield Difference("added", "A language", "", language, "safe")
    for language in _added(before, after):
        yield Difference("removed", "A language", language, "", "safe")


def _translations(
    before: Questionnaire, after: Questionnaire, place: Found, one: Found | None, other: Found | None
) -> Iterator[Difference]:
    both = [code for code in _languages(before) if code in _languages(after)]
    for language in both:
        if language in (before.language, after.language):
            continue
        old = words_in(one.text, language) if one else ""
        new = words_in(other.text, language) if other else ""
        if old != new:
            yield Difference(_kind(old, new), place.where, old, new, "safe", language)


def _languages(survey: Questionnaire) -> tuple[str, ...]:
    return tuple(dict.fromkeys((survey.language, *survey.languages)))


def _added(to: Questionnaire, beside: Questionnaire) -> list[str]:
    return [code for code in _languages(to) if code not in _languages(beside)]


def _kind(old: str, new: str) -> Kind:
    return "changed" if old and new else "added" if new else "removed"


def _effect(key: str, old: str, new: str) -> Effect:
    """Words of what people rate and choose may change its meaning; signs and capitals never do."""
    asked = key.startswith(("themes.", "questions.", "ask_about_each_theme.", "scales.", "pages."))
    return "wording" if asked and not key.endswith((".alt", ".origin")) and bare(old) != bare(new) else "safe"


def bare(words: str) -> str:
    """The words without signs and capitals, which never change a meaning."""
    return _SIGNS.sub(" ", words).strip().casefold()


def _has_its_part(survey: Questionnaire, key: str) -> bool:
    """Whether the questionnaire has the theme, question, option or scale that this text belongs to."""
    head = key.split(".", 1)[0]
    if head not in ("themes", "questions", "ask_about_each_theme", "scales", "pages"):
        return True
    return any(key == part or key.startswith(f"{part}.") for part in survey.derived(_parts)[head]) and (
        (match := _OPTION.match(key)) is None or match[0] in survey.derived(_options)
    )


def _parts(survey: Questionnaire) -> dict[str, tuple[str, ...]]:
    points = [(scale.id, point.id) for scale in survey.scales for point in scale.points]
    points += [(scale.id, beside.id) for scale in survey.scales for beside in scale.not_scored]
    return {
        "themes": tuple(f"themes.{theme.id}" for theme in survey.themes),
        "questions": tuple(f"questions.{asked.id}" for page in survey.pages for asked in page.questions),
        "ask_about_each_theme": tuple(f"ask_about_each_theme.{asked.id}" for asked in survey.ask_about_each_theme),
        "scales": tuple(f"scales.{scale}.{point}" for scale, point in points),
        "pages": tuple(f"pages.{page.id}" for page in survey.pages),
    }


def _options(survey: Questionnaire) -> frozenset[str]:
    matches = (_OPTION.match(place.key) for place in places_of(survey))
    return frozenset(match[0] for match in matches if match)
