"""How widely did we hear? One of three grades by rule, with the reasons that are printed beside it.

Strong: 300 people or more, no channel that brought more than seven in ten, no large group under half its share of the
reference population, and the same order of themes in the main channels. Weak: under 100 people, or one channel that
brought more than seven in ten. Fair: all between, with the gaps named. Decision 0046 says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reports import labels
from reports import printed_figures as printed
from reports.sentences.finding import capital
from reports.sentences.missing import beside_reference, characteristic, people_of_group, told, under_represented
from reports.survey_figures import CHARTED_GROUPS, SurveyFigures
from reports.tabulation import Breakdown, Figure, ReferenceGroup, Representation
from reports.words import catalogue
from surveys.question_bank import topics

Grade = Literal["Strong", "Fair", "Weak", "Cannot be said"]
FAIR_FROM, STRONG_FROM = 100, 300
LARGEST_CHANNEL = 0.7
LARGE_GROUP = 10.0
"""Per cent of the reference population from which a group is large."""
HALF_ITS_SHARE = 50.0
"""The index (100: the share of the reference population) under which a large group is missing."""
_GAPS_NAMED = 2
_WORDS: dict[Grade, str] = {
    "Strong": "grade_strong",
    "Fair": "grade_fair",
    "Weak": "grade_weak",
    "Cannot be said": "grade_unknown",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """The grade, its word in the language of the report, and its reasons, each a sentence."""

    grade: Grade
    word: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What one rule says: the most that it leaves possible, and why."""

    at_most: Grade
    reasons: tuple[str, ...]


def reach(survey: SurveyFigures) -> Reach:
    """The grade of a survey: the lowest that any rule leaves. "Cannot be said" where the number of people is hidden."""
    words, people = survey.words, printed.number(survey.results.everybody.responses)
    if not people:
        reason = words("reach_too_few" if people is None else "reach_nobody")
        return Reach("Cannot be said", words("grade_unknown"), (reason,))
    verdicts = (_size(survey, people), _channels(survey, people), _representation(survey, people), _order(survey))
    grades = [verdict.at_most for verdict in verdicts]
    grade: Grade = "Weak" if "Weak" in grades else "Fair" if "Fair" in grades else "Strong"
    reasons = [*_who(survey), *(reason for verdict in verdicts for reason in verdict.reasons)]
    only_not_compared = grades == ["Strong", "Strong", "Fair", "Strong"] and not survey.results.representation
    if only_not_compared:
        reasons.append(words("reach_could_raise"))
    return Reach(grade, words(_WORDS[grade]), tuple(reasons))


def _who(survey: SurveyFigures) -> list[str]:
    words = survey.words
    named = [
        words(
            "reach_group" if group.field else "reach_people",
            n=int(printed.number(group.responses) or 0),
            count=printed.count(words, group.responses),
            group=survey.name(group),
        )
        for group in survey.audiences[:CHARTED_GROUPS]
    ]
    others = len(survey.audiences) - len(named)
    return [
        words("reach_who", who=printed.listed(words, named)),
        *([words("reach_others", n=others)] if others else []),
        *_with_hidden_audiences(survey),
        words("reach_self_selected"),
    ]


def _with_hidden_audiences(survey: SurveyFigures) -> list[str]:
    """How many answered in all, which the grade goes by, where not every audience is named with its number."""
    words, everybody = survey.words, survey.results.everybody.responses
    if not survey.hidden_audiences or survey.shown_together:
        return []
    return [words("reach_in_all", count=printed.count(words, everybody))]


def _size(survey: SurveyFigures, people: float) -> _Verdict:
    if people < FAIR_FROM:
        return _Verdict("Weak", (survey.words("reach_under_fair", number=FAIR_FROM),))
    if people < STRONG_FROM:
        return _Verdict("Fair", (survey.words("reach_under_strong", number=STRONG_FROM),))
    return _Verdict("Strong", ())


def _channels(survey: SurveyFigures, people: float) -> _Verdict:
    """Whether one channel brought more than seven in ten of the people whose channel is known."""
    words, channels = survey.words, survey.breakdown("channel")
    base = printed.number(channels.base) if channels else 0
    if channels is None or base == 0 or (base is not None and 2 * base < people):
        filters = survey.results.filters
        filtered = filters.where or filters.since or filters.until
        return _Verdict("Fair", (words("reach_channels_uncounted" if filtered else "reach_no_channels"),))
    known = {value: count for value, one in channels.counts.items() if value and (count := printed.number(one))}
    if base is None or not known:
        return _Verdict("Fair", (words("reach_channels_hidden"),))
    largest = max(known, key=lambda value: known[value])
    if known[largest] > LARGEST_CHANNEL * base:
        return _Verdict("Weak", (_one_channel(survey, channels, largest),))
    if base - sum(known.values()) > LARGEST_CHANNEL * base:
        return _Verdict("Fair", (words("reach_channels_hidden"),))
    return _Verdict("Strong", (words("reach_channels"),))


def _one_channel(survey: SurveyFigures, channels: Breakdown[Figure], channel: str) -> str:
    words = survey.words
    stored = channels.labels.get(channel, channel)
    return words(
        "reach_one_channel",
        channel=labels.value_label(words, survey.questionnaire, "channel", channel, stored),
        counts=printed.counts_of(words, channels.counts[channel], channels.base),
    )


def _representation(survey: SurveyFigures, people: float) -> _Verdict:
    """Whether any large group is under half its share, and the groups that are most missing."""
    tables = survey.results.representation
    if not tables:
        return _Verdict("Fair", (survey.words("reach_not_compared"),))
    verdicts = [_of_characteristic(survey, table, people) for table in tables]
    well = [table for table, verdict in zip(tables, verdicts, strict=True) if verdict.at_most == "Strong"]
    named = [
        _gap(survey, "reach_half" if _is_half_missing(group) else "reach_gap", table, group)
        for table, group in under_represented(survey)[:_GAPS_NAMED]
    ]
    said = [reason for verdict in verdicts for reason in verdict.reasons]
    return _Verdict(
        "Strong" if len(well) == len(tables) else "Fair",
        tuple(dict.fromkeys([*named, *said, *_no_large_gap(survey, well)])),
    )


def _no_large_gap(survey: SurveyFigures, well: Sequence[Representation[Figure]]) -> tuple[str, ...]:
    """One sentence for all characteristics without a large group under half its share."""
    words = survey.words
    if len(well) == 1:
        label = characteristic(survey, well[0])
        return (words("reach_no_large_gap", label=label, told=told(survey, well[0])),)
    if not well:
        return ()
    fewest = min(int(printed.number(table.base) or 0) for table in well)
    named = printed.listed(words, [_inside(survey, table) for table in well])
    whose = {table.audience for table in well}
    group = _group(survey, whose.pop() if len(whose) == 1 else None)
    return (words("reach_no_large_gaps", labels=named, base=words.number(fewest), group=group),)


def _group(survey: SurveyFigures, audience: str | None) -> str:
    """Whose characteristic a reference population holds, in a sentence."""
    return survey.name(survey.results.everybody if audience is None else survey.results_group(audience))


def _inside(survey: SurveyFigures, table: Representation[Figure]) -> str:
    """A characteristic inside a sentence: in English with a small letter, unless the survey's owner named it."""
    label = characteristic(survey, table)
    ours = table.characteristic in topics() or f"field_{table.characteristic}" in catalogue()
    return label[:1].lower() + label[1:] if ours and survey.words.speaks_english else label


def _of_characteristic(survey: SurveyFigures, table: Representation[Figure], people: float) -> _Verdict:
    words, label = survey.words, characteristic(survey, table)
    base, whole = printed.number(table.base), people
    if table.audience is not None:
        whole = printed.number(survey.results_group(table.audience).responses) or people
    if base is None or any(printed.number(group.index) is None for group in table.groups if _is_large(group)):
        return _Verdict("Fair", (words("reach_hidden", label=label),))
    if 2 * base < whole:
        counted = {"base": words.number(int(base)), "people": words.number(int(whole))}
        return _Verdict(
            "Fair", (words("reach_few_told", label=label, group=_group(survey, table.audience), **counted),)
        )
    missing = [group for group in table.groups if _is_half_missing(group)]
    if missing:
        return _Verdict("Fair", tuple(_gap(survey, "reach_half", table, group) for group in missing[:1]))
    return _Verdict("Strong", ())


def _gap(survey: SurveyFigures, phrase: str, table: Representation[Figure], group: ReferenceGroup[Figure]) -> str:
    people = people_of_group(survey, table, group)
    return capital(survey.words(phrase, people=people, share=beside_reference(survey, table, group)))


def _is_large(group: ReferenceGroup[Figure]) -> bool:
    return group.reference_percent >= LARGE_GROUP


def _is_half_missing(group: ReferenceGroup[Figure]) -> bool:
    index = printed.number(group.index)
    return _is_large(group) and index is not None and index < HALF_ITS_SHARE


def _order(survey: SurveyFigures) -> _Verdict:
    agrees = survey.results.order_by_channel_agrees
    if agrees is None:
        return _Verdict("Fair", (survey.words("reach_order_unknown"),))
    if agrees:
        return _Verdict("Strong", (survey.words("reach_same_order"),))
    return _Verdict("Fair", (survey.words("reach_other_order"),))
