"""How a design stands to what people get now: what changed, what is missing, which dates hold."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage import clock
from engage.access.permissions import ALLOWED
from engage.services import services
from surveys.closing import first_and_last_day
from surveys.comparing import Difference, compare
from surveys.designing import Content, Design, find_design
from surveys.editions import questionnaire_to_publish
from surveys.publishing import current_version, is_published, load_version
from surveys.questionnaire import Questionnaire
from surveys.readiness import Lacking, missing_before_publishing
from surveys.sign_offs import signed_languages
from surveys.storage import tables

Days = tuple[datetime.date | None, datetime.date | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """``public`` is what publishing would give; ``version`` the number that people get now, None before the first.

    ``days`` are the first and last day that hold now, ``planned`` those of the design. ``differences`` are those from
    the current version. ``missing`` is what keeps it back, without whether somebody tried it: ``was_tried``.
    """

    public: Questionnaire
    version: str | None
    differences: tuple[Difference, ...]
    missing: tuple[Lacking, ...]
    was_tried: bool
    days: Days
    planned: Days
    codes: int

    @property
    def new_dates(self) -> bool:
        """Whether the design plans other dates than those that hold."""
        return self.version is not None and self.planned[1] is not None and self.planned != self.days


def standing_of(session: Session, *, survey: tables.Survey, design: Design) -> Standing:
    """How the survey's design stands now."""
    zone = services().settings.time_zone
    first_time = not is_published(session, survey=survey)
    content = _with_slug(design.content, survey.slug)
    days = first_and_last_day(survey, time_zone=zone)
    preparation = content.preparation
    if not first_time and preparation.closes_on is None:
        # A survey that was published from a file has its dates beside its version.
        preparation = replace(preparation, opens_on=days[0], closes_on=days[1])
    public = questionnaire_to_publish(
        content.questionnaire, preparation, signed_off=signed_languages(session, survey=survey, content=content)
    )
    version: str | None = None
    differences: tuple[Difference, ...] = ()
    if not first_time:
        current = current_version(session, survey=survey)
        version, differences = current.number, compare(load_version(session, current.id), public)
    return Standing(
        public=public,
        version=version,
        differences=differences,
        missing=missing_before_publishing(
            content.questionnaire,
            preparation,
            today=today(),
            was_tried=True,
            colour=_colour(session, survey.organisation_id),
            first_time=first_time,
        ),
        was_tried=was_tried(session, survey, design),
        days=days,
        planned=(preparation.opens_on, preparation.closes_on),
        codes=_codes(session, survey),
    )


def today() -> datetime.date:
    """The date where the organisation is."""
    return clock.now().astimezone(ZoneInfo(services().settings.time_zone)).date()


def colour_of(organisation_id: int) -> str | None:
    """The organisation's colour, None where it has chosen none."""
    with services().database.reading() as session:
        return _colour(session, organisation_id)


def publishers_of(session: Session, *, organisation_id: int) -> list[str]:
    """The addresses of those who may publish the organisation's surveys."""
    account, held = tables.Account, tables.AccountRole
    roles = [role for role, allowed in ALLOWED.items() if "publish_surveys" in allowed]
    query = (
        select(account.email)
        .join(held, held.account_id == account.id)
        .where(account.organisation_id == organisation_id, held.role.in_(roles), account.disabled_at.is_(None))
    )
    return sorted(set(session.scalars(query)))


def _with_slug(content: Content, slug: str) -> Content:
    """The survey's own name, whatever an uploaded file called it."""
    return Content(replace(content.questionnaire, slug=slug), content.preparation)


def _colour(session: Session, organisation_id: int) -> str | None:
    return session.scalar(select(tables.Organisation.colour).where(tables.Organisation.id == organisation_id))


def was_tried(session: Session, survey: tables.Survey, design: Design) -> bool:
    """Whether somebody looked at the questionnaire as it is now; other dates or readers make no new trial."""
    previewed = design.preparation.previewed
    if previewed is None:
        return False
    then = find_design(session, survey=survey, revision=previewed)
    return previewed >= design.revision or (then is not None and then.questionnaire == design.questionnaire)


def _codes(session: Session, survey: tables.Survey) -> int:
    collector = tables.Collector
    query = select(func.count()).where(collector.survey_id == survey.id, collector.stopped_at.is_(None))
    return session.scalar(query) or 0
