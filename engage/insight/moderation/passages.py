"""Taking passages out of one comment, lifting its wrong masks, and undoing both."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from flask import Response, abort, make_response, redirect, url_for
from sqlalchemy.orm import Session

from engage import clock
from engage.access.form_pages import form_page, refuse
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.audit.comment_events import MaskLifted, MaskLookedBehind, PassageRedacted, PassageUndone
from engage.audit.recording import Event, record
from engage.insight.moderation.forms import RedactForm, ShowForm, UndoForm
from engage.insight.moderation.opening import OpenedComment, open_comment
from engage.services import services
from surveys.comments.moderating import (
    ALL_REASONS,
    NOT_IDENTIFYING,
    ModeratedMeanwhile,
    lift_mask,
    redact,
    undo,
)
from surveys.comments.showing import find_words, places_of, surroundings
from surveys.masking import KINDS

MOST_TO_CHOOSE_FROM = 20
_MEANWHILE = "The comment was changed meanwhile. Look at it again"
_NOT_THERE = "These words do not stand in the comment. Copy them as they are shown, brackets included"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of what was decided: where it stands among the shown words, if it still counts there."""

    id: int
    action: str
    reason: str
    made_at: datetime.datetime
    made_by: str
    undone_at: datetime.datetime | None
    undone_by: str | None
    before: str
    after: str


@requires("moderate_comments")
def show(slug: str, ref: str) -> Response:
    """The comment as everybody sees it, with what can be done and what was done."""
    with services().database.reading() as session:
        return _page(open_comment(session, slug, ref))


@requires("moderate_comments")
def take_out(slug: str, ref: str) -> Response:
    """Take words out; where they stand there several times, ask first which of them."""
    form, at, who = RedactForm(), clock.now(), staff()
    complete = form.is_sent()
    with services().database.reading() as session:
        opened = open_comment(session, slug, ref)
        occurrences = _occurrences(opened, form) if complete else []
        if not occurrences:
            return _page(opened, redacting=form)
    words, reason = str(form.words.data), str(form.reason.data)
    with services().database.writing() as session:
        moderated = open_comment(session, slug, ref, changing=True).moderated
        try:
            taken = redact(session, moderated, words=words, occurrences=occurrences, reason=reason, at=at, by=who.email)
        except ModeratedMeanwhile:
            taken = 0
        for _ in range(taken):
            _record(session, PassageRedacted(slug, ref, reason), at)
    return _back(slug, ref) if taken else _again(slug, ref, redacting=form)


@requires("reveal_comments")
def lift(slug: str, ref: str) -> Response:
    """Show what stands behind a mask to whoever says that it is wrong, and, once they have seen it, to everybody."""
    form, at, who = ShowForm(), clock.now(), staff()
    complete = form.is_sent()
    number, sure = _number(form), form.sure.data == "yes"
    with services().database.writing() as session:
        opened = open_comment(session, slug, ref, changing=True)
        moderated = opened.moderated
        # Numbers count the masks that one set of rules found; under another one they would name other masks.
        same = form.rules.data == moderated.screened.rules and number in moderated.masks_in_place()
        if complete and same:
            kind = moderated.masks[number].kind
            if sure:
                lift_mask(session, moderated, number=number, at=at, by=who.email)
                _record(session, MaskLifted(slug, ref, kind, NOT_IDENTIFYING), at)
                return _back(slug, ref)
            pieces = moderated.without_mask(number)
            _record(session, MaskLookedBehind(slug, ref, kind, NOT_IDENTIFYING), at)
    if not complete or not same:
        return _again(slug, ref, lifting=form)
    with services().database.reading() as session:
        opened = open_comment(session, slug, ref)
        return form_page("insight/moderation/lift.html", form, opened=opened, pieces=pieces, token=KINDS[kind])


@requires("moderate_comments")
def take_back(slug: str, ref: str) -> Response:
    """Undo one decision."""
    form, at, who = UndoForm(), clock.now(), staff()
    with services().database.reading() as session:
        open_comment(session, slug, ref)
    if not form.is_sent():
        abort(400)
    with services().database.writing() as session:
        opened = open_comment(session, slug, ref, changing=True)
        try:
            action = undo(session, opened.moderated, passage_id=form.passage.data or 0, at=at, by=who.email)
        except ModeratedMeanwhile:
            # It was undone already, which is what was wanted.
            return _back(slug, ref)
        _record(session, PassageUndone(slug, ref, action), at)
    return _back(slug, ref)


def _again(slug: str, ref: str, *, redacting: RedactForm | None = None, lifting: ShowForm | None = None) -> Response:
    """The page with what is wrong; where the form itself was right, somebody else changed the comment."""
    form, field = (lifting, "number") if lifting else (redacting, "words")
    if form is not None and not form.errors:
        refuse(form, field, _MEANWHILE)
    with services().database.reading() as session:
        return _page(open_comment(session, slug, ref), redacting=redacting, lifting=lifting)


def _occurrences(opened: OpenedComment, form: RedactForm) -> list[int]:
    """Which places of the words are meant; none where the form must ask first, and says so."""
    found = len(find_words(opened.words, str(form.words.data)))
    which = str(form.which.data or "")
    if not found:
        refuse(form, "words", _NOT_THERE)
        return []
    if found == 1:
        return [0]
    if which == "all":
        return list(range(found))
    if which.isascii() and which.isdigit() and int(which[:4]) < found:
        return [int(which[:4])]
    refuse(form, "which", f"These words stand there {found} times. Choose which of them to take out")
    return []


def _page(opened: OpenedComment, *, redacting: RedactForm | None = None, lifting: ShowForm | None = None) -> Response:
    moderated = opened.moderated
    redact_form = redacting or RedactForm(formdata=None)
    places = _places(opened, redact_form) if redacting else []
    redact_form.which.choices = [(str(number), "") for number in range(len(places))]
    show_form = lifting or ShowForm(formdata=None, rules=moderated.screened.rules)
    # A form that was refused because the comment changed must not go on with what it counted before.
    show_form.rules.data = moderated.screened.rules
    return form_page(
        "insight/moderation/passages.html",
        lifting if lifting is not None else redact_form,
        opened=opened,
        redacting=redact_form,
        places=places[:MOST_TO_CHOOSE_FROM],
        lifting=show_form,
        masks=[(number, *_told(opened.words, *place)) for number, place in moderated.masks_in_place().items()],
        decisions=_decisions(opened),
        undoing=UndoForm(formdata=None),
        may=opened.at.may,
    )


def _places(opened: OpenedComment, form: RedactForm) -> list[tuple[str, str, str]]:
    """Where the words stand, each with what is shown around it; only where there is something to choose."""
    found = find_words(opened.words, str(form.words.data or ""))
    if len(found) < 2:
        return []
    return [_told(opened.words, *place) for place in found]


def _decisions(opened: OpenedComment) -> list[Decision]:
    places = list(places_of(opened.moderated.pieces))
    decisions = []
    for row in opened.moderated.passages:
        # Only a redaction that is in force has a place that can be pointed at without telling what stands there.
        located = row.undone_at is None and row.action == "redact"
        place = next(((begin, end) for piece, begin, end in places if piece.start <= row.start < piece.end), None)
        before, _, after = _told(opened.words, *place) if located and place else ("", "", "")
        decisions.append(
            Decision(
                row.id,
                row.action,
                ALL_REASONS.get(row.reason, row.reason),
                row.made_at,
                row.made_by,
                row.undone_at,
                row.undone_by,
                before,
                after,
            )
        )
    return decisions


def _told(shown: str, start: int, end: int) -> tuple[str, str, str]:
    """Shown words with those around them."""
    before, after = surroundings(shown, start, end)
    return before, shown[start:end], after


def _number(form: ShowForm) -> int:
    given = str(form.number.data or "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 5 else -1


def _record(session: Session, event: Event, at: datetime.datetime) -> None:
    who = staff()
    record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)


def _back(slug: str, ref: str) -> Response:
    return make_response(redirect(url_for("moderation.passages", slug=slug, ref=ref), 303))
