"""The keys of a whole questionnaire file: the one table by which it is read, written and described."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_args

from surveys.questionnaire import (
    About,
    EasyRead,
    Journey,
    OtherWay,
    Questionnaire,
    Scale,
    ScalePoint,
    SignUpOffer,
    Theme,
)
from surveys.questionnaire_file.forms import SLUG, Amount, Identifier, LanguageCode, Link, OneOf
from surveys.questionnaire_file.nodes import MapNode
from surveys.questionnaire_file.place import Place
from surveys.questionnaire_file.questions import FLAG, KINDS, NAME, NOT_SCORED, WORDS, PageOrQuestion
from surveys.questionnaire_file.records import NO_TEXT, ByName, Key, Many, Record

IDEA = Identifier(
    r"[a-z0-9]+(-[a-z0-9]+)*/[0-9]+/[a-z0-9]+(-[a-z0-9]+)*",
    "a survey’s slug, a number and an idea’s key with “/” between them, as the page of ideas writes them",
    longest=200,
)
OTHER_WAYS = ("telephone", "paper", "easy_read", "large_print", "language", "bsl", "in_person")
SIGN_UPS = ("workshop", "results")

ABOUT = Record(
    About,
    (
        Key("purpose", WORDS, "why people are asked, in a sentence or two.", required=True),
        Key("can_change", WORDS, "what their answers can change."),
        Key("cannot_change", WORDS, "what cannot change, and why."),
        Key("decision", WORDS, "who decides, and when."),
        Key("contact", WORDS, "whom to ask about the survey or about care."),
        Key("help_line", WORDS, "where to get help and support; shown on the first page and beside comments."),
        Key("closing", WORDS, "when the survey closes, in words."),
        Key("outcome_promise", WORDS, "what will be published, where and when."),
    ),
    "a map",
)

THEME = Record(
    Theme,
    (
        Key(
            "id", NAME, "the theme's name in answers; it never changes, not even in next year's survey.", required=True
        ),
        Key("title", WORDS, "the official title, for the board.", required=True),
        Key("plain_title", WORDS, "the title in plain words, for everyone.", required=True),
        Key("explanation", WORDS, "what it means, in 60 plain words or fewer.", required=True),
        Key("picture", Link(), "a picture: an https address or a file name."),
        Key("alt", WORDS, "what the picture shows, for people who cannot see it."),
        Key("audio", Link(), "the explanation read aloud."),
        Key("video", Link(), "the explanation as a video, for example in British Sign Language."),
        Key(
            "easy_read",
            Record(
                EasyRead,
                (
                    Key("title", WORDS, "the title in easy words.", required=True),
                    Key(
                        "sentences", Many(WORDS, "sentence", 1, 12), "one idea each, 15 words or fewer.", required=True
                    ),
                ),
                "a map",
            ),
            "an easy read edition.",
        ),
        Key("origin", WORDS, "where the theme comes from, for reports; people who answer do not see it."),
        Key("origin_idea", IDEA, "the idea that it was: the survey's slug, the number of the list, the idea's key."),
    ),
    "a theme",
)

SCALE = Record(
    Scale,
    (
        Key("id", NAME, "the scale's name.", required=True),
        Key(
            "points",
            Many(
                Record(
                    ScalePoint,
                    (
                        Key("id", NAME, "the point's name in answers.", required=True),
                        Key("label", WORDS, "what people read.", required=True),
                        Key(
                            "value",
                            Amount(-1e6, 1e6, whole=False),
                            "its value; a mean is taken of these.",
                            required=True,
                        ),
                        Key("positive", FLAG, "true where the point counts towards percent positive."),
                    ),
                    "a scale point",
                ),
                "point",
                2,
                20,
                whole=True,
            ),
            "the points in the order shown, best first.",
            required=True,
        ),
        Key("not_scored", NOT_SCORED, "answers beside the scale (not_sure, not_applicable, prefer_not_to_say)."),
    ),
    "a scale",
)


def _own_language_first(values: dict[str, Any], node: MapNode, place: Place) -> bool:
    further = tuple(code for code in values.get("languages", ()) if code != values["language"])
    values["languages"] = (values["language"], *dict.fromkeys(further))
    return True


def _further_languages(questionnaire: Any) -> dict[str, Any]:
    held = {part.name: getattr(questionnaire, part.name) for part in fields(Questionnaire) if part.init}
    return held | {"languages": questionnaire.languages[1:]}


def _text_and_kind(makes: Any, kinds: tuple[str, ...], noun: str) -> Record:
    keys = (
        Key("kind", OneOf(kinds), f"one of {', '.join(kinds)}.", required=True),
        Key("text", WORDS, "what people read.", required=True),
    )
    return Record(makes, keys, noun)


QUESTIONNAIRE = Record(
    Questionnaire,
    (
        Key("format", Amount(1, 1), "1: the version of this file format.", required=True, stand_in=1),
        Key(
            "slug", SLUG, "the survey's short name in addresses, such as cancer-strategy.", required=True, stand_in="-"
        ),
        Key("title", WORDS, "the survey's title.", required=True),
        Key("language", LanguageCode(), "the default language, such as en.", required=True, stand_in="en"),
        Key("languages", Many(LanguageCode(), "language", 0, 40), "further languages."),
        Key("organisation", WORDS, "who asks.", required=True),
        Key("partners", Many(WORDS, "partner", 0, 50), "who asks together with the organisation."),
        Key("audience", WORDS, "who is asked, in words."),
        Key(
            "about",
            ABOUT,
            "why, what can change, who decides, help and contact.",
            required=True,
            stand_in=About(purpose=NO_TEXT),
        ),
        Key("privacy", WORDS, "what is kept and what is not, who sees it and for how long.", required=True),
        Key("themes", Many(THEME, "theme", 0, 100), "the themes, in the order shown.", vital=True),
        Key(
            "ask_about_each_theme",
            Many(KINDS, "question for each theme", 0, 20),
            "questions repeated for every theme; answers are stored under THEME.QUESTION.",
            vital=True,
        ),
        Key(
            "questions",
            Many(PageOrQuestion(), "question", 0, 200),
            "further pages, each one question or {page, title, questions}.",
            attribute="pages",
            vital=True,
        ),
        Key("scales", ByName(SCALE, "scale", NAME, listed=False), "the scales by name.", vital=True),
        Key("journey", OneOf(get_args(Journey)), "short_first (the default) or themes_first."),
        Key("min_items", Amount(1, 20), "how many composite questions of a theme someone must answer to be scored."),
        Key("equality", Many(NAME, "equality topic", 0, 30), "topics of the question bank, asked after sending."),
        Key(
            "other_ways",
            Many(_text_and_kind(OtherWay, OTHER_WAYS, "another way to take part"), "other way", 0, 20),
            "how else to take part; posters promise only what stands here.",
        ),
        Key(
            "sign_up",
            Many(_text_and_kind(SignUpOffer, SIGN_UPS, "an offer"), "offer", 0, 4),
            "what people can leave an address for after sending, never linked to their answers.",
        ),
        Key("demonstration", FLAG, "true for a survey that is only shown, never really asked."),
    ),
    "a map of keys",
    _own_language_first,
    _further_languages,
)
