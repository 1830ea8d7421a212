"""Sentences that reports make by rule: plain, short, with their bases, and never claiming more than the figures do."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import sentences
from reports.cautions import cautions
from reports.findings import MOST, findings
from reports.provenance import statements
from reports.reach import reach
from reports.sentences import Finding
from reports.survey_figures import SurveyFigures
from reports.tabulation import Difference, Figure, RatingTable, Suppressed
from tests.reports.random_results import SURVEY, random_results

SEEDS = st.integers(0, 10**9)
LONGEST = 20
_PERCENT = re.compile(r"\d%")
_WITH_COUNT = re.compile(r"\d% \([\d,]+( of [\d,]+)?\)")
_LEADS = re.compile(r"matters most|highest|comes first|hardest", re.IGNORECASE)


def every_finding(survey: SurveyFigures) -> Iterator[Finding]:
    groups = (*survey.audiences, *survey.groups)
    for say in (sentences.matters_most, sentences.importance, sentences.clarity):
        yield from (found for group in groups if (found := say(survey, group)))
    for other in survey.audiences[1:]:
        if found := sentences.audiences_differ(survey, survey.audiences[0], other):
            yield found
    yield from sentences.clear_changes(survey)
    yield from sentences.who_is_missing(survey)
    yield from findings(survey)


def every_sentence(survey: SurveyFigures) -> Iterator[str]:
    for finding in every_finding(survey):
        yield finding.headline
        yield from finding.sentences
    for say in (
        sentences.group_differences,
        sentences.other_changes,
        sentences.mix_warnings,
        sentences.nobody_missing,
        sentences.places,
        sentences.below_acceptable,
    ):
        yield from say(survey)
    for several in (*reach(survey).reasons, *cautions(survey)):
        yield from re.split(r"(?<=\.) ", several)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_sentences_are_short_plain_and_hold_their_bases(seed: int) -> None:
    for said in map(plain, every_sentence(SurveyFigures(random_results(seed), SURVEY, "en"))):
        # "over 99%" is one figure.
        assert len(re.sub(r"(?:over|under) (?=\d+%)", "", said).split()) <= LONGEST, said
        assert said[:1] == said[:1].upper()
        assert said.endswith("."), said
        assert not re.search(r"\d\.\d", said), said
        assert not re.search(r"significant|respondent|confiden|margin of error|\{|None", said, re.IGNORECASE), said
        of_people = len(_PERCENT.findall(said)) - ("of the reference population" in said)
        assert of_people <= len(_WITH_COUNT.findall(said)), said


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_every_sentence_can_be_said_in_arabic(seed: int) -> None:
    results = random_results(seed)
    english = list(every_sentence(SurveyFigures(results, SURVEY, "en")))
    arabic = list(every_sentence(SurveyFigures(results, SURVEY, "ar")))
    assert len(arabic) == len(english)
    for said in arabic:
        assert "{" not in said
        # Only what the survey itself holds in English is left in English, and is kept apart from the rest.
        rest = re.sub("\u2066[^\u2069]*\u2069", "", said)
        assert not re.search(r"[A-Za-z]{2}", rest), said


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_nothing_leads_where_another_is_level_with_it(seed: int) -> None:
    survey = SurveyFigures(random_results(seed), SURVEY, "en")
    for group in (*survey.audiences, *survey.groups):
        most = sentences.matters_most(survey, group)
        top = next((table for table in group.themes if getattr(table.rank, "value", None) == 1), None)
        if most and top and top.tied_with:
            assert not _LEADS.search(most.headline), most
        elif most:
            assert "matters most to" in most.headline
        for say, share in ((sentences.importance, "percent_positive"), (sentences.clarity, "unclear")):
            tables = group.questions if share == "percent_positive" else group.themes
            found = say(survey, group)
            said = [] if found is None else [found.headline, *found.sentences]
            if any(_LEADS.search(one) and not one.startswith("No single theme") for one in said):
                known = [getattr(table, share) for table in tables]
                assert all(one is not None and not isinstance(one.value, Suppressed) for one in known)
                lows = sorted(one.low.value for one in known)
                assert lows[-1] > max(sorted(one.high.value for one in known)[:-1])


def is_hidden(survey: SurveyFigures, difference: Difference[Figure]) -> bool:
    """Whether the share of the group that a comparison names first is hidden."""
    group = next(one for one in survey.groups if one.value == difference.first)
    if difference.measure == "chosen":
        return isinstance(next(one for one in group.themes if one.theme_id == difference.key).chosen_count, Suppressed)
    question = survey.question(group, difference.key)
    return isinstance(question, RatingTable) and isinstance(question.counts["very"], Suppressed)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_groups_differ_only_where_the_comparison_says_so(seed: int) -> None:
    survey = SurveyFigures(random_results(seed), SURVEY, "en")
    clear = sum(
        one.words in ("higher", "lower") and not is_hidden(survey, one)
        for one in survey.results.differences
        if one.field != "audience"
    )
    said = sum("than others" in one for one in sentences.group_differences(survey))
    assert said == clear
    shortened = sentences.group_differences(survey, most=1)
    assert sum("than others" in one for one in shortened) == min(1, clear)
    assert any("marked in the tables" in one for one in shortened) == (clear > 1)
    moved = {"higher", "lower"}
    series = survey.results.change.series if survey.results.change else ()
    assert len(sentences.clear_changes(survey)) <= sum(one.words in moved for one in series)
    out = sum(one.words in moved for one in survey.results.places)
    assert sum(", more than expected" in one or ", fewer than" in one for one in sentences.places(survey)) == out


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_three_findings_at_most_begin_with_what_matters_most(seed: int) -> None:
    survey = SurveyFigures(random_results(seed), SURVEY, "en")
    found = findings(survey)
    assert 0 < len(found) <= MOST
    assert re.search(r"matters most|Two themes lead|No single theme leads", found[0].headline)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_where_figures_come_from_is_said_in_every_language(language: str) -> None:
    said = statements(SurveyFigures(random_results(1), SURVEY, language))
    assert all(heading and statement for heading, statement in said)
    headings = " ".join(heading for heading, _ in said)
    assert bool(re.search("[A-Za-z]", headings)) == (language == "en")
