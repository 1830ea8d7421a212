"""The daily digest for whoever reads a survey's comments: counts, and nothing that anybody wrote."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.comments.counting import QueueCounts, count_queue
from surveys.designing import find_design
from surveys.publishing import current_version, is_published, load_version
from surveys.storage import tables
from surveys.triage import Level

_LEVELS: dict[Level, str] = {
    "harm": "possible harm",
    "unsorted": "not sorted by rules",
    "identifying": "names or contact details",
    "complaint": "like a complaint",
    "rest": "the rest",
}


@dataclass(frozen=True, slots=True)
class Digest:
    """What one survey's reader is told. ``to`` is empty where nobody is named."""

    survey_id: int
    organisation_id: int
    slug: str
    title: str
    to: str
    counts: QueueCounts

    @property
    def subject(self) -> str:
        """How many wait, how many are overdue."""
        overdue = f", {self.counts.overdue} overdue" if self.counts.overdue else ""
        return f"{self.counts.waiting} {_comments(self.counts.waiting)} to read{overdue}: {self.slug}"

    def text(self, base_url: str) -> str:
        """The counts by level, and the address of the queue."""
        lines = [f"Comments that wait to be read in “{self.title}”:", ""]
        for level, words in _LEVELS.items():
            of_level = self.counts.by_level[level]
            if of_level.waiting:
                overdue = f" ({of_level.overdue} overdue)" if of_level.overdue else ""
                lines.append(f"{words}: {of_level.waiting}{overdue}")
        if self.counts.unscreened:
            lines.append(f"not sorted yet: {self.counts.unscreened}")
        address = f"{base_url}/staff/surveys/{self.slug}/comments/queue"
        return "\n".join([*lines, "", f"Read them: {address}", "", "They should be read by the end of today.", ""])


def digests(session: Session, *, today: datetime.date, slug: str | None = None) -> list[Digest]:
    """One for each published survey of the installation in which comments wait, or for those called ``slug``."""
    survey = tables.Survey
    query = select(survey).order_by(survey.id)
    if slug is not None:
        query = query.where(survey.slug == slug)
    return [found for one in session.scalars(query).all() if (found := _digest(session, one, today)) is not None]


def _digest(session: Session, survey: tables.Survey, today: datetime.date) -> Digest | None:
    if not is_published(session, survey=survey):
        return None
    counts = count_queue(session, survey=survey, today=today)
    if not counts.waiting:
        return None
    design = find_design(session, survey=survey)
    questionnaire = load_version(session, current_version(session, survey=survey).id)
    return Digest(
        survey_id=survey.id,
        organisation_id=survey.organisation_id,
        slug=survey.slug,
        title=questionnaire.title.in_language(questionnaire.language),
        to=design.preparation.reader_email if design else "",
        counts=counts,
    )


def _comments(number: int) -> str:
    return "comment" if number == 1 else "comments"
