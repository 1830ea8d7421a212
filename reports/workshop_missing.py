"""Who was missing from the survey, so that a workshop can invite them: from disclosed figures only."""

from __future__ import annotations

from dataclasses import dataclass

from reports import labels
from reports import printed_figures as printed
from reports.sentences.missing import characteristic, name_of_group
from reports.statistics.rounding import whole
from reports.survey_figures import SurveyFigures
from reports.tabulation import Breakdown, Figure, ReferenceGroup, Representation
from surveys.question_bank import topics

# Fewer than this part of all answers is few; of many groups, each of which is small, fewer than this part of what each
# would have if all were alike.
_FEW, _FEW_OF_AN_EVEN_PART = 0.05, 0.5
# What says nothing about who people are.
_ASIDE = frozenset({"audience", "channel", "collector", "mode", "week"})
_REFUSED = "prefer_not_to_say"


@dataclass(frozen=True, slots=True)
class MissingGroup:
    """A group that too few people belong to, and what the numbers say of it in a sentence or two."""

    name: str
    numbers: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Groups to invite. ``hidden`` names those whose numbers are not shown, ``notes`` say what it was compared with.

    ``compared`` says whether it was compared with a population: without one a group is never called missing, because
    few answers may be all that so small a group can give.
    """

    groups: tuple[MissingGroup, ...]
    hidden: tuple[str, ...]
    notes: tuple[str, ...]
    compared: bool = False


def missing_people(survey: SurveyFigures) -> Missing:
    """Groups under their share of the reference population, most missing people first; else those with few answers.

    A group whose numbers are hidden is never called missing: whether it is small must not show.
    """
    if survey.results.representation:
        return _against_reference(survey, survey.results.representation)
    groups: list[MissingGroup] = []
    hidden: list[str] = []
    for breakdown in survey.results.who_answered:
        if breakdown.field in _ASIDE | _follow_ups() or len(breakdown.counts) < 2:
            continue
        few, not_shown = _with_few(survey, breakdown)
        groups += few
        hidden += not_shown
    return Missing(tuple(groups), tuple(hidden), (survey.words("workshop_missing_rule"),) if groups else ())


def _against_reference(survey: SurveyFigures, characteristics: tuple[Representation[Figure], ...]) -> Missing:
    words = survey.words
    found: list[tuple[float, MissingGroup]] = []
    hidden: list[str] = []
    for one in characteristics:
        for group in one.groups:
            name = words(
                "workshop_missing_name",
                characteristic=characteristic(survey, one),
                group=name_of_group(survey, one, group),
            )
            if printed.number(group.count) is None or printed.number(one.base) is None:
                hidden.append(name)
            elif group.under_represented:
                people = printed.number(group.missing_people) or 0
                found.append((people, MissingGroup(name, _beside_reference(survey, one, group))))
    found.sort(key=lambda one: -one[0])
    sources = tuple(
        words(
            "workshop_missing_source",
            characteristic=labels.characteristic(words, survey.questionnaire, one.characteristic, one.label),
            source=one.source,
            date=one.date,
        )
        for one in characteristics
    )
    return Missing(tuple(group for _, group in found), tuple(hidden), sources, compared=True)


def _beside_reference(survey: SurveyFigures, one: Representation[Figure], group: ReferenceGroup[Figure]) -> str:
    words = survey.words
    said = words(
        "workshop_missing_reference",
        share=printed.share(words, group.count, one.base),
        reference=printed.percentage(words, group.reference_percent),
    )
    people = whole(printed.number(group.missing_people) or 0)
    return (
        f"{said}. {words('workshop_missing_people', n=people, people=words.number(people))}" if people else f"{said}."
    )


def _with_few(survey: SurveyFigures, breakdown: Breakdown[Figure]) -> tuple[list[MissingGroup], list[str]]:
    """The groups of one question that hold few people, and the names of those not shown."""
    words, base = survey.words, printed.number(breakdown.base)
    few: list[MissingGroup] = []
    hidden: list[str] = []
    groups = {value: figure for value, figure in breakdown.counts.items() if value != _REFUSED}
    below = min(_FEW, _FEW_OF_AN_EVEN_PART / len(groups)) if groups else 0.0
    for value, figure in groups.items():
        count = printed.number(figure)
        name = _name(survey, breakdown.field, breakdown.label, value, breakdown.labels[value])
        if count is None:
            hidden.append(name)
        elif base and count == 0:
            said = words("workshop_missing_nobody", base=printed.count(words, breakdown.base))
            few.append(MissingGroup(name, f"{said}."))
        elif base and count / base < below:
            said = words("workshop_missing_few", share=printed.share(words, figure, breakdown.base))
            few.append(MissingGroup(name, f"{said}."))
    return few, hidden


def _name(survey: SurveyFigures, field: str, field_stored: str, value: str, value_stored: str) -> str:
    """A group in the reader's language, after what it is told apart by."""
    words, questionnaire = survey.words, survey.questionnaire
    return words(
        "workshop_missing_name",
        characteristic=labels.as_a_part(words, labels.characteristic(words, questionnaire, field, field_stored)),
        group=labels.value_label(words, questionnaire, field, value, value_stored),
    )


def _follow_ups() -> frozenset[str]:
    """Questions that only some groups of another are asked, who are few by that alone."""
    return frozenset(
        question.id for topic in topics().values() for question in topic.questions if question.show_if is not None
    )
