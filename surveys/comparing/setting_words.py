"""The settings of questions in plain words."""

from __future__ import annotations

from typing import Any

from surveys.questionnaire import AllOf, AnyOf, Comparison, Condition, Not, Questionnaire

_OPERATORS = {
    "equals": "is",
    "not_equals": "is not",
    "one_of": "is one of",
    "contains": "includes",
    "at_least": "is at least",
    "at_most": "is at most",
}
_NAMES = {
    "scored": "answers on the scale",
    "all": "every answer shown",
    "priority": "what matters most",
    "clarity": "what was hard to understand",
    "quote_permission": "whether words may be quoted",
}


def said(survey: Questionnaire, value: Any) -> str:
    """What a setting says: a number, a yes or no, a name, or a condition on other answers."""
    if value is None:
        return "not set"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Comparison | AllOf | AnyOf | Not):
        return f"only if {_condition(survey, value)}"
    if isinstance(value, float | int):
        return f"{value:g}"
    return _NAMES.get(str(value), f"“{value}”")


def _condition(survey: Questionnaire, condition: Condition) -> str:
    match condition:
        case AllOf(conditions):
            return " and ".join(_condition(survey, one) for one in conditions)
        case AnyOf(conditions):
            return " or ".join(_condition(survey, one) for one in conditions)
        case Not(one):
            return f"not: {_condition(survey, one)}"
        case Comparison(field, operator, value):
            name = _field(survey, field)
            if operator == "answered":
                return f"{name} {'was answered' if value else 'was not answered'}"
            return f"{name} {_OPERATORS[operator]} {_value(survey, field, value)}"


def _question(survey: Questionnaire, field: str) -> Any:
    asked = [*survey.ask_about_each_theme, *(one for page in survey.pages for one in page.questions)]
    return next((one for one in asked if one.id == field.rpartition(".")[2]), None)


def _field(survey: Questionnaire, field: str) -> str:
    asked = _question(survey, field)
    return f"“{asked.text.in_language(survey.language) or field}”" if asked else f"“{field}”"


def _value(survey: Questionnaire, field: str, value: Any) -> str:
    if isinstance(value, tuple):
        return " or ".join(_value(survey, field, one) for one in value)
    if isinstance(value, float | int):
        return f"{value:g}"
    asked = _question(survey, field)
    labels = {one.id: one.label for one in getattr(asked, "options", ())}
    labels |= {theme.id: theme.plain_title for theme in survey.themes if getattr(asked, "options_are_themes", False)}
    if asked is not None and asked.kind == "rating":
        labels |= {
            point.id: point.label for scale in survey.scales if scale.id == asked.scale for point in scale.points
        }
    return f"“{labels[value].in_language(survey.language)}”" if value in labels else f"“{value}”"
