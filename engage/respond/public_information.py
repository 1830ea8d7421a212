"""What belongs to no collector: the outcome of a survey, privacy, accessibility, help, and the organisation's logo."""

from __future__ import annotations

from flask import Response, abort

from engage.assets import FOR_EVER
from engage.clock import now
from engage.languages import DEFAULT, catalogue_languages, direction, long_date, own_name, wording
from engage.public_pages import page
from engage.respond.arriving import languages_of, last_day, reception
from engage.respond.replies import show
from engage.services import services
from surveys.publishing import current_version, survey_status, surveys_named
from surveys.storage import tables

STANDING = ("privacy", "accessibility", "help")


def show_outcome(slug: str, language: str | None = None, organisation: str | None = None) -> Response:
    """Where the outcome will stand: the address is on the poster from the first day, so it always says something.

    Where several organisations have a survey of this name, all are offered until ``organisation`` says which.
    """
    at, desk = now(), reception()
    if not slug.isascii() or not slug.isprintable():
        return not_found()
    with desk.database.reading() as session:
        found = [(survey, of) for survey, of in surveys_named(session, slug=slug) if organisation in (None, of.slug)]
        if len(found) > 1:
            return _which_of(slug, [of for _, of in found], language)
        if not found:
            return not_found()
        survey = found[0][0]
        version_id = current_version(session, survey=survey).id
        status, closes = survey_status(survey, at), survey.closes_at
    address = f"/outcomes/{slug}" if organisation is None else f"/outcomes/{slug}/from/{organisation}"
    questionnaire = desk.questionnaire(version_id)
    spoken = languages_of(questionnaire)
    if language not in spoken:
        language = questionnaire.language
    about = questionnaire.about
    html = page(
        "respond/outcome.html",
        language,
        services().assets,
        service=questionnaire.title.in_language(language),
        organisation=questionnaire.organisation.in_language(language),
        demonstration=questionnaire.demonstration,
        languages=[
            {
                "language": other,
                "address": f"{address}/{other}",
                "name": own_name(other),
                "direction": direction(other),
            }
            for other in spoken
        ],
        title=questionnaire.title.in_language(language),
        status=status,
        closes=long_date(last_day(closes, desk), language) if closes else None,
        outcome_promise=about.outcome_promise.in_language(language) if about.outcome_promise else None,
        decision=about.decision.in_language(language) if about.decision else None,
        contact=about.contact.in_language(language) if about.contact else None,
    )
    return show(html)


def _which_of(slug: str, organisations: list[tables.Organisation], language: str | None) -> Response:
    spoken = language if language in catalogue_languages() else DEFAULT
    ending = f"/{spoken}" if language == spoken else ""
    words = wording(spoken)
    html = page(
        "respond/message.html",
        spoken,
        services().assets,
        heading=words("Which organisation asked you?"),
        paragraphs=[],
        links=[{"address": f"/outcomes/{slug}/from/{of.slug}{ending}", "text": of.name} for of in organisations],
    )
    return show(html)


def show_standing_page(name: str, language: str = DEFAULT) -> Response:
    """Privacy, accessibility or help: the same for every survey of the installation."""
    offered = catalogue_languages()
    if language not in offered:
        return not_found()
    links = [
        {
            "language": other,
            "address": f"/{name}" if other == DEFAULT else f"/{name}/{other}",
            "name": own_name(other),
            "direction": direction(other),
        }
        for other in offered
    ]
    return show(page(f"respond/{name}.html", language, services().assets, languages=links))


def show_logo(organisation_id: str, mark: str) -> Response:
    """The picture; its address holds a mark of its content, so browsers keep it."""
    number = int(organisation_id) if organisation_id.isascii() and organisation_id.isdigit() else 0
    logo = reception().logos.of(number) if 0 < number < 2**31 else None
    if logo is None or not logo.address.endswith(f"/{mark}"):
        abort(404)
    return Response(logo.content, mimetype=logo.kind, headers={"Cache-Control": FOR_EVER})


def not_found() -> Response:
    """An address that leads nowhere."""
    words = wording(DEFAULT)
    html = page(
        "respond/message.html",
        DEFAULT,
        services().assets,
        heading=words("Page not found"),
        paragraphs=[words("Check the address, or enter the code from your poster.")],
        links=[{"address": "/", "text": words("Enter the code from your poster")}],
    )
    return show(html, 404)
