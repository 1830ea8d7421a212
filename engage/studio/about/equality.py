"""Which questions about the person are asked after sending, from the dated bank."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, url_for
from wtforms import SelectMultipleField, StringField, ValidationError

from engage.access.guards import requires
from engage.studio.about.lengths import TITLE_FITS
from engage.studio.opening import DesignForm, design_page, open_design, save_part, saved
from surveys.designing import Content
from surveys.question_bank import topics

NEEDS_APPROVAL = "gender_identity"


class EqualityForm(DesignForm):
    topics = SelectMultipleField("What do you want to ask about?")
    privacy_approved_by = StringField("Data protection officer who agreed", [TITLE_FITS])

    def validate_privacy_approved_by(self, field: StringField) -> None:
        """The most sensitive topic is asked only where somebody has agreed by name."""
        if NEEDS_APPROVAL in (self.topics.data or ()) and not field.data:
            raise ValidationError("Write who agreed that gender identity is asked, or take it out")


@requires("design_surveys")
def equality(slug: str) -> Response:
    """The form: every topic with its wording, its source and when it is to be looked at again."""
    opened = open_design(slug)
    bank = topics()
    form = EqualityForm(data=_held(opened.design.content))
    form.topics.choices = {topic.id: topic.title.in_language("en") for topic in bank.values()}
    outcome = None
    if form.is_sent():
        outcome = save_part(
            opened, form, part=_held, change=lambda content: _changed(content, form), says="Questions about the person"
        )
        if not outcome.overtaken:
            return saved(outcome, url_for("studio.survey", slug=slug))
    design = (outcome or opened).design
    chosen = [bank[name].title.in_language("en") for name in design.questionnaire.equality if name in bank]
    theirs = [("Asked about", ", ".join(chosen) or "Nothing")]
    return design_page("studio/about/equality.html", opened, form, outcome, theirs=theirs, bank=bank)


def _held(content: Content) -> dict[str, object]:
    return {
        "topics": list(content.questionnaire.equality),
        "privacy_approved_by": content.preparation.privacy_approved_by,
    }


def _changed(content: Content, form: EqualityForm) -> Content:
    chosen = tuple(name for name in topics() if name in (form.topics.data or ()))
    return Content(
        replace(content.questionnaire, equality=chosen),
        replace(content.preparation, privacy_approved_by=form.privacy_approved_by.data or ""),
    )
