"""The three findings on a report's first page, chosen by rule from the sentences that its figures allow."""

from __future__ import annotations

from collections.abc import Iterator

from reports import sentences
from reports.sentences import Finding
from reports.survey_figures import SurveyFigures

MOST = 3


def findings(survey: SurveyFigures) -> tuple[Finding, ...]:
    """Up to three: what matters most to each of the two largest audiences, then what else stands out.

    After these come the clearest change since the last wave, the two audiences beside each other, what people
    raised in their own words, importance and clarity, and the clearest difference between the groups asked for, in this
    order, as far as the figures let them be said.
    """
    return tuple(finding for finding, _ in zip(_in_order(survey), range(MOST), strict=False))


def _in_order(survey: SurveyFigures) -> Iterator[Finding]:
    for group in survey.audiences[:2]:
        if finding := sentences.matters_most(survey, group):
            yield finding
    yield from sentences.clear_changes(survey)[:1]
    if len(survey.audiences) > 1 and (finding := sentences.audiences_differ(survey, *survey.audiences[:2])):
        yield finding
    lead = survey.audiences[0]
    if finding := sentences.raised_finding(survey):
        yield finding
    yield from (finding for say in (sentences.importance, sentences.clarity) if (finding := say(survey, lead)))
    if finding := sentences.groups_differ(survey):
        yield finding
