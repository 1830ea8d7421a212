"""Leaving an address for the workshop or the results: a form of its own, in no way linked to any answer."""

from __future__ import annotations

from flask import Response, request
from markupsafe import Markup

from engage.clock import now
from engage.languages import Wording
from engage.respond.arriving import Doorway, Reception, reception
from engage.respond.fields import Choice, Field
from engage.respond.form_tokens import make_form_token, new_nonce, read_form_token
from engage.respond.leaving import AddressLost
from engage.respond.posted import Posted, read_form
from engage.respond.question_pages import hidden_fields
from engage.respond.replies import see_other, show, survey_page
from engage.respond.shells import Filled
from surveys.sign_ups import ContactFault, add_sign_up, read_contact


def show_sign_up(code: str, language: str) -> Response:
    """The form, empty."""
    desk = reception()
    doorway = _offering(desk, code, language)
    return show(_html(desk, doorway, Posted({}), {}))


def save_sign_up(code: str, language: str) -> Response:
    """Keep the address for what was selected, or show the form again with what has to be put right."""
    desk = reception()
    doorway = _offering(desk, code, language)
    posted, words = read_form(request), doorway.wording
    token = read_form_token(desk.sign_up_tokens, posted.one("token"), collector_id=doorway.collector.id, at=now())
    if token is None or not token.is_current:
        notice = words("This page was open for a long time. Select the button again.")
        return show(_html(desk, doorway, posted, {}, notice=notice))
    offered = [offer.kind for offer in doorway.questionnaire.sign_up]
    wanted = [kind for kind in offered if kind in posted["wants"]] if len(offered) > 1 else offered
    errors: dict[str, str] = {} if wanted else {"wants": words("Select what you would like to take part in")}
    try:
        contact = read_contact(posted.one("contact"))
    except ContactFault as fault:
        errors["contact"] = _contact_message(fault, words)
    if errors:
        return show(_html(desk, doorway, posted, errors))
    for kind in wanted:
        with desk.database.writing() as session:
            add_sign_up(
                session,
                survey_id=doorway.collector.survey_id,
                organisation_id=doorway.collector.organisation_id,
                wants=kind,
                contact=contact,
            )
    return see_other(doorway.address("sign-up", "thank-you"))


def show_signed_up(code: str, language: str) -> Response:
    """The address is kept."""
    doorway = _offering(reception(), code, language)
    words = doorway.wording
    html = survey_page(
        "respond/message.html",
        doorway,
        here=("sign-up", "thank-you"),
        heading=words("Thank you. We will be in touch"),
        paragraphs=[words("Your address is kept apart from your answers, and nothing links the two.")],
        links=[{"address": doorway.address(), "text": words("Go to the start of the survey")}],
    )
    return show(html)


def _offering(desk: Reception, code: str, language: str) -> Doorway:
    """The doorway of a survey that offers something to sign up for; open or closed makes no difference."""
    doorway = desk.find(code, language)
    if not doorway.questionnaire.sign_up:
        raise AddressLost(doorway)
    return doorway


def _contact_message(fault: ContactFault, words: Wording) -> str:
    match fault.code:
        case "email":
            return words("Enter an email address in the correct format, like name@example.com")
        case "phone":
            return words("Enter a telephone number, like 0808 808 00 00")
        case _:
            return words("Enter an email address or a telephone number")


def _html(desk: Reception, doorway: Doorway, posted: Posted, errors: dict[str, str], notice: str | None = None) -> str:
    words, language = doorway.wording, doorway.language
    offers = doorway.questionnaire.sign_up
    wants = Field(
        name="wants",
        kind="checkboxes",
        label=words("What would you like to take part in?"),
        hints=(words("Select all that apply."),),
        choices=tuple(Choice(offer.kind, offer.text.in_language(language)) for offer in offers),
    )
    contact = Field(
        name="contact",
        kind="input",
        label=words("Your email address or telephone number"),
        autocomplete="email",
    )
    return survey_page(
        "respond/sign_up.html",
        doorway,
        here=("sign-up",),
        wants=wants if len(offers) > 1 else None,
        offer=offers[0].text.in_language(language),
        contact=contact,
        state=Filled(posted, _hidden(desk, doorway)),
        errors=errors,
        notice=notice,
    )


def _hidden(desk: Reception, doorway: Doorway) -> Markup:
    # Its nonce is drawn anew, so the form has nothing in common with the one that the answers were sent from.
    token = make_form_token(
        desk.sign_up_tokens,
        collector_id=doorway.collector.id,
        version_id=doorway.collector.version_id,
        nonce=new_nonce(),
        at=now(),
    )
    return hidden_fields(token, 0)
