"""Every address that the public reaches, and the view behind it. Below a code, the language is part of the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, url_for
from flask.blueprints import BlueprintSetupState

from engage.access.guards import public
from engage.languages import DEFAULT, catalogue_languages
from engage.respond import (
    after_sending,
    answering,
    checking,
    code_entry,
    documents,
    leaving,
    one_page,
    public_information,
    returning,
    signing_up,
    starting,
)
from engage.respond.arriving import NotOpen, NotPublished, UnknownCode, UnknownLanguage, open_reception
from engage.respond.replies import see_other
from engage.respond.sending import SentDifferently

blueprint = Blueprint("respond", __name__)

MOST_BYTES = 64 * 1024
"""Of a form. The page that holds a whole survey may have as much more as its longest answers need."""


def show_code(code: str) -> Response:
    """The survey of a code; or, in another language, the page on which codes are entered."""
    if code in catalogue_languages():
        return code_entry.show_code_entry(code)
    return starting.show_start(code)


def send_code(code: str) -> Response:
    """As ``show_code``, for the forms on those pages."""
    if code in catalogue_languages():
        return code_entry.read_code_entry(code)
    return starting.begin(code)


def drop_slash(code: str) -> Response:
    """The address without the slash that some programs put behind it, below which its links would not be found."""
    return see_other(url_for("respond.start", code=code))


def _standing(name: str) -> Callable[..., Response]:
    def show(language: str = DEFAULT) -> Response:
        return public_information.show_standing_page(name, language)

    return show


def _add(address: str, endpoint: str, show: Callable[..., Any], send: Callable[..., Any] | None = None) -> None:
    """One address, with the view that shows it and the one that takes its form."""
    blueprint.add_url_rule(address, endpoint, public(show), methods=["GET"])
    if send is not None:
        blueprint.add_url_rule(address, f"{endpoint}_sent", public(send), methods=["POST"])


_add("/", "code_entry", code_entry.show_code_entry, code_entry.read_code_entry)
_add("/<code>", "start", show_code, send_code)
_add("/<code>/", "start_with_slash", drop_slash)
_add("/s/<code>", "start_below_s", starting.show_start, starting.begin)
_add("/S/<code>", "start_below_capital_s", starting.show_start, starting.begin)
_add("/<code>/<language>", "start_in_language", starting.show_start, starting.begin)
_add("/<code>/documents/<name>", "document", documents.show_document)
for _place in ("/<code>", "/<code>/<language>"):
    _suffix = "_in_language" if "language" in _place else ""
    _add(f"{_place}/leaflet", f"leaflet{_suffix}", starting.show_leaflet)
    _add(f"{_place}/all", f"one_page{_suffix}", one_page.show_all, one_page.send_all)
    _add(f"{_place}/return", f"return{_suffix}", returning.show_return, returning.open_return)
_add("/<code>/<language>/page/<page_id>", "page", answering.show_page, answering.save_page)
_add("/<code>/<language>/check", "check", checking.show_check, checking.send_checked)
_add("/<code>/<language>/later", "later", returning.show_later, returning.give_code)
_add("/<code>/<language>/after/<token>", "after", after_sending.show_explainer, after_sending.answer_explainer)
_add(
    "/<code>/<language>/after/<token>/about-you/<page_id>",
    "about_you",
    after_sending.show_about_you,
    after_sending.save_about_you,
)
_add("/<code>/<language>/after/<token>/thank-you", "thank_you", after_sending.show_thank_you)
_add("/<code>/<language>/sign-up", "sign_up", signing_up.show_sign_up, signing_up.save_sign_up)
_add("/<code>/<language>/sign-up/thank-you", "signed_up", signing_up.show_signed_up)
_add("/logo/<organisation_id>/<mark>", "logo", public_information.show_logo)
_add("/outcomes/<slug>", "outcome", public_information.show_outcome)
_add("/outcomes/<slug>/<language>", "outcome_in_language", public_information.show_outcome)
_add("/outcomes/<slug>/from/<organisation>", "outcome_of", public_information.show_outcome)
_add("/outcomes/<slug>/from/<organisation>/<language>", "outcome_of_in_language", public_information.show_outcome)
for _name in public_information.STANDING:
    _add(f"/{_name}", _name, _standing(_name))
    _add(f"/{_name}/<language>", f"{_name}_in_language", _standing(_name))

blueprint.register_error_handler(UnknownCode, code_entry.unknown_code)
blueprint.register_error_handler(UnknownLanguage, leaving.unknown_language)
blueprint.register_error_handler(NotPublished, leaving.not_published)
blueprint.register_error_handler(NotOpen, leaving.not_open)
blueprint.register_error_handler(leaving.AddressLost, leaving.address_lost)
blueprint.register_error_handler(SentDifferently, one_page.sent_differently)


@blueprint.record_once
def _open(state: BlueprintSetupState) -> None:
    shared = state.app.extensions["engage"]
    open_reception(state.app, shared.settings, shared.database)
