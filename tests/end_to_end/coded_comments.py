"""Comments of the demonstration as coders left them, for the pages on which they are coded."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import clock
from surveys.coding.coding import code_comment
from surveys.coding.drawing import draw_sample, sample_standings
from surveys.coding.frames import CodeText, frames_of, in_frame, live_codes, make_frame
from surveys.coding.samples import disagreements
from surveys.comments.states import usable_comments
from surveys.storage import tables


def coded_comments(session: Session, survey: tables.Survey, *, coder: str) -> dict[str, str]:
    """The demonstration's frame, a comment that two coders saw otherwise, and one that waits for a second coder."""
    frame = frames_of(session, survey_id=survey.id)[0]
    at, other = clock.now(), "first@example.org"
    codes = [CodeText("Waiting"), CodeText("Staff")]
    blind = make_frame(session, survey=survey, name="Once more", questions=["comment"], codes=codes, at=at, by=other)
    comment = session.scalars(
        select(tables.ScreenedComment.ref).where(usable_comments(survey_id=survey.id), in_frame(blind))
    ).first()
    assert comment is not None
    code_comment(session, frame=blind, ref=comment, choices=[], seen="", at=at, by=other)
    draw_sample(session, frame=blind, coder=coder, by=other, at=at)
    sample = sample_standings(session, frame_id=frame.id)[0].sample
    return {
        "frame_id": str(frame.id),
        "code_id": str(live_codes(session, frame_id=frame.id)[0].id),
        "round_number": str(sample.round),
        "ref": disagreements(session, sample=sample)[0].ref.hex(),
        "blind_frame": str(blind.id),
        "blind_ref": comment.hex(),
    }
