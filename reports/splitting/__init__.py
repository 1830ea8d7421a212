"""Which group each response belongs to: by audience, place, collector and the like, by an answer, by a background
question that people answered after sending, or by two of these at once. Import from here."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reports.people import People
from reports.splitting.answers import by_answer
from reports.splitting.backgrounds import background_questions, nobody_answered, read_backgrounds
from reports.splitting.crossing import BETWEEN, crossed, fields_of, values_of
from reports.splitting.groups import Backgrounds, Split, UnknownField
from reports.splitting.properties import PROPERTIES, by_property, is_property, month_of, place_levels, week_of
from surveys.answers.codes import FIRST_OPTION
from surveys.questionnaire import ChoiceQuestion, Item

__all__ = [
    "BETWEEN",
    "Backgrounds",
    "Split",
    "UnknownField",
    "belongs",
    "chosen",
    "crossed",
    "divided_by",
    "fields",
    "fields_of",
    "month_of",
    "read_backgrounds",
    "split",
    "values_of",
    "week_of",
]

_ANSWER = "answer:"
"""Before the key of a question, it sets it apart from a property of the same name."""


def fields(people: People) -> tuple[str, ...]:
    """Every field that responses can be split by. What people think of themes is none, nor are other ratings: that is
    what is compared, and groups by it would be published beside all others."""
    asked = tuple(question.id for question in background_questions(people))
    items = [item.key for item in people.questionnaire.items if _divides(item)]
    answers = (f"{_ANSWER}{key}" if key in (*PROPERTIES, *asked) else key for key in items)
    return (*PROPERTIES, *place_levels(people), *asked, *answers)


def divided_by(people: People, backgrounds: Backgrounds, *, by: str) -> Split:
    """The groups that a ``by`` asks for: those of a field, or those of two fields joined by a comma.

    Raises UnknownField, and RequestRefused as ``crossing.fields_of`` does.
    """
    first, *more = (split(people, backgrounds, field=field) for field in fields_of(by))
    return crossed(first, more[0]) if more else first


def split(people: People, backgrounds: Backgrounds, *, field: str) -> Split:
    """The groups of a field. Values without any response are left out, except audiences and options of questions.

    Raises UnknownField, also for what is asked about a theme, for a rating, and for a question of which people may
    choose several answers: its groups would overlap.
    """
    if is_property(people, field):
        return by_property(people, field)
    if field in backgrounds:
        return backgrounds[field]
    for asked in background_questions(people):
        if asked.id == field:
            return nobody_answered(people, asked)
    for column in people.matrix.layout.columns:
        item = people.questionnaire.item(column.key)
        if column.key == field.removeprefix(_ANSWER) and _divides(item) and isinstance(item.question, ChoiceQuestion):
            return by_answer(people, column, item.question)
    raise UnknownField(f"there is no field {field!r} to split by; there are {', '.join(fields(people))}")


def _divides(item: Item) -> bool:
    return item.theme is None and isinstance(item.question, ChoiceQuestion)


def belongs(people: People, backgrounds: Backgrounds, *, field: str, value: str) -> NDArray[np.bool_]:
    """Which responses have this value: for a place everything below it too, for choices everybody who chose it.

    Raises UnknownField for a field or value that does not exist.
    """
    key = "" if field in PROPERTIES else field.removeprefix(_ANSWER)
    column = next((c for c in people.matrix.layout.columns if c.key == key and c.kind == "choices"), None)
    if column is not None and value in column.options:
        rows = people.matrix.rows(column)
        return np.asarray(rows[column.options.index(value)] == FIRST_OPTION)
    if column is not None:
        raise UnknownField(f"{field} has no value {value!r}; it has {', '.join(column.options)}")
    groups = split(people, backgrounds, field=field)
    wanted = [
        place
        for place, known in enumerate(groups.values)
        if known == value or (field == "place" and known.startswith(f"{value} / "))
    ]
    if not wanted:
        raise UnknownField(f"{field} has no value {value!r}; it has {', '.join(groups.values) or 'none yet'}")
    return np.isin(groups.codes, wanted)


def chosen(people: People, backgrounds: Backgrounds, *, field: str, value: str) -> Split:
    """Those who have this value and those who do not, for a value that is no group. Raises as ``belongs``."""
    mask = belongs(people, backgrounds, field=field, value=value)
    return Split(f"{field}={value}", field, ("yes", "no"), {"yes": value, "no": ""}, np.where(mask, 0, 1), True)
