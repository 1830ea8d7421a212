"""What people answered to the rating questions of a survey without themes: how many positively, and which leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports import printed_figures as printed
from reports.sentences.finding import Finding, level_with
from reports.survey_figures import SurveyFigures
from reports.tabulation import Estimate, Figure, Group
from surveys.questionnaire import Item, RatingQuestion

_MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class _Rated:
    """A rating question of which the share of positive answers is shown: the people, among whom, and the share."""

    item: Item
    positive: Figure | None
    base: Figure
    share: Estimate[Figure]

    @property
    def percent(self) -> float:
        return printed.number(self.share.value) or 0.0


def ratings(survey: SurveyFigures, group: Group[Figure]) -> Finding | None:
    """How many rating questions more than half answered positively, and which has the highest and the lowest share.

    By the rules for themes: shares from a base of 50, below it the counts of one question alone; a question leads only
    where chance alone could put no other level with it. None where there is no rating question, or nothing is shown.
    """
    told = _told(survey, group)
    if not told:
        return None
    words, name = survey.words, survey.name(group)
    # Questions that few were asked lead only where all others are such questions too.
    lead = max(told, key=lambda one: (printed.has_percent(one.base), one.percent))
    title = survey.quoted_question(lead.item)
    if not printed.has_percent(lead.base):
        counts = printed.counts_of(words, lead.positive, lead.base)
        return Finding(words("ratings_counts", title=title, group=name, counts=counts), positive_in_ratings(survey))
    headline = _headline(survey, group, lead, told)
    sentences = [
        _leading(survey, lead, told, headline=headline),
        *_about_equal(survey, lead, told),
        *_fewest(survey, lead, told),
    ]
    return Finding(headline, (*sentences, *positive_in_ratings(survey)))


def positive_in_ratings(survey: SurveyFigures) -> tuple[str, ...]:
    """Which answers to the rating questions are called positive; nothing where there are no such questions.

    Where an answer is positive to one question and not to another, as on scales that run opposite ways, each question
    is named with its own.
    """
    words = survey.words
    asked: dict[tuple[str, ...], list[Item]] = {}
    for item in survey.rated:
        asked.setdefault(tuple(words.said(point.label) for point in survey.positive_points(item)), []).append(item)
    if not asked:
        return ()
    if len(asked) > 1 and any(_also_called_otherwise(survey, item) for item in survey.rated):
        titles = [printed.listed(words, [survey.quoted_question(item) for item in items]) for items in asked.values()]
        answers = [_listed(survey, labels) for labels in asked]
        return tuple(
            words("positive_are_to", title=title, answers=one) for title, one in zip(titles, answers, strict=True)
        )
    return (
        words("positive_are", answers=_listed(survey, dict.fromkeys(label for labels in asked for label in labels))),
    )


def _also_called_otherwise(survey: SurveyFigures, item: Item) -> bool:
    """Whether some answer that is not positive to this question is positive to another."""
    question = item.question
    if not isinstance(question, RatingQuestion):
        return False
    said = survey.words.said
    positive = {said(point.label) for other in survey.rated for point in survey.positive_points(other)}
    points = survey.questionnaire.scale(question.scale).points
    return any(said(point.label) in positive for point in points if not point.positive)


def _listed(survey: SurveyFigures, labels: Iterable[str]) -> str:
    return printed.listed(survey.words, [printed.quoted(survey.words, label) for label in labels])


def _told(survey: SurveyFigures, group: Group[Figure]) -> list[_Rated]:
    return [
        _Rated(item, positive, table.base, table.percent_positive)
        for item in survey.rated
        if (table := survey.rated_by(group, item.key)) is not None
        and printed.number(positive := survey.positive(table)) is not None
        and table.percent_positive is not None
        and printed.number(table.percent_positive.value) is not None
    ]


def _headline(survey: SurveyFigures, group: Group[Figure], lead: _Rated, told: Sequence[_Rated]) -> str:
    words, name, title = survey.words, survey.name(group), survey.quoted_question(lead.item)
    over_half = sum(one.percent > 50 for one in told)
    if len(survey.rated) == 1:
        return words("ratings_one" if over_half else "ratings_half", title=title, group=name)
    if len(told) < len(survey.rated) or not all(printed.has_percent(one.base) for one in told):
        return words("ratings_one" if over_half else "ratings_half", title=title, group=name)
    phrase = "ratings_every" if over_half == len(told) else "ratings_some" if over_half else "ratings_none"
    return words(phrase, group=name, number=over_half, every=len(told))


def _leading(survey: SurveyFigures, lead: _Rated, told: Sequence[_Rated], *, headline: str) -> str:
    """The share of the question that the headline is of or, where it counts questions, that has the highest share."""
    words, title = survey.words, survey.quoted_question(lead.item)
    share = printed.in_ten(words, lead.positive, lead.base)
    if title in headline:
        return words("ratings_that_is", share=share)
    return words("ratings_share" if _level(lead, told) else "ratings_first", title=title, share=share)


def _level(lead: _Rated, told: Sequence[_Rated]) -> list[_Rated]:
    return [one for one in told if one is not lead and level_with(lead.share, [one.share])]


def _about_equal(survey: SurveyFigures, lead: _Rated, told: Sequence[_Rated]) -> tuple[str, ...]:
    words, level = survey.words, _level(lead, told)
    if not level:
        return ()
    if len(level) > _MOST_NAMED:
        return (words("ratings_level_several", n=len(level)),)
    titles = printed.listed(words, [survey.quoted_question(one.item) for one in level])
    return (words("ratings_level", titles=titles),)


def _fewest(survey: SurveyFigures, lead: _Rated, told: Sequence[_Rated]) -> tuple[str, ...]:
    """The question with the lowest share and another that chance alone could put level with it, where all are shown
    and neither is level with the highest."""
    words = survey.words
    if len(told) < max(2, len(survey.rated)) or not all(printed.has_percent(one.base) for one in told):
        return ()
    last = min(told, key=lambda one: one.percent)
    level = [one for one in told if one is not last and level_with(one.share, [last.share])]
    fewest = [last, *level]
    if len(fewest) > _MOST_NAMED or lead in fewest or any(one in fewest for one in _level(lead, told)):
        return ()
    shares = [
        words(
            "ratings_fewest_one",
            title=survey.quoted_question(one.item),
            share=printed.in_ten(words, one.positive, one.base),
        )
        for one in fewest
    ]
    return (words("ratings_fewest_level" if level else "ratings_fewest", shares=printed.listed(words, shares)),)
