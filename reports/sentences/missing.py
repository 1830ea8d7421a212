"""Who is missing: groups that answered less than their share of the reference population would have them.

The base of every share here is people who told the characteristic, and stands in every sentence that uses one.
"""

from __future__ import annotations

from reports import labels
from reports import printed_figures as printed
from reports.sentences.finding import Finding, capital
from reports.statistics.rounding import whole
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, ReferenceGroup, Representation

_TOLD = ("age", "place")
"""Characteristics whose base has words of its own; of others it is said how many people answered."""


def who_is_missing(survey: SurveyFigures) -> tuple[Finding, ...]:
    """A finding for each under-represented group whose figures are shown, the most missing people first."""
    return tuple(_missing(survey, table, group) for table, group in under_represented(survey))


def under_represented(
    survey: SurveyFigures,
) -> list[tuple[Representation[Figure], ReferenceGroup[Figure]]]:
    """The groups that answered clearly less than their share, most missing people first, with their tables."""
    found = [
        (table, group, missing)
        for table in survey.results.representation
        for group in table.groups
        if group.under_represented
        and printed.number(group.count) is not None
        and printed.number(table.base) is not None
        and (missing := printed.number(group.missing_people)) is not None
    ]
    return [(table, group) for table, group, _ in sorted(found, key=lambda entry: -entry[2])]


def nobody_missing(survey: SurveyFigures) -> tuple[str, ...]:
    """A sentence for each characteristic of which every group is shown and none is under-represented."""
    return tuple(
        survey.words("missing_none", label=characteristic(survey, table), told=told(survey, table))
        for table in survey.results.representation
        if printed.number(table.base)
        and all(printed.number(group.count) is not None and not group.under_represented for group in table.groups)
    )


def references(survey: SurveyFigures) -> tuple[str, ...]:
    """Where each reference comes from, each source once."""
    sources = dict.fromkeys((table.source, table.date) for table in survey.results.representation)
    return tuple(
        survey.words("missing_source", source=survey.words.set_apart(source), date=date) for source, date in sources
    )


def characteristic(survey: SurveyFigures, table: Representation[Figure]) -> str:
    """What people were told apart by, inside a sentence."""
    words = survey.words
    label = labels.characteristic(words, survey.questionnaire, table.characteristic, table.label)
    return labels.as_a_part(words, label)


def people_of_group(survey: SurveyFigures, table: Representation[Figure], group: ReferenceGroup[Figure]) -> str:
    """A group of people in the middle of a sentence: ``people aged 16 to 34``."""
    label = name_of_group(survey, table, group)
    return labels.people_of(survey.words, survey.questionnaire, table.characteristic, label)


def told(survey: SurveyFigures, table: Representation[Figure]) -> str:
    """The base of a characteristic in the middle of a sentence: ``the 241 people who told us their age``."""
    named = table.characteristic if table.characteristic in _TOLD else "other"
    people = int(printed.number(table.base) or 0)
    base = survey.words.number(people)
    if table.audience is not None:
        who = survey.name(survey.results_group(table.audience))
        return survey.words(f"told_{named}_of", base=base, group=who)
    return survey.words(f"told_{named}", n=people, base=base)


def name_of_group(survey: SurveyFigures, table: Representation[Figure], group: ReferenceGroup[Figure]) -> str:
    """A group's name as its file gives it; in another language than the questionnaire's, the names of its values."""
    words, values = survey.words, group.group.split("|")
    if words.language == survey.questionnaire.language:
        return words.set_apart(group.label)
    stored = group.label if len(values) == 1 else ""
    return printed.listed(
        words,
        [
            labels.value_label(words, survey.questionnaire, table.characteristic, value, stored or value)
            for value in values
        ],
    )


def beside_reference(survey: SurveyFigures, table: Representation[Figure], group: ReferenceGroup[Figure]) -> str:
    """A sentence that says which part of those who told it a group is, and which part of the reference population."""
    words = survey.words
    values = {
        "told": told(survey, table),
        "count": printed.count(words, group.count),
        "reference": printed.percentage(words, group.reference_percent),
    }
    if not printed.has_percent(table.base):
        return words("missing_count", **values)
    return words("missing_percent", percent=printed.percent(words, group.count, table.base), **values)


def _missing(survey: SurveyFigures, table: Representation[Figure], group: ReferenceGroup[Figure]) -> Finding:
    words = survey.words
    needed = whole(printed.number(group.missing_people) or 0)
    sentences = [beside_reference(survey, table, group)]
    if needed:
        who = told(survey, table)
        sentences.append(words("missing_needed", n=needed, needed=words.number(needed), told=who))
    headline = capital(words("missing_head", people=people_of_group(survey, table, group)))
    return Finding(headline, tuple(sentences))
