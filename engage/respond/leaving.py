"""Ways out of a view that all pages share: an address that leads nowhere, a survey that cannot be answered now."""

from __future__ import annotations

from flask import Response

from engage.languages import DEFAULT, catalogue_languages, long_date, wording
from engage.public_pages import page, urgent_help
from engage.respond.arriving import Doorway, NotOpen, NotPublished, UnknownLanguage, last_day, reception
from engage.respond.replies import see_other, show, survey_page
from engage.services import services


class AddressLost(Exception):
    """A page of the survey that does not exist, or not any more."""

    def __init__(self, doorway: Doorway) -> None:
        super().__init__("the survey has no such page")
        self.doorway = doorway


def not_open(refusal: NotOpen) -> Response:
    """Closed, not yet open or withdrawn: what to do instead."""
    doorway, words = refusal.doorway, refusal.doorway.wording
    collector, language = doorway.collector, doorway.language
    about = doorway.questionnaire.about
    outcome = {
        "address": f"/outcomes/{collector.slug}/{language}",
        "text": words("Read what people said and what was decided"),
    }
    said: list[str] = []
    match refusal.status:
        case "not_yet_open":
            heading = words("This survey is not open yet")
            if collector.opens_at is not None:
                day = long_date(reception().today(collector.opens_at), language)
                said.append(words("It opens on %(date)s. Please come back then.", date=day))
            links = []
        case "withdrawn":
            heading = words("This survey has been withdrawn")
            said.append(words("Answers can no longer be given here."))
            links = [outcome]
        case _:
            heading = words("This survey has closed")
            if collector.closes_at is not None:
                day = long_date(last_day(collector.closes_at, reception()), language)
                heading = words("This survey closed on %(date)s", date=day)
            said.append(words("Thank you for your interest. You can read what people said."))
            links = [outcome]
    if about.contact:
        said.append(about.contact.in_language(language))
    if about.help_line:
        said.append(about.help_line.in_language(language))
    return show(survey_page("respond/message.html", doorway, heading=heading, paragraphs=said, links=links, here=()))


def not_published(refusal: NotPublished) -> Response:
    """A poster that hangs before its survey is published: nothing of the survey is shown, because it may change."""
    language = refusal.language if refusal.language in catalogue_languages() else DEFAULT
    words = wording(language)
    return show(
        page(
            "respond/message.html",
            language,
            services().assets,
            heading=words("This survey is not open yet"),
            paragraphs=[words("Please come back later. Your code will work then."), urgent_help(words)],
            links=[],
        )
    )


def address_lost(lost: AddressLost) -> Response:
    """A page that is not there, and the way to the start."""
    doorway, words = lost.doorway, lost.doorway.wording
    link = {"address": doorway.address(), "text": words("Go to the start of the survey")}
    html = survey_page(
        "respond/message.html",
        doorway,
        here=(),
        heading=words("Page not found"),
        paragraphs=[words("This page is no longer part of the survey. Your answers so far are still kept.")],
        links=[link],
    )
    return show(html, 404)


def unknown_language(unknown: UnknownLanguage) -> Response:
    """On to the survey in its own language where the address names one that it does not speak."""
    return see_other(unknown.start)
