"""A code frame of the signed-in person's survey, and comments by the names that addresses give them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, redirect, url_for
from sqlalchemy.orm import Session

from engage.access.signed_in import staff
from engage.insight.comments.opening import OpenedSurvey, open_survey
from surveys.coding.drawing import open_sample
from surveys.coding.frames import find_code, find_frame
from surveys.storage import tables

_HEX_DIGITS = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class OpenedFrame(OpenedSurvey):
    """A frame of a survey."""

    frame: tables.CodeFrame


def open_frame(session: Session, slug: str, frame_id: int, *, in_sample: bool = False) -> OpenedFrame:
    """The frame of the signed-in person's survey; ends the request with 404 where there is none.

    Whoever codes a sample of it blind is led to that sample, except where the page is ``in_sample``: everything else
    could tell them what the first coder said.
    """
    opened = open_survey(session, slug)
    frame = find_frame(session, survey_id=opened.survey.id, frame_id=frame_id) or abort(404)
    if not in_sample and open_sample(session, frame_id=frame.id, coder=staff().email):
        abort(redirect(url_for("agreement.show", slug=slug, frame_id=frame.id), 303))
    return OpenedFrame(opened.survey, opened.questionnaire, opened.may, frame)


def open_code(session: Session, opened: OpenedFrame, code_id: int) -> tables.Code:
    """A code of the frame that is in use; ends the request with 404 where there is none."""
    code = find_code(session, frame_id=opened.frame.id, code_id=code_id)
    return code if code is not None and code.retired_in is None else abort(404)


def ref_of(name: str) -> bytes:
    """The comment that an address names; ends the request with 404 where it can name none."""
    return bytes.fromhex(name) if len(name) == 32 and set(name) <= _HEX_DIGITS else abort(404)
