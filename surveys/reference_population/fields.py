"""What of a survey a reference population may be given for: its characteristics and their groups."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.designing import find_design
from surveys.publishing import current_version, is_published, load_version
from surveys.question_bank import equality_questionnaire
from surveys.questionnaire import ChoiceQuestion, Questionnaire, RatingQuestion
from surveys.reference_population.population import Field
from surveys.storage import tables


def fields_of(session: Session, *, survey: tables.Survey) -> tuple[Field, ...]:
    """What a file may compare: equality questions, audience and place, and every question with one answer each.

    Labels are in the questionnaire's own language.
    """
    questionnaire = _questionnaire(session, survey)
    language = questionnaire.language
    found = list(equality_fields(session, survey=survey))
    collectors = session.scalars(
        select(tables.Collector).where(tables.Collector.survey_id == survey.id).order_by(tables.Collector.id)
    ).all()
    labels = {one.id: one.label for one in session.scalars(select(tables.Audience))}
    used = dict.fromkeys(one.audience_id for one in collectors)
    found.append(Field("audience", "Audience", {id_: labels[id_] for id_ in used}))
    found.append(Field("place", "Place", {place: place for place in _places(one.place for one in collectors)}))
    taken = {one.id for one in found}
    for item in questionnaire.items:
        question = item.question
        if isinstance(question, ChoiceQuestion | RatingQuestion):
            options = questionnaire.options(question)
            name = f"answer:{item.key}" if item.key in taken else item.key
            values = {option.id: option.label.in_language(language) for option in options}
            found.append(Field(name, question.text.in_language(language), values))
    return tuple(found)


def equality_fields(session: Session, *, survey: tables.Survey) -> tuple[Field, ...]:
    """The questions about the person that the survey asks after sending."""
    questionnaire = _questionnaire(session, survey)
    asked, language = equality_questionnaire(questionnaire), questionnaire.language
    return tuple(
        Field(one.id, one.text.in_language(language), {two.id: two.label.in_language(language) for two in one.options})
        for one in (item.question for item in (asked.items if asked else ()))
        if isinstance(one, ChoiceQuestion)
    )


def _questionnaire(session: Session, survey: tables.Survey) -> Questionnaire:
    if is_published(session, survey=survey):
        return load_version(session, current_version(session, survey=survey).id)
    design = find_design(session, survey=survey)
    if design is None:
        raise LookupError(f"{survey.slug} has neither a version nor a design")
    return design.questionnaire


def _places(places: Iterable[str]) -> tuple[str, ...]:
    """Each place and all above it, in alphabetical order."""
    found: set[str] = set()
    for place in places:
        parts = place.split(" / ") if place else []
        found |= {" / ".join(parts[:length]) for length in range(1, len(parts) + 1)}
    return tuple(sorted(found))
