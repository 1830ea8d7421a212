"""The questions of a survey: ready ones switched on and off, others added, put in order and taken out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from flask import Blueprint, Response, abort

from engage.access.guards import requires
from engage.studio.design.question_forms import (
    KIND_HINTS,
    KIND_NAMES,
    NewQuestionForm,
    QuestionsForm,
    ReadyForm,
    lines_of,
)
from engage.studio.design.saving import save_questionnaire, shortened
from engage.studio.opening import DesignForm, Opened, Outcome, design_page, open_design, saved
from surveys.designing import Content
from surveys.designing.conditions import dependent_questions, in_words
from surveys.designing.finding import Found, comes_first, each_found, find_question, named
from surveys.designing.presets import preset_question, switch, switched_on
from surveys.designing.questions import (
    Kind,
    OutOfOrder,
    QuestionWords,
    Where,
    add_question,
    can_move,
    move_question,
    remove_question,
)
from surveys.designing.texts import own_words
from surveys.designing.themes import TooMany
from surveys.questionnaire import Questionnaire
from surveys.ready_parts import ready_scales

blueprint = Blueprint("design_questions", __name__, url_prefix="/staff/surveys/<slug>/questions")

FULL = "This survey cannot have more questions. Remove one first."
AHEAD = "It cannot go there: a question would then look at an answer that is given only later."


@blueprint.get("")
@requires("design_surveys")
def questions(slug: str) -> Response:
    return _page(open_design(slug), QuestionsForm(formdata=None))


@blueprint.post("/ready")
@requires("design_surveys")
def ready(slug: str) -> Response:
    opened, form = open_design(slug), ReadyForm()
    if not form.is_sent():
        return _page(opened, form, ready=form)
    wanted = frozenset(form.ready.data or ())

    def part(content: Content) -> object:
        on = switched_on(content.questionnaire)
        left_out = [preset_question(content.questionnaire, name) for name in sorted(on - wanted)]
        return on, [found.question for found in left_out if found]

    try:
        outcome = save_questionnaire(opened, form, part, lambda found: switch(found, wanted), "Ready questions chosen")
    except TooMany:
        form.ready.errors = (FULL,)
        return _page(opened, form, ready=form)
    if outcome.overtaken:
        return _page(opened, form, outcome, ready=form)
    return saved(outcome, f"/staff/surveys/{slug}/questions")


@blueprint.post("/add")
@requires("design_surveys")
def add(slug: str) -> Response:
    opened, form = open_design(slug), NewQuestionForm()
    if not form.is_sent():
        return _page(opened, form, new=form)
    kind, where = cast(Kind, form.kind.data), cast(Where, form.where.data)
    scales = [scale.id for scale in opened.design.questionnaire.scales] or list(ready_scales())
    words = QuestionWords(
        text=form.text.data or "",
        options=lines_of(form.options.data),
        scale=scales[0] if kind == "rating" else "",
    )
    says = f"Question “{shortened(words.text)}” added"
    try:
        outcome = save_questionnaire(
            opened, form, lambda content: None, lambda found: add_question(found, kind, words, where), says
        )
    except TooMany:
        form.text.errors = (FULL,)
        return _page(opened, form, new=form)
    before = {found.key for found in each_found(opened.design.questionnaire)}
    after = [found.key for found in each_found(outcome.design.questionnaire)]
    key = next((key for key in reversed(after) if key not in before), after[-1])
    return saved(outcome, f"/staff/surveys/{slug}/questions/{key}")


@blueprint.post("")
@requires("design_surveys")
def change_order(slug: str) -> Response:
    opened, form = open_design(slug), QuestionsForm()
    if not form.is_sent():
        abort(400, "The form was not sent completely. Go back, reload the page and try again.")
    act, key = (form.act.data or "").split(" ")
    found = question_or_404(opened, key)
    name = named(opened.design.questionnaire, found.question)
    here = f"/staff/surveys/{slug}/questions"
    if act == "remove":
        outcome = save_questionnaire(
            opened, form, lambda c: question_part(c, key), lambda q: remove_question(q, key), f"Question {name} removed"
        )
    else:
        steps: Literal[-1, 1] = -1 if act == "up" else 1
        says = f"Question {name} moved {act}"
        try:
            outcome = save_questionnaire(opened, form, _order, lambda q: move_question(q, key, steps), says)
        except OutOfOrder:
            return _page(opened, form, refused=f"{name} was not moved. {AHEAD}")
    if outcome.overtaken:
        return _page(opened, form, outcome)
    return saved(outcome, here if act == "remove" else f"{here}#question-{key}")


def _page(
    opened: Opened,
    form: DesignForm,
    outcome: Outcome | None = None,
    *,
    ready: ReadyForm | None = None,
    new: NewQuestionForm | None = None,
    refused: str = "",
) -> Response:
    """The page with its three forms, of which ``form`` was sent; the others begin afresh."""
    design = outcome.design if outcome else opened.design
    questionnaire = design.questionnaire
    on = sorted(switched_on(questionnaire))
    page = design_page(
        "studio/design/questions.html",
        opened,
        form,
        outcome,
        shown=design,
        refused=refused,
        ready=ready or ReadyForm(formdata=None, data={"ready": on}),
        new=new or NewQuestionForm(formdata=None, data={"where": "after_themes"}),
        kind_hints=KIND_HINTS,
        groups=_groups(questionnaire),
        language=questionnaire.language,
    )
    if refused:
        page.status_code = 422
    return page


@dataclass(frozen=True, slots=True)
class Line:
    """A question in the list. ``lose``: questions that would be asked of everybody without this one."""

    key: str
    words: str
    kind: str
    condition: str
    up: bool
    down: bool
    lose: tuple[str, ...]


def _groups(questionnaire: Questionnaire) -> list[tuple[str, list[Line]]]:
    """The list by the three places."""
    groups: dict[str, list[Line]] = {"Before the themes": [], "About each theme": [], "After the themes": []}
    for found in each_found(questionnaire):
        if found.page is None:
            place = "About each theme"
        else:
            place = "Before the themes" if comes_first(questionnaire, found.page) else "After the themes"
        groups[place].append(_line(questionnaire, found))
    return list(groups.items())


def _line(questionnaire: Questionnaire, found: Found) -> Line:
    condition = found.condition
    return Line(
        key=found.key,
        words=own_words(found.question.text, questionnaire.language),
        kind=KIND_NAMES[found.question.kind],
        condition=in_words(questionnaire, found, condition) if condition else "",
        up=can_move(questionnaire, found, -1),
        down=can_move(questionnaire, found, 1),
        lose=dependent_questions(questionnaire, remove_question(questionnaire, found.key)),
    )


def question_or_404(opened: Opened, key: str) -> Found:
    try:
        return find_question(opened.design.questionnaire, key)
    except KeyError:
        abort(404)


def question_part(content: Content, key: str) -> object:
    found = find_question(content.questionnaire, key)
    return found.question, found.condition


def _order(content: Content) -> list[str]:
    return [found.key for found in each_found(content.questionnaire)]
