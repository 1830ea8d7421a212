"""How comments were coded: how many were passed on, and how far a second coder agreed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reports.disclosing import Reason, figure, optional
from reports.figures_json import Json, number_to_json
from reports.mentions.gate import FEWEST
from reports.schema_parts import COUNT, FIGURE, TEXT, WHOLE, closed_object, list_of
from reports.statistics.rounding import half_up, whole
from reports.tabulation import CodeAgreement, Coding, Figure, Raw
from surveys.coding.frames import frames_of
from surveys.coding.samples import CodeAgreement as Agreed
from surveys.coding.samples import agreement_tables
from surveys.storage import tables


def read_coding(session: Session, *, survey_id: int, frames: Iterable[str]) -> tuple[Coding[Raw], ...]:
    """How the frames of these names were used; of their samples the one that was finished last."""
    wanted = set(frames)
    state = tables.CommentState
    passed_on = session.scalar(
        select(func.count()).select_from(state).where(state.survey_id == survey_id, state.state == "escalated")
    )
    found: list[Coding[Raw]] = []
    for frame in frames_of(session, survey_id=survey_id, kind="codes"):
        if frame.name not in wanted:
            continue
        newest = next(iter(agreement_tables(session, frame_id=frame.id)), None)
        found.append(
            Coding(
                frame=frame.name,
                frame_version=frame.version,
                passed_on=passed_on or 0,
                sample=newest.standing.coded if newest else None,
                agreement=tuple(_agreement(one) for one in newest.codes) if newest else (),
            )
        )
    return tuple(found)


def _agreement(one: Agreed) -> CodeAgreement[Raw]:
    figures = one.figures
    return CodeAgreement(
        code=one.code.key,
        name=one.code.name,
        # With all its digits kappa would tell how many comments got the code.
        percent=whole(figures.percent),
        kappa=None if figures.kappa is None else half_up(figures.kappa, 2),
        standard_error=None if figures.standard_error is None else half_up(figures.standard_error, 2),
        verdict=one.verdict,
    )


def disclosed_coding(raw: Coding[Raw]) -> Coding[Figure]:
    """One to four comments that were passed on are hidden, and so is the agreement on codes that few comments got."""
    return Coding(
        frame=raw.frame,
        frame_version=raw.frame_version,
        passed_on=figure(raw.passed_on, "small cell" if 0 < raw.passed_on < FEWEST else None),
        sample=optional(raw.sample, None),
        agreement=tuple(_disclosed(one, "small cell" if one.verdict == "too few" else None) for one in raw.agreement),
    )


def _disclosed(one: CodeAgreement[Raw], reason: Reason) -> CodeAgreement[Figure]:
    return CodeAgreement(
        code=one.code,
        name=one.name,
        percent=figure(one.percent, reason),
        kappa=optional(one.kappa, reason),
        standard_error=optional(one.standard_error, reason),
        verdict=one.verdict,
    )


def coding_to_json(coding: Coding[Figure]) -> Json:
    """One frame's coding; shares 0-100."""
    return {
        "frame": coding.frame,
        "frame_version": coding.frame_version,
        "passed_on": number_to_json(coding.passed_on),
        "sample": number_to_json(coding.sample),
        "agreement": [
            {
                "code": one.code,
                "name": one.name,
                "percent": number_to_json(one.percent),
                "kappa": number_to_json(one.kappa),
                "standard_error": number_to_json(one.standard_error),
                "verdict": one.verdict,
            }
            for one in coding.agreement
        ],
    }


def coding_schema() -> Json:
    """The schema of one frame's coding."""
    verdict: Json = {"enum": ["strong", "usable", "recode", "not defined", "too few"]}
    code = {"code": TEXT, "name": TEXT, "percent": FIGURE, "kappa": FIGURE, "standard_error": FIGURE}
    return closed_object(
        {
            "frame": TEXT,
            "frame_version": WHOLE,
            "passed_on": COUNT,
            "sample": FIGURE,
            "agreement": list_of(closed_object({**code, "verdict": verdict})),
        }
    )
