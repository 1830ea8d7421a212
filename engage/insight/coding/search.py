"""The pages on which comments are searched, and those like another one are found and coded like it.

What somebody searches for is sent in a form and never in an address: it may be somebody's words or name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.coding_events import CommentsCodedAlike
from engage.insight.coding.frames import record_coding
from engage.insight.coding.opening import OpenedFrame, open_frame, ref_of
from engage.insight.comments.opening import OpenedSurvey, open_survey
from engage.languages import direction, own_name
from engage.services import services
from surveys.coding.coding import SENTIMENTS, CodedMeanwhile, CodingRefused, code_comment, coding_of, find_comment
from surveys.coding.drawing import open_sample
from surveys.coding.frames import frames_of, live_codes, open_questions
from surveys.coding.reading import ShownComment, shown_comment, shown_comments
from surveys.coding.searched_words import LONGEST, marked, sought
from surveys.coding.searching import LAST_PAGE, PAGE, Found, Search, codes_of, rating_choices, search_comments
from surveys.coding.similar import Similar, similar_comments
from surveys.storage import tables

blueprint = Blueprint("coding_search", __name__, url_prefix="/staff/surveys/<slug>/coding")


class SearchForm(StaffForm):
    """What is not among the choices of a list is taken for its first, which is anything."""

    words = StringField("Words")
    theme = SelectField("Theme", validate_choice=False)
    question = SelectField("Question", validate_choice=False)
    rating = SelectField("Rating given", validate_choice=False)
    language = SelectField("Language", validate_choice=False)
    frame = SelectField("Frame", validate_choice=False)
    code = SelectField("Code", validate_choice=False)
    sentiment = SelectField("How it is said", validate_choice=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A comment that was found, and what it has in the frame that is looked at; None where it is not coded there."""

    comment: ShownComment
    pieces: tuple[tuple[str, bool], ...]
    codes: tuple[tuple[str, str], ...] | None
    shared: tuple[str, ...] = ()


@blueprint.get("/search")
@requires("read_comments")
def search(slug: str) -> Response:
    """The form; with what an address asks for, such as the comments of one code, its results too."""
    with services().database.reading() as session:
        opened = open_survey(session, slug)
        form = SearchForm(formdata=None, **{name: request.args.get(name, "") for name in ("frame", "code", "theme")})
        return _results(session, opened, form, is_asked=bool(form.code.data or form.theme.data))


@blueprint.post("/search")
@requires("read_comments")
def results(slug: str) -> Response:
    form = SearchForm()
    if not form.is_sent():
        abort(400)
    with services().database.reading() as session:
        return _results(session, open_survey(session, slug), form, is_asked=True)


@blueprint.get("/<int:frame_id>/<ref>/like")
@requires("code_comments")
def like(slug: str, frame_id: int, ref: str) -> Response:
    """Comments like this one, and the way to give them its codes."""
    with services().database.reading() as session:
        opened = open_frame(session, slug, frame_id)
        here = ref_of(ref)
        if find_comment(session, frame=opened.frame, ref=here) is None:
            abort(404)
        comment = shown_comment(session, survey=opened.survey, ref=here)
        lines = _like(session, opened, similar_comments(session, frame=opened.frame, ref=here))
        own = codes_of(session, frame_id=frame_id, refs=[here]).get(here)
        session.expunge_all()
    page = staff_page(
        "insight/coding/like.html",
        opened=opened,
        comment=comment,
        own=own,
        lines=lines,
        form=StaffForm(formdata=None),
        direction=direction,
        own_name=own_name,
    )
    return make_response(page)


@blueprint.post("/<int:frame_id>/<ref>/like")
@requires("code_comments")
def code_alike(slug: str, frame_id: int, ref: str) -> Response:
    """Give the ticked comments the codes of this one; those that were coded meanwhile keep theirs."""
    if not StaffForm().is_sent():
        abort(400)
    wanted = [ref_of(one) for one in dict.fromkeys(request.form.getlist("like"))]
    who, at, done = staff(), clock.now(), 0
    with services().database.writing() as session:
        frame = open_frame(session, slug, frame_id).frame
        source = coding_of(session, frame_id=frame_id, ref=ref_of(ref))
        if source is None:
            abort(404)
        for other in wanted:
            try:
                code_comment(session, frame=frame, ref=other, choices=source.choices, seen="", at=at, by=who.email)
                done += 1
            except (CodedMeanwhile, CodingRefused):
                continue
        if done:
            record_coding(session, CommentsCodedAlike(slug, frame_id, done))
    return make_response(redirect(url_for("coding_search.like", slug=slug, frame_id=frame_id, ref=ref), 303))


def _results(session: Session, opened: OpenedSurvey, form: SearchForm, *, is_asked: bool) -> Response:
    frame = _chosen_frame(session, opened, form)
    _offer(session, opened, form, frame)
    words = sought(str(form.words.data or ""))
    page = _page_number(request.form.get("page", "1"))
    found = None
    if is_asked:
        chosen = {name: str(form[name].data or "") for name in ("theme", "question", "language", "rating", "sentiment")}
        code_id = int(form.code.data) if form.code.data else None
        wanted = Search(words, frame_id=frame.id if frame else None, code_id=code_id, **chosen)
        found = search_comments(session, survey=opened.survey, search=wanted, page=page)
    lines = _lines(session, frame, found) if found else ()
    session.expunge_all()
    answer = staff_page(
        "insight/coding/search.html",
        opened=opened,
        form=form,
        frame=frame,
        found=found,
        lines=lines,
        words=words,
        page=page,
        pages=-(-found.comments // PAGE) if found else 0,
        longest=LONGEST,
        may_code="code_comments" in opened.may,
        direction=direction,
        own_name=own_name,
    )
    return make_response(answer)


def _lines(session: Session, frame: tables.CodeFrame | None, found: Found) -> list[Line]:
    refs = [hit.comment.ref for hit in found.hits]
    codes = codes_of(session, frame_id=frame.id, refs=refs) if frame else {}
    return [Line(hit.comment, hit.pieces, codes.get(hit.comment.ref)) for hit in found.hits]


def _like(session: Session, opened: OpenedFrame, similar: tuple[Similar, ...]) -> list[Line]:
    refs = [one.ref for one in similar]
    shown = shown_comments(session, survey=opened.survey, refs=refs)
    codes = codes_of(session, frame_id=opened.frame.id, refs=refs)
    return [
        Line(shown[one.ref], marked(shown[one.ref].words, one.shared), codes.get(one.ref), one.shared)
        for one in similar
    ]


def _chosen_frame(session: Session, opened: OpenedSurvey, form: SearchForm) -> tables.CodeFrame | None:
    """The frame whose codes are shown: the one that was chosen, else the survey's only one."""
    frames = frames_of(session, survey_id=opened.survey.id)
    chosen = next((one for one in frames if str(one.id) == form.frame.data), None)
    if chosen is None and len(frames) == 1:
        chosen = frames[0]
    return None if chosen is not None and _is_blind(session, chosen) else chosen


def _is_blind(session: Session, frame: tables.CodeFrame) -> bool:
    """Whether the signed-in person codes a sample of the frame without seeing what others gave."""
    return open_sample(session, frame_id=frame.id, coder=staff().email) is not None


def _offer(session: Session, opened: OpenedSurvey, form: SearchForm, frame: tables.CodeFrame | None) -> None:
    questionnaire = opened.questionnaire
    in_own = questionnaire.language
    choices: dict[str, list[tuple[str, str]]] = {
        "theme": [(one.id, one.plain_title.in_language(in_own)) for one in questionnaire.themes],
        "question": [(one.id, one.text) for one in open_questions(session, survey=opened.survey)],
        "rating": list(rating_choices(questionnaire)),
        "language": [(one, own_name(one)) for one in questionnaire.languages],
        "frame": [(str(one.id), one.name) for one in frames_of(session, survey_id=opened.survey.id)],
        "code": [(str(one.id), one.name) for one in live_codes(session, frame_id=frame.id)] if frame else [],
        "sentiment": [(one, one.capitalize()) for one in SENTIMENTS] if frame else [],
    }
    for name, offered in choices.items():
        field: Any = form[name]
        field.choices = [("", "Any"), *offered]
        if field.data not in dict(offered):
            field.data = ""


def _page_number(text: str) -> int:
    return min(int(text), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 9 else 1
