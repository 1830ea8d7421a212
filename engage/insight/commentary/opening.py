"""A survey's commentary with what stands beside it: its themes, the stored figures, and the way to being final."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from flask import abort
from sqlalchemy.orm import Session

from engage.access.signed_in import staff
from engage.insight.snapshots import newest_report_job, newest_snapshot
from engage.services import services
from engage.studio.overview import own_survey
from surveys.commentary.editions import Edition, editions_of
from surveys.commentary.freezing import FrozenFile, frozen_files
from surveys.commentary.readiness import Missing, what_is_missing
from surveys.commentary.references import FigureReference, by_name
from surveys.commentary.texts import Texts
from surveys.publishing import current_version, is_published, load_version
from surveys.storage import tables

FINAL_JOB = "final report"


@dataclass(frozen=True)
class Opened:
    """The signed-in person's survey with its commentary, as it was read in one transaction.

    ``themes`` are the plain titles by id. ``references`` are the figures of the newest stored results, None where there
    are none that a text could name; ``snapshot_id`` and ``figures_of`` say which results these are.
    """

    survey: tables.Survey
    title: str
    themes: Mapping[str, str]
    editions: tuple[Edition, ...]
    references: tuple[FigureReference, ...] | None
    snapshot_id: int | None
    figures_of: datetime.datetime | None
    frozen: tuple[FrozenFile, ...]
    job: tables.Job | None

    @property
    def edition(self) -> Edition | None:
        """The newest edition."""
        return self.editions[0] if self.editions else None

    @property
    def texts(self) -> Texts:
        """What the newest edition says; nothing before the first."""
        return self.edition.texts if self.edition else Texts()

    @property
    def can_be_written(self) -> bool:
        """Whether there is a draft, or nothing at all yet."""
        return self.edition is None or self.edition.state == "draft"

    @cached_property
    def known(self) -> dict[str, FigureReference]:
        """The figures by name."""
        return by_name(self.references or ())

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """What keeps the commentary from being final."""
        return what_is_missing(
            self.texts, themes=self.themes, references=None if self.references is None else self.known
        )

    @property
    def figures(self) -> list[tuple[str, str, list[FigureReference]]]:
        """What the figures are about, its heading, and the figures, in the order in which to list them."""
        together = groupby(self.references or (), key=lambda one: (one.about, one.heading))
        return [(about, heading, list(found)) for (about, heading), found in together]


def open_commentary(slug: str) -> Opened:
    """The signed-in person's survey; ends the request with 404 where they have none of this name that is published."""
    with services().database.reading() as session:
        survey = own_survey(session, organisation_id=staff().organisation_id, slug=slug) or abort(404)
        if not is_published(session, survey=survey):
            abort(404)
        opened = _read(session, survey)
        session.expunge_all()
    return opened


def _read(session: Session, survey: tables.Survey) -> Opened:
    questionnaire = load_version(session, current_version(session, survey=survey).id)
    language = questionnaire.language
    snapshot = newest_snapshot(session, survey=survey)
    references = snapshot.document["page"].get("references") if snapshot else None
    return Opened(
        survey=survey,
        title=questionnaire.title.in_language(language),
        themes={theme.id: theme.plain_title.in_language(language) for theme in questionnaire.themes},
        editions=editions_of(session, survey=survey),
        references=None if references is None else tuple(FigureReference(**one) for one in references),
        snapshot_id=snapshot.id if snapshot else None,
        figures_of=snapshot.made_at if snapshot else None,
        frozen=frozen_files(session, survey=survey),
        job=newest_report_job(session, survey=survey, kind=FINAL_JOB),
    )
