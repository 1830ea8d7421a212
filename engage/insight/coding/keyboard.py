"""The addresses of the pages on which comments are coded one after another."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request

from engage.access.guards import requires
from engage.access.staff_pages import staff_page
from engage.insight.coding.desk import coding_page, current_desk, go_on, save_coding
from engage.insight.coding.opening import open_frame, ref_of
from engage.services import services
from surveys.coding.to_code import count_to_code, next_comment

blueprint = Blueprint("coding", __name__, url_prefix="/staff/surveys/<slug>/coding")


@blueprint.get("/<int:frame_id>/next")
@requires("code_comments")
def next_one(slug: str, frame_id: int) -> Response:
    """To the next comment; or, where none is left, a page that says so."""
    after = request.args.get("after")
    with services().database.reading() as session:
        desk = current_desk(open_frame(session, slug, frame_id))
        ref = next_comment(
            session, frame=desk.opened.frame, by=desk.by, wanted=desk.wanted, after=ref_of(after) if after else None
        )
        if ref is not None:
            return go_on(session, desk, after=ref_of(after) if after else None)
        progress = count_to_code(session, frame=desk.opened.frame, wanted=desk.wanted)
        session.expunge_all()
    return make_response(staff_page("insight/coding/none_left.html", opened=desk.opened, desk=desk, progress=progress))


@blueprint.get("/<int:frame_id>/<ref>")
@requires("code_comments")
def comment(slug: str, frame_id: int, ref: str) -> Response:
    with services().database.reading() as session:
        desk = current_desk(open_frame(session, slug, frame_id))
        session.expunge_all()
    return coding_page(desk, ref_of(ref))


@blueprint.post("/<int:frame_id>/<ref>")
@requires("code_comments")
def save(slug: str, frame_id: int, ref: str) -> Response:
    with services().database.reading() as session:
        desk = current_desk(open_frame(session, slug, frame_id))
        session.expunge_all()
    return save_coding(desk, ref_of(ref))
