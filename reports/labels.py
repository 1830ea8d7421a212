"""What groups, fields and their values are called in print, in the language of the report.

Names that come with Engage are in the catalogue, those of the question bank and of the questionnaire in their own
texts. Whatever an installation has named itself is printed as it stands.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from babel.dates import format_date

from reports import printed_figures as printed
from reports.splitting.crossing import BETWEEN, values_of
from reports.tabulation import Figure, Group
from reports.words import Words, catalogue, language_name
from surveys.question_bank import topics
from surveys.questionnaire import ChoiceQuestion, Questionnaire, RatingQuestion

_ANSWER = "answer:"
_LEVEL = re.compile(r"place:(\d)\Z")
_BOTH = BETWEEN
_END_OF_ISOLATE = "\u2069"
_ISOLATED = re.compile("([\u2066\u2067])[^\u2066-\u2069]*\u2069")
_SPEAKS = {"\u2066": "en", "\u2067": "ar"}
"""A language by the mark that begins what runs its way, for the comma between names."""
_STRETCH = re.compile(r"(\d{4}-\d\d-\d\d)(?: – (\d{4}-\d\d-\d\d))?\Z")
"""How results call a week, or a stretch of weeks by its first and its last day."""


def group_in_sentence(words: Words, questionnaire: Questionnaire, group: Group[Figure]) -> str:
    """A group in the middle of a sentence: ``patients``, ``people aged 16 to 24``; ``people`` for everybody."""
    label = group_label(words, questionnaire, group)
    if group.field is None:
        return label
    if group.field != "audience":
        return people_of(words, questionnaire, group.field, label)
    if not words.speaks_english or label[1:2].isupper():
        return label
    return label[:1].lower() + label[1:]


def people_of(words: Words, questionnaire: Questionnaire, field: str, label: str) -> str:
    """The people with one value of a field, inside a sentence; the value itself where it was nobody's answer."""
    if field == "age":
        return words("people_age", group=label[:1].lower() + label[1:])
    if field == "place" or _LEVEL.match(field):
        return words("people_place", group=label)
    if _asked(questionnaire, field):
        return words("people_other", group=printed.quoted(words, label))
    return label


def group_label(words: Words, questionnaire: Questionnaire, group: Group[Figure]) -> str:
    """A group by its name: ``Patients``; ``people`` for everybody."""
    if group.field is None:
        return words("group_everybody")
    return value_label(words, questionnaire, group.field, str(group.value), group.label)


def field_label(words: Words, questionnaire: Questionnaire, field: str, stored: str) -> str:
    """What people are told apart by. ``stored``: what the results call it."""
    key = f"field_{field}"
    if key in catalogue():
        return words(key)
    if level := _LEVEL.match(field):
        return words("field_place_level", level=level[1])
    if _BOTH in field and (not words.speaks_english or stored == field):
        parts = [as_a_part(words, field_label(words, questionnaire, part, part)) for part in field.split(_BOTH)]
        return printed.listed(words, parts)
    # A field that came without a label of its own would else be printed as the question's id.
    question = _asked(questionnaire, field) if stored == field else _question(words, questionnaire, field)
    return words.said(question.text) if question else words.set_apart(stored)


def characteristic(words: Words, questionnaire: Questionnaire, field: str, stored: str) -> str:
    """What a reference population is told apart by: the title of a topic of the bank, else as ``field_label``."""
    topic = topics().get(field)
    return words.said(topic.title) if topic else field_label(words, questionnaire, field, stored)


def as_a_part(words: Words, label: str) -> str:
    """A label inside a sentence or before a colon: a question would end the sentence, so it is quoted."""
    return printed.quoted(words, label) if label.rstrip(_END_OF_ISOLATE).endswith(("?", "؟")) else label


def value_label(words: Words, questionnaire: Questionnaire, field: str, value: str, stored: str) -> str:
    """One value of a field. ``stored``: what the results call it."""
    match field:
        case "audience" | "channel":
            key = f"{field}_{(value if field == 'audience' else value.lower()).replace(' ', '_')}"
            known = catalogue().get(key)
            same = known is not None and str(known["en"]).casefold() == stored.casefold()
            # In English the stored label keeps its own capitals.
            if same and not words.speaks_english:
                return words(key)
        case "mode":
            return words(f"mode_{value}") if f"mode_{value}" in catalogue() else value
        case "language":
            return words.set_apart(language_name(value))
        case "week":
            return _week(words, value, stored)
        case "month":
            return format_date(datetime.date.fromisoformat(f"{value}-01"), "LLLL y", locale=words.spoken_locale)
        case _ if _BOTH in field:
            return _crossed(words, questionnaire, field, value, stored)
    question = _question(words, questionnaire, field)
    if question is not None:
        texts = {option.id: option.label for option in questionnaire.options(question)}
        texts |= {beside.id: beside.label for beside in questionnaire.not_scored(question)}
        if value in texts:
            return words.said(texts[value])
    return words.set_apart(stored or value) or words("field_not_recorded")


def _week(words: Words, monday: str, stored: str) -> str:
    """The day that a week begins on; of a stretch of weeks, from when to when it is."""
    first, stretch = datetime.date.fromisoformat(monday), _STRETCH.match(stored)
    last = stretch[2] if stretch else None
    return printed.dates(words, first, datetime.date.fromisoformat(last)) if last else words.date(first)


def names_of_pair(words: Words, questionnaire: Questionnaire, group: Group[Figure]) -> list[str] | None:
    """What each value of a group by two fields is called alone; None for any other group."""
    if group.field is None or _BOTH not in group.field:
        return None
    return _pair(words, questionnaire, group.field, str(group.value), group.label)


def _crossed(words: Words, questionnaire: Questionnaire, field: str, value: str, stored: str) -> str:
    """A pair of values, each as it is called alone."""
    names = _pair(words, questionnaire, field, value, stored)
    return words.set_apart(stored) if names is None else _beside(words, names)


def _pair(words: Words, questionnaire: Questionnaire, field: str, value: str, stored: str) -> list[str] | None:
    fields, values = field.split(_BOTH), values_of(field, value)
    called = _apart(fields, values, stored)
    if called is None:
        return None
    parts = zip(fields, values, called, strict=True)
    return [value_label(words, questionnaire, *part) for part in parts]


def _beside(words: Words, names: Sequence[str]) -> str:
    """Names beside each other. Those that all run the other way stand in the same marks: the first is read first."""
    if all(_ISOLATED.fullmatch(name) for name in names):
        start, end = names[0][0], names[0][-1]
        joint = Words(_SPEAKS[start])("figure_list_joint")
        return start + joint.join(name[1:-1] for name in names) + end
    return words("figure_list_joint").join(names)


def _apart(fields: Sequence[str], values: Sequence[str], stored: str) -> tuple[str, str] | None:
    """What results call each of a pair's two values, which they join by a comma; either may hold commas of its own.

    None where no comma joins two.
    """

    def strange(cut: tuple[str, str]) -> int:
        return sum(
            label.casefold() != value.casefold() and not (field == "week" and _STRETCH.match(label))
            for field, value, label in zip(fields, values, cut, strict=True)
        )

    cuts = [(stored[: comma.start()], stored[comma.end() :]) for comma in re.finditer(", ", stored)]
    return min(cuts, key=strange, default=None)


def _question(words: Words, questionnaire: Questionnaire, field: str) -> ChoiceQuestion | RatingQuestion | None:
    """As ``_asked``; None in the questionnaire's own language, in which results hold its texts as they were asked."""
    return None if words.language == questionnaire.language else _asked(questionnaire, field)


def _asked(questionnaire: Questionnaire, field: str) -> ChoiceQuestion | RatingQuestion | None:
    """The question that a field is the answer to: one of the bank, else one of the questionnaire."""
    for topic in topics().values():
        for asked in topic.questions:
            if asked.id == field:
                return asked
    key = field.removeprefix(_ANSWER)
    for item in questionnaire.items:
        if item.key == key and isinstance(item.question, ChoiceQuestion | RatingQuestion):
            return item.question
    return None
