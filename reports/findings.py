"""What a report says in sentences, found by rule from disclosed figures and never by hand.

Sentences have 20 words at most, every number stands with its base, and nothing is called first where chance alone could
have put another theme there. A theme is said to differ between audiences only where the comparison says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports import printed_figures as printed
from reports.survey_figures import SurveyFigures
from reports.tabulation import Difference, Figure, Group, ThemeTable
from surveys.questionnaire import ChoicesQuestion, Theme


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence that states the finding, and the sentences that give its figures."""

    headline: str
    sentences: tuple[str, ...]


def findings(survey: SurveyFigures) -> tuple[Finding, ...]:
    """Up to three findings: what matters most to each of the two largest audiences, then what else stands out."""
    audiences = survey.audiences[:2]
    found = [finding for group in audiences if (finding := _matters_most(survey, group))]
    if len(audiences) > 1:
        found.append(_audiences_differ(survey))
    found += [finding for finding in (_importance(survey), _hard_to_understand(survey)) if finding]
    return tuple(found[:3])


def _matters_most(survey: SurveyFigures, group: Group[Figure]) -> Finding | None:
    ranked = sorted(
        (
            (place, theme, table)
            for theme in survey.themes
            if (table := survey.theme_table(group, theme.id)) and (place := printed.number(table.rank)) is not None
        ),
        key=lambda entry: entry[0],
    )
    if not ranked:
        return None
    _, top, table = ranked[0]
    tied = [survey.plain(theme) for _, theme, _ in ranked[1:] if theme.id in table.tied_with]
    name, title = survey.name(group), printed.quoted(survey.words, survey.plain(top))
    if not tied:
        headline = f"{title} matters most to {name}."
    elif len(tied) == 1:
        headline = f"Two themes lead among {name} and are about equal."
    elif group.field is None:
        headline = "No single theme leads."
    else:
        headline = f"No single theme leads among {name}."
    return Finding(headline, (*_how_many_chose(survey, group, title, table), *_about_equal(survey, tied)))


def _how_many_chose(
    survey: SurveyFigures, group: Group[Figure], title: str, table: ThemeTable[Figure]
) -> tuple[str, ...]:
    if not survey.asks_choice:
        return (f"Of all themes, {title} has the highest average importance.",)
    question = survey.questionnaire.with_purpose("priority")
    most = question.max if isinstance(question, ChoicesQuestion) else None
    among = f" among their top {most}" if most and most > 1 else ""
    said = printed.in_ten(survey.words, table.chosen_count, table.chosen_base)
    if printed.number(table.chosen_count) is None:
        return (f"How many {survey.name(group)} chose {title} cannot be shown.",)
    words, _, counts = said.partition(" (")
    people = survey.name(group)
    if not counts:
        return (f"{words} {people} put {title}{among}.",)
    return (f"{words[:1].upper()}{words[1:]} {people} put {title}{among} ({counts}.",)


def _about_equal(survey: SurveyFigures, tied: list[str]) -> tuple[str, ...]:
    if not tied:
        return ()
    if len(tied) > 2:
        return (f"Chance alone could put any of {len(tied)} other themes level with it.",)
    names = printed.listed(survey.words, [printed.quoted(survey.words, title) for title in tied])
    return (f"Chance alone could put {names} level with it.",)


def _audiences_differ(survey: SurveyFigures) -> Finding:
    first, second = survey.audiences[:2]
    told = clear_differences(survey, first, second)
    names = (survey.name(first), survey.name(second))
    if told:
        theme, difference = told[0]
        # "higher" is said of the group that the comparison names first.
        higher = survey.results_group(difference.first if difference.words == "higher" else str(difference.second))
        more, fewer = (first, second) if higher is first else (second, first)
        title = printed.quoted(survey.words, survey.plain(theme))
        return Finding(
            f"{survey.label(more)} chose {title} more often than {survey.name(fewer)}.",
            (
                *(
                    f"{survey.label(group)}: {printed.share(survey.words, table.chosen_count, table.chosen_base)}."
                    for group in (more, fewer)
                    if (table := survey.theme_table(group, theme.id))
                ),
                "The gap is larger than chance alone would explain.",
            ),
        )
    if any(difference.words == "too few to say" for difference in _compared(survey, first, second)):
        return Finding(
            f"We cannot tell whether {names[0]} and {names[1]} differ.",
            ("One of the two groups is too small to compare.",),
        )
    return Finding(
        f"{survey.label(first)} and {names[1]} did not clearly differ.",
        ("No theme shows a gap larger than chance alone would explain.",),
    )


def _compared(survey: SurveyFigures, first: Group[Figure], second: Group[Figure]) -> list[Difference[Figure]]:
    return [
        difference
        for difference in survey.results.differences
        if difference.measure == "chosen" and {difference.first, difference.second} == {first.value, second.value}
    ]


def clear_differences(
    survey: SurveyFigures, first: Group[Figure], second: Group[Figure]
) -> list[tuple[Theme, Difference[Figure]]]:
    """The themes that one group chose clearly more often than the other, the largest gap first."""
    told = [
        (survey.questionnaire.theme(difference.key), difference, abs(gap))
        for difference in _compared(survey, first, second)
        if difference.words in ("higher", "lower")
        and difference.difference is not None
        and (gap := printed.number(difference.difference.value)) is not None
    ]
    return [(theme, difference) for theme, difference, _ in sorted(told, key=lambda entry: -entry[2])]


def _importance(survey: SurveyFigures) -> Finding | None:
    group = survey.audiences[0]
    told = [
        (theme, positive, table.base, share)
        for theme in survey.themes
        if (table := survey.rating(group, theme))
        and (positive := survey.positive(table)) is not None
        and table.percent_positive is not None
        and (share := printed.number(table.percent_positive.value)) is not None
        and printed.number(positive) is not None
    ]
    if not told:
        return None
    theme, positive, base, most = max(told, key=lambda entry: entry[3])
    name, title = survey.name(group), printed.quoted(survey.words, survey.plain(theme))
    if len(told) == len(survey.themes) and all(share > 50 for *_, share in told):
        headline = f"Most {name} find every theme important."
    elif most > 50:
        headline = f"Most {name} find {title} important."
    else:
        headline = f"Fewer than half of {name} call any one theme important."
    return Finding(headline, (f"{title} comes first in this: {printed.in_ten(survey.words, positive, base)}.",))


def _hard_to_understand(survey: SurveyFigures) -> Finding | None:
    group = survey.audiences[0]
    told = [
        (theme, table, count)
        for theme in survey.themes
        if (table := survey.theme_table(group, theme.id))
        and (count := printed.number(table.unclear_count)) is not None
        and printed.number(table.unclear_base)
    ]
    if not told:
        return None
    theme, table, count = max(told, key=lambda entry: entry[2])
    if count == 0:
        return Finding(f"No theme was hard to understand for {survey.name(group)}.", ())
    said = printed.in_ten(survey.words, table.unclear_count, table.unclear_base)
    return Finding(
        f"{printed.quoted(survey.words, survey.plain(theme))} was the hardest to understand.",
        (f"Hard to understand for {said}.",),
    )
