"""Whom a survey is meant to reach, and how many of each: the stakeholder map, against which reach is measured."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request, url_for
from wtforms import IntegerField, StringField, ValidationError
from wtforms.validators import Length, NumberRange, Optional

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.audit.events import AudienceAdded, record
from engage.services import services
from engage.studio.opening import DesignForm, design_page, open_design, save_part, saved
from engage.typed_texts import AUTOSAVE
from surveys.audiences import add_audience, audience_choices
from surveys.designing import Content
from surveys.designing.texts import new_id

MOST_PEOPLE = 10_000_000
FIRST_SHOWN = 8
_FIELD = "planned-"
_NUMBER = "Write how many people, as a whole number such as 200"
_FITS = NumberRange(1, MOST_PEOPLE, message=_NUMBER)


class Number(IntegerField):
    """A whole number as people write it, with commas or spaces."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """As the field's own, with a message that says what to do."""
        try:
            super().process_formdata([value.replace(",", "").replace(" ", "") for value in valuelist])
        except ValueError:
            raise ValueError(_NUMBER) from None


class AudiencesForm(DesignForm):
    another = StringField("Another group", [Length(max=80, message="Use 80 characters or fewer for the group")])
    another_number = Number("How many of them", [Optional(), _FITS])

    def validate_another_number(self, field: Number) -> None:
        """A number alone says nothing."""
        if field.data and not self.another.data:
            raise ValidationError("Write which group this number is for")


@requires("design_surveys")
def audiences(slug: str) -> Response:
    """A number beside each audience of the installation's list; one without a number is not planned for."""
    opened = open_design(slug)
    with services().database.reading() as session:
        labels = dict(audience_choices(session))
    form = _form(opened.design.content, labels)
    outcome = None
    if form.is_sent():
        adds = bool(form.another.data) and AUTOSAVE not in request.headers
        added = _add(form.another.data or "", labels) if adds else None
        outcome = save_part(
            opened,
            form,
            part=lambda content: content.preparation.planned_audiences,
            change=lambda content: _changed(content, form, added),
            says="Whom you want to hear from",
        )
        if not outcome.overtaken:
            return saved(outcome, url_for("about.audiences" if adds else "studio.survey", slug=slug))
    planned = (outcome or opened).design.preparation.planned_audiences
    theirs = [(labels.get(name, name), str(number)) for name, number in planned] or [("Planned", "Nothing")]
    first = [name for place, name in enumerate(labels) if place < FIRST_SHOWN or name in dict(planned)]
    return design_page(
        "studio/about/audiences.html",
        opened,
        form,
        outcome,
        theirs=theirs,
        first=[form[f"{_FIELD}{name}"] for name in first],
        others=[form[f"{_FIELD}{name}"] for name in labels if name not in first],
    )


def _form(content: Content, labels: dict[str, str]) -> AudiencesForm:
    """The form with a field for each audience."""
    fields = {f"{_FIELD}{name}": Number(label, [Optional(), _FITS]) for name, label in labels.items()}
    made: type[AudiencesForm] = type("AudiencesForm", (AudiencesForm,), fields)
    return made(data={f"{_FIELD}{name}": number for name, number in content.preparation.planned_audiences})


def _changed(content: Content, form: AudiencesForm, added: str | None) -> Content:
    planned = [(field.name.removeprefix(_FIELD), field.data) for field in form if field.name.startswith(_FIELD)]
    if added:
        planned.append((added, form.another_number.data))
    kept = tuple((name, number) for name, number in planned if number)
    return Content(content.questionnaire, replace(content.preparation, planned_audiences=kept))


def _add(label: str, labels: dict[str, str]) -> str:
    """The id of the audience with this label, made where the installation has none yet."""
    known = next((name for name, one in labels.items() if one.casefold() == label.casefold()), None)
    if known:
        return known
    who, at, name = staff(), clock.now(), new_id(label, labels, "group")
    with services().database.writing() as session:
        add_audience(session, audience_id=name, label=label)
        record(session, AudienceAdded(name, label), organisation_id=who.organisation_id, by=who.email, at=at)
    return name
