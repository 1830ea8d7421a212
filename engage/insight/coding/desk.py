"""Coding one comment after another, by keyboard or with a plain form, in whatever round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, abort, make_response, redirect, request, url_for
from sqlalchemy.orm import Session
from wtforms import HiddenField

from engage import clock
from engage.access.forms import StaffForm
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.insight.coding.opening import OpenedFrame
from engage.languages import direction, own_name
from engage.services import services
from surveys.coding.changing import waiting_for_recoding
from surveys.coding.coding import (
    SENTIMENTS,
    Choice,
    CodedMeanwhile,
    Coding,
    CodingRefused,
    Sentiment,
    clear_coding,
    code_comment,
    coding_of,
    find_comment,
)
from surveys.coding.frames import all_codes, live_codes
from surveys.coding.reading import ShownComment, shown_comment
from surveys.coding.suggestions_kept import suggested_codes
from surveys.coding.to_code import Progress, Wanted, Which, coded_before, count_to_code, next_comment
from surveys.storage import tables

SHORTCUTS = "123456789abcdefghijklmnopqrtvwyz"
"""Keys of codes in their order; s, u and x do something else. Codes past the last have none."""

_CHOOSE = "Choose at least one code, or say that no code fits"
_WHICH: tuple[Which, ...] = ("uncoded", "recode", "all")


class CodingForm(StaffForm):
    """``seen`` is the coding that the page showed."""

    seen = HiddenField()


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody codes: the round, which comments they want, and the addresses of one comment and of the next.

    ``values`` are parts of both addresses. ``by`` is who sits there.
    """

    opened: OpenedFrame
    by: str
    comment_endpoint: str
    next_endpoint: str
    values: Mapping[str, Any]
    round_number: int = 0
    wanted: Wanted = field(default_factory=Wanted)

    def comment_address(self, ref: bytes) -> str:
        """The page of a comment, from which one goes on to comments that are wanted."""
        return url_for(self.comment_endpoint, **self.values, ref=ref.hex(), **self.filters)

    def next_address(self, after: bytes | None = None) -> str:
        """The way to the next comment, ``after`` another one."""
        more: dict[str, Any] = {"after": after.hex()} if after else {}
        return url_for(self.next_endpoint, **self.values, **self.filters, **more)

    @property
    def filters(self) -> dict[str, Any]:
        """What is wanted, as an address says it."""
        told = {
            "theme": self.wanted.theme,
            "question": self.wanted.question,
            "language": self.wanted.language,
            "which": self.wanted.which if self.wanted.which != "uncoded" else "",
        }
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class OfferedCode:
    """A code with its key, and the sentiment that is chosen for it if it is chosen; ``suggested`` by the model."""

    code: tables.Code
    key: str
    sentiment: Sentiment | None
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class _Lying:
    """What lies on the desk: a comment, what it has, and how far everything is. ``retired``: names of its old codes.

    ``suggested`` are ids of codes, for a comment that nobody has coded yet.
    """

    comment: ShownComment
    coding: Coding | None
    codes: tuple[tables.Code, ...]
    retired: tuple[str, ...]
    before: bytes | None
    progress: Progress
    waiting: int
    suggested: frozenset[int]


def asked_for() -> Wanted:
    """Which comments the address asks for; what makes no sense asks for nothing in particular."""
    which: Which = next((one for one in _WHICH if one == request.args.get("which")), "uncoded")
    theme, question, language = (request.args.get(name, "")[:121] for name in ("theme", "question", "language"))
    return Wanted(theme, question, language, which)


def go_on(session: Session, desk: Desk, *, after: bytes | None = None) -> Response:
    """To the next comment, or to the page that says that none is left."""
    ref = next_comment(
        session, frame=desk.opened.frame, by=desk.by, wanted=desk.wanted, round_number=desk.round_number, after=after
    )
    address = desk.comment_address(ref) if ref else desk.next_address(after)
    return make_response(redirect(address, 303))


def coding_page(desk: Desk, ref: bytes) -> Response:
    """The page of a comment as it is now; 404 where it cannot be coded."""
    with services().database.reading() as session:
        lying = _lay_down(session, desk, ref)
    return _page(desk, lying, _given(lying.coding))


def save_coding(desk: Desk, ref: bytes) -> Response:
    """Save what was chosen and go on; the page again, with what was chosen, where it cannot be saved."""
    form = CodingForm()
    if not form.is_sent():
        abort(400)
    action, chosen = request.form.get("action"), _chosen()
    if action is None and not chosen:
        return _again(desk, ref, chosen, {"codes": _CHOOSE})
    try:
        with services().database.writing() as session:
            frame = session.get_one(tables.CodeFrame, desk.opened.frame.id)
            seen, round_number = str(form.seen.data or ""), desk.round_number
            if action == "clear":
                clear_coding(session, frame=frame, ref=ref, seen=seen, round_number=round_number)
                return make_response(redirect(desk.comment_address(ref), 303))
            before = coding_of(session, frame_id=frame.id, ref=ref, round_number=round_number)
            accepted = _accepted(before) | _suggested(session, desk, ref, before)
            said = {} if action == "none" else chosen
            choices = [Choice(code_id, sentiment, code_id in accepted) for code_id, sentiment in said.items()]
            code_comment(
                session,
                frame=frame,
                ref=ref,
                choices=choices,
                seen=seen,
                round_number=round_number,
                at=clock.now(),
                by=desk.by,
            )
            return go_on(session, desk, after=ref)
    except CodedMeanwhile:
        return _again(desk, ref, chosen, {}, met=True)
    except CodingRefused as refused:
        return _again(desk, ref, chosen, {"codes": str(refused)})


def _lay_down(session: Session, desk: Desk, ref: bytes) -> _Lying:
    frame, number = desk.opened.frame, desk.round_number
    if find_comment(session, frame=frame, ref=ref, round_number=number) is None:
        abort(404)
    coding = coding_of(session, frame_id=frame.id, ref=ref, round_number=number)
    known = all_codes(session, frame_id=frame.id)
    had = [known[one.code_id] for one in coding.choices] if coding else []
    lying = _Lying(
        comment=shown_comment(session, survey=desk.opened.survey, ref=ref),
        coding=coding,
        codes=tuple(live_codes(session, frame_id=frame.id)),
        retired=tuple(code.name for code in had if code.retired_in is not None),
        before=coded_before(session, frame=frame, by=desk.by, ref=ref, round_number=number),
        progress=count_to_code(session, frame=frame, wanted=desk.wanted, round_number=number),
        waiting=sum(waiting_for_recoding(session, frame_id=frame.id).values()) if number == 0 else 0,
        suggested=_suggested(session, desk, ref, coding),
    )
    session.expunge_all()
    return lying


def _again(
    desk: Desk, ref: bytes, chosen: Mapping[int, Sentiment], errors: dict[str, str], *, met: bool = False
) -> Response:
    with services().database.reading() as session:
        lying = _lay_down(session, desk, ref)
    return _page(desk, lying, chosen, errors, met=met)


def _page(
    desk: Desk,
    lying: _Lying,
    chosen: Mapping[int, Sentiment],
    errors: dict[str, str] | None = None,
    *,
    met: bool = False,
) -> Response:
    keys = dict(enumerate(SHORTCUTS))
    page = staff_page(
        "insight/coding/comment.html",
        opened=desk.opened,
        desk=desk,
        lying=lying,
        comment=lying.comment,
        codes=[
            OfferedCode(code, keys.get(place, ""), chosen.get(code.id), code.id in lying.suggested)
            for place, code in enumerate(lying.codes)
        ],
        sentiments=SENTIMENTS,
        names={code.id: code.name for code in lying.codes},
        seen=lying.coding.seen if lying.coding else "",
        form=CodingForm(formdata=None),
        errors=errors or {},
        met=met,
        direction=direction,
        own_name=own_name,
    )
    return make_response(page, 409 if met else 422 if errors else 200)


def _given(coding: Coding | None) -> dict[int, Sentiment]:
    return {one.code_id: one.sentiment for one in coding.choices} if coding else {}


def _accepted(coding: Coding | None) -> set[int]:
    return {one.code_id for one in coding.choices if one.suggested} if coding else set()


def _suggested(session: Session, desk: Desk, ref: bytes, coding: Coding | None) -> frozenset[int]:
    """Codes that are shown as suggested: never to a second coder, and only until somebody has coded the comment."""
    if desk.round_number or coding:
        return frozenset()
    return frozenset(suggested_codes(session, frame_id=desk.opened.frame.id, ref=ref))


def _chosen() -> dict[int, Sentiment]:
    """What the form says, without what no page of ours offers."""
    codes = {int(one) for one in request.form.getlist("code") if one.isascii() and one.isdigit() and len(one) < 10}
    told = {code: request.form.get(f"sentiment-{code}", "neutral") for code in sorted(codes)}
    return {code: one for code, said in told.items() for one in SENTIMENTS if one == said}


def current_desk(opened: OpenedFrame) -> Desk:
    """The desk of the round that counts, for whoever is signed in."""
    values = {"slug": opened.survey.slug, "frame_id": opened.frame.id}
    return Desk(opened, staff().email, "coding.comment", "coding.next_one", values, wanted=asked_for())
