"""Every text of a questionnaire that people see, each with a key that stays and the place where it appears.

One walk finds the texts and puts changed ones back, so that no list of keys can differ from what is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from surveys.questionnaire import (
    About,
    ChoiceQuestion,
    ChoicesQuestion,
    NotScored,
    NumberQuestion,
    Option,
    OtherWay,
    Page,
    Question,
    Questionnaire,
    RankingQuestion,
    Scale,
    SignUpOffer,
    Text,
    Theme,
)

Change = Callable[[str, str, Text], Text]
"""Given a key, the place in words and the text that stands there: the text that shall stand there."""

_ABOUT = {
    "can_change": "what can change",
    "cannot_change": "what cannot change",
    "decision": "who decides, and when",
    "contact": "whom to ask",
    "help_line": "where to get help",
    "closing": "when the survey closes",
    "outcome_promise": "what will be published",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A text with its key and where it appears, in plain words."""

    key: str
    where: str
    text: Text


def texts_of(questionnaire: Questionnaire) -> tuple[tuple[str, Text], ...]:
    """Every text by its key, in the order in which people meet them. A key stays when the words change."""
    return tuple((found.key, found.text) for found in places_of(questionnaire))


def places_of(questionnaire: Questionnaire) -> tuple[Found, ...]:
    """As ``texts_of``, with the place of each text in words."""
    return questionnaire.derived(_found)


def _found(questionnaire: Questionnaire) -> tuple[Found, ...]:
    found: list[Found] = []

    def note(key: str, where: str, text: Text) -> Text:
        found.append(Found(key, where, text))
        return text

    with_each_text(questionnaire, note)
    return tuple(found)


def with_each_text(questionnaire: Questionnaire, change: Change) -> Questionnaire:
    """The questionnaire with each of its texts replaced by what ``change`` gives for it."""
    title = change("title", "Name of the survey", questionnaire.title)
    organisation = change("organisation", "Organisation", questionnaire.organisation)
    partners = tuple(
        change(f"partners.{number}", f"Partner {number}", partner)
        for number, partner in enumerate(questionnaire.partners, 1)
    )
    return replace(
        questionnaire,
        title=title,
        organisation=organisation,
        partners=partners,
        audience=_maybe(change, "audience", "Whom the survey is for", questionnaire.audience),
        about=_about(questionnaire.about, change),
        privacy=change("privacy", "Privacy", questionnaire.privacy),
        themes=tuple(_theme(theme, number, change) for number, theme in enumerate(questionnaire.themes, 1)),
        ask_about_each_theme=tuple(
            _question(asked, f"ask_about_each_theme.{asked.id}", f"Asked about each theme, question {number}", change)
            for number, asked in enumerate(questionnaire.ask_about_each_theme, 1)
        ),
        pages=tuple(_page(page, number, change) for number, page in enumerate(questionnaire.pages, 1)),
        scales=tuple(_scale(scale, change) for scale in questionnaire.scales),
        other_ways=_other_ways(questionnaire.other_ways, change),
        sign_up=tuple(_sign_up(offer, change) for offer in questionnaire.sign_up),
    )


def _maybe(change: Change, key: str, where: str, text: Text | None) -> Text | None:
    return None if text is None else change(key, where, text)


def _about(about: About, change: Change) -> About:
    purpose = change("about.purpose", "About the survey: why people are asked", about.purpose)
    others = {
        name: _maybe(change, f"about.{name}", f"About the survey: {where}", getattr(about, name))
        for name, where in _ABOUT.items()
    }
    return About(purpose=purpose, **others)


def _theme(theme: Theme, number: int, change: Change) -> Theme:
    key, where = f"themes.{theme.id}", f"Theme {number}"
    easy = theme.easy_read
    return replace(
        theme,
        title=change(f"{key}.title", f"{where}: official title, in reports", theme.title),
        plain_title=change(f"{key}.plain_title", f"{where}: title", theme.plain_title),
        explanation=change(f"{key}.explanation", f"{where}: explanation", theme.explanation),
        alt=_maybe(change, f"{key}.alt", f"{where}: what the picture shows", theme.alt),
        easy_read=easy
        and replace(
            easy,
            title=change(f"{key}.easy_read.title", f"{where}, easy read: title", easy.title),
            sentences=tuple(
                change(f"{key}.easy_read.{line}", f"{where}, easy read: sentence {line}", sentence)
                for line, sentence in enumerate(easy.sentences, 1)
            ),
        ),
        origin=_maybe(change, f"{key}.origin", f"{where}: where it comes from, in reports", theme.origin),
    )


def _page(page: Page, number: int, change: Change) -> Page:
    where = f"Page {number}"
    return replace(
        page,
        title=_maybe(change, f"pages.{page.id}.title", f"{where}: heading", page.title),
        questions=tuple(
            _question(asked, f"questions.{asked.id}", f"{where}, question {place}", change)
            for place, asked in enumerate(page.questions, 1)
        ),
    )


def _question(asked: Question, key: str, where: str, change: Change) -> Question:
    asked = replace(
        asked,
        text=change(f"{key}.text", where, asked.text),
        hint=_maybe(change, f"{key}.hint", f"{where}: hint", asked.hint),
    )
    match asked:
        case ChoiceQuestion() | ChoicesQuestion():
            return replace(
                asked,
                options=_options(asked.options, f"{key}.options", where, change),
                not_scored=_not_scored(asked.not_scored, f"{key}.options", where, change),
            )
        case RankingQuestion():
            return replace(asked, options=_options(asked.options, f"{key}.options", where, change))
        case NumberQuestion():
            return replace(asked, unit=_maybe(change, f"{key}.unit", f"{where}: unit", asked.unit))
    return asked


def _options(options: Iterable[Option], key: str, where: str, change: Change) -> tuple[Option, ...]:
    return tuple(
        replace(
            option,
            label=change(f"{key}.{option.id}", f"{where}: answer {number}", option.label),
            hint=_maybe(change, f"{key}.{option.id}.hint", f"{where}: hint of answer {number}", option.hint),
        )
        for number, option in enumerate(options, 1)
    )


def _not_scored(answers: Iterable[NotScored], key: str, where: str, change: Change) -> tuple[NotScored, ...]:
    return tuple(
        replace(answer, label=change(f"{key}.{answer.id}", f"{where}: answer beside the others", answer.label))
        for answer in answers
    )


def _scale(scale: Scale, change: Change) -> Scale:
    key, where = f"scales.{scale.id}", f"Scale “{scale.id}”"
    return replace(
        scale,
        points=tuple(
            replace(point, label=change(f"{key}.{point.id}", f"{where}: answer {number}", point.label))
            for number, point in enumerate(scale.points, 1)
        ),
        not_scored=_not_scored(scale.not_scored, key, where, change),
    )


def _other_ways(ways: Iterable[OtherWay], change: Change) -> tuple[OtherWay, ...]:
    changed: list[OtherWay] = []
    for way in ways:
        # The only list in which a kind may stand more than once.
        before = sum(other.kind == way.kind for other in changed)
        key = f"other_ways.{way.kind}" + (f".{before + 1}" if before else "")
        where = f"Other ways to take part: {way.kind.replace('_', ' ')}"
        changed.append(replace(way, text=change(key, where, way.text)))
    return tuple(changed)


def _sign_up(offer: SignUpOffer, change: Change) -> SignUpOffer:
    return replace(offer, text=change(f"sign_up.{offer.kind}", f"Sign-up: {offer.kind}", offer.text))
