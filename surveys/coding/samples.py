"""What samples show: how far two coders agree about each code, and about which comments they differ.

``agreement_tables`` gives per code the comments to which both, one or neither coder gave it, with the figures that
follow. Whoever prints them prints the number of comments beside them, and shows no number of people that is smaller
than the survey's smallest.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.coding.agreement import Agreement, Verdict, agreement, verdict
from surveys.coding.drawing import SampleStanding, mentions_of, sample_standing, sample_standings, sampled_comments
from surveys.coding.frames import all_codes, live_codes
from surveys.coding.merging import joined_sentiment
from surveys.comments.states import usable_comments
from surveys.storage import tables

Said = Mapping[int, str]
"""What somebody said of a comment: the sentiment by the code's id."""


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """In how many comments of a sample both coders gave the code, only one of them, or neither."""

    code: tables.Code
    both: int
    only_first: int
    only_second: int
    neither: int
    figures: Agreement
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class SampleAgreement:
    """How far two coders agreed on a whole sample; ``coded`` comments were coded, most of them by ``first_coders``.

    ``same_sentiment`` of the ``shared`` codes, which both gave to the same comment, also got the same sentiment.
    ``changes`` of the frame were made between drawing and finishing, so that the two did not work with the same codes.
    """

    standing: SampleStanding
    codes: tuple[CodeAgreement, ...]
    shared: int
    same_sentiment: int
    changes: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A comment, by its name, to which the two coders gave different codes; ``now`` is what it has in round 0 today."""

    ref: bytes
    first: Said
    second: Said
    now: Said


def agreement_tables(session: Session, *, frame_id: int) -> tuple[SampleAgreement, ...]:
    """How far the coders agreed, for every finished sample of the frame, the newest first.

    A code stands for what was merged into it. Codes that were taken out or split since are not listed, nor are those
    that were added after the sample was drawn and that nobody gave.
    """
    return tuple(
        _agreement(session, standing)
        for standing in sample_standings(session, frame_id=frame_id)
        if standing.finished_at is not None
    )


def disagreements(session: Session, *, sample: tables.CodingSample) -> tuple[Disagreement, ...]:
    """The comments of a finished sample whose codes differ, in the order of their random names.

    Empty for one that is not finished. Comments that were escalated meanwhile are not among them.
    """
    if sample_standing(session, sample=sample).finished_at is None:
        return ()
    frame = session.get_one(tables.CodeFrame, sample.frame_id)
    usable = session.scalars(
        select(tables.ScreenedComment.ref)
        .where(
            usable_comments(survey_id=frame.survey_id),
            sampled_comments(frame_id=sample.frame_id, round_number=sample.round),
        )
        .order_by(tables.ScreenedComment.ref)
    )
    said = _both(session, sample)
    now = mentions_of(session, frame_id=sample.frame_id, round_number=0)
    return tuple(
        Disagreement(ref, *said[ref], now.get(ref, {})) for ref in usable if set(said[ref][0]) != set(said[ref][1])
    )


def _agreement(session: Session, standing: SampleStanding) -> SampleAgreement:
    sample = standing.sample
    pairs = list(_both(session, sample).values())
    drawn_with = _version_at(session, sample, sample.drawn_at)
    finished_with = _version_at(session, sample, standing.finished_at or sample.drawn_at)
    shared = [(first[code], second[code]) for first, second in pairs for code in first.keys() & second.keys()]
    given = {code for pair in pairs for said in pair for code in said}
    return SampleAgreement(
        standing,
        tuple(
            _code_agreement(code, pairs)
            for code in live_codes(session, frame_id=sample.frame_id)
            if code.added_in <= drawn_with or code.id in given
        ),
        len(shared),
        sum(first == second for first, second in shared),
        finished_with - drawn_with,
    )


def _version_at(session: Session, sample: tables.CodingSample, at: datetime.datetime) -> int:
    change = tables.CodeFrameChange
    newest = select(func.max(change.version)).where(change.frame_id == sample.frame_id, change.at <= at)
    return session.scalar(newest) or 1


def _code_agreement(code: tables.Code, pairs: list[tuple[Said, Said]]) -> CodeAgreement:
    both = sum(code.id in first and code.id in second for first, second in pairs)
    only_first = sum(code.id in first for first, _ in pairs) - both
    only_second = sum(code.id in second for _, second in pairs) - both
    neither = len(pairs) - both - only_first - only_second
    # A finished sample has comments, and so there are figures.
    figures = cast(Agreement, agreement([[both, only_first], [only_second, neither]]))
    return CodeAgreement(
        code, both, only_first, only_second, neither, figures, verdict(figures, given=len(pairs) - neither)
    )


def _both(session: Session, sample: tables.CodingSample) -> dict[bytes, tuple[Said, Said]]:
    """What the first coder had said when the sample was drawn, and what the second said, by today's codes."""
    drawn = tables.CodingSampleComment
    first = session.execute(
        select(drawn.ref, drawn.first_codes).where(drawn.frame_id == sample.frame_id, drawn.round == sample.round)
    )
    second = mentions_of(session, frame_id=sample.frame_id, round_number=sample.round)
    live = _live_code_of(session, sample.frame_id)
    return {
        ref: (_by_todays_codes(codes, live), _by_todays_codes(second.get(ref, {}).items(), live))
        for ref, codes in first
    }


def _live_code_of(session: Session, frame_id: int) -> dict[int, int]:
    """For every code the live one that stands for it now; none for a code that was taken out or split."""
    codes = all_codes(session, frame_id=frame_id)

    def stands_for(code: tables.Code) -> tables.Code:
        return code if code.merged_into_id is None else stands_for(codes[code.merged_into_id])

    now = {code.id: stands_for(code) for code in codes.values()}
    return {one: code.id for one, code in now.items() if code.retired_in is None}


def _by_todays_codes(said: Iterable[tuple[int, str]], live: Mapping[int, int]) -> Said:
    told: dict[int, list[str]] = {}
    for code, sentiment in said:
        if code in live:
            told.setdefault(live[code], []).append(sentiment)
    return {code: joined_sentiment(sentiments) for code, sentiments in told.items()}
