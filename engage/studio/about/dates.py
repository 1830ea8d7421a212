"""When a survey opens and closes, and when people hear what came of it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from zoneinfo import ZoneInfo

from flask import Response, url_for
from wtforms import DateField, StringField, TextAreaField, ValidationError
from wtforms.validators import Optional

from engage import clock
from engage.access.guards import requires
from engage.services import services
from engage.studio.about.lengths import TEXT_FITS, TITLE_FITS
from engage.studio.about.words import kept_words, own_words
from engage.studio.opening import DesignForm, design_page, open_design, save_part, saved
from engage.studio.tasks import days_to_answer
from surveys.designing import Content
from surveys.wording.basics import FEWEST_DAYS

FORMS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"]
EARLIEST_YEAR, YEARS_AHEAD = 2000, 100
DAYS = ("opens_on", "closes_on", "outcome_on")


class Day(DateField):
    """A date in any of the usual forms."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """As the field's own, with a message that says what to do."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(f"Write the date as day, month and year, for example {_example()}") from None
        latest = clock.now().year + YEARS_AHEAD
        if self.data is not None and not EARLIEST_YEAR <= self.data.year <= latest:
            self.data = None
            raise ValueError(f"Choose a day between {EARLIEST_YEAR} and {latest}")


class DatesForm(DesignForm):
    opens_on = Day("First day for answers (optional)", [Optional()], format=FORMS)
    closes_on = Day("Last day for answers", [Optional()], format=FORMS)
    short_time_reason = TextAreaField("Reason for less than 4 weeks", [TEXT_FITS])
    outcome_on = Day("When will you publish the outcome?", [Optional()], format=FORMS)
    closing = StringField("Closing date in your own words (optional)", [TITLE_FITS])

    def validate_closes_on(self, field: Day) -> None:
        """People must have at least one day."""
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError("Choose a last day that is not before the first day")

    def validate_outcome_on(self, field: Day) -> None:
        """An outcome cannot come before the answers."""
        if field.data and self.closes_on.data and field.data < self.closes_on.data:
            raise ValidationError("Choose a day for the outcome that is not before the last day for answers")


@requires("design_surveys")
def dates(slug: str) -> Response:
    """The form. Less than four weeks is allowed, with a reason."""
    opened = open_design(slug)
    form = DatesForm(data=_held(opened.design.content))
    outcome = None
    if form.is_sent():
        outcome = save_part(opened, form, part=_held, change=lambda content: _changed(content, form), says="Dates")
        if not outcome.overtaken:
            hints = {"short-time": how_long(form.opens_on.data, form.closes_on.data)}
            return saved(outcome, url_for("studio.survey", slug=slug), hints=hints)
    held = _held((outcome or opened).design.content)
    theirs = [(field.label.text, str(held[field.name] or "Nothing")) for field in form if field.name in held]
    preparation = opened.design.preparation
    lasts = how_long(preparation.opens_on, preparation.closes_on)
    return design_page("studio/about/dates.html", opened, form, outcome, theirs=theirs, lasts=lasts)


def how_long(opens: datetime.date | None, closes: datetime.date | None) -> str:
    """How much time people have, with a word of advice where that is short; nothing without a last day."""
    if closes is None:
        return ""
    days = days_to_answer(opens, closes, _today())
    if closes < _today() or days <= 0:
        return "The last day is past. Choose a later one."
    time = "1 day" if days == 1 else f"{days} days"
    if days < FEWEST_DAYS:
        return f"People have {time} to answer. That is less than 4 weeks: say why below."
    return f"People have {time} to answer."


def _held(content: Content) -> dict[str, datetime.date | str | None]:
    questionnaire, preparation = content.questionnaire, content.preparation
    return {
        **{name: getattr(preparation, name) for name in DAYS},
        "short_time_reason": preparation.short_time_reason,
        "closing": own_words(questionnaire.about.closing, questionnaire.language),
    }


def _changed(content: Content, form: DatesForm) -> Content:
    questionnaire = content.questionnaire
    closing = kept_words(questionnaire.about.closing, form.closing.data or "", questionnaire.language)
    return Content(
        replace(questionnaire, about=replace(questionnaire.about, closing=closing)),
        replace(
            content.preparation,
            opens_on=form.opens_on.data,
            closes_on=form.closes_on.data,
            outcome_on=form.outcome_on.data,
            short_time_reason=form.short_time_reason.data or "",
        ),
    )


def _today() -> datetime.date:
    return clock.now().astimezone(ZoneInfo(services().settings.time_zone)).date()


def _example() -> str:
    return f"31/03/{_today().year + 1}"
