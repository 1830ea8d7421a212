"""What people, questions and verdicts are called in the cells of the spreadsheet, in the language of the report."""

from __future__ import annotations

from reports import labels
from reports import printed_figures as printed
from reports.sentences import capital
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Group, Representation, Shown
from reports.words import Words
from surveys.questionnaire import Item, Text


def headed(words: Words, *phrases: str) -> list[str]:
    """The headings of a sheet's columns."""
    return [words(phrase) for phrase in phrases]


def verdict(words: Words, stored: str) -> str:
    """A word of the results, such as ``too few to say``, as people read it."""
    return words(f"sheet_says_{stored.replace(' ', '_')}")


def yes_or_no(words: Words, is_so: bool) -> str:
    """The answer in one word."""
    return words("sheet_says_yes" if is_so else "sheet_says_no")


def measure(words: Words, stored: str) -> str:
    """What a share or score is of, with its unit."""
    return words(f"sheet_measure_{stored}")


def field_name(survey: SurveyFigures, field: str) -> str:
    """What groups are made by: one field, or two joined by a comma."""
    return labels.field_label(survey.words, survey.questionnaire, field, field)


def population_name(survey: SurveyFigures, group: Group[Figure]) -> str:
    """Whom a row is about, with what they are told apart by: ``Audience: Patients``."""
    words = survey.words
    if group.field is None:
        return words("mention_everybody")
    field = labels.as_a_part(words, field_name(survey, group.field))
    return words("sheet_field_value", field=field, value=survey.full_label(group))


def group_name(survey: SurveyFigures, field: str, value: str) -> str:
    """The group with this value of a field; the value itself where the results hold no such group."""
    for group in (*survey.results.audiences, *survey.results.groups):
        if (group.field, group.value) == (field, value):
            return survey.full_label(group)
    return labels.value_label(survey.words, survey.questionnaire, field, value, value)


def asked_name(survey: SurveyFigures, key: str) -> str:
    """What a figure is of, by its key: a theme, or a question with the theme that it is about."""
    theme = next((one for one in survey.questionnaire.themes if one.id == key), None)
    if theme is not None:
        return survey.plain(theme)
    item = next((one for one in survey.questionnaire.items if one.key == key), None)
    return survey.words.said(*_texts(item), joint=": ") if item else survey.words.set_apart(key)


def item_title(survey: SurveyFigures, item: Item) -> str:
    """A question behind its key, which is the name of its column in files of answers."""
    # A key is in Latin letters, and is read in one run with texts that are.
    key = Text((("en", item.key),))
    return survey.words.said(key, *_texts(item), joint=": ")


def _texts(item: Item) -> tuple[Text, ...]:
    return (item.theme.plain_title, item.question.text) if item.theme else (item.question.text,)


def characteristic_name(survey: SurveyFigures, table: Representation[Figure]) -> str:
    """What people are told apart by beside a reference population, with the audience that alone is compared."""
    words = survey.words
    name = capital(labels.characteristic(words, survey.questionnaire, table.characteristic, table.label))
    if table.audience is None:
        return name
    return words("who_one_value", field=name, value=survey.name(survey.results_group(table.audience)))


def weighted_by(survey: SurveyFigures) -> str:
    """How weights were made, and by which characteristics."""
    words, weighted = survey.words, survey.results.weighted
    if weighted is None:
        return ""
    names = {one.characteristic: characteristic_name(survey, one) for one in survey.results.representation}
    listed = printed.listed(words, [names.get(one, one) for one in weighted.characteristics])
    return words(f"sheet_weights_{weighted.method.replace('-', '_')}", characteristics=listed)


def pooled(survey: SurveyFigures) -> str:
    """How many people of each audience are in the rows for everybody; empty where there is one audience."""
    words = survey.words
    if survey.results.pooling is None:
        return ""
    parts = [
        words("reach_group", count=printed.count(words, group.responses), group=survey.name(group))
        if isinstance(group.responses, Shown)
        else words("sheet_number_suppressed", group=survey.name(group))
        for group in survey.results.audiences
        if group.responses != Shown(0)
    ]
    return words("sheet_pooled", people=printed.listed(words, parts))
