"""An officer's commentary as a report prints it: in their words, its figures filled in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from reports.figure_references import figure_references
from reports.survey_figures import SurveyFigures
from surveys.commentary.editions import Edition, State, newest_edition
from surveys.commentary.references import by_name, fill_in
from surveys.commentary.texts import FRONT, Advice, split_paragraphs
from surveys.storage import tables

__all__ = ["Advice", "Advised", "State", "Written", "commentary_of_new_report", "written"]


@dataclass(frozen=True, slots=True)
class Advised:
    """What the officer advises for one theme."""

    advice: Advice
    reason: str
    """In their words, the figures filled in."""
    by: str = ""
    """Who wrote it last: their name, or their e-mail address."""
    on: datetime.date | None = None
    """The day on which they did."""


@dataclass(frozen=True, slots=True)
class Written:
    """An officer's commentary with its figures filled in, ready to print."""

    edition: int
    state: State
    state_on: datetime.date
    """The day on which the commentary got its state."""
    state_by: str
    """Who gave it its state: a person's name, or their e-mail address."""
    front: tuple[tuple[str, str], ...]
    """The front sheet: ``purpose``, ``considered_before``, ``executive_lead``, ``author``,
    ``risk`` and ``equality`` with their texts, in this order; only those filled in."""
    summary: tuple[str, ...]
    """Paragraphs, the figures filled in. Empty: the generated sentences stand and say so."""
    advised: Mapping[str, Advised]
    """By theme id. A theme that is missing has no advice yet."""
    digest: str = ""
    """SHA-256 of what was written, the figures not filled in."""


def written(edition: Edition, survey: SurveyFigures, *, time_zone: str) -> Written:
    """The edition with its figures filled in from ``survey``, in its language. Dates are days in ``time_zone``."""
    references = by_name(figure_references(survey))
    gone = survey.words("commentary_figure_gone")

    def filled(text: str) -> str:
        return fill_in(text, references, gone=gone).strip()

    texts, since = edition.texts, edition.stands_since
    # A later version of the questionnaire may have left a theme out.
    asked = {theme.id for theme in survey.questionnaire.themes}
    return Written(
        edition=edition.number,
        state=since.state,
        state_on=since.at.astimezone(ZoneInfo(time_zone)).date(),
        state_by=since.person,
        front=tuple((key, said) for key in FRONT if (said := filled(texts.front.get(key, "")))),
        summary=tuple(split_paragraphs(filled(texts.summary))),
        advised={
            name: Advised(one.advice, filled(one.reason), one.by, one.on)
            for name, one in texts.themes.items()
            if one.advice is not None and name in asked
        },
        digest=texts.digest(),
    )


def commentary_of_new_report(
    session: Session, *, survey: tables.Survey, figures: SurveyFigures, time_zone: str
) -> Written | None:
    """What a report that is made now says; None before anybody has written anything.

    None too while the newest edition is final: its words were read beside the figures that are frozen with it, and a
    report of later figures says nothing until somebody begins the next edition.
    """
    edition = newest_edition(session, survey=survey)
    if edition is None or edition.state == "final":
        return None
    return written(edition, figures, time_zone=time_zone)
