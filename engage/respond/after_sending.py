"""What comes after sending: questions about the person, which may all be skipped, and the thank-you page."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, request

from engage.clock import now
from engage.languages import Wording
from engage.respond.arriving import Doorway, Reception, reception
from engage.respond.fields import fields_of
from engage.respond.leaving import AddressLost
from engage.respond.logos import Logo
from engage.respond.page_answers import page_of, read_answers
from engage.respond.page_counts import ABOUT_YOU
from engage.respond.posted import Posted, read_form
from engage.respond.replies import language_links, see_other, show, survey_page
from engage.respond.sent_tokens import Sent, read_sent_token
from engage.respond.shells import Filled
from surveys.answers import Answers
from surveys.collecting import add_equality_answers
from surveys.question_bank import BANK_VERSION, equality_questionnaire, topics
from surveys.questionnaire import Questionnaire
from surveys.routing import JourneyPage, journey, next_page, previous_page

_TOKEN = f"token-{secrets.token_hex(12)}"
"""Stands for the token in pages that are kept; drawn anew, so that no survey's own words can hold it."""

SECONDS_FOR_A_QUESTION = 8
"""As long as the estimate of a survey's length allows for each."""


@dataclass(frozen=True, slots=True)
class After:
    """Somebody who has sent answers. ``questions`` None: nothing is asked about the person, or no longer."""

    desk: Reception
    doorway: Doorway
    text: str
    sent: Sent
    questions: Questionnaire | None

    def address(self, *parts: str) -> str:
        return self.doorway.address("after", self.text, *parts)


def show_explainer(code: str, language: str, token: str) -> Response:
    """Answers are sent; may we ask a few questions about you?"""
    after = _after(code, language, token)
    if after.questions is None:
        return see_other(after.address("thank-you"))
    questions = after.questions
    return show(_kept(after, "explainer", lambda: explainer_html(after.doorway, questions, _TOKEN)))


def explainer_html(doorway: Doorway, questions: Questionnaire, token: str) -> str:
    """The page that asks whether somebody will answer ``questions`` about themselves."""
    minutes = -(-len(journey(questions)) * SECONDS_FOR_A_QUESTION // 60)
    help_line = questions.about.help_line
    return survey_page(
        "respond/about_you_explained.html",
        doorway,
        languages=_languages(doorway, "../../{}/after/" + token),
        agree=_agree(doorway.wording, minutes),
        help_line=help_line.in_language(doorway.language) if help_line else None,
    )


def _agree(words: Wording, minutes: int) -> str:
    return words.several("Yes, it takes about %(n)s minute", "Yes, it takes about %(n)s minutes", minutes)


def answer_explainer(code: str, language: str, token: str) -> Response:
    """Yes leads to the first question, no to the thank-you page."""
    after = _after(code, language, token)
    first = next_page(after.questions, None, {}) if after.questions else None
    if first is None or read_form(request).one("action") == "skip":
        return see_other(after.address("thank-you"))
    after.desk.count(after.doorway, ABOUT_YOU, now())
    return see_other(after.address("about-you", first.id))


def show_about_you(code: str, language: str, token: str, page_id: str) -> Response:
    """One question about the person; what was answered is never shown again."""
    after = _after(code, language, token)
    if after.questions is None:
        return see_other(after.address("thank-you"))
    page = page_of(after.questions, page_id)
    if page is None:
        raise AddressLost(after.doorway)
    return show(about_you_html(after.doorway, after.text, after.questions, page, Posted({}), {}))


def save_about_you(code: str, language: str, token: str, page_id: str) -> Response:
    """Store the answer under its own key, at once, and go on."""
    after, posted = _after(code, language, token), read_form(request)
    if after.questions is None or after.sent.equality_key is None or posted.one("action") == "skip":
        return see_other(after.address("thank-you"))
    page = page_of(after.questions, page_id)
    if page is None:
        raise AddressLost(after.doorway)
    if posted.one("clear"):
        return see_other(after.address("about-you", page_id))
    read = read_answers(after.questions, page.item_keys, posted, after.doorway.wording)
    if read.errors:
        return show(about_you_html(after.doorway, after.text, after.questions, page, posted, read.errors))
    _store(after, after.sent.equality_key, read.answers)
    # A question of the bank depends at most on the one before it, so the answers to this page decide what follows.
    following = next_page(after.questions, page_id, read.answers)
    return see_other(after.address("about-you", following.id) if following else after.address("thank-you"))


def show_thank_you(code: str, language: str, token: str) -> Response:
    """What happens next, how to get help, and what else one can do."""
    after = _after(code, language, token)
    questionnaire = after.desk.questionnaire(after.sent.version_id)
    return show(
        _kept(
            after,
            "thank-you",
            lambda: thank_you_html(after.doorway, questionnaire, after.desk.base_url, _TOKEN),
        )
    )


def thank_you_html(doorway: Doorway, questionnaire: Questionnaire, base_url: str, token: str) -> str:
    """The page for somebody who answered ``questionnaire``; ``token`` is the part of its address."""
    about, slug, language = questionnaire.about, doorway.collector.slug, doorway.language
    return survey_page(
        "respond/thank_you.html",
        doorway,
        languages=_languages(doorway, "../../../{}/after/" + token + "/thank-you"),
        outcome_promise=about.outcome_promise.in_language(language) if about.outcome_promise else None,
        decision=about.decision.in_language(language) if about.decision else None,
        outcome_path=f"/outcomes/{slug}/{language}",
        outcome_address=f"{base_url}/outcomes/{slug}",
        help_line=about.help_line.in_language(language) if about.help_line else None,
        contact=about.contact.in_language(language) if about.contact else None,
        offers=[offer.text.in_language(language) for offer in questionnaire.sign_up],
    )


def _kept(after: After, name: str, make: Callable[[], str]) -> str:
    """The page as it was made once for this version and language; its addresses are relative, bar the token in them."""
    known = after.desk.questionnaire(after.sent.version_id).derived(_known)
    key = (name, after.doorway.language, after.doorway.logo)
    html = known.get(key)
    if html is None:
        html = known[key] = make()
    return html.replace(_TOKEN, after.text)


def _known(_questionnaire: Questionnaire) -> dict[tuple[str, str, Logo | None], str]:
    return {}


def _languages(doorway: Doorway, address: str) -> list[dict[str, str]]:
    return [{**link, "address": address.format(link["language"])} for link in language_links(doorway, ())]


def _after(code: str, language: str, token: str) -> After:
    # Closing a survey does not take these pages away from somebody who has just sent.
    desk = reception()
    doorway = desk.find(code, language)
    sent = read_sent_token(desk.sent_tokens, token, collector_id=doorway.collector.id, at=now())
    if sent is None:
        raise AddressLost(doorway)
    asked = equality_questionnaire(desk.questionnaire(sent.version_id)) if sent.equality_key else None
    return After(desk, doorway, token, sent, asked)


def _store(after: After, key: bytes, answers: Answers) -> None:
    today = after.desk.today(now())
    after.desk.database.run_writing(
        lambda session: add_equality_answers(
            session,
            collector=after.doorway.collector,
            equality_key=key,
            bank_version=BANK_VERSION,
            answers=answers,
            at=today,
        )
    )


def about_you_html(
    doorway: Doorway,
    token: str,
    questions: Questionnaire,
    page: JourneyPage,
    posted: Posted,
    errors: dict[str, str],
) -> str:
    """The page of one question about the person; ``token`` is the part of its address."""
    fields = fields_of(questions, page, doorway.wording)
    before = previous_page(questions, page.id, {})
    return survey_page(
        "respond/about_you.html",
        doorway,
        here=("after", token, "about-you", page.id),
        back=doorway.address("after", token, *(("about-you", before.id) if before else ())),
        action=doorway.address("after", token, "about-you", page.id),
        fields=fields,
        why=_why(page, doorway.language),
        state=Filled(posted),
        errors=errors,
    )


def _why(page: JourneyPage, language: str) -> str:
    """Why the question is asked, in the words of its entry in the bank."""
    asked = {question.id for question in page.questions}
    for topic in topics().values():
        if any(question.id in asked for question in topic.questions):
            return topic.why.in_language(language)
    return ""
