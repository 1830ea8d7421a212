"""Translations of one comment, and the language that it is in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, make_response, redirect, request, url_for
from sqlalchemy.orm import Session

from engage import clock
from engage.access.form_pages import form_page, refuse
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.audit.comment_events import CommentLanguageCorrected, CommentTranslated, CommentTranslationRemoved
from engage.audit.recording import Event, record
from engage.insight.moderation.forms import (
    LanguageForm,
    RemoveTranslationForm,
    TranslationForm,
    language_choices,
)
from engage.insight.moderation.opening import OpenedComment, open_comment
from engage.languages import direction
from engage.services import services
from engage.studio.editions.names import both_names
from surveys.comments.moderating import correct_language
from surveys.comments.translations import (
    Translation,
    keep_translation,
    remove_translation,
    translations_of,
)

_SAME = "The comment is in this language. Choose another one, or correct the comment's language below"


@dataclass(frozen=True, slots=True)
class TranslationLine:
    """A translation as its page shows it."""

    translation: Translation
    language: str
    direction: str


@requires("moderate_comments")
def show(slug: str, ref: str) -> Response:
    """The comment beside its translations. ``?change=LANGUAGE`` puts one of them into the form."""
    with services().database.reading() as session:
        opened = open_comment(session, slug, ref)
        found = {one.language: one for one in translations_of(session, screened=opened.moderated.screened)}
        chosen = found.get(request.args.get("change", ""))
        return _page(session, opened, chosen=chosen)


@requires("moderate_comments")
def save(slug: str, ref: str) -> Response:
    """Keep a translation, instead of one that there may be in that language."""
    form, at, who = TranslationForm(), clock.now(), staff()
    complete = form.is_sent()
    with services().database.reading() as session:
        opened = open_comment(session, slug, ref)
        language = str(form.language.data)
        if complete and language not in dict(language_choices(*opened.at.questionnaire.languages)):
            refuse(form, "language", "Choose a language of the list")
        elif complete and language == opened.language:
            refuse(form, "language", _SAME)
        if form.errors or not complete:
            return _page(session, opened, translating=form)
    with services().database.writing() as session:
        opened = open_comment(session, slug, ref, changing=True)
        keep_translation(
            session,
            screened=opened.moderated.screened,
            language=language,
            words=str(form.words.data),
            name=str(form.name.data),
            way="machine" if form.way.data == "machine" else "person",
            at=at,
            by=who.email,
        )
        _record(session, CommentTranslated(slug, ref, language, f"{form.name.data} ({form.way.data})"))
    return _back(slug, ref)


@requires("moderate_comments")
def remove(slug: str, ref: str) -> Response:
    """Delete a translation."""
    form = RemoveTranslationForm()
    with services().database.reading() as session:
        open_comment(session, slug, ref)
    if not form.is_sent():
        abort(400)
    with services().database.writing() as session:
        opened = open_comment(session, slug, ref, changing=True)
        language = str(form.language.data)
        if remove_translation(session, screened=opened.moderated.screened, language=language):
            _record(session, CommentTranslationRemoved(slug, ref, language))
    return _back(slug, ref)


@requires("moderate_comments")
def correct(slug: str, ref: str) -> Response:
    """Say in which language the comment is, where it is not that of the page on which it was written."""
    form = LanguageForm()
    with services().database.reading() as session:
        opened = open_comment(session, slug, ref)
        form.language.choices = language_choices(opened.language, *opened.at.questionnaire.languages)
        if not form.is_sent():
            return _page(session, opened, correcting=form)
    with services().database.writing() as session:
        moderated = open_comment(session, slug, ref, changing=True).moderated
        earlier, language = moderated.comment.language, str(form.language.data)
        if earlier != language:
            correct_language(session, moderated, language=language)
            _record(session, CommentLanguageCorrected(slug, ref, earlier, language))
    return _back(slug, ref)


def _page(
    session: Session,
    opened: OpenedComment,
    *,
    chosen: Translation | None = None,
    translating: TranslationForm | None = None,
    correcting: LanguageForm | None = None,
) -> Response:
    lines = [
        TranslationLine(one, both_names(one.language), direction(one.language))
        for one in translations_of(session, screened=opened.moderated.screened)
    ]
    survey_languages = opened.at.questionnaire.languages
    form = translating or TranslationForm(formdata=None, **_filled(chosen, opened))
    form.language.choices = [("", "Choose"), *language_choices(*survey_languages)]
    language_form = correcting or LanguageForm(formdata=None, language=opened.language)
    language_form.language.choices = language_choices(opened.language, *survey_languages)
    return form_page(
        "insight/moderation/translations.html",
        correcting or form,
        opened=opened,
        language=both_names(opened.language),
        lines=lines,
        translating=form,
        changing=chosen is not None,
        correcting=language_form,
        removing=RemoveTranslationForm(formdata=None),
    )


def _filled(chosen: Translation | None, opened: OpenedComment) -> dict[str, str]:
    """What the form begins with: the translation to change, else the survey's own language."""
    if chosen is None:
        own = opened.at.questionnaire.language
        return {"language": "" if own == opened.language else own}
    name, _, way = chosen.translated_by.rpartition(" (")
    return {"language": chosen.language, "words": chosen.words, "name": name, "way": way.removesuffix(")")}


def _record(session: Session, event: Event) -> None:
    who = staff()
    record(session, event, organisation_id=who.organisation_id, by=who.email, at=clock.now())


def _back(slug: str, ref: str) -> Response:
    return make_response(redirect(url_for("moderation.translations", slug=slug, ref=ref), 303))
