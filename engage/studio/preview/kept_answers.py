"""Answers in a preview: carried by the reader's own browser in a cookie, never stored here."""

from __future__ import annotations

import json
import zlib

from flask import Response, request

from engage import clock
from engage.respond.page_answers import values_of
from engage.respond.signed_tokens import SignedTokens, TokenExpired, TokenRefused
from engage.services import services
from engage.studio.preview.reading import Preview
from surveys.answers import AnswerFault, Answers, parse_answer
from surveys.questionnaire import Questionnaire

COOKIE = "engage-preview"
HOURS = 24
LONGEST_COOKIE = 3_500
# How much of each text is kept until all fits into a cookie; a test needs no more.
_SHORTER = (2_000, 200, 60, 10)


def read_answers_of(preview: Preview) -> Answers:
    """What this browser has answered in the preview, as far as the design still asks it."""
    text = request.cookies.get(COOKIE, "")
    try:
        payload, _ = _tokens().read(text, clock.now(), hours=HOURS)
        held = json.loads(zlib.decompress(payload))
    except (TokenRefused, TokenExpired, zlib.error, ValueError):
        return {}
    return _as_asked_now(preview.questionnaire, held) if isinstance(held, dict) else {}


def _as_asked_now(questionnaire: Questionnaire, held: dict[str, object]) -> Answers:
    answers: Answers = {}
    for item in questionnaire.items:
        values = held.get(item.key)
        if isinstance(values, list):
            try:
                answers[item.key] = parse_answer(questionnaire, item, [str(value) for value in values])
            except AnswerFault:
                continue
    return answers


def keep_answers(preview: Preview, response: Response, answers: Answers) -> None:
    """Give the browser its answers to carry. Comments are cut where they would not fit."""
    values = values_of(answers)
    held = {key: list(values.get(key, ())) for key in answers}
    for longest in _SHORTER:
        cut = {key: [value[:longest] for value in each] for key, each in held.items()}
        token = _tokens().make(zlib.compress(json.dumps(cut, ensure_ascii=False).encode()), clock.now())
        if len(token) <= LONGEST_COOKIE:
            break
    else:
        # So many questions that not even their ids fit: the test goes on with what was answered last.
        return
    response.set_cookie(
        COOKIE,
        token,
        path=preview.address(),
        secure=services().settings.secure,
        httponly=True,
        samesite="Lax",
    )


def forget_answers(preview: Preview, response: Response) -> None:
    """The next person begins with nothing."""
    response.delete_cookie(COOKIE, path=preview.address(), httponly=True, samesite="Lax")


def _tokens() -> SignedTokens:
    settings = services().settings
    return SignedTokens("answers in a preview", settings.secret_key, settings.secret_key_fallbacks)
