"""The queue: which comments to read first, several put aside at once, and sorting those that are not sorted yet."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, make_response, redirect, request, url_for

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.recording import record
from engage.audit.triage_events import CommentsPutAside, CommentsPutBack
from engage.insight.comments.forms import AsideForm, UndoForm
from engage.insight.comments.opening import open_survey
from engage.insight.comments.saying import LEVEL_NAMES, STANDING_NAMES, STATE_NAMES, reason_in_words
from engage.insight.comments.wanting import as_query, page_number, wanted_now
from engage.insight.live.counting import audience_labels
from engage.languages import direction, own_name
from engage.services import services
from engage.studio.going_live.standing import today
from surveys.coding.reading import shown_comments, titles
from surveys.comments.counting import count_unscreened
from surveys.comments.queue import PAGE, questions_commented, queue_page
from surveys.comments.screening import screen_new
from surveys.comments.states import no_action_on_all, take_back

SORTED_AT_ONCE = 200
"""At most so many comments are screened while somebody waits for the page."""


@requires("sort_comments")
def queue(slug: str) -> Response:
    """One page of the comments that are wanted."""
    wanted, number = wanted_now(), page_number()
    with services().database.reading() as session:
        opened = open_survey(session, slug)
        found = queue_page(session, survey=opened.survey, wanted=wanted, today=today(), page=number)
        shown = shown_comments(session, survey=opened.survey, refs=[one.comment.ref for one in found.comments])
        questions = [
            (key, ": ".join(filter(None, titles(opened.questionnaire, key))))
            for key in questions_commented(session, survey=opened.survey)
            if any(item.key == key for item in opened.questionnaire.items)
        ]
        unscreened = count_unscreened(session, survey=opened.survey)
        audiences = audience_labels(session)
        session.expunge_all()
    rest = [one.name for one in found.comments if one.comment.level == "rest" and one.state is None]
    page = staff_page(
        "insight/comments/queue.html",
        survey=opened.survey,
        title=opened.title,
        wanted=wanted,
        query=as_query(wanted),
        found=found,
        shown=shown,
        questions=questions,
        audiences=audiences,
        levels=LEVEL_NAMES,
        states=STATE_NAMES,
        standings=STANDING_NAMES,
        reason_in_words=reason_in_words,
        own_name=own_name,
        direction=direction,
        today=today(),
        number=number,
        last=max((found.number - 1) // PAGE + 1, 1),
        rest=rest,
        unscreened=unscreened,
        form=StaffForm(formdata=None),
        aside=_number("aside"),
        moment=_moment(),
        put_back=_number("back"),
        sorted_now=_number("sorted"),
        done_as=STATE_NAMES.get(request.args.get("as", ""), ""),
    )
    return make_response(page)


@requires("sort_comments")
def put_aside(slug: str) -> Response:
    """Mark the comments of the rest that the page showed as read, with nothing to act on."""
    form, at, who = AsideForm(), clock.now(), staff()
    with services().database.writing() as session:
        opened = open_survey(session, slug)
        if not form.is_sent():
            abort(400)
        done = no_action_on_all(
            session, survey=opened.survey, refs=_refs(str(form.refs.data)), levels=["rest"], by=who.email, at=at
        )
        if done:
            record(session, CommentsPutAside(slug, done), organisation_id=who.organisation_id, by=who.email, at=at)
    query = as_query(wanted_now())
    return _back(slug, **query, aside=str(done), moment=at.isoformat())


@requires("sort_comments")
def undo(slug: str) -> Response:
    """Make the comments new again that this person put aside at that moment."""
    form, who = UndoForm(), staff()
    with services().database.writing() as session:
        opened = open_survey(session, slug)
        moment = form.given_moment() if form.is_sent() else None
        if moment is None:
            abort(400)
        done = take_back(session, survey=opened.survey, by=who.email, at=moment)
        if done:
            event = CommentsPutBack(slug, done)
            record(session, event, organisation_id=who.organisation_id, by=who.email, at=clock.now())
    return _back(slug, **as_query(wanted_now()), back=str(done))


@requires("sort_comments")
def sort_now(slug: str) -> Response:
    """Screen a few comments while somebody waits, where no worker does."""
    if not StaffForm().is_sent():
        abort(400)
    with services().database.writing() as session:
        opened = open_survey(session, slug)
        done = screen_new(session, survey=opened.survey, most=SORTED_AT_ONCE)
    return _back(slug, sorted=str(done))


def _back(slug: str, **query: Any) -> Response:
    return make_response(redirect(url_for("comments.queue", slug=slug, **query), 303))


def _refs(names: str) -> list[bytes]:
    try:
        return [bytes.fromhex(name) for name in names.split()[:PAGE]]
    except ValueError:
        abort(400)


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _moment() -> str:
    """When comments were put aside, as the address says it; the form beside it goes nowhere if it is made up."""
    return request.args.get("moment", "")[:40]
