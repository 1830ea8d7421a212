"""One question of a survey: its words and answers, where it is asked, and when it is asked at all."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, abort, request

from engage.access.guards import requires
from engage.studio.design.previews import question_preview
from engage.studio.design.question_forms import (
    KIND_NAMES,
    TESTS,
    AlwaysForm,
    ConditionForm,
    PlaceForm,
    QuestionForm,
)
from engage.studio.design.questions import AHEAD, FULL, question_or_404, question_part
from engage.studio.design.saving import save_questionnaire, shortened
from engage.studio.opening import DesignForm, Opened, Outcome, design_page, open_design, saved
from surveys.designing.conditions import (
    Earlier,
    Simple,
    Test,
    condition_of,
    earlier_questions,
    in_words,
    put_condition,
    simple_of,
)
from surveys.designing.finding import EACH, Found, find_question, named
from surveys.designing.questions import (
    OutOfOrder,
    Where,
    change_question,
    place_question,
    question_words,
    where_of,
)
from surveys.designing.scales import scale_name
from surveys.designing.texts import own_words
from surveys.designing.themes import TooMany
from surveys.questionnaire import ChoicesQuestion, Condition, NumberQuestion, Questionnaire, RankingQuestion
from surveys.ready_parts import ready_scales

blueprint = Blueprint("design_question", __name__, url_prefix="/staff/surveys/<slug>/questions/<key>")


@blueprint.route("", methods=["GET", "POST"])
@requires("design_surveys")
def question(slug: str, key: str) -> Response:
    opened = open_design(slug)
    found = question_or_404(opened, key)
    questionnaire = opened.design.questionnaire
    form = QuestionForm(found.question, _scales(questionnaire), data=_values(questionnaire, key))
    outcome = None
    if form.is_sent():
        words = form.words()
        says = f"Question “{shortened(words.text)}” changed"
        outcome = save_questionnaire(
            opened, form, lambda c: question_part(c, key), lambda q: change_question(q, key, words), says
        )
        if not outcome.overtaken:
            here = f"/staff/surveys/{slug}/questions"
            return saved(outcome, f"{here}/{key}", hints={"shown-label": words.text})
    return _page(opened, found, form, outcome, words=form)


@blueprint.post("/place")
@requires("design_surveys")
def place(slug: str, key: str) -> Response:
    opened, form = open_design(slug), PlaceForm()
    found = question_or_404(opened, key)
    if form.is_sent():
        where = cast(Where, form.where.data)
        says = f"Question {named(opened.design.questionnaire, found.question)} moved"
        try:
            outcome = save_questionnaire(
                opened, form, lambda c: question_part(c, key), lambda q: place_question(q, key, where), says
            )
        except OutOfOrder:
            form.where.errors = (AHEAD,)
        except TooMany:
            form.where.errors = (FULL,)
        else:
            if outcome.overtaken:
                return _page(opened, found, form, outcome, place=form)
            bare = key.removeprefix(EACH)
            new_key = EACH + bare if where == "each_theme" else bare
            return saved(outcome, f"/staff/surveys/{slug}/questions/{new_key}")
    return _page(opened, found, form, place=form)


@blueprint.route("/when", methods=["GET", "POST"])
@requires("design_surveys")
def when(slug: str, key: str) -> Response:
    opened = open_design(slug)
    found = question_or_404(opened, key)
    questionnaire = opened.design.questionnaire
    earlier = {one.field: one for one in earlier_questions(questionnaire, found)}
    before = simple_of(found.condition)
    chosen = earlier.get(request.values.get("field") or (before.field if before else ""))
    held = before if before and chosen and before.field == chosen.field else None
    start = {
        "field": chosen.field if chosen else "",
        "test": held.test if held else "is",
        "options": held.options if held else (),
    }
    form = ConditionForm(data=start)
    form.options.choices = {
        option.id: own_words(option.label, questionnaire.language) for option in (chosen.options if chosen else ())
    }
    form.test.choices = _tests(chosen)
    outcome = None
    if chosen and form.is_sent():
        simple = Simple(chosen.field, cast(Test, form.test.data), tuple(form.options.data or ()))
        condition = condition_of(chosen, simple)
        outcome = _put(opened, found, form, condition)
        if not outcome.overtaken:
            return saved(outcome, f"/staff/surveys/{slug}/questions/{found.key}")
    elif not chosen and request.method == "POST":
        abort(404)
    return design_page(
        "studio/design/when.html",
        opened,
        form,
        outcome,
        key=found.key,
        words=own_words(found.question.text, questionnaire.language),
        now=in_words(questionnaire, found, found.condition) if found.condition else "",
        is_simple=before is not None,
        earlier=list(earlier.values()),
        chosen=chosen,
    )


@blueprint.post("/always")
@requires("design_surveys")
def always(slug: str, key: str) -> Response:
    opened, form = open_design(slug), AlwaysForm()
    found = question_or_404(opened, key)
    if not form.is_sent():
        abort(400, "The form was not sent completely. Go back, reload the page and try again.")
    outcome = _put(opened, found, form, None)
    if outcome.overtaken:
        words = QuestionForm(
            found.question,
            _scales(opened.design.questionnaire),
            formdata=None,
            data=_values(opened.design.questionnaire, key),
        )
        return _page(opened, found, form, outcome, words=words)
    return saved(outcome, f"/staff/surveys/{slug}/questions/{found.key}")


def _tests(chosen: Earlier | None) -> dict[str, str]:
    """What can be asked of the earlier question's answer, in words that fit its kind."""
    if chosen and isinstance(chosen.question, NumberQuestion):
        return {name: words for name, words in TESTS.items() if name in ("answered", "not_answered")}
    if chosen and isinstance(chosen.question, ChoicesQuestion | RankingQuestion):
        return TESTS | {"is": "includes", "is_not": "does not include"}
    return TESTS


def _put(opened: Opened, found: Found, form: DesignForm, condition: Condition | None) -> Outcome:
    says = f"When to ask {named(opened.design.questionnaire, found.question)} changed"
    return save_questionnaire(
        opened,
        form,
        lambda content: question_part(content, found.key),
        lambda questionnaire: put_condition(questionnaire, found.key, condition),
        says,
    )


def _page(
    opened: Opened,
    found: Found,
    form: DesignForm,
    outcome: Outcome | None = None,
    *,
    words: QuestionForm | None = None,
    place: PlaceForm | None = None,
) -> Response:
    """The page with the form of the words and that of the place, of which ``form`` was sent."""
    questionnaire = opened.design.questionnaire
    if words is None:
        held = _values(questionnaire, found.key)
        words = QuestionForm(found.question, _scales(questionnaire), formdata=None, data=held)
    where = where_of(questionnaire, found)
    asked = found.question
    return design_page(
        "studio/design/question.html",
        opened,
        form,
        outcome,
        found=found,
        words=words,
        place=place or PlaceForm(formdata=None, data={"where": where}),
        kind=KIND_NAMES[asked.kind],
        of_themes=isinstance(asked, ChoicesQuestion | RankingQuestion) and asked.options_are_themes,
        can_be_placed=getattr(asked, "purpose", None) is None,
        condition=in_words(questionnaire, found, found.condition) if found.condition else "",
        has_earlier=bool(earlier_questions(questionnaire, found)),
        preview=question_preview(questionnaire, asked, found.key),
        theirs=_theirs(outcome, words, found.key),
        language=questionnaire.language,
    )


def _values(questionnaire: Questionnaire, key: str) -> dict[str, object]:
    words = question_words(questionnaire, key)
    return {
        "text": words.text,
        "hint": words.hint,
        "options": "\n".join(words.options),
        "most": words.most,
        "scale": words.scale,
        "not_sure": words.not_sure,
    }


def _scales(questionnaire: Questionnaire) -> dict[str, str]:
    """The survey's own scales, then those of the bank that it does not have yet."""
    own = {scale.id: scale_name(scale, questionnaire.language) for scale in questionnaire.scales}
    return own | {name: scale_name(scale, "en") for name, (_, scale) in ready_scales().items() if name not in own}


def _theirs(outcome: Outcome | None, form: QuestionForm, key: str) -> list[tuple[str, str]]:
    """What somebody else wrote meanwhile, with the label of each field that differs from what was typed here."""
    if outcome is None or not outcome.overtaken:
        return []
    try:
        find_question(outcome.design.questionnaire, key)
    except KeyError:
        abort(404)
    written = _values(outcome.design.questionnaire, key)
    typed = {**_values(outcome.design.questionnaire, key), **{name: form[name].data for name in written}}
    return [(form[name].label.text, str(text)) for name, text in written.items() if text != typed[name]]
