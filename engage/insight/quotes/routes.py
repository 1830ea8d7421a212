"""The pages on which quotes are drawn, chosen and checked."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, url_for
from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.quote_events import (
    CommentPassedOver,
    QuoteApproved,
    QuoteProposed,
    QuotePutBack,
    QuoteWithdrawn,
)
from engage.audit.recording import Event, record
from engage.insight.comments.opening import OpenedSurvey, open_survey
from engage.insight.quotes.lines import GATES, STATES, drawn_line, question_lines, title_of
from engage.services import services
from surveys.quotes.choosing import (
    MOST_QUOTES,
    PASSED_OVER,
    QuoteRefused,
    approve,
    draw,
    pass_over,
    propose,
    put_back,
    withdraw,
)
from surveys.quotes.reading import Read, read_survey
from surveys.storage import tables

blueprint = Blueprint("quotes", __name__, url_prefix="/staff/surveys/<slug>/quotes")


class ProposeForm(StaffForm):
    ref = HiddenField()
    words = TextAreaField("Words to quote", [InputRequired("Enter the words to quote.")])


class ReasonForm(StaffForm):
    ref = HiddenField()
    reason = RadioField("Why not?", choices=PASSED_OVER, validators=[InputRequired("Choose why.")])


class ApproveForm(StaffForm):
    alone = BooleanField(
        "Somebody else could have written this", [InputRequired("Tick the box if others could have written this.")]
    )


@blueprint.get("")
@requires("read_comments")
def show(slug: str) -> Response:
    """All quotes by question, with what there is to do."""
    return _page(slug)


@blueprint.get("/draw/<item_key>")
@requires("choose_quotes")
def drawn(slug: str, item_key: str) -> Response:
    """The comment that is drawn next, to choose words from or to pass over."""
    return _draw_page(slug, item_key)


@blueprint.post("/draw/<item_key>/propose")
@requires("choose_quotes")
def propose_words(slug: str, item_key: str) -> Response:
    form = ProposeForm()
    if not form.is_sent():
        return _draw_page(slug, item_key, form)
    try:
        with services().database.writing() as session:
            survey = open_survey(session, slug).survey
            quote = propose(
                session,
                survey=survey,
                ref=_ref(form.ref.data),
                words=str(form.words.data),
                by=staff().email,
                at=clock.now(),
            )
            _note(session, QuoteProposed(slug, quote.id, quote.item_key))
    except QuoteRefused as refused:
        form.words.errors = [str(refused)]
        return _draw_page(slug, item_key, form)
    return _back(slug)


@blueprint.post("/draw/<item_key>/pass-over")
@requires("choose_quotes")
def pass_comment_over(slug: str, item_key: str) -> Response:
    form = ReasonForm()
    if not form.is_sent():
        return _draw_page(slug, item_key, reason=form)
    try:
        with services().database.writing() as session:
            survey, reason = open_survey(session, slug).survey, str(form.reason.data)
            passed = pass_over(
                session, survey=survey, ref=_ref(form.ref.data), reason=reason, by=staff().email, at=clock.now()
            )
            _note(session, CommentPassedOver(slug, passed.id, passed.item_key, reason))
    except QuoteRefused as refused:
        form.reason.errors = [str(refused)]
        return _draw_page(slug, item_key, reason=form)
    return make_response(redirect(url_for("quotes.drawn", slug=slug, item_key=item_key), 303))


@blueprint.post("/<int:quote_id>/approve")
@requires("check_quotes")
def approve_quote(slug: str, quote_id: int) -> Response:
    form = ApproveForm()
    if not form.is_sent():
        return _page(slug, problems={f"quote-{quote_id}": str((form.alone.errors or [""])[0])})

    def approved(session: Session, survey: tables.Survey) -> Event:
        approve(session, survey=survey, quote_id=quote_id, by=staff().email, at=clock.now())
        return QuoteApproved(slug, quote_id)

    return _changed(slug, quote_id, approved)


@blueprint.post("/<int:quote_id>/withdraw")
@requires("check_quotes")
def withdraw_quote(slug: str, quote_id: int) -> Response:
    form = ReasonForm()
    if not form.is_sent():
        return _page(slug, problems={f"quote-{quote_id}": str((form.reason.errors or [""])[0])})

    def withdrawn(session: Session, survey: tables.Survey) -> Event:
        reason = str(form.reason.data)
        withdraw(session, survey=survey, quote_id=quote_id, reason=reason, by=staff().email, at=clock.now())
        return QuoteWithdrawn(slug, quote_id, reason)

    return _changed(slug, quote_id, withdrawn)


@blueprint.post("/<int:quote_id>/put-back")
@requires("choose_quotes")
def put_quote_back(slug: str, quote_id: int) -> Response:
    if not StaffForm().is_sent():
        abort(400)

    def put(session: Session, survey: tables.Survey) -> Event:
        put_back(session, survey=survey, quote_id=quote_id, by=staff().email, at=clock.now())
        return QuotePutBack(slug, quote_id)

    return _changed(slug, quote_id, put)


def _changed(slug: str, quote_id: int, change: Any) -> Response:
    try:
        with services().database.writing() as session:
            _note(session, change(session, open_survey(session, slug).survey))
    except QuoteRefused as refused:
        return _page(slug, problems={f"quote-{quote_id}": str(refused)})
    except LookupError:
        abort(404)
    return _back(slug)


def _page(slug: str, problems: dict[str, str] | None = None) -> Response:
    with services().database.reading() as session:
        opened, read = _opened(session, slug)
        lines = question_lines(session, survey=opened.survey, questionnaire=opened.questionnaire, read=read)
        page = staff_page(
            "insight/quotes/quotes.html",
            survey=opened.survey,
            title=opened.title,
            questions=lines,
            may=opened.may,
            me=staff().email,
            most=MOST_QUOTES,
            gates=GATES,
            states=STATES,
            reasons=PASSED_OVER,
            form=StaffForm(formdata=None),
            problems=problems,
        )
    return make_response(page, 422 if problems else 200)


def _draw_page(
    slug: str, item_key: str, form: ProposeForm | None = None, *, reason: ReasonForm | None = None
) -> Response:
    """The drawn comment with both forms: 200, or 422 with what is wrong."""
    with services().database.reading() as session:
        opened, read = _opened(session, slug)
        item = next((one for one in opened.questionnaire.items if one.key == item_key), None) or abort(404)
        comment = draw(session, survey=opened.survey, item_key=item_key, read=read)
        line = drawn_line(session, opened.questionnaire, comment) if comment else None
        ref = comment.ref.hex() if comment else ""
        words = form.words.data if form else line.shown if line else ""
        proposing = ProposeForm(formdata=None, ref=ref, words=words)
        passing = ReasonForm(formdata=None, ref=ref)
        proposing.words.errors = list(form.words.errors) if form else []
        passing.reason.errors = list(reason.reason.errors) if reason else []
        page = staff_page(
            "insight/quotes/draw.html",
            survey=opened.survey,
            title=title_of(opened.questionnaire, item),
            question=item.question.text.in_language(opened.questionnaire.language),
            item_key=item_key,
            drawn=line,
            chosen=len(read.quoted(item_key, "proposed", "approved")),
            most=MOST_QUOTES,
            form=proposing,
            reason=passing,
            errors={
                name: field.errors[0]
                for name, field in (("words", proposing.words), ("reason", passing.reason))
                if field.errors
            },
        )
    return make_response(page, 422 if form or reason else 200)


def _opened(session: Session, slug: str) -> tuple[OpenedSurvey, Read]:
    opened = open_survey(session, slug)
    return opened, read_survey(session, survey=opened.survey)


def _ref(text: str | None) -> bytes:
    try:
        return bytes.fromhex(text or "")
    except ValueError:
        return b""


def _note(session: Session, event: Event) -> None:
    record(session, event, organisation_id=staff().organisation_id, by=staff().email, at=clock.now())


def _back(slug: str) -> Response:
    return make_response(redirect(url_for("quotes.show", slug=slug), 303))
