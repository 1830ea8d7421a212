"""The page at the root of the site, for people who type the code from their poster."""

from __future__ import annotations

from flask import Response, request

from engage.languages import DEFAULT, Wording, catalogue_languages, direction, own_name, wording
from engage.public_pages import page
from engage.respond.arriving import UnknownCode, reception
from engage.respond.fields import Field
from engage.respond.posted import read_form
from engage.respond.replies import see_other, show
from engage.respond.shells import Filled
from engage.services import services
from surveys.short_codes import Problem

LONGEST_SHOWN = 60


def show_code_entry(language: str = DEFAULT) -> Response:
    """The form, empty."""
    return show(_html(wording(language), typed="", message=None))


def read_code_entry(language: str = DEFAULT) -> Response:
    """On to the survey, or the form again with what is wrong with the code."""
    typed = read_form(request).one("code").strip()
    words = wording(language)
    if not typed:
        return show(_html(words, typed="", message=words("Enter the code from your poster")))
    try:
        doorway = reception().find(typed)
    except UnknownCode as unknown:
        return show(_html(words, typed=typed, message=code_message(unknown.problem, words)))
    return see_other(f"/{doorway.collector.code}")


def unknown_code(unknown: UnknownCode) -> Response:
    """An address with a code that leads nowhere: the same form, with what was typed in it."""
    words = wording(DEFAULT)
    return show(_html(words, typed=unknown.typed, message=code_message(unknown.problem, words)), 404)


def code_message(problem: Problem | None, words: Wording) -> str:
    """What is wrong with a code, and what to look for."""
    match problem:
        case "look_alike":
            return words("Check the code. Our codes never use O, 0, I, L or 1, nor the letters B, S or Z")
        case "length":
            return words("Check the code. Our codes have 6 letters and numbers")
        case "alphabet":
            return words("Check the code. Our codes use only the numbers 2 to 9 and the letters CFGHJMPQRVWX")
        case "check":
            return words("Check the code. One of its letters or numbers is not right")
        case None:
            return words("We do not recognise that code. Check the letters and numbers on your poster or note")


def _html(words: Wording, *, typed: str, message: str | None) -> str:
    field = Field(
        name="code",
        kind="input",
        label=words("Enter the code from your poster"),
        hints=(words("It has 6 letters and numbers, for example 7C3 QX8. Capitals and spaces do not matter."),),
        style="engage-code-input",
    )
    return page(
        "respond/code_entry.html",
        words.language,
        services().assets,
        field=field,
        errors={"code": message} if message else {},
        state=Filled({"code": (typed[:LONGEST_SHOWN],)}),
        languages=[
            {
                "language": language,
                "address": "/" if language == DEFAULT else f"/{language}",
                "name": own_name(language),
                "direction": direction(language),
            }
            for language in catalogue_languages()
        ],
    )
