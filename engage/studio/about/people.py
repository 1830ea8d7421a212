"""Whom people can turn to, who asks with the organisation, who reads the comments, and how else to take part."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args

from flask import Response, url_for
from wtforms import StringField, TextAreaField, ValidationError
from wtforms.validators import Optional, Regexp

from engage.access.guards import requires
from engage.studio.about.lengths import TEXT_FITS, TITLE_FITS
from engage.studio.about.words import kept_words, own_words, with_words
from engage.studio.opening import DesignForm, design_page, open_design, save_part, saved
from surveys.designing import Content
from surveys.questionnaire import OtherWay, Questionnaire, SignUpOffer, Text

WayKind = Literal["telephone", "paper", "in_person", "large_print", "easy_read", "bsl", "language"]
OfferKind = Literal["workshop", "results"]
WAYS: tuple[WayKind, ...] = get_args(WayKind)
OFFERS: tuple[OfferKind, ...] = get_args(OfferKind)
MOST_PARTNERS = 50


class PeopleForm(DesignForm):
    contact = TextAreaField("Contact for questions and worries", [TEXT_FITS])
    help_line = TextAreaField("Where to get help", [TEXT_FITS])
    reader_name = StringField("Who reads the comments each working day?", [TITLE_FITS])
    reader_email = StringField(
        "Their e-mail address",
        [
            Optional(),
            TITLE_FITS,
            Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+$", message="Write an e-mail address, like name@example.org"),
        ],
    )
    privacy_approved_by = StringField(
        "Data protection officer who agreed (if personal details are asked)", [TITLE_FITS]
    )
    partners = TextAreaField("In partnership with (optional)", [TEXT_FITS])
    telephone = StringField("By telephone", [TEXT_FITS])
    paper = StringField("On paper", [TEXT_FITS])
    in_person = StringField("In person", [TEXT_FITS])
    large_print = StringField("In large print", [TEXT_FITS])
    easy_read = StringField("In easy read", [TEXT_FITS])
    bsl = StringField("In British Sign Language", [TEXT_FITS])
    language = StringField("In another language", [TEXT_FITS])
    workshop = StringField("A workshop to sign up for (optional)", [TEXT_FITS])
    results = StringField("Results by e-mail to sign up for (optional)", [TEXT_FITS])

    def validate_partners(self, field: TextAreaField) -> None:
        """As many as a questionnaire holds."""
        if len(_lines(field.data)) > MOST_PARTNERS:
            raise ValidationError(f"Name at most {MOST_PARTNERS} partners, one on each line")


@requires("design_surveys")
def people(slug: str) -> Response:
    """The form."""
    opened = open_design(slug)
    form = PeopleForm(data=_held(opened.design.content))
    outcome = None
    if form.is_sent():
        outcome = save_part(
            opened, form, part=_held, change=lambda content: _changed(content, form), says="People and contacts"
        )
        if not outcome.overtaken:
            return saved(outcome, url_for("studio.survey", slug=slug))
    held = _held((outcome or opened).design.content)
    theirs = [(field.label.text, held[field.name] or "Nothing") for field in form if field.name in held]
    return design_page("studio/about/people.html", opened, form, outcome, theirs=theirs)


def _held(content: Content) -> dict[str, str]:
    questionnaire, preparation = content.questionnaire, content.preparation
    language = questionnaire.language
    return {
        "contact": own_words(questionnaire.about.contact, language),
        "help_line": own_words(questionnaire.about.help_line, language),
        "reader_name": preparation.reader_name,
        "reader_email": preparation.reader_email,
        "privacy_approved_by": preparation.privacy_approved_by,
        "partners": "\n".join(own_words(partner, language) for partner in questionnaire.partners),
        **{kind: own_words(_first_text(questionnaire.other_ways, kind), language) for kind in WAYS},
        **{kind: own_words(_first_text(questionnaire.sign_up, kind), language) for kind in OFFERS},
    }


def _changed(content: Content, form: PeopleForm) -> Content:
    questionnaire, language = content.questionnaire, content.questionnaire.language
    about = replace(
        questionnaire.about,
        contact=kept_words(questionnaire.about.contact, form.contact.data or "", language),
        help_line=kept_words(questionnaire.about.help_line, form.help_line.data or "", language),
    )
    preparation = replace(
        content.preparation,
        reader_name=form.reader_name.data or "",
        reader_email=form.reader_email.data or "",
        privacy_approved_by=form.privacy_approved_by.data or "",
    )
    changed = replace(
        questionnaire,
        about=about,
        partners=_partners(questionnaire, _lines(form.partners.data)),
        other_ways=_ways(questionnaire, form),
        sign_up=_offers(questionnaire, form),
    )
    return Content(changed, preparation)


def _partners(questionnaire: Questionnaire, names: list[str]) -> tuple[Text, ...]:
    """A partner who was named before keeps its translations."""
    language = questionnaire.language
    known = {own_words(partner, language): partner for partner in questionnaire.partners}
    return tuple(known.get(name) or with_words(None, name, language) for name in names)


def _ways(questionnaire: Questionnaire, form: PeopleForm) -> tuple[OtherWay, ...]:
    """Where a file names several ways of one kind, the first is edited here and the others stay."""
    made: list[OtherWay] = []
    for kind in WAYS:
        known = [way for way in questionnaire.other_ways if way.kind == kind]
        text = kept_words(known[0].text if known else None, form[kind].data or "", questionnaire.language)
        made += [OtherWay(kind, text)] if text else []
        made += known[1:]
    return tuple(made) if set(made) != set(questionnaire.other_ways) else questionnaire.other_ways


def _offers(questionnaire: Questionnaire, form: PeopleForm) -> tuple[SignUpOffer, ...]:
    texts = {
        kind: kept_words(_first_text(questionnaire.sign_up, kind), form[kind].data or "", questionnaire.language)
        for kind in OFFERS
    }
    made = tuple(SignUpOffer(kind, text) for kind, text in texts.items() if text)
    return made if set(made) != set(questionnaire.sign_up) else questionnaire.sign_up


def _first_text(named: tuple[OtherWay, ...] | tuple[SignUpOffer, ...], kind: str) -> Text | None:
    return next((one.text for one in named if one.kind == kind), None)


def _lines(text: str | None) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))
