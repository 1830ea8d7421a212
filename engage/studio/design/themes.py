"""The themes of a survey: their list, and one page for each on which its words are written."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from engage.access.guards import requires
from engage.studio.design.previews import theme_preview
from engage.studio.design.saving import save_questionnaire, shortened
from engage.studio.design.theme_forms import ThemeForm, ThemesForm, values_of
from engage.studio.opening import Opened, Outcome, design_page, open_design, saved
from surveys.designing import Content
from surveys.designing.reading import count_hint, long_words_hint, score_hint, theme_flags
from surveys.designing.texts import own_words
from surveys.designing.themes import (
    MOST_THEMES,
    change_theme,
    move_theme,
    remove_theme,
    theme_words,
    with_themes,
)
from surveys.questionnaire import Questionnaire, Theme

blueprint = Blueprint("design_themes", __name__, url_prefix="/staff/surveys/<slug>/themes")


@blueprint.route("", methods=["GET", "POST"])
@requires("design_surveys")
def themes(slug: str) -> Response:
    opened, form = open_design(slug), ThemesForm()
    outcome = None
    if form.is_sent():
        here = f"/staff/surveys/{slug}/themes"
        if not form.act.data:
            outcome = _add(opened, form)
            if outcome is None:
                form.title.errors = (f"A survey has at most {MOST_THEMES} themes. Remove one first.",)
            elif not outcome.overtaken:
                return saved(outcome, f"{here}/{outcome.design.questionnaire.themes[-1].id}")
        else:
            act, theme_id = form.act.data.split(" ")
            outcome = _remove(opened, form, theme_id) if act == "remove" else _move(opened, form, act, theme_id)
            if not outcome.overtaken:
                return saved(outcome, here if act == "remove" else f"{here}#theme-{theme_id}")
    design = outcome.design if outcome else opened.design
    questionnaire = design.questionnaire
    lines = [(theme, theme_flags(questionnaire, theme)) for theme in questionnaire.themes]
    return design_page("studio/design/themes.html", opened, form, outcome, lines=lines, language=questionnaire.language)


@blueprint.route("/<theme_id>", methods=["GET", "POST"])
@requires("design_surveys")
def theme(slug: str, theme_id: str) -> Response:
    opened = open_design(slug)
    questionnaire = opened.design.questionnaire
    place = next((i for i, one in enumerate(questionnaire.themes) if one.id == theme_id), None)
    if place is None:
        abort(404)
    form = ThemeForm(data=values_of(theme_words(questionnaire, theme_id)))
    outcome = None
    following = questionnaire.themes[place + 1].id if place + 1 < len(questionnaire.themes) else None
    if form.is_sent():
        outcome = _save(opened, form, theme_id)
        if not outcome.overtaken:
            here = f"/staff/surveys/{slug}/themes"
            wanted = f"{here}/{following}" if following else here
            then = wanted if "next" in request.form else f"{here}/{theme_id}"
            return saved(outcome, then, hints=_hints(outcome.design.questionnaire, theme_id))
    return design_page(
        "studio/design/theme.html",
        opened,
        form,
        outcome,
        theme=questionnaire.theme(theme_id),
        number=place + 1,
        before=questionnaire.themes[place - 1].id if place else None,
        following=following,
        hints=_hints(questionnaire, theme_id, form),
        preview=theme_preview(questionnaire, questionnaire.theme(theme_id)),
        theirs=_theirs(outcome, form, theme_id),
        language=questionnaire.language,
    )


def _add(opened: Opened, form: ThemesForm) -> Outcome | None:
    """The survey with one more theme; None where it cannot have any more."""
    title = form.title.data or ""
    if len(opened.design.questionnaire.themes) >= MOST_THEMES:
        return None

    def change(questionnaire: Questionnaire) -> Questionnaire:
        return with_themes(questionnaire, [(title, "")], keep_existing=True)

    # Whatever the others are by now, one more harms none of them.
    return save_questionnaire(opened, form, lambda content: None, change, f"Theme “{shortened(title)}” added")


def _remove(opened: Opened, form: ThemesForm, theme_id: str) -> Outcome:
    says = f"Theme {_named(opened.design.questionnaire, theme_id)} removed"
    return save_questionnaire(
        opened, form, lambda content: _part(content, theme_id), lambda found: remove_theme(found, theme_id), says
    )


def _move(opened: Opened, form: ThemesForm, act: str, theme_id: str) -> Outcome:
    steps = -1 if act == "up" else 1
    says = f"Theme {_named(opened.design.questionnaire, theme_id)} moved {act}"
    return save_questionnaire(opened, form, _order, lambda found: move_theme(found, theme_id, steps), says)


def _save(opened: Opened, form: ThemeForm, theme_id: str) -> Outcome:
    words = form.words()
    says = f"Theme “{shortened(words.plain_title or words.title)}” changed"
    return save_questionnaire(
        opened, form, lambda content: _part(content, theme_id), lambda found: change_theme(found, theme_id, words), says
    )


def _part(content: Content, theme_id: str) -> Theme:
    return content.questionnaire.theme(theme_id)


def _order(content: Content) -> tuple[str, ...]:
    return tuple(theme.id for theme in content.questionnaire.themes)


def _named(questionnaire: Questionnaire, theme_id: str) -> str:
    """The theme's title as people read it, in quotation marks; 404 where there is no such theme."""
    found = next((one for one in questionnaire.themes if one.id == theme_id), None) or abort(404)
    words = own_words(found.plain_title, questionnaire.language) or own_words(found.title, questionnaire.language)
    return f"“{shortened(words)}”"


def _hints(questionnaire: Questionnaire, theme_id: str, form: ThemeForm | None = None) -> dict[str, str]:
    """Texts by the id of the element that shows them: about what is saved, or about what stands in the form."""
    language = questionnaire.language
    words = form.words() if form else theme_words(questionnaire, theme_id)
    return {
        "explanation-count": count_hint(words.explanation),
        "explanation-score": score_hint(words.explanation, language),
        "explanation-long": long_words_hint(words.explanation, language),
        "shown-title": words.plain_title,
        "shown-explanation": words.explanation,
    }


def _theirs(outcome: Outcome | None, form: ThemeForm, theme_id: str) -> list[tuple[str, str]]:
    """What somebody else wrote meanwhile, with the label of each field that differs from what was typed here."""
    if outcome is None or not outcome.overtaken:
        return []
    if all(theme.id != theme_id for theme in outcome.design.questionnaire.themes):
        abort(404)
    written = values_of(theme_words(outcome.design.questionnaire, theme_id))
    typed = values_of(form.words())
    return [(form[name].label.text, text) for name, text in written.items() if text != typed[name]]
