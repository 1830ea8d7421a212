"""What people are told when an answer cannot be taken: what to do, in the words of the page."""

from __future__ import annotations

from engage.languages import Wording, grouped
from surveys.answers import AnswerFault
from surveys.questionnaire import ChoicesQuestion, LongTextQuestion, Questionnaire, RankingQuestion


def fault_message(questionnaire: Questionnaire, fault: AnswerFault, words: Wording) -> str:
    """The message for a fault, which never repeats what was typed."""
    figures = {name: _figure(value, words.language) for name, value in fault.params.items()}
    question = questionnaire.item(fault.key).question
    match fault.code:
        case "too_many":
            if figures["max"] == "1":
                return words("Select one answer only. You have selected %(chosen)s", **figures)
            if isinstance(question, ChoicesQuestion) and question.options_are_themes:
                return words("Select up to %(max)s themes. You have selected %(chosen)s", **figures)
            return words("Select up to %(max)s answers. You have selected %(chosen)s", **figures)
        case "exclusive":
            label = _label(questionnaire, fault, words.language)
            return words("Select “%(option)s” on its own, or select from the other answers", option=label)
        case "repeated":
            label = _label(questionnaire, fault, words.language)
            return words("Choose “%(option)s” only once", option=label)
        case "too_long":
            if isinstance(question, LongTextQuestion):
                return words("Your comment must be %(max)s characters or fewer. You have %(length)s", **figures)
            return words("Your answer must be %(max)s characters or fewer. You have %(length)s", **figures)
        case "not_a_number":
            return words("Enter a number, like 12, or leave this blank")
        case "not_whole":
            return words("Enter a whole number, like 12, or leave this blank")
        case "out_of_range":
            return _range_message(fault, figures, words)
        case _:
            return words("Select one of the options, or leave this blank")


def _range_message(fault: AnswerFault, figures: dict[str, str], words: Wording) -> str:
    if fault.params["minimum"] is None:
        return words("Enter a number that is %(maximum)s or less", **figures)
    if fault.params["maximum"] is None:
        return words("Enter a number that is %(minimum)s or more", **figures)
    return words("Enter a number from %(minimum)s to %(maximum)s", **figures)


def _figure(value: object, language: str) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return grouped(value, language) if isinstance(value, int) else str(value)


def _label(questionnaire: Questionnaire, fault: AnswerFault, language: str) -> str:
    question = questionnaire.item(fault.key).question
    if isinstance(question, ChoicesQuestion | RankingQuestion):
        offered = {option.id: option.label for option in questionnaire.options(question)}
        offered |= {answer.id: answer.label for answer in questionnaire.not_scored(question)}
        label = offered.get(str(fault.params["option"]))
        if label is not None:
            return label.in_language(language)
    return ""
