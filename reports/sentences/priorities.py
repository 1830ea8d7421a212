"""What matters most to a group, what it calls important and what it found hard to understand."""

from __future__ import annotations

from reports import printed_figures as printed
from reports.sentences.finding import Finding, capital, level_with
from reports.survey_figures import SurveyFigures, asks_importance
from reports.tabulation import Estimate, Figure, Group, ThemeTable
from surveys.questionnaire import ChoicesQuestion, Theme

_MOST_NAMED = 2
_WORTH_SAYING = 0.1
"""The share of people from which an answer beside the themes is told on the first page."""


def matters_most(survey: SurveyFigures, group: Group[Figure]) -> Finding | None:
    """Which theme leads in the order of the report, or that none does; None where the order is hidden, or of one theme.

    A theme is named alone only where no other theme's range of ranks reaches its own.
    """
    found = [
        (place, theme, table)
        for theme in survey.themes
        if (table := survey.theme_table(group, theme.id)) and (place := printed.number(table.rank)) is not None
    ]
    if not found or len(survey.themes) == 1:
        return None
    ranked = sorted(found, key=lambda entry: entry[0])
    first, top, table = ranked[0]
    words, name = survey.words, survey.name(group)
    tied = [theme for _, theme, _ in ranked if theme.id in table.tied_with]
    of_whom = "_of_all" if group.field is None else ""
    if not tied:
        headline = words(f"most_one{of_whom}", title=survey.quoted(top), group=name)
    elif len(tied) == 1:
        both = len(survey.themes) == len(ranked) == 2
        headline = words(f"most_{'both' if both else 'two'}{of_whom}", group=name)
    else:
        headline = words(f"most_none{of_whom}", group=name)
    if not survey.asks_choice:
        return Finding(headline, _highest_score(survey, top, table, tied))
    beside = beside_the_themes(survey, group, least=_WORTH_SAYING)
    if not tied:
        return Finding(headline, (_how_many_chose_it(survey, top, table), *beside))
    as_many = [theme for place, theme, _ in ranked if place == first and theme is not top]
    others = [theme for theme in tied if theme not in as_many]
    level = (*_as_many_chose(survey, as_many), *_about_equal(survey, others))
    return Finding(headline, (_how_many_chose(survey, top, table), *level, *beside))


def beside_the_themes(survey: SurveyFigures, group: Group[Figure], *, least: float = 0.0) -> tuple[str, ...]:
    """How many gave the answers that the question about what matters most offers beside the themes, such as "none of
    these"; nothing where no such answer can be shown of ``least`` of them (0-1) or more."""
    question, words = survey.questionnaire.with_purpose("priority"), survey.words
    answered = survey.choice(group, question.id) if question else None
    if not isinstance(question, ChoicesQuestion) or answered is None or not (base := printed.number(answered.base)):
        return ()
    told = [
        (people, words("beside_themes_one", answer=printed.quoted(words, words.said(option.label)), share=share))
        for option in question.options
        if (people := printed.number(figure := answered.counts.get(option.id))) is not None
        and (share := printed.share(words, figure, answered.base))
    ]
    if not told or max(people for people, _ in told) < max(1, least * base):
        return ()
    return (words("beside_themes", answers=printed.listed(words, [said for _, said in told])),)


def _highest_score(survey: SurveyFigures, top: Theme, table: ThemeTable[Figure], tied: list[Theme]) -> tuple[str, ...]:
    words = survey.words
    if len(tied) == 1:
        return (words("score_two", first=survey.quoted(top), second=survey.quoted(tied[0])),)
    if tied:
        return (words("score_several", n=len(tied) + 1),)
    people = printed.number(table.score_base)
    if people is None:
        return ()
    return (words("score_one", title=survey.quoted(top), n=int(people), people=words.number(int(people))),)


def _how_many_chose_it(survey: SurveyFigures, theme: Theme, table: ThemeTable[Figure]) -> str:
    """The share of the theme that the headline names: who put it among the few that they could choose."""
    words, asked = survey.words, survey.questionnaire.with_purpose("priority")
    tenths = printed.tenths(words, table.chosen_count, table.chosen_base)
    most = asked.max if isinstance(asked, ChoicesQuestion) else None
    if not tenths or most is None or most < 2:
        return _how_many_chose(survey, theme, table)
    counts = printed.counts_of(words, table.chosen_count, table.chosen_base)
    return capital(words("chosen_among", tenths=tenths, n=most, counts=counts))


def _how_many_chose(survey: SurveyFigures, theme: Theme, table: ThemeTable[Figure]) -> str:
    words, title = survey.words, survey.quoted(theme)
    if printed.number(table.chosen_count) is None:
        return words("chosen_hidden", title=title)
    tenths = printed.tenths(words, table.chosen_count, table.chosen_base)
    counts = printed.counts_of(words, table.chosen_count, table.chosen_base)
    if not tenths:
        return words("chosen_counts", title=title, counts=counts)
    return capital(words("chosen_tenths", title=title, tenths=tenths, counts=counts))


def _as_many_chose(survey: SurveyFigures, themes: list[Theme]) -> tuple[str, ...]:
    """The themes that exactly as many people chose: the order of the questionnaire alone puts another before them."""
    if not themes:
        return ()
    if len(themes) > _MOST_NAMED:
        return (survey.words("chosen_as_many_each", n=len(themes)),)
    named = printed.listed(survey.words, [survey.quoted(theme) for theme in themes])
    return (survey.words("chosen_as_many", titles=named),)


def _about_equal(survey: SurveyFigures, tied: list[Theme]) -> tuple[str, ...]:
    if not tied:
        return ()
    if len(tied) > _MOST_NAMED:
        return (survey.words("level_several", n=len(tied)),)
    named = printed.listed(survey.words, [survey.quoted(theme) for theme in tied])
    return (survey.words("level_named", titles=named),)


def importance(survey: SurveyFigures, group: Group[Figure]) -> Finding | None:
    """Whether more than half call themes important, with the highest share; None where no share can be shown.

    Said of shares only from a base of 50; below, the counts of one theme stand alone.
    """
    told = [
        (theme, positive, table.base, table.percent_positive, share)
        for theme in survey.themes
        if (table := survey.rating(group, theme))
        and printed.number(positive := survey.positive(table)) is not None
        and table.percent_positive is not None
        and (share := printed.number(table.percent_positive.value)) is not None
    ]
    if not told:
        return None
    theme, positive, base, lead, most = max(told, key=lambda entry: entry[4])
    words, name, title = survey.words, survey.name(group), survey.quoted(theme)
    if not printed.has_percent(base):
        counts = printed.counts_of(words, positive, base)
        return Finding(words("important_counts", title=title, group=name, counts=counts))
    if 1 < len(told) == len(survey.themes) and all(
        share > 50 and printed.has_percent(of) for _, _, of, _, share in told
    ):
        headline = words("important_every", group=name)
    elif most > 50:
        headline = words("important_one", title=title, group=name)
    else:
        headline = words("important_none", group=name)
    others = [share for other, _, _, share, _ in told if other is not theme]
    alone = len(survey.themes) == 1
    level = level_with(lead, others) + len(survey.themes) - len(told)
    in_ten = printed.in_ten(words, positive, base)
    said = words("important_share" if level or alone else "important_first", title=title, share=in_ten)
    return Finding(headline, (said, *positive_answers(survey)))


def positive_answers(survey: SurveyFigures) -> tuple[str, ...]:
    """Which answers are called positive; nothing where people were asked about importance, which says it by itself."""
    question, words = survey.importance, survey.words
    if question is None or asks_importance(question):
        return ()
    points = [point for point in survey.questionnaire.scale(question.scale).points if point.positive]
    labels = [printed.quoted(words, words.said(point.label)) for point in points]
    return (words("positive_are", answers=printed.listed(words, labels)),)


def clarity(survey: SurveyFigures, group: Group[Figure]) -> Finding | None:
    """Which theme most people found hard to understand, or that none stands out; None where nothing can be shown, or of
    one theme, which is harder than no other."""
    told: list[tuple[Theme, ThemeTable[Figure], float]] = [
        (theme, table, count)
        for theme in survey.themes
        if (table := survey.theme_table(group, theme.id))
        and (count := printed.number(table.unclear_count)) is not None
        and printed.number(table.unclear_base)
    ]
    if not told:
        return None
    words = survey.words
    theme, table, count = max(told, key=lambda entry: entry[2])
    if count == 0 and len(told) == len(survey.themes):
        return Finding(words("unclear_none", group=survey.name(group)))
    if count == 0 or len(survey.themes) == 1:
        return None
    title = survey.quoted(theme)
    share = printed.in_ten(words, table.unclear_count, table.unclear_base)
    others: list[Estimate[Figure] | None] = [other.unclear for one, other, _ in told if one is not theme]
    if len(told) < len(survey.themes) or table.unclear is None or level_with(table.unclear, others):
        return Finding(words("unclear_level"), (words("unclear_share", title=title, share=share),))
    return Finding(words("unclear_one", title=title), (words("unclear_for", share=share),))
