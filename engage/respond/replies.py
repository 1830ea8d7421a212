"""Sending pages and redirects, compressed where the browser takes it."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from engage.languages import direction, own_name
from engage.public_pages import page as render
from engage.respond.arriving import Doorway, languages_of
from engage.respond.shells import Body, ready
from engage.services import services

_HTML = "text/html; charset=utf-8"


def takes_gzip() -> bool:
    """Whether the browser that asks accepts gzip."""
    return "gzip" in request.environ.get("HTTP_ACCEPT_ENCODING", "")


def reply(body: Body, status: int = 200) -> Response:
    """A page as a response."""
    headers = [("Content-Type", _HTML), ("Vary", "Accept-Encoding")]
    if body.is_compressed:
        headers.append(("Content-Encoding", "gzip"))
    return Response(body.body, status, headers)


def show(html: str, status: int = 200) -> Response:
    """HTML that was made for this request alone."""
    return reply(ready(html, compressed=takes_gzip()), status)


def see_other(address: str) -> Response:
    """Send the browser on with a GET, as after every POST that did something."""
    return Response(b"", 303, [("Location", address), ("Content-Type", _HTML)])


def survey_page(template: str, doorway: Doorway, *, here: tuple[str, ...] | None = None, **values: Any) -> str:
    """The HTML of a page of a survey. ``here``: the path below the language, by which other languages are linked."""
    questionnaire, language = doorway.questionnaire, doorway.language
    links = () if here is None else language_links(doorway, here)
    return render(
        template,
        language,
        services().assets,
        **{
            "service": questionnaire.title.in_language(language),
            "organisation": questionnaire.organisation.in_language(language),
            "demonstration": questionnaire.demonstration,
            "logo": doorway.logo,
            "languages": links,
            "doorway": doorway,
            **values,
        },
    )


def language_links(doorway: Doorway, here: tuple[str, ...]) -> list[dict[str, str]]:
    """The same page in every language of the survey, each named in its own language."""
    return [
        {
            "language": language,
            "address": "/".join(("", doorway.collector.code, language, *here)),
            "name": own_name(language),
            "direction": direction(language),
        }
        for language in languages_of(doorway.questionnaire)
    ]
