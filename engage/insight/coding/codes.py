"""The pages on which single codes of a frame are made, reworded, ordered, split, merged and retired."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort, make_response, redirect, url_for
from sqlalchemy.orm import Session

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.coding_events import CodeFrameChanged
from engage.insight.coding.forms import MOST_PARTS, CodeForm, MergeForm, RewordForm, SplitForm
from engage.insight.coding.frames import record_coding
from engage.insight.coding.opening import OpenedFrame, open_code, open_frame
from engage.services import services
from surveys.coding.changing import add_code, move_code, reword_code, split_code
from surveys.coding.code_list import comments_per_code
from surveys.coding.frames import FrameRefused, is_used, live_codes
from surveys.coding.merging import merge_codes, retire_code
from surveys.storage import tables

blueprint = Blueprint("coding_codes", __name__, url_prefix="/staff/surveys/<slug>/coding/<int:frame_id>/codes")

_Change = Callable[[Session, tables.CodeFrame, tables.Code], tuple[str, list[str], int]]
"""Changes a code, and says what was done, to which codes by key, and how many comments it moved."""


@blueprint.route("/new", methods=["GET", "POST"])
@requires("code_comments")
def new(slug: str, frame_id: int) -> Response:
    with services().database.reading() as session:
        opened = open_frame(session, slug, frame_id)
        session.expunge_all()
    form, errors = CodeForm(), {}
    if form.is_sent():
        try:
            with services().database.writing() as session:
                frame = open_frame(session, slug, frame_id).frame
                code = add_code(session, frame=frame, text=form.text(), at=clock.now(), by=staff().email)
                record_coding(session, CodeFrameChanged(slug, frame_id, "add", (code.key,), 0))
        except FrameRefused as refused:
            errors = {"name": str(refused)}
        else:
            return _back(slug, frame_id)
    errors = errors or _faults(form)
    page = staff_page("insight/coding/new_code.html", opened=opened, form=form, errors=errors)
    return make_response(page, 422 if errors else 200)


@blueprint.get("/<int:code_id>")
@requires("code_comments")
def edit(slug: str, frame_id: int, code_id: int) -> Response:
    """A code's words, and the ways to order, split, merge and retire it."""
    return _code_page(slug, frame_id, code_id)


@blueprint.post("/<int:code_id>")
@requires("code_comments")
def reword(slug: str, frame_id: int, code_id: int) -> Response:
    form = RewordForm()
    with services().database.reading() as session:
        used = is_used(session, frame=open_frame(session, slug, frame_id).frame)
    if not used:
        del form.meaning
    if not form.is_sent():
        return _code_page(slug, frame_id, code_id, reword_form=form)
    same = not used or form.meaning.data == "same"

    def change(session: Session, frame: tables.CodeFrame, code: tables.Code) -> tuple[str, list[str], int]:
        now = reword_code(session, code=code, text=form.text(), same_meaning=same, at=clock.now(), by=staff().email)
        return ("reword" if now is code else "replace"), sorted({code.key, now.key}), 0

    return _changed(slug, frame_id, code_id, change, lambda told: _code_page(slug, frame_id, code_id, told, form))


@blueprint.post("/<int:code_id>/<any(up, down):direction>")
@requires("code_comments")
def move(slug: str, frame_id: int, code_id: int, direction: str) -> Response:
    """One place up or down in the list."""
    if not StaffForm().is_sent():
        abort(400)
    with services().database.writing() as session:
        code = open_code(session, open_frame(session, slug, frame_id), code_id)
        move_code(session, code=code, up=direction == "up")
    return make_response(
        redirect(url_for("coding_frames.show", slug=slug, frame_id=frame_id, _anchor=f"code-{code_id}"), 303)
    )


@blueprint.route("/<int:code_id>/split", methods=["GET", "POST"])
@requires("code_comments")
def split(slug: str, frame_id: int, code_id: int) -> Response:
    form = SplitForm()

    def change(session: Session, frame: tables.CodeFrame, code: tables.Code) -> tuple[str, list[str], int]:
        had = comments_per_code(session, frame=frame).get(code.id, 0)
        parts = split_code(session, code=code, into=form.parts(), at=clock.now(), by=staff().email)
        return "split", [code.key, *(one.key for one in parts)], had

    if form.is_sent():
        return _changed(slug, frame_id, code_id, change, lambda told: _split_page(slug, frame_id, code_id, form, told))
    return _split_page(slug, frame_id, code_id, form)


@blueprint.route("/<int:code_id>/merge", methods=["GET", "POST"])
@requires("code_comments")
def merge(slug: str, frame_id: int, code_id: int) -> Response:
    """Other codes go into this one."""
    form = MergeForm()
    with services().database.reading() as session:
        opened = open_frame(session, slug, frame_id)
        others = [one for one in live_codes(session, frame_id=frame_id) if one.id != code_id]
        form.merged.choices = [(str(one.id), one.name) for one in others]

    def change(session: Session, frame: tables.CodeFrame, code: tables.Code) -> tuple[str, list[str], int]:
        gone = [open_code(session, opened, int(one)) for one in form.merged.data or ()]
        keys = [code.key, *(one.key for one in gone)]
        return "merge", keys, merge_codes(session, kept=code, merged=gone, at=clock.now(), by=staff().email)

    if form.is_sent():
        return _changed(slug, frame_id, code_id, change, lambda told: _merge_page(slug, frame_id, code_id, form, told))
    return _merge_page(slug, frame_id, code_id, form)


@blueprint.route("/<int:code_id>/retire", methods=["GET", "POST"])
@requires("code_comments")
def retire(slug: str, frame_id: int, code_id: int) -> Response:
    form = StaffForm()

    def change(session: Session, frame: tables.CodeFrame, code: tables.Code) -> tuple[str, list[str], int]:
        return "retire", [code.key], retire_code(session, code=code, at=clock.now(), by=staff().email)

    if form.is_sent():
        return _changed(slug, frame_id, code_id, change, lambda _: _back(slug, frame_id))
    opened, code, comments = _opened(slug, frame_id, code_id)
    page = staff_page("insight/coding/retire.html", opened=opened, code=code, comments=comments, form=form)
    return make_response(page)


def _changed(
    slug: str, frame_id: int, code_id: int, change: _Change, refused_page: Callable[[str], Response]
) -> Response:
    """Change the code, write it down and go back to the frame; the page again where that is refused."""
    try:
        with services().database.writing() as session:
            opened = open_frame(session, slug, frame_id)
            code = open_code(session, opened, code_id)
            what, keys, comments = change(session, opened.frame, code)
            record_coding(session, CodeFrameChanged(slug, frame_id, what, tuple(keys), comments))
    except FrameRefused as refused:
        return refused_page(str(refused))
    return _back(slug, frame_id)


def _opened(slug: str, frame_id: int, code_id: int) -> tuple[OpenedFrame, tables.Code, int]:
    with services().database.reading() as session:
        opened = open_frame(session, slug, frame_id)
        code = open_code(session, opened, code_id)
        comments = comments_per_code(session, frame=opened.frame).get(code.id, 0)
        session.expunge_all()
    return opened, code, comments


def _code_page(
    slug: str, frame_id: int, code_id: int, refused: str = "", reword_form: RewordForm | None = None
) -> Response:
    opened, code, comments = _opened(slug, frame_id, code_id)
    with services().database.reading() as session:
        used = is_used(session, frame=opened.frame)
        several = len(live_codes(session, frame_id=frame_id)) > 1
    form = reword_form or RewordForm(formdata=None, obj=code)
    if not used and form.meaning:
        del form.meaning
    errors = {"name": refused} if refused else _faults(form)
    page = staff_page(
        "insight/coding/code.html",
        opened=opened,
        code=code,
        comments=comments,
        used=used,
        several=several,
        form=form,
        errors=errors,
    )
    return make_response(page, 422 if errors else 200)


def _split_page(slug: str, frame_id: int, code_id: int, form: SplitForm, refused: str = "") -> Response:
    opened, code, comments = _opened(slug, frame_id, code_id)
    errors = {"name_1": refused} if refused else _faults(form)
    page = staff_page(
        "insight/coding/split.html",
        opened=opened,
        code=code,
        comments=comments,
        form=form,
        rows=range(1, MOST_PARTS + 1),
        errors=errors,
    )
    return make_response(page, 422 if errors else 200)


def _merge_page(slug: str, frame_id: int, code_id: int, form: MergeForm, refused: str = "") -> Response:
    opened, code, comments = _opened(slug, frame_id, code_id)
    errors = {"merged": refused} if refused else _faults(form)
    page = staff_page(
        "insight/coding/merge.html", opened=opened, code=code, comments=comments, form=form, errors=errors
    )
    return make_response(page, 422 if errors else 200)


def _faults(form: StaffForm) -> dict[str, str]:
    return {name: messages[0] for name, messages in form.errors.items() if name}


def _back(slug: str, frame_id: int) -> Response:
    return make_response(redirect(url_for("coding_frames.show", slug=slug, frame_id=frame_id), 303))
