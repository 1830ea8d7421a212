"""The pages of code frames: which there are, what is in one, its history and its list of codes."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, url_for
from sqlalchemy.orm import Session

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.coding_events import CodeFrameChanged, CodeFrameMade, CodeListExported
from engage.audit.recording import Event, record
from engage.insight.coding.forms import FrameForm, NewFrameForm
from engage.insight.coding.opening import open_frame
from engage.insight.comments.opening import OpenedSurvey, open_survey
from engage.languages import own_name
from engage.services import services
from surveys.coding.changing import waiting_for_recoding
from surveys.coding.code_list import code_list_csv, comments_per_code
from surveys.coding.frames import (
    FrameRefused,
    all_codes,
    change_frame,
    frames_of,
    live_codes,
    make_frame,
    open_questions,
)
from surveys.coding.history import history
from surveys.coding.merging import undo_change
from surveys.coding.reading import titles
from surveys.coding.saturation import saturation
from surveys.coding.starting import starting_frames
from surveys.coding.to_code import languages_to_code, progress, whole
from surveys.storage import tables

blueprint = Blueprint("coding_frames", __name__, url_prefix="/staff/surveys/<slug>/coding")

EMPTY = "empty"


@blueprint.get("")
@requires("code_comments")
def overview(slug: str) -> Response:
    """The survey's frames, and a form to make one."""
    form = NewFrameForm(formdata=None)
    return _overview(slug, form)


@blueprint.post("")
@requires("code_comments")
def make(slug: str) -> Response:
    form = NewFrameForm()
    with services().database.reading() as session:
        _offer(session, open_survey(session, slug), form)
    if not form.is_sent():
        return _overview(slug, form)
    start = starting_frames().get(str(form.start.data))
    try:
        with services().database.writing() as session:
            opened = open_survey(session, slug)
            frame = make_frame(
                session,
                survey=opened.survey,
                name=str(form.name.data).strip(),
                questions=form.questions.data or (),
                codes=start.codes if start else (),
                at=clock.now(),
                by=staff().email,
            )
            record_coding(session, CodeFrameMade(slug, frame.id, start.id if start else EMPTY))
            frame_id = frame.id
    except FrameRefused as refused:
        return _overview(slug, form, {_field_at_fault(refused): str(refused)})
    return make_response(redirect(url_for("coding_frames.show", slug=slug, frame_id=frame_id), 303))


@blueprint.get("/<int:frame_id>")
@requires("code_comments")
def show(slug: str, frame_id: int) -> Response:
    """A frame: how far the coding is, its codes, and everything that can be done with it."""
    with services().database.reading() as session:
        opened = open_frame(session, slug, frame_id)
        frame = opened.frame
        items = progress(session, frame=frame)
        known = {item.key for item in opened.questionnaire.items}
        values = {
            "codes": live_codes(session, frame_id=frame.id),
            "per_code": comments_per_code(session, frame=frame),
            "items": [
                (key, *(titles(opened.questionnaire, key) if key in known else ("", key)), far)
                for key, far in sorted(items.items(), key=lambda one: _place(opened, one[0]))
            ],
            "whole": whole(items),
            "waiting": sum(waiting_for_recoding(session, frame_id=frame.id).values()),
            "languages": languages_to_code(session, frame=frame),
        }
        session.expunge_all()
    page = staff_page(
        "insight/coding/frame.html", opened=opened, own_name=own_name, button=StaffForm(formdata=None), **values
    )
    return make_response(page)


@blueprint.route("/<int:frame_id>/settings", methods=["GET", "POST"])
@requires("code_comments")
def settings(slug: str, frame_id: int) -> Response:
    """The frame's name, and the questions it applies to."""
    with services().database.reading() as session:
        opened = open_frame(session, slug, frame_id)
        form = FrameForm(name=opened.frame.name, questions=opened.frame.questions)
        _offer(session, opened, form)
        session.expunge_all()
    errors: dict[str, str] = {}
    if form.is_sent():
        try:
            with services().database.writing() as session:
                frame = open_frame(session, slug, frame_id).frame
                name, chosen = str(form.name.data).strip(), form.questions.data or ()
                change_frame(session, frame=frame, name=name, questions=chosen, at=clock.now(), by=staff().email)
                record_coding(session, CodeFrameChanged(slug, frame_id, "settings", (), 0))
        except FrameRefused as refused:
            errors = {_field_at_fault(refused): str(refused)}
        else:
            return make_response(redirect(url_for("coding_frames.show", slug=slug, frame_id=frame_id), 303))
    errors = errors or {name: messages[0] for name, messages in form.errors.items() if name}
    page = staff_page("insight/coding/settings.html", opened=opened, form=form, errors=errors)
    return make_response(page, 422 if errors else 200)


@blueprint.get("/<int:frame_id>/history")
@requires("code_comments")
def changes(slug: str, frame_id: int) -> Response:
    """What became of the codes."""
    return _history(slug, frame_id)


@blueprint.post("/<int:frame_id>/history/<int:change_id>/undo")
@requires("code_comments")
def undo(slug: str, frame_id: int, change_id: int) -> Response:
    if not StaffForm().is_sent():
        abort(400)
    try:
        with services().database.writing() as session:
            frame = open_frame(session, slug, frame_id).frame
            change = session.get(tables.CodeFrameChange, change_id)
            if change is None or change.frame_id != frame.id:
                abort(404)
            undone = undo_change(session, change=change, at=clock.now(), by=staff().email)
            key = all_codes(session, frame_id=frame.id)[change.change["code"]].key
            record_coding(session, CodeFrameChanged(slug, frame_id, "undo", (key,), undone.restored))
    except FrameRefused as refused:
        return _history(slug, frame_id, {"main": str(refused)})
    return make_response(redirect(url_for("coding_frames.changes", slug=slug, frame_id=frame_id), 303))


@blueprint.get("/<int:frame_id>/codebook")
@requires("code_comments")
def codebook(slug: str, frame_id: int) -> Response:
    """All codes with what they mean, and what became of them, to be printed or published."""
    with services().database.reading() as session:
        opened = open_frame(session, slug, frame_id)
        codes = live_codes(session, frame_id=frame_id)
        lines = history(session, frame=opened.frame)
        asked = {one.id: one.text for one in open_questions(session, survey=opened.survey)}
        session.expunge_all()
    page = staff_page("insight/coding/codebook.html", opened=opened, codes=codes, lines=lines, asked=asked)
    return make_response(page)


@blueprint.get("/<int:frame_id>/codebook.csv")
@requires("code_comments")
def codebook_csv(slug: str, frame_id: int) -> Response:
    with services().database.writing() as session:
        opened = open_frame(session, slug, frame_id)
        content = code_list_csv(session, frame=opened.frame)
        record_coding(session, CodeListExported(slug, frame_id))
    response = Response("\ufeff" + content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-codes-{frame_id}.csv"'
    return response


@blueprint.get("/<int:frame_id>/saturation")
@requires("code_comments")
def new_codes(slug: str, frame_id: int) -> Response:
    """Whether new codes still come up."""
    with services().database.reading() as session:
        opened = open_frame(session, slug, frame_id)
        found = saturation(session, frame=opened.frame)
        session.expunge_all()
    return make_response(staff_page("insight/coding/saturation.html", opened=opened, found=found))


def record_coding(session: Session, event: Event) -> None:
    """Write the event to the trail of the signed-in person's organisation."""
    who = staff()
    record(session, event, organisation_id=who.organisation_id, by=who.email, at=clock.now())


def _overview(slug: str, form: NewFrameForm, refused: dict[str, str] | None = None) -> Response:
    with services().database.reading() as session:
        opened = open_survey(session, slug)
        frames = frames_of(session, survey_id=opened.survey.id, kind="codes")
        far = {frame.id: whole(progress(session, frame=frame)) for frame in frames}
        codes = {frame.id: len(live_codes(session, frame_id=frame.id)) for frame in frames}
        _offer(session, opened, form)
        session.expunge_all()
    errors = refused or {name: messages[0] for name, messages in form.errors.items() if name}
    page = staff_page(
        "insight/coding/frames.html",
        opened=opened,
        frames=frames,
        far=far,
        codes=codes,
        form=form,
        purposes={one.id: one.purpose for one in starting_frames().values()},
        errors=errors,
    )
    return make_response(page, 422 if errors else 200)


def _history(slug: str, frame_id: int, problems: dict[str, str] | None = None) -> Response:
    with services().database.reading() as session:
        opened = open_frame(session, slug, frame_id)
        lines = history(session, frame=opened.frame)
        session.expunge_all()
    page = staff_page(
        "insight/coding/history.html",
        opened=opened,
        lines=lines,
        button=StaffForm(formdata=None),
        errors=problems or {},
    )
    return make_response(page, 422 if problems else 200)


def _offer(session: Session, opened: OpenedSurvey, form: FrameForm) -> None:
    """Give the form the survey's open questions to choose from."""
    asked = open_questions(session, survey=opened.survey)
    form.questions.choices = [
        (one.id, f"{one.text} (about each theme)" if one.in_themes else one.text) for one in asked
    ]
    if isinstance(form, NewFrameForm):
        form.start.choices = [
            *((one.id, one.name) for one in starting_frames().values()),
            (EMPTY, "No codes; I add my own"),
        ]


def _place(opened: OpenedSurvey, item_key: str) -> tuple[int, str]:
    keys = [item.key for item in opened.questionnaire.items]
    return (keys.index(item_key) if item_key in keys else len(keys), item_key)


def _field_at_fault(refused: FrameRefused) -> str:
    return "questions" if "question" in str(refused) else "name"
