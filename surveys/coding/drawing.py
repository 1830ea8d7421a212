"""Drawing comments at random for a second coder, who codes them blind.

A sample is a round of a frame, 1 and up; round 0 is the coding that counts. The second coder sees no first codes, and
nobody sees the second codes before the whole sample is coded. What the first coder said is kept with the sample when it
is drawn, so that recoding afterwards does not change what was measured.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, exists, func, select
from sqlalchemy.orm import Session

from surveys.coding.frames import lock
from surveys.comments.states import usable_comments
from surveys.storage import tables

LEAST = 50
"""Comments that a second coder gets at least, where so many are coded; else all of them."""

SHARE = 10
"""Of so many coded comments the second coder gets one, where that is more."""


class SampleRefused(ValueError):
    """No sample can be drawn as asked; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class SampleStanding:
    """``coded`` of the sample's ``comments``; ``lost`` are not coded and can no longer be, for they were escalated.

    ``finished_at``: when the last one was coded, None as long as any is not.
    """

    sample: tables.CodingSample
    comments: int
    coded: int
    lost: int
    finished_at: datetime.datetime | None


def sample_size(coded: int) -> int:
    """How many of so many coded comments a second coder gets: 50 or a tenth, whichever is more, or all there are."""
    return min(coded, max(LEAST, -(-coded // SHARE)))


def draw_sample(
    session: Session,
    *,
    frame: tables.CodeFrame,
    coder: str,
    by: str,
    at: datetime.datetime,
    chance: random.Random | None = None,
) -> tables.CodingSample:
    """Draw comments of round 0 for ``coder``, each as likely as any other; comments that they know are left out.

    ``chance`` is the system's unless given. Raises SampleRefused where the coder gave one of these comments its codes,
    while another sample of the frame is not finished, and where no comment is coded.
    """
    # Two samples drawn at once would both be the next round.
    lock(session, frame)
    if open_sample(session, frame_id=frame.id) is not None:
        raise SampleRefused("A second coder is at work on these codes. Wait until they are done, or end their sample.")
    samples = [standing.sample for standing in sample_standings(session, frame_id=frame.id)]
    known = {sample.round for sample in samples if sample.coder == coder}
    coded = _coded_comments(session, frame, known_from=known)
    if not coded:
        raise SampleRefused(
            "No comment is coded with these codes yet that a second coder could read. Code comments first."
        )
    own = sum(first == coder for first in coded.values())
    if own:
        raise SampleRefused(
            f"{coder} coded {own} of these comments already, and would only agree with themselves. "
            "Choose somebody who coded none of them."
        )
    refs = (chance or random.SystemRandom()).sample(sorted(coded), sample_size(len(coded)))
    sample = tables.CodingSample(
        frame_id=frame.id,
        round=max((sample.round for sample in samples), default=0) + 1,
        organisation_id=frame.organisation_id,
        coder=coder,
        drawn_at=at,
        drawn_by=by,
    )
    session.add(sample)
    session.flush()
    said = mentions_of(session, frame_id=frame.id, round_number=0)
    session.add_all(
        tables.CodingSampleComment(
            frame_id=frame.id,
            round=sample.round,
            ref=ref,
            organisation_id=frame.organisation_id,
            first_codes=[[code, sentiment] for code, sentiment in sorted(said.get(ref, {}).items())],
        )
        for ref in refs
    )
    session.flush()
    return sample


def open_sample(session: Session, *, frame_id: int, coder: str | None = None) -> tables.CodingSample | None:
    """The frame's sample that is not finished yet, or only if it is this person's.

    Whoever has one must see nothing of round 0 of this frame until it is finished.
    """
    sample, drawn = tables.CodingSample, tables.CodingSampleComment
    unfinished = exists().where(drawn.frame_id == sample.frame_id, drawn.round == sample.round, ~_is_coded())
    query = select(sample).where(sample.frame_id == frame_id, unfinished)
    return session.scalar(query if coder is None else query.where(sample.coder == coder))


def may_code(session: Session, *, frame_id: int, round_number: int, by: str) -> bool:
    """Whether this person may code in this round now: in a sample its coder until it is finished, else anybody who has
    no unfinished one."""
    own = open_sample(session, frame_id=frame_id, coder=by)
    return round_number == (own.round if own is not None else 0)


def sampled_comments(*, frame_id: int, round_number: int) -> ColumnElement[bool]:
    """The WHERE clause for ``tables.ScreenedComment`` that were drawn for this round of the frame."""
    drawn = tables.CodingSampleComment
    return exists().where(
        drawn.ref == tables.ScreenedComment.ref, drawn.frame_id == frame_id, drawn.round == round_number
    )


def sample_standings(session: Session, *, frame_id: int) -> tuple[SampleStanding, ...]:
    """Every sample of the frame and how far it is, the newest first."""
    samples = session.scalars(
        select(tables.CodingSample)
        .where(tables.CodingSample.frame_id == frame_id)
        .order_by(tables.CodingSample.round.desc())
    ).all()
    return tuple(sample_standing(session, sample=sample) for sample in samples)


def sample_standing(session: Session, *, sample: tables.CodingSample) -> SampleStanding:
    """How far the sample is."""
    drawn, coded = tables.CodingSampleComment, tables.CodedComment
    same = and_(coded.ref == drawn.ref, coded.frame_id == drawn.frame_id, coded.round == drawn.round)
    comments, done, last = session.execute(
        select(func.count(), func.count(coded.ref), func.max(coded.coded_at))
        .select_from(drawn)
        .outerjoin(coded, same)
        .where(_drawn_in(sample))
    ).one()
    lost = len(_lost_refs(session, sample)) if done < comments else 0
    return SampleStanding(sample, comments, done, lost, last if comments and done == comments else None)


def mentions_of(session: Session, *, frame_id: int, round_number: int) -> dict[bytes, dict[int, str]]:
    """What a round of coding says of each comment that got any code: the sentiment by the code's id."""
    mention = tables.Mention
    said: dict[bytes, dict[int, str]] = {}
    for ref, code, sentiment in session.execute(
        select(mention.ref, mention.code_id, mention.sentiment).where(
            mention.frame_id == frame_id, mention.round == round_number
        )
    ):
        said.setdefault(ref, {})[code] = sentiment
    return said


def leave_out_lost(session: Session, *, sample: tables.CodingSample) -> int:
    """Take comments out of the sample that can no longer be coded; how many there were."""
    lost = session.scalars(
        delete(tables.CodingSampleComment)
        .where(_drawn_in(sample), tables.CodingSampleComment.ref.in_(_lost_refs(session, sample)))
        .returning(tables.CodingSampleComment.ref)
        .execution_options(synchronize_session="fetch")
    ).all()
    session.flush()
    return len(lost)


def end_sample(session: Session, *, sample: tables.CodingSample) -> None:
    """Give an unfinished sample up, with what was coded of it. SampleRefused for one that is finished."""
    if sample_standing(session, sample=sample).finished_at is not None:
        raise SampleRefused("This sample is finished, and what it measured stays.")
    coded = tables.CodedComment
    session.execute(delete(coded).where(coded.frame_id == sample.frame_id, coded.round == sample.round))
    session.delete(sample)
    session.flush()


def _coded_comments(session: Session, frame: tables.CodeFrame, *, known_from: Iterable[int]) -> dict[bytes, str]:
    """Who coded which usable comment in round 0, without the comments drawn in these rounds."""
    coded, drawn = tables.CodedComment, tables.CodingSampleComment
    known = exists().where(drawn.frame_id == frame.id, drawn.round.in_(known_from), drawn.ref == coded.ref)
    rows = session.execute(
        select(coded.ref, coded.coded_by)
        .join(tables.ScreenedComment, tables.ScreenedComment.ref == coded.ref)
        .where(coded.frame_id == frame.id, coded.round == 0, ~known, usable_comments(survey_id=frame.survey_id))
    )
    return {row.ref: row.coded_by for row in rows}


def _lost_refs(session: Session, sample: tables.CodingSample) -> list[bytes]:
    drawn, screened = tables.CodingSampleComment, tables.ScreenedComment
    frame = session.get_one(tables.CodeFrame, sample.frame_id)
    usable = exists().where(screened.ref == drawn.ref, usable_comments(survey_id=frame.survey_id))
    return list(session.scalars(select(drawn.ref).where(_drawn_in(sample), ~usable, ~_is_coded())))


def _drawn_in(sample: tables.CodingSample) -> ColumnElement[bool]:
    drawn = tables.CodingSampleComment
    return and_(drawn.frame_id == sample.frame_id, drawn.round == sample.round)


def _is_coded() -> ColumnElement[bool]:
    drawn, coded = tables.CodingSampleComment, tables.CodedComment
    return exists().where(coded.ref == drawn.ref, coded.frame_id == drawn.frame_id, coded.round == drawn.round)
