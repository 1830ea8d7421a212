"""What a finished sample shows: how far both coders agree, and the comments about which they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for
from sqlalchemy.orm import Session

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.insight.coding.desk import CodingForm, OfferedCode
from engage.insight.coding.opening import OpenedFrame, open_frame, ref_of
from engage.languages import direction, own_name
from engage.services import services
from surveys.coding.agreement import two_places, whole_percent
from surveys.coding.coding import SENTIMENTS, Choice, CodedMeanwhile, CodingRefused, Sentiment, code_comment, coding_of
from surveys.coding.frames import live_codes
from surveys.coding.reading import ShownComment, shown_comment, shown_comments
from surveys.coding.samples import Disagreement, SampleAgreement, agreement_tables, disagreements
from surveys.storage import tables

blueprint = Blueprint(
    "second_coder_outcome",
    __name__,
    url_prefix="/staff/surveys/<slug>/coding/<int:frame_id>/second-coder/<int:round_number>",
)

ON_A_PAGE = 20

MEANT = {
    "strong": "Strong",
    "usable": "Usable",
    "recode": "Brief again and recode",
    "not defined": "Kappa not defined",
    "too few": "Too few to say",
}
"""What a verdict says on the page."""

_MEANWHILE = "Somebody else coded this comment meanwhile. Look at what it has now, then decide"


@dataclass(frozen=True, slots=True)
class _Decided:
    """A comment to decide about, with the codes that anybody gave it. ``seen`` is its coding of round 0."""

    comment: ShownComment
    differing: Disagreement
    codes: tuple[tables.Code, ...]
    seen: str
    accepted: frozenset[int]


@blueprint.get("")
@requires("code_comments")
def show(slug: str, frame_id: int, round_number: int) -> Response:
    """How far both coders agree, code by code."""
    with services().database.reading() as session:
        opened, found = _finished(session, slug, frame_id, round_number)
        differing = len(disagreements(session, sample=found.standing.sample))
        session.expunge_all()
    page = staff_page(
        "insight/agreement/agreement.html",
        opened=opened,
        found=found,
        differing=differing,
        two_places=two_places,
        percent=whole_percent,
        meant=MEANT,
    )
    return make_response(page)


@blueprint.get("/differences")
@requires("code_comments")
def differences(slug: str, frame_id: int, round_number: int) -> Response:
    """The comments about which they differ, some on each page."""
    with services().database.reading() as session:
        opened, found = _finished(session, slug, frame_id, round_number)
        everything = disagreements(session, sample=found.standing.sample)
        pages = max(1, -(-len(everything) // ON_A_PAGE))
        number = min(max(request.args.get("page", 1, type=int), 1), pages)
        some = everything[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        shown = shown_comments(session, survey=opened.survey, refs=[one.ref for one in some])
        codes = {code.id: code for code in live_codes(session, frame_id=frame_id)}
        session.expunge_all()
    page = staff_page(
        "insight/agreement/differences.html",
        opened=opened,
        found=found,
        differing=[(one, shown[one.ref]) for one in some],
        total=len(everything),
        number=number,
        pages=pages,
        codes=codes,
        direction=direction,
        own_name=own_name,
    )
    return make_response(page)


@blueprint.get("/differences/<ref>")
@requires("code_comments")
def decide(slug: str, frame_id: int, round_number: int, ref: str) -> Response:
    """What each gave a comment, and a form to decide what it has from now on."""
    return _decision(slug, frame_id, round_number, ref_of(ref))


@blueprint.post("/differences/<ref>")
@requires("code_comments")
def save(slug: str, frame_id: int, round_number: int, ref: str) -> Response:
    form, name = CodingForm(), ref_of(ref)
    if not form.is_sent():
        abort(400)
    try:
        with services().database.writing() as session:
            opened, decided = _disputed(session, slug, frame_id, round_number, name)
            choices = [
                Choice(code.id, said, code.id in decided.accepted)
                for code in decided.codes
                if str(code.id) in request.form.getlist("code")
                for said in [_said(request.form.get(f"sentiment-{code.id}", ""))]
            ]
            code_comment(
                session,
                frame=opened.frame,
                ref=name,
                choices=choices,
                seen=str(form.seen.data or ""),
                at=clock.now(),
                by=staff().email,
            )
    except CodedMeanwhile:
        return _decision(slug, frame_id, round_number, name, {"codes": _MEANWHILE})
    except CodingRefused as refused:
        return _decision(slug, frame_id, round_number, name, {"codes": str(refused)})
    page = request.args.get("page", 1, type=int)
    address = url_for(
        "second_coder_outcome.differences",
        slug=slug,
        frame_id=frame_id,
        round_number=round_number,
        page=page,
        _anchor=f"comment-{ref}",
    )
    return make_response(redirect(address, 303))


def _decision(
    slug: str, frame_id: int, round_number: int, ref: bytes, errors: Mapping[str, str] | None = None
) -> Response:
    with services().database.reading() as session:
        opened, decided = _disputed(session, slug, frame_id, round_number, ref)
        session.expunge_all()
    now = decided.differing.now
    page = staff_page(
        "insight/agreement/decide.html",
        opened=opened,
        round_number=round_number,
        page=request.args.get("page", 1, type=int),
        decided=decided,
        codes=[OfferedCode(code, "", _said(now[code.id]) if code.id in now else None) for code in decided.codes],
        names={code.id: code for code in decided.codes},
        sentiments=SENTIMENTS,
        form=CodingForm(formdata=None),
        errors=errors or {},
        direction=direction,
        own_name=own_name,
    )
    return make_response(page, 409 if errors else 200)


def _disputed(
    session: Session, slug: str, frame_id: int, round_number: int, ref: bytes
) -> tuple[OpenedFrame, _Decided]:
    opened, found = _finished(session, slug, frame_id, round_number)
    differing = next((one for one in disagreements(session, sample=found.standing.sample) if one.ref == ref), None)
    if differing is None:
        abort(404)
    given = {*differing.first, *differing.second, *differing.now}
    now = coding_of(session, frame_id=frame_id, ref=ref)
    decided = _Decided(
        comment=shown_comment(session, survey=opened.survey, ref=ref),
        differing=differing,
        codes=tuple(code for code in live_codes(session, frame_id=frame_id) if code.id in given),
        seen=now.seen if now else "",
        accepted=frozenset(one.code_id for one in now.choices if one.suggested) if now else frozenset(),
    )
    return opened, decided


def _finished(session: Session, slug: str, frame_id: int, round_number: int) -> tuple[OpenedFrame, SampleAgreement]:
    opened = open_frame(session, slug, frame_id)
    found = agreement_tables(session, frame_id=frame_id)
    return opened, next((one for one in found if one.standing.sample.round == round_number), None) or abort(404)


def _said(word: str) -> Sentiment:
    """The sentiment that a form says; neutral for what no page of ours offers."""
    return next((one for one in SENTIMENTS if one == word), "neutral")
