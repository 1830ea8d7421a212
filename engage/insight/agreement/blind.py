"""Coding a sample blind: the pages of coding, for the round of a sample and for its second coder alone."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for
from sqlalchemy.orm import Session

from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.insight.coding.desk import Desk, coding_page, go_on, save_coding
from engage.insight.coding.opening import open_frame, ref_of
from engage.services import services
from surveys.coding.drawing import open_sample
from surveys.coding.to_code import next_comment

blueprint = Blueprint(
    "second_coding", __name__, url_prefix="/staff/surveys/<slug>/coding/<int:frame_id>/second-coder/comments"
)


@blueprint.get("/next")
@requires("code_comments")
def next_one(slug: str, frame_id: int) -> Response:
    """To the next comment of one's sample; back to the sample where none is left."""
    after = request.args.get("after")
    with services().database.reading() as session:
        desk = _desk(session, slug, frame_id)
        if desk is not None:
            place = ref_of(after) if after else None
            number = desk.round_number
            if next_comment(session, frame=desk.opened.frame, by=desk.by, round_number=number, after=place):
                return go_on(session, desk, after=place)
    return make_response(redirect(url_for("agreement.show", slug=slug, frame_id=frame_id), 303))


@blueprint.get("/<ref>")
@requires("code_comments")
def comment(slug: str, frame_id: int, ref: str) -> Response:
    with services().database.reading() as session:
        desk = _desk(session, slug, frame_id) or abort(404)
        session.expunge_all()
    return coding_page(desk, ref_of(ref))


@blueprint.post("/<ref>")
@requires("code_comments")
def save(slug: str, frame_id: int, ref: str) -> Response:
    with services().database.reading() as session:
        desk = _desk(session, slug, frame_id) or abort(404)
        session.expunge_all()
    return save_coding(desk, ref_of(ref))


def _desk(session: Session, slug: str, frame_id: int) -> Desk | None:
    """The desk of the signed-in person's own sample; None where they have none that is not finished."""
    opened, who = open_frame(session, slug, frame_id, in_sample=True), staff()
    sample = open_sample(session, frame_id=frame_id, coder=who.email)
    if sample is None:
        return None
    values: dict[str, str | int] = {"slug": slug, "frame_id": frame_id}
    return Desk(opened, who.email, "second_coding.comment", "second_coding.next_one", values, sample.round)
