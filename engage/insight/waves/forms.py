"""The forms of the page on which a survey is linked to an earlier one."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired

from engage.access.forms import StaffForm

_CHOOSE = "Choose the survey that came before"


class EarlierForm(StaffForm):
    earlier = SelectField(
        "Survey that came before", [InputRequired(_CHOOSE)], **dict[str, Any](invalid_choice_message=_CHOOSE)
    )


class QuestionsForm(StaffForm):
    """``earlier`` is the survey that was compared with when the page was read. One field more for each question."""

    earlier = HiddenField()


def field_of(key: str) -> str:
    """The name of the field that says how a question compares."""
    return f"compares-{key}"
