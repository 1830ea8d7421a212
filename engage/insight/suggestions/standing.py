"""How suggestions stand: the newest job that worked them out, and their quality in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class SuggestedCode:
    """A code and how well it is suggested. ``mentions`` coded comments have it; None: too few to learn from.

    ``right`` of 10 suggestions were right and ``found`` of 10 comments with the code were found, both on comments that
    the model had not seen; None where the code is not suggested.
    """

    name: str
    mentions: int | None
    right: int | None
    found: int | None


def suggested_in_words(model: tables.SuggestionModel, codes: Sequence[tables.Code]) -> list[SuggestedCode]:
    """A line for every code, in their order."""
    return [_line(code.name, model.quality["codes"].get(str(code.id))) for code in codes]


def suggested_in_figures(
    model: tables.SuggestionModel, codes: Sequence[tables.Code]
) -> list[tuple[str, dict[str, float]]]:
    """The names of codes that are suggested, each with its quality as it is stored."""
    kept = [(code.name, model.quality["codes"].get(str(code.id))) for code in codes]
    return [(name, quality) for name, quality in kept if quality and quality["threshold"] is not None]


def newest_job(session: Session, *, survey: tables.Survey, frame_id: int) -> tables.Job | None:
    """The last time that somebody asked for suggestions with the frame."""
    job = tables.Job
    query = select(job).where(job.organisation_id == survey.organisation_id, job.kind == "suggestions")
    asked = {"survey": survey.slug, "frame": frame_id}
    return next((one for one in session.scalars(query.order_by(job.id.desc())) if one.parameters == asked), None)


def _line(name: str, quality: dict[str, float | None] | None) -> SuggestedCode:
    if quality is None:
        return SuggestedCode(name, None, None, None)
    mentions = int(quality["mentions"] or 0)
    if quality["threshold"] is None:
        return SuggestedCode(name, mentions, None, None)
    return SuggestedCode(name, mentions, of_ten(quality["precision"] or 0), of_ten(quality["recall"] or 0))


def of_ten(share: float) -> int:
    """How many of ten a share (0-1) is about; ten only where it is all, and none only where it is none."""
    if share in (0, 1):
        return round(share * 10)
    return min(9, max(1, int(share * 10 + 0.5)))
