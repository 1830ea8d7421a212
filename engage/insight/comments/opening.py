"""A published survey whose comments the signed-in person reads."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort
from sqlalchemy.orm import Session

from engage.access.permissions import Permission
from engage.access.signed_in import staff
from engage.studio.overview import own_survey
from surveys.publishing import current_version, is_published, load_version
from surveys.questionnaire import Questionnaire
from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class OpenedSurvey:
    """The survey, its current questionnaire, and what the signed-in person ``may`` do."""

    survey: tables.Survey
    questionnaire: Questionnaire
    may: frozenset[Permission]

    @property
    def title(self) -> str:
        """In the survey's own language."""
        return self.questionnaire.title.in_language(self.questionnaire.language)


def open_survey(session: Session, slug: str) -> OpenedSurvey:
    """The signed-in person's survey; ends the request with 404 where they have none of this name that is published."""
    who = staff()
    survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
    if not is_published(session, survey=survey):
        abort(404)
    questionnaire = load_version(session, current_version(session, survey=survey).id)
    return OpenedSurvey(survey, questionnaire, who.permissions)
