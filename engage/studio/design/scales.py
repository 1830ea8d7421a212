"""The scales of a survey: taken over from the bank or written here, changed and taken out."""

from __future__ import annotations

from flask import Blueprint, Response, abort
from wtforms import HiddenField
from wtforms.validators import InputRequired

from engage.access.guards import requires
from engage.studio.design.question_forms import ScaleForm, TakeScaleForm
from engage.studio.design.saving import save_questionnaire
from engage.studio.opening import DesignForm, Opened, Outcome, design_page, open_design, saved
from surveys.designing import Content
from surveys.designing.scales import (
    MOST_SCALES,
    InUse,
    ScaleWords,
    add_scale,
    change_scale,
    remove_scale,
    scale_name,
    scale_words,
    used_by,
    with_ready_scale,
)
from surveys.questionnaire import Questionnaire, Scale
from surveys.ready_parts import ready_scales

blueprint = Blueprint("design_scales", __name__, url_prefix="/staff/surveys/<slug>/scales")


class RemoveScaleForm(DesignForm):
    scale = HiddenField(validators=[InputRequired()])


@blueprint.get("")
@requires("design_surveys")
def scales(slug: str) -> Response:
    return _page(open_design(slug), DesignForm(formdata=None))


@blueprint.post("/take")
@requires("design_surveys")
def take(slug: str) -> Response:
    opened, form = open_design(slug), TakeScaleForm()
    form.scale.choices = _offered(opened.design.questionnaire)
    if not form.is_sent() or len(opened.design.questionnaire.scales) >= MOST_SCALES:
        return _page(opened, form, take=form)
    name = str(form.scale.data)
    says = f"Scale “{ready_scales()[name][0]}” added"
    outcome = save_questionnaire(opened, form, lambda content: None, lambda found: with_ready_scale(found, name), says)
    return saved(outcome, f"/staff/surveys/{slug}/scales#scale-{name}")


@blueprint.post("/add")
@requires("design_surveys")
def add(slug: str) -> Response:
    opened, form = open_design(slug), ScaleForm()
    if not form.is_sent() or len(opened.design.questionnaire.scales) >= MOST_SCALES:
        return _page(opened, form, new=form)
    words = form.words()
    says = f"Scale “{words.points[0]} … {words.points[-1]}” added"
    outcome = save_questionnaire(opened, form, lambda content: None, lambda found: add_scale(found, words), says)
    return saved(outcome, f"/staff/surveys/{slug}/scales")


@blueprint.post("/remove")
@requires("design_surveys")
def remove(slug: str) -> Response:
    opened, form = open_design(slug), RemoveScaleForm()
    if not form.is_sent():
        abort(400, "The form was not sent completely. Go back, reload the page and try again.")
    scale_id = form.scale.data or ""
    scale = _scale_or_404(opened, scale_id)
    says = f"Scale “{scale_name(scale, opened.design.questionnaire.language)}” removed"
    try:
        outcome = save_questionnaire(
            opened, form, lambda content: _part(content, scale_id), lambda found: remove_scale(found, scale_id), says
        )
    except InUse as met:
        return _page(opened, form, refused=met.names)
    if outcome.overtaken:
        return _page(opened, form, outcome)
    return saved(outcome, f"/staff/surveys/{slug}/scales")


@blueprint.route("/<scale_id>", methods=["GET", "POST"])
@requires("design_surveys")
def scale(slug: str, scale_id: str) -> Response:
    opened = open_design(slug)
    questionnaire = opened.design.questionnaire
    found = _scale_or_404(opened, scale_id)
    form = ScaleForm(data=_values(scale_words(questionnaire, scale_id)))
    outcome = None
    if form.is_sent():
        words = form.words()
        says = f"Scale “{words.points[0]} … {words.points[-1]}” changed"
        outcome = save_questionnaire(
            opened, form, lambda content: _part(content, scale_id), lambda q: change_scale(q, scale_id, words), says
        )
        if not outcome.overtaken:
            return saved(outcome, f"/staff/surveys/{slug}/scales/{scale_id}")
    return design_page(
        "studio/design/scale.html",
        opened,
        form,
        outcome,
        scale=found,
        name=scale_name(found, questionnaire.language),
        used=used_by(questionnaire, scale_id),
        theirs=_theirs(outcome, form, scale_id),
        language=questionnaire.language,
    )


def _page(
    opened: Opened,
    form: DesignForm,
    outcome: Outcome | None = None,
    *,
    take: TakeScaleForm | None = None,
    new: ScaleForm | None = None,
    refused: tuple[str, ...] = (),
) -> Response:
    """The page with its forms, of which ``form`` was sent; the others begin afresh."""
    questionnaire = (outcome.design if outcome else opened.design).questionnaire
    if take is None:
        take = TakeScaleForm(formdata=None)
        take.scale.choices = _offered(questionnaire)
    page = design_page(
        "studio/design/scales.html",
        opened,
        form,
        outcome,
        take=take,
        new=new or ScaleForm(formdata=None),
        refused=refused,
        lines=[
            (scale, scale_name(scale, questionnaire.language), used_by(questionnaire, scale.id))
            for scale in questionnaire.scales
        ],
        language=questionnaire.language,
    )
    if refused:
        page.status_code = 422
    return page


def _offered(questionnaire: Questionnaire) -> dict[str, str]:
    """The bank's scales that the survey does not have yet."""
    known = {scale.id for scale in questionnaire.scales}
    return {name: scale_name(scale, "en") for name, (_, scale) in ready_scales().items() if name not in known}


def _scale_or_404(opened: Opened, scale_id: str) -> Scale:
    try:
        return opened.design.questionnaire.scale(scale_id)
    except KeyError:
        abort(404)


def _part(content: Content, scale_id: str) -> Scale:
    return content.questionnaire.scale(scale_id)


def _values(words: ScaleWords) -> dict[str, object]:
    return {"points": "\n".join(words.points), "positive": words.positive, "not_sure": words.not_sure}


def _theirs(outcome: Outcome | None, form: ScaleForm, scale_id: str) -> list[tuple[str, str]]:
    """What somebody else wrote meanwhile, with the label of each field that differs from what was typed here."""
    if outcome is None or not outcome.overtaken:
        return []
    if all(scale.id != scale_id for scale in outcome.design.questionnaire.scales):
        abort(404)
    written = _values(scale_words(outcome.design.questionnaire, scale_id))
    return [(form[name].label.text, str(text)) for name, text in written.items() if text != form[name].data]
