"""What comes after sending in a preview: questions about the person, and the thank-you page."""

from __future__ import annotations

from flask import Response, abort, request

from engage.respond.after_sending import about_you_html, explainer_html, thank_you_html
from engage.respond.arriving import reception
from engage.respond.page_answers import page_of, read_answers
from engage.respond.posted import Posted, read_form
from engage.respond.replies import see_other, show
from engage.studio.preview.page_names import AFTER, THANK_YOU, TOKEN
from engage.studio.preview.reading import Preview, open_doorway
from surveys.question_bank import equality_questionnaire
from surveys.routing import next_page


def show_explainer(preview: Preview, language: str) -> Response:
    """May we ask a few questions about you?"""
    doorway = open_doorway(preview, language, AFTER)
    questions = equality_questionnaire(preview.questionnaire)
    if questions is None:
        return see_other(doorway.address("after", TOKEN, "thank-you"))
    return show(explainer_html(doorway, questions, TOKEN))


def answer_explainer(preview: Preview, language: str) -> Response:
    """Yes leads to the first question, no to the thank-you page."""
    doorway = open_doorway(preview, language, AFTER)
    questions = equality_questionnaire(preview.questionnaire)
    first = next_page(questions, None, {}) if questions else None
    if first is None or read_form(request).one("action") == "skip":
        return see_other(doorway.address("after", TOKEN, "thank-you"))
    return see_other(doorway.address("after", TOKEN, "about-you", first.id))


def show_about_you(preview: Preview, language: str, page_id: str) -> Response:
    """One question about the person."""
    doorway = open_doorway(preview, language, AFTER)
    questions = equality_questionnaire(preview.questionnaire) or abort(404)
    page = page_of(questions, page_id) or abort(404)
    return show(about_you_html(doorway, TOKEN, questions, page, Posted({}), {}))


def save_about_you(preview: Preview, language: str, page_id: str) -> Response:
    """On to the next question; the answer goes nowhere."""
    doorway, posted = open_doorway(preview, language, AFTER), read_form(request)
    questions = equality_questionnaire(preview.questionnaire) or abort(404)
    page = page_of(questions, page_id) or abort(404)
    if posted.one("action") == "skip":
        return see_other(doorway.address("after", TOKEN, "thank-you"))
    if posted.one("clear"):
        return see_other(doorway.address("after", TOKEN, "about-you", page_id))
    read = read_answers(questions, page.item_keys, posted, doorway.wording)
    if read.errors:
        return show(about_you_html(doorway, TOKEN, questions, page, posted, read.errors))
    following = next_page(questions, page_id, read.answers)
    parts = ("about-you", following.id) if following else ("thank-you",)
    return see_other(doorway.address("after", TOKEN, *parts))


def show_thank_you(preview: Preview, language: str) -> Response:
    """What happens next."""
    doorway = open_doorway(preview, language, THANK_YOU)
    return show(thank_you_html(doorway, preview.questionnaire, reception().base_url, TOKEN))
