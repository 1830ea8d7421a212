"""A survey asked again: which survey came before it, and how well each question compares.

A survey has one earlier survey at most, of the same organisation. The major versions that people answered within one
survey are waves too: what was asked before its meaning changed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.collecting import visible_responses
from surveys.comparing.comparability import Comparability, ComparedItem, compare_items
from surveys.publishing import current_version, list_surveys, load_version, versions_of
from surveys.questionnaire import Questionnaire
from surveys.storage import tables


class WaveRefused(ValueError):
    """These surveys or questions cannot be compared as asked; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One wave: a survey and the newest version of one of its major versions.

    ``compared`` says of each question how it compares with the wave before; empty for the first wave.
    """

    survey: tables.Survey
    version: tables.QuestionnaireVersion
    questionnaire: Questionnaire
    compared: Mapping[str, Comparability]


def wave_of(session: Session, *, survey: tables.Survey) -> tables.Wave | None:
    """The link of a survey to an earlier one, if it has one."""
    return session.get(tables.Wave, survey.id)


def earlier_survey(session: Session, *, survey: tables.Survey) -> tables.Survey | None:
    """The survey that this one asks again, if it is linked to one."""
    link = wave_of(session, survey=survey)
    return session.get_one(tables.Survey, link.earlier_survey_id) if link else None


def possible_earlier_surveys(session: Session, *, survey: tables.Survey) -> list[tables.Survey]:
    """The organisation's published surveys that this one may follow, the newest first: none that follows it."""
    organisation = session.get_one(tables.Organisation, survey.organisation_id)
    published = list_surveys(session, organisation=organisation.slug)
    before = {link.survey_id: link.earlier_survey_id for link in _links(session, survey)}
    found = [one for one in published if one.id != survey.id and survey.id not in _line(one.id, before)]
    return sorted(found, key=lambda one: (one.created_at, one.id), reverse=True)


def link_wave(
    session: Session,
    *,
    survey: tables.Survey,
    earlier: tables.Survey,
    chosen: Mapping[str, Comparability] | None = None,
    at: datetime.datetime,
    by: str,
) -> None:
    """From now on ``survey`` is the next wave of ``earlier``, in place of any link before.

    ``chosen`` is what a person says of questions by item key; of all others what follows from the questionnaires.
    Raises WaveRefused: for surveys of two organisations, one that was never published, one that follows this one, and
    for a question that has nothing to compare with.
    """
    if earlier.id not in {one.id for one in possible_earlier_surveys(session, survey=survey)}:
        raise WaveRefused(
            f"the survey {survey.slug} cannot follow {earlier.slug}: the earlier survey must be published, of the same "
            "organisation, and not follow this one itself"
        )
    compared = {one.key: one for one in _compared(session, survey, earlier, {})}
    kept = {}
    for key, comparability in (chosen or {}).items():
        if key not in compared:
            raise WaveRefused(f"the survey {survey.slug} has no question {key!r}; it has {', '.join(compared)}")
        if not compared[key].can_be_chosen and comparability != "new":
            raise WaveRefused(f"the question {key} cannot be compared. {compared[key].reason} Leave it out, or say new")
        if comparability != compared[key].derived:
            kept[key] = comparability
    link = wave_of(session, survey=survey)
    if link is None:
        link = tables.Wave(survey_id=survey.id, organisation_id=survey.organisation_id)
        session.add(link)
    link.earlier_survey_id, link.comparability, link.linked_at, link.linked_by = earlier.id, kept, at, by
    session.flush()


def remove_wave(session: Session, *, survey: tables.Survey) -> bool:
    """The survey stands alone again; False where it did already."""
    link = wave_of(session, survey=survey)
    if link is not None:
        session.delete(link)
        session.flush()
    return link is not None


def compared_with_earlier(session: Session, *, survey: tables.Survey) -> tuple[ComparedItem, ...]:
    """Every question of the survey beside the earlier survey's, as the link says; empty where there is none."""
    link, earlier = wave_of(session, survey=survey), earlier_survey(session, survey=survey)
    return _compared(session, survey, earlier, link.comparability) if link and earlier else ()


def waves_until(session: Session, *, survey: tables.Survey, major: int) -> tuple[Asked, ...]:
    """The waves from the earliest to this survey's major version; one alone where nothing came before.

    What nobody answered is no wave, but for the version that is named.
    """
    line = [survey]
    while (earlier := earlier_survey(session, survey=line[0])) is not None:
        line.insert(0, earlier)
    waves: list[Asked] = []
    for one in line:
        link = wave_of(session, survey=one)
        for version in _majors(session, one, named=major if one is survey else None):
            questionnaire = load_version(session, version.id)
            follows = link is not None and bool(waves) and waves[-1].survey.id == link.earlier_survey_id
            chosen = link.comparability if link and follows else {}
            items = compare_items(waves[-1].questionnaire, questionnaire, chosen) if waves else ()
            waves.append(Asked(one, version, questionnaire, {item.key: item.comparability for item in items}))
    return tuple(waves)


def _links(session: Session, survey: tables.Survey) -> list[tables.Wave]:
    of_organisation = select(tables.Wave).where(tables.Wave.organisation_id == survey.organisation_id)
    return list(session.scalars(of_organisation))


def _line(survey_id: int, before: Mapping[int, int]) -> set[int]:
    """The survey and all that came before it."""
    line = {survey_id}
    while (survey_id := before.get(survey_id, survey_id)) not in line:
        line.add(survey_id)
    return line


def _compared(
    session: Session, survey: tables.Survey, earlier: tables.Survey, chosen: Mapping[str, Comparability]
) -> tuple[ComparedItem, ...]:
    """The earlier survey's last wave beside this survey's first: those are the two that follow each other."""
    before, now = (
        _majors(session, one, named=current_version(session, survey=one).major)[end]
        for one, end in ((earlier, -1), (survey, 0))
    )
    return compare_items(load_version(session, before.id), load_version(session, now.id), chosen)


def _majors(session: Session, survey: tables.Survey, *, named: int | None) -> list[tables.QuestionnaireVersion]:
    """The newest version of each major version that people answered, up to the one that is ``named`` or that people
    get now; the one that is named even where nobody answered it."""
    last = current_version(session, survey=survey).major if named is None else named
    pooled: dict[int, list[tables.QuestionnaireVersion]] = {}
    for version in versions_of(session, survey=survey):
        if version.major <= last:
            pooled.setdefault(version.major, []).append(version)
    return [
        versions[-1] for major, versions in pooled.items() if major == named or _was_answered(session, survey, versions)
    ]


def _was_answered(session: Session, survey: tables.Survey, versions: list[tables.QuestionnaireVersion]) -> bool:
    response = tables.Response
    ids = [version.id for version in versions]
    query = select(response.survey_id).where(
        visible_responses(session, survey_id=survey.id), response.version_id.in_(ids)
    )
    return session.execute(query.limit(1)).first() is not None
