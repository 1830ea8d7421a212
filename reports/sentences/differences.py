"""Where groups differ: "more often" and "less often" only where the comparison itself says higher or lower."""

from __future__ import annotations

from collections.abc import Iterator

from reports import labels
from reports import printed_figures as printed
from reports.sentences.finding import Finding, capital
from reports.splitting.crossing import BETWEEN
from reports.survey_figures import SurveyFigures, Topic
from reports.tabulation import Difference, Figure, Group
from surveys.questionnaire import RatingQuestion, Theme

AUDIENCE = "audience"


def clear_differences(
    survey: SurveyFigures, first: Group[Figure], second: Group[Figure]
) -> list[tuple[Theme, Difference[Figure]]]:
    """The themes that one audience clearly chose more often than the other, the largest gap first.

    Where people are not asked to choose, those that it clearly calls important more often.
    """
    return _clear_of(survey, _between(survey, first, second, leading_measure(survey)))


def audiences_differ(survey: SurveyFigures, first: Group[Figure], second: Group[Figure]) -> Finding | None:
    """The clearest difference between two audiences, or that there is none; None where they were not compared.

    Who chose each theme comes before what each is rated. They are called similar only where they clearly differ in no
    rating of the themes.
    """
    words = survey.words
    leading = _between(survey, first, second, leading_measure(survey))
    compared = [one for one in leading if title_of(survey, one) is not None]
    if not compared:
        return None
    rated = _between(survey, first, second, "percent_positive")
    told = _clear_titles(survey, compared) or _clear_titles(survey, rated)
    if told:
        title, difference = told[0]
        # "higher" is said of the group that the comparison names first.
        higher = difference.first if difference.words == "higher" else difference.second
        more, fewer = (first, second) if first.value == higher else (second, first)
        headline = capital(
            words(
                "differ_chosen" if difference.measure == "chosen" else "differ_important",
                title=title,
                more=survey.name(more),
                fewer=survey.name(fewer),
            )
        )
        shares = (_share(survey, group, difference) for group in (more, fewer))
        sides = zip((more, fewer), shares, strict=True)
        figures = [words("differ_share", group=survey.label(group), share=share) for group, share in sides]
        return Finding(headline, (*figures, words("differ_why")))
    names = {"first": survey.name(first), "second": survey.name(second)}
    if _clear(rated):
        return None
    unknown = sum(difference.words == "too few to say" for difference in compared)
    if survey.rated and 0 < unknown < len(compared):
        # Questions are not asked of the same people, so one that few were asked says nothing of the others.
        not_compared = words("themeless_differ_not_compared", n=unknown)
        return Finding(capital(words("themeless_differ_similar_else", **names)), (not_compared,))
    if unknown:
        return Finding(words("differ_unknown", **names), (words("differ_too_few"),))
    return Finding(capital(words("differ_similar", **names)), (words("differ_no_gap"),))


def group_differences(survey: SurveyFigures, *, most: int | None = None) -> tuple[str, ...]:
    """A sentence for each clear difference between the groups asked for, the largest first and ``most`` of them, and
    what may be said of the rest; empty where groups were not compared. What rests on hidden numbers is told apart
    (``groups_not_compared``). Of crossed groups, first which are compared."""
    words = survey.words
    compared = [one for one in survey.results.differences if one.field != AUDIENCE]
    if not compared:
        return ()
    clear = _clear(compared)
    every = _told_of_groups(survey, clear)
    said = [*_which_are_compared(survey), *every[:most]]
    if len(every) > len(every[:most]):
        said.append(words("groups_more", n=len(every) - len(every[:most])))
    unknown = sum(one.words == "too few to say" for one in compared)
    hidden = sum(rests_on_hidden(one) for one in compared)
    if not clear and unknown < len(compared):
        said.append(words("groups_similar"))
    elif len(every) == len(clear) < len(compared) - unknown:
        said.append(words("groups_rest_similar"))
    if unknown > hidden:
        said.append(words("groups_too_few", n=unknown - hidden))
    return tuple(said)


def groups_differ(survey: SurveyFigures) -> Finding | None:
    """The clearest difference between the groups asked for; None where there is none."""
    told = _told_of_groups(survey, _clear([one for one in survey.results.differences if one.field != AUDIENCE]))
    return Finding(told[0], (survey.words("differ_why"),)) if told else None


def _clear(compared: list[Difference[Figure]]) -> list[Difference[Figure]]:
    """Those that may be called higher or lower, the largest gap first."""
    gaps = [(one, gap) for one in compared if (gap := _clear_gap(one)) is not None]
    return [one for one, gap in sorted(gaps, key=lambda entry: -abs(entry[1]))]


def _told_of_groups(survey: SurveyFigures, clear: list[Difference[Figure]]) -> list[str]:
    return [sentence for one in clear if (sentence := _of_group(survey, one))]


def rests_on_hidden(difference: Difference[Figure]) -> bool:
    """Whether a comparison is not made because the figures of either side are hidden, however many people they have."""
    return difference.difference is not None and printed.number(difference.difference.value) is None


def _which_are_compared(survey: SurveyFigures) -> Iterator[str]:
    """Of crossed groups, those alike in the second field: others may differ plainly and are said not to otherwise."""
    *_, second = (survey.results.filters.by or "").split(BETWEEN)
    if second != survey.results.filters.by:
        words = survey.words
        field = labels.field_label(words, survey.questionnaire, second, second)
        yield words("groups_compared_within", field=labels.as_a_part(words, field))


def _of_group(survey: SurveyFigures, difference: Difference[Figure]) -> str | None:
    """One group beside all others or beside another; None where nothing has a title here or the figures are hidden."""
    title = title_of(survey, difference)
    groups = {group.value: group for group in survey.groups}
    first = groups.get(difference.first)
    if title is None or first is None or printed.number(_figures(survey, first, difference)[0]) is None:
        return None
    second = groups.get(difference.second) if difference.second else None
    way = "more" if difference.words == "higher" else "less"
    return survey.words(
        f"group_{difference.measure}_{way}",
        group=survey.label(first),
        share=_share(survey, first, difference),
        title=title,
        others=survey.name(second) if second else _all_others(survey, first),
    )


def _all_others(survey: SurveyFigures, group: Group[Figure]) -> str:
    """All others together; of a crossed group, those with the same second value."""
    words, pair = survey.words, labels.names_of_pair(survey.words, survey.questionnaire, group)
    if pair is None:
        return words("group_all_others")
    return words("group_others_within", value=printed.quoted(words, survey.shortened(group, pair[-1])))


def _figures(
    survey: SurveyFigures, group: Group[Figure], difference: Difference[Figure]
) -> tuple[Figure | None, Figure | None]:
    """The people of a group who chose what is compared or answered it positively, and among whom."""
    if difference.measure == "chosen":
        theme = survey.theme_table(group, difference.key)
        return (theme.chosen_count, theme.chosen_base) if theme else (None, None)
    rating = survey.rated_by(group, difference.key)
    return (survey.positive(rating), rating.base) if rating else (None, None)


def _share(survey: SurveyFigures, group: Group[Figure], difference: Difference[Figure]) -> str:
    return printed.share(survey.words, *_figures(survey, group, difference))


def leading_measure(survey: SurveyFigures) -> str:
    """What groups are compared by first: who chose each theme, or where nobody was asked, who rates them well."""
    return "chosen" if survey.themes and survey.asks_choice else "percent_positive"


def _between(
    survey: SurveyFigures, first: Group[Figure], second: Group[Figure], measure: str
) -> list[Difference[Figure]]:
    """All comparisons of two audiences by one measure."""
    return [
        difference
        for difference in survey.results.differences
        if difference.field == AUDIENCE
        and difference.measure == measure
        and {difference.first, difference.second} == {first.value, second.value}
    ]


def _clear_of(survey: SurveyFigures, compared: list[Difference[Figure]]) -> list[tuple[Theme, Difference[Figure]]]:
    """The clear ones that a sentence can be made of, with their themes, the largest gap first."""
    return [(theme, one) for one in _clear(compared) if (theme := theme_of(survey, one)) is not None]


def clearly_differ(survey: SurveyFigures, first: Group[Figure], second: Group[Figure]) -> list[str]:
    """What two audiences clearly chose or answered differently, each in quotation marks, the largest gap first."""
    between = _between(survey, first, second, leading_measure(survey))
    return [title for title, _ in _clear_titles(survey, between)]


def _clear_titles(survey: SurveyFigures, compared: list[Difference[Figure]]) -> list[tuple[str, Difference[Figure]]]:
    """As ``_clear_of``, with what is compared in quotation marks, be it a theme or a rating question."""
    return [(title, one) for one in _clear(compared) if (title := title_of(survey, one)) is not None]


def title_of(survey: SurveyFigures, difference: Difference[Figure]) -> str | None:
    """What a comparison is about in quotation marks: a theme or, where there are none, a rating question; else None."""
    topic = topic_of(survey, difference)
    if topic is None:
        return None
    return survey.quoted(topic) if isinstance(topic, Theme) else survey.quoted_question(topic)


def topic_of(survey: SurveyFigures, difference: Difference[Figure]) -> Topic | None:
    """The theme or, where there are none, the rating question that a comparison is about; None for any other."""
    theme = theme_of(survey, difference)
    return theme or next((item for item in survey.rated if item.key == difference.key), None)


def theme_of(survey: SurveyFigures, difference: Difference[Figure]) -> Theme | None:
    """The theme that a comparison is about; None for a rating that is not the one of importance."""
    if difference.measure == "chosen":
        return survey.questionnaire.theme(difference.key)
    return importance_theme(survey, difference.key)


def importance_theme(survey: SurveyFigures, key: str) -> Theme | None:
    """The theme whose importance the item with this key asks for; None for any other item."""
    item = survey.questionnaire.item(key)
    same = isinstance(item.question, RatingQuestion) and survey.importance and item.question.id == survey.importance.id
    return item.theme if same else None


def _clear_gap(difference: Difference[Figure]) -> float | None:
    """The gap in points where it may be called higher or lower; None for any other."""
    if difference.words not in ("higher", "lower") or difference.difference is None:
        return None
    return printed.number(difference.difference.value)
