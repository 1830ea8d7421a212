"""Moving the commentary on: for comment, back to draft, final, and on to a new edition. Each asks first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, make_response, redirect, url_for
from sqlalchemy.orm import Session
from wtforms import HiddenField

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import CommentaryBegun, CommentaryMoved, Event, ReportAsked, record
from engage.insight.commentary.opening import FINAL_JOB, Opened, open_commentary
from engage.queue import jobs
from engage.queue.broker import send
from engage.services import services
from surveys.commentary.editions import Edition, NotPossible, State, begin_edition, move_edition
from surveys.storage import tables

Act = Callable[[Session, tables.Survey, Edition, int], Event]
BOTH_ROLES = "Making a report final needs the roles publisher and analyst together, or the role officer"


class MoveForm(StaffForm):
    """``seen`` is the row version of the text that was read before deciding."""

    seen = HiddenField()


@dataclass(frozen=True, slots=True)
class Move:
    """A page that asks: which state an edition must have, and what is said."""

    page: str
    from_state: State
    title: str
    button: str


FOR_COMMENT = Move("for_comment", "draft", "Give the draft out for comment?", "Give it out for comment")
DRAFT = Move("back_to_draft", "for_comment", "Take the commentary back to draft?", "Back to draft")
FINAL = Move("make_final", "for_comment", "Make the report final?", "Make the report final")
NEXT = Move("new_edition", "final", "Begin a new edition?", "Begin a new edition")


@requires("make_reports")
def for_comment(slug: str) -> Response:
    """Nobody writes in it while people read it."""
    return _asked(
        slug, FOR_COMMENT, lambda session, survey, edition, seen: _moved(session, survey, edition, seen, "for_comment")
    )


@requires("make_reports")
def back_to_draft(slug: str) -> Response:
    """To write what the comments ask for."""
    return _asked(slug, DRAFT, lambda session, survey, edition, seen: _moved(session, survey, edition, seen, "draft"))


@requires("make_reports")
def new_edition(slug: str) -> Response:
    """A draft that begins with what the final edition says."""

    def begin(session: Session, survey: tables.Survey, edition: Edition, seen: int) -> Event:
        who = staff()
        begun = begin_edition(session, survey=survey, by=who.email, name=who.name, at=clock.now())
        return CommentaryBegun(survey.slug, begun.number)

    return _asked(slug, NEXT, begin)


@requires("publish_surveys")
def make_final(slug: str) -> Response:
    """Ask the worker for the final report; the commentary is final once its files are kept."""
    opened, form, who = open_commentary(slug), MoveForm(), staff()
    problems = [one.says for one in opened.missing]
    if "make_reports" not in who.permissions:
        problems = [BOTH_ROLES]
    edition = opened.edition
    possible = edition is not None and edition.state == FINAL.from_state
    if not form.is_sent() or edition is None or not possible or problems:
        return _page(opened, FINAL, form, problems=problems, possible=possible)
    if form.seen.data != str(edition.row_version):
        return _page(
            opened, FINAL, form, problems=["Somebody changed the commentary meanwhile. Read it again"], possible=True
        )
    at = clock.now()
    with services().database.writing() as session:
        job = jobs.ask(
            session,
            organisation_id=who.organisation_id,
            kind=FINAL_JOB,
            parameters={
                "survey": slug,
                "edition": edition.number,
                "row_version": edition.row_version,
                "snapshot": opened.snapshot_id,
                "name": who.name,
            },
            by=who.email,
            at=at,
        )
        if job.asked_at == at:
            record(session, ReportAsked(slug), organisation_id=who.organisation_id, by=who.email, at=at)
        job_id = job.id
    send(services().settings, job_id)
    return make_response(redirect(url_for("commentary.read", slug=slug), 303))


def _moved(session: Session, survey: tables.Survey, edition: Edition, seen: int, to: State) -> Event:
    who = staff()
    move_edition(
        session, survey=survey, number=edition.number, seen=seen, to=to, by=who.email, name=who.name, at=clock.now()
    )
    return CommentaryMoved(survey.slug, edition.number, to)


def _asked(slug: str, move: Move, act: Act) -> Response:
    """The page that asks, or what it asks for done; where it is not possible the page says how things stand."""
    opened, form, who, problems = open_commentary(slug), MoveForm(), staff(), []
    edition = opened.edition
    possible = edition is not None and edition.state == move.from_state
    if form.is_sent() and edition is not None and possible:
        seen = str(form.seen.data or "")
        try:
            with services().database.writing() as session:
                survey = session.merge(opened.survey, load=False)
                event = act(session, survey, edition, int(seen) if seen.isdecimal() and len(seen) < 10 else 0)
                record(session, event, organisation_id=who.organisation_id, by=who.email, at=clock.now())
            return make_response(redirect(url_for("commentary.read", slug=slug), 303))
        except NotPossible as refusal:
            problems = [str(refusal)]
    return _page(opened, move, form, problems=problems, possible=possible)


def _page(opened: Opened, move: Move, form: MoveForm, *, problems: list[str], possible: bool) -> Response:
    page = staff_page(
        "insight/commentary/move.html", opened=opened, move=move, form=form, problems=problems, possible=possible
    )
    return make_response(page, 422 if form.is_submitted() and (problems or not possible) else 200)
