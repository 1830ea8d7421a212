"""What people raised most in their own words."""

from __future__ import annotations

import math

from reports import printed_figures as printed
from reports.printed_mentions import Mentions, in_order, point_name, whole_number
from reports.sentences.finding import Finding, capital
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, MentionRow
from reports.words import Words

MOST_NAMED = 3
_Z = 1.959963984540054


def most_raised(survey: SurveyFigures, one: Mentions) -> str:
    """What was raised most, by how many of how many people; or that it cannot be said."""
    words, everybody = survey.words, one.columns[0]
    if printed.number(everybody.coded) is None:
        return words("mention_too_few")
    lead = _lead(one)
    if not lead:
        return words("mention_nothing")
    if len(lead) > MOST_NAMED:
        return words("mention_no_lead")
    phrase = "mention_most_each" if len(lead) > 1 else "mention_most"
    if whole_number(everybody.coded) < whole_number(one.commented):
        phrase = f"{phrase}_coded"
    names = printed.listed(words, [printed.quoted(words, point_name(words, row)) for row in lead])
    sentence = words(phrase, points=names, **_counts(words, lead[0].people[0], everybody.coded))
    return capital(words("mention_of_shown", sentence=sentence) if _some_hidden(one) else sentence)


def _lead(one: Mentions) -> list[MentionRow[Figure]]:
    """The points that most people raised, as many as were raised equally often."""
    shown = [row for row in one.rows if row.code is not None and printed.number(row.people[0]) is not None]
    return [row for row in shown if row.people[0] == shown[0].people[0]]


def _counts(words: Words, part: Figure, base: Figure) -> dict[str, object]:
    number = whole_number(base)
    share = words("mention_share", percent=printed.percent(words, part, base)) if printed.has_percent(base) else ""
    return {"part": printed.count(words, part), "n": number, "number": words.number(number), "share": share}


def raised_finding(survey: SurveyFigures) -> Finding | None:
    """What people raised most in all questions together, for the first page: where every comment is coded, shares are
    printed, and chance alone could not put the second point level even if nobody had raised both."""
    words = survey.words
    together = [one for one in in_order(survey) if one.key is None]
    tables = together or [one for one in in_order(survey) if one.rows][:1]
    if len(survey.results.coding) != 1 or not tables:
        return None
    one = tables[0]
    coded = one.columns[0].coded
    if (
        not printed.has_percent(coded)
        or whole_number(coded) < whole_number(one.commented)
        or _some_hidden(one)
        or not _leads(one)
    ):
        return None
    row = one.rows[0]
    points = printed.quoted(words, point_name(words, row))
    return Finding(
        words("mention_found", points=points),
        (words("mention_found_counts", **_counts(words, row.people[0], coded)),),
    )


def _some_hidden(one: Mentions) -> bool:
    return any(row.code is not None and printed.number(row.people[0]) is None for row in one.rows)


def _leads(one: Mentions) -> bool:
    """The difference of two shares of the same people varies most where nobody is in both."""
    people = whole_number(one.columns[0].coded)
    numbers = [whole_number(row.people[0]) for row in one.rows if row.code is not None][:2]
    first, second = (*numbers, 0, 0)[:2]
    gap = (first - second) / people
    return gap > _Z * math.sqrt(((first + second) / people - gap**2) / people)
