"""Answers in their normal form, how they are read from a form or file, and their two stored forms.

Normal form: one entry per item that was shown. None is skipped; a rating or choice is an option id or a non-answer
(not sure, not applicable, prefer not to say); choices are a tuple of option ids in the order of the options, or a
non-answer; a ranking is a tuple of option ids, first choice first; a number is an int where it is whole, else a float;
text is text. Blank is never stored: an empty tuple or an empty text is None.
"""

from surveys.answers.codes import (
    Column,
    Layout,
    decode,
    encode,
    layout_from_json,
    layout_of,
    layout_to_json,
)
from surveys.answers.normal_form import Answers, Value, answers_from_document, closed_document
from surveys.answers.parsing import AnswerFault, clean_text, parse_answer

__all__ = [
    "AnswerFault",
    "Answers",
    "Column",
    "Layout",
    "Value",
    "answers_from_document",
    "clean_text",
    "closed_document",
    "decode",
    "encode",
    "layout_from_json",
    "layout_of",
    "layout_to_json",
    "parse_answer",
]
