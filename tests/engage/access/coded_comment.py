"""A comment that was coded by two people, and one frame more whose sample waits for an administrator."""

from __future__ import annotations

from sqlalchemy.orm import Session

from surveys.coding.changing import add_code
from surveys.coding.drawing import draw_sample
from surveys.coding.frames import CodeText, make_frame
from surveys.storage import tables
from tests.coding import code_named, give
from tests.factories import NOW

BLIND_FRAME = "2"
"""The frame of the unfinished sample, as addresses name it."""

_FIRST, _SECOND = "first@example.org", "second@example.org"


def code_it_twice(session: Session, *, survey: tables.Survey, ref: bytes, administrator: str) -> dict[str, str]:
    """The parts of addresses that lead to the codes, the finished sample and where its coders differ."""
    comment = session.get_one(tables.ScreenedComment, ref)
    codes = [CodeText(name) for name in ("Waiting", "Staff", "Parking")]
    for name in ("Points", "Points once more"):
        frame = make_frame(session, survey=survey, name=name, questions=["comment"], codes=codes, at=NOW, by=_FIRST)
        give(session, frame, comment, {"Waiting": "negative"}, by=_FIRST)
        coder = administrator if str(frame.id) == BLIND_FRAME else _SECOND
        sample = draw_sample(session, frame=frame, coder=coder, by=_FIRST, at=NOW)
        if coder == _SECOND:
            give(session, frame, comment, {"Staff": "positive"}, by=_SECOND, round_number=sample.round)
            add_code(session, frame=frame, text=CodeText("Signs"), at=NOW, by=_FIRST)
            parts = {"frame_id": str(frame.id), "code_id": str(code_named(session, frame, "Waiting").id)}
    return {**parts, "change_id": "1", "round_number": "1", "direction": "down"}
