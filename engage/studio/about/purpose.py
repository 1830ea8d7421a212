"""Why a survey asks, what can change and who decides: the reasons that people need before they answer."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, url_for
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import Optional

from engage.access.guards import requires
from engage.studio.about.lengths import PRIVACY_FITS, TEXT_FITS, TITLE_FITS
from engage.studio.about.words import kept_words, own_words, with_words
from engage.studio.opening import DesignForm, design_page, open_design, save_part, saved
from surveys.designing import Content

OPTIONAL_TEXTS = ("can_change", "cannot_change", "decision", "outcome_promise")
ABOUT_TEXTS = ("purpose", *OPTIONAL_TEXTS)


class AboutForm(DesignForm):
    title = StringField("Title", [TITLE_FITS])
    organisation = StringField("Who is asking?", [TITLE_FITS])
    audience = StringField("Whom do you ask? (optional)", [TITLE_FITS])
    decision_made = RadioField(
        "Has the decision already been made?",
        [Optional()],
        choices={"no": "No, what people say can still change it", "yes": "Yes, it is decided"},
    )
    purpose = TextAreaField("Why are you asking?", [TEXT_FITS])
    can_change = TextAreaField("What can change?", [TEXT_FITS])
    cannot_change = TextAreaField("What cannot change, and why?", [TEXT_FITS])
    decision = TextAreaField("Who decides, and when?", [TEXT_FITS])
    outcome_promise = TextAreaField("What will you publish afterwards?", [TEXT_FITS])
    privacy = TextAreaField("Privacy", [PRIVACY_FITS])


@requires("design_surveys")
def about(slug: str) -> Response:
    """The form; whoever says that the decision is made stays on it and reads why there is nothing to ask then."""
    opened = open_design(slug)
    form = AboutForm(data=_held(opened.design.content))
    outcome = None
    if form.is_sent():
        outcome = save_part(
            opened, form, part=_held, change=lambda content: _changed(content, form), says="About this survey"
        )
        if not outcome.overtaken:
            decided = form.decision_made.data == "yes"
            return saved(outcome, url_for("about.about" if decided else "studio.survey", slug=slug))
    held = _held((outcome or opened).design.content)
    theirs = [(field.label.text, held[field.name] or "Nothing") for field in form if field.name in held]
    return design_page("studio/about/purpose.html", opened, form, outcome, theirs=theirs)


def _held(content: Content) -> dict[str, str | None]:
    questionnaire, language = content.questionnaire, content.questionnaire.language
    made = content.preparation.decision_made
    about = {name: own_words(getattr(questionnaire.about, name), language) for name in ABOUT_TEXTS}
    return {
        "title": own_words(questionnaire.title, language),
        "organisation": own_words(questionnaire.organisation, language),
        "audience": own_words(questionnaire.audience, language),
        "decision_made": None if made is None else "yes" if made else "no",
        **about,
        "privacy": own_words(questionnaire.privacy, language),
    }


def _changed(content: Content, form: AboutForm) -> Content:
    questionnaire, language = content.questionnaire, content.questionnaire.language
    about = questionnaire.about
    texts = {name: kept_words(getattr(about, name), str(form[name].data or ""), language) for name in OPTIONAL_TEXTS}
    made = {"yes": True, "no": False}.get(form.decision_made.data or "")
    return Content(
        replace(
            questionnaire,
            title=with_words(questionnaire.title, form.title.data or "", language),
            organisation=with_words(questionnaire.organisation, form.organisation.data or "", language),
            audience=kept_words(questionnaire.audience, form.audience.data or "", language),
            about=replace(about, purpose=with_words(about.purpose, form.purpose.data or "", language), **texts),
            privacy=with_words(questionnaire.privacy, form.privacy.data or "", language),
        ),
        replace(content.preparation, decision_made=made),
    )
