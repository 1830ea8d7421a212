"""One comment: the person reads it, decides, and goes on to the next."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, make_response, redirect, request, url_for
from sqlalchemy.orm import Session

from engage import clock
from engage.access.form_pages import form_page
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.audit.recording import record
from engage.audit.triage_events import CommentDecided, CommentRevealed, CommentShownUnmasked, CommentTakenOver
from engage.insight.comments.forms import DecisionForm, RevealForm
from engage.insight.comments.history import Done, history_of
from engage.insight.comments.opening import OpenedSurvey, open_survey
from engage.insight.comments.saying import LEVEL_NAMES, STATE_NAMES, reason_in_words
from engage.insight.comments.wanting import as_query, wanted_now
from engage.insight.live.counting import audience_labels
from engage.languages import direction, own_name
from engage.services import services
from engage.studio.going_live.standing import today
from surveys.coding.reading import ShownComment, shown_comment
from surveys.comments.queue import Neighbours, Queued, comment_text, find_comment, neighbours
from surveys.comments.states import ActedMeanwhile, escalate, hand_over, mark_read, no_action, seen_of
from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class OpenedComment:
    """A comment with everything that its page tells, as it was read in one transaction.

    ``written`` is the comment as it came; pages show it only where somebody may see it.
    """

    at: OpenedSurvey
    queued: Queued
    shown: ShownComment
    written: str
    beside: Neighbours
    history: list[Done]
    audience: str

    @property
    def sees_unmasked(self) -> bool:
        """Whether the signed-in person is shown what was written without asking for it."""
        state = self.queued.state
        urgent = self.queued.comment.level == "harm" or (state is not None and state.state == "escalated")
        return urgent and "read_unmasked" in self.at.may


@requires("sort_comments")
def one(slug: str, ref: str) -> Response:
    """The comment as everybody sees it; as it was written for a safeguarding lead where somebody may be at risk."""
    opened = _open(slug, ref)
    if opened.sees_unmasked:
        _note(CommentShownUnmasked(slug, opened.queued.name))
    return _page(opened)


@requires("sort_comments")
def decide(slug: str, ref: str) -> Response:
    """Keep what the person made of it, and go on to the next comment."""
    opened, who, at = _open(slug, ref), staff(), clock.now()
    form = DecisionForm()
    form.said = opened.written
    if not form.is_sent():
        return _page(opened, form=form)
    try:
        with services().database.writing() as session:
            survey = open_survey(session, slug).survey
            queued = find_comment(session, survey=survey, name=ref) or abort(404)
            state = _decided(session, queued.comment, form)
            taken = form.action.data == "take over"
            event = CommentTakenOver(slug, ref) if taken else CommentDecided(slug, ref, state.state)
            record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
    except ActedMeanwhile as met:
        return _page(_open(slug, ref), overtaken=met)
    query = as_query(wanted_now())
    if taken:
        return make_response(redirect(url_for("comments.one", slug=slug, ref=ref, **query), 303))
    query |= {"done": ref, "as": state.state}
    following = opened.beside.following
    if following is None:
        return make_response(redirect(url_for("comments.queue", slug=slug, **query), 303))
    return make_response(redirect(url_for("comments.one", slug=slug, ref=following, **query), 303))


@requires("reveal_comments")
def reveal(slug: str, ref: str) -> Response:
    """Show once what was written, to somebody who says why; the page is not kept anywhere and has no address."""
    opened = _open(slug, ref)
    form = RevealForm()
    form.said = opened.written
    if not form.is_sent():
        return _page(opened, reveal=form)
    _note(CommentRevealed(slug, opened.queued.name, form.said_why))
    return _page(_open(slug, ref), revealed=True)


def _decided(session: Session, comment: tables.ScreenedComment, form: DecisionForm) -> tables.CommentState:
    who, at, seen = staff().email, clock.now(), str(form.seen.data or "")
    owner, reference = (form.owner.data or "").strip(), (form.reference.data or "").strip()
    match form.action.data:
        case "read":
            return mark_read(session, comment=comment, seen=seen, by=who, at=at)
        case "no action":
            return no_action(session, comment=comment, seen=seen, by=who, at=at)
        case "escalate":
            return escalate(session, comment=comment, owner=owner, reference=reference, seen=seen, by=who, at=at)
        case _:
            return hand_over(session, comment=comment, owner=who, seen=seen, by=who, at=at)


def _open(slug: str, ref: str) -> OpenedComment:
    with services().database.reading() as session:
        at = open_survey(session, slug)
        queued = find_comment(session, survey=at.survey, name=ref) or abort(404)
        opened = OpenedComment(
            at,
            queued,
            shown_comment(session, survey=at.survey, ref=queued.comment.ref),
            comment_text(session, queued.comment).text,
            neighbours(session, survey=at.survey, wanted=wanted_now(), today=today(), of=queued),
            history_of(session, survey=at.survey, name=queued.name),
            audience_labels(session).get(queued.audience, queued.audience),
        )
        session.expunge_all()
    return opened


def _note(event: CommentShownUnmasked | CommentRevealed) -> None:
    """Write down that somebody sees what was written, before they do."""
    who = staff()
    with services().database.writing() as session:
        record(session, event, organisation_id=who.organisation_id, by=who.email, at=clock.now())


def _page(
    opened: OpenedComment,
    *,
    form: DecisionForm | None = None,
    reveal: RevealForm | None = None,
    revealed: bool = False,
    overtaken: ActedMeanwhile | None = None,
) -> Response:
    asking = reveal or RevealForm(formdata=None)
    deciding = form or DecisionForm(formdata=None)
    deciding.seen.data = seen_of(opened.queued.state)
    response = form_page(
        "insight/comments/comment.html",
        reveal if reveal is not None else deciding,
        opened=opened,
        deciding=deciding,
        asking=asking,
        revealed=revealed or opened.sees_unmasked,
        overtaken=overtaken,
        query=as_query(wanted_now()),
        levels=LEVEL_NAMES,
        states=STATE_NAMES,
        reason_in_words=reason_in_words,
        own_name=own_name,
        direction=direction,
        today=today(),
        me=staff().email,
        done=request.args.get("done", "")[:32],
        done_as=STATE_NAMES.get(request.args.get("as", ""), ""),
    )
    if overtaken:
        response.status_code = 409
    response.headers["Cache-Control"] = "no-store"
    return response
