"""What was changed in a design: the latest changes, and taking back the last one."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, make_response, redirect
from wtforms import HiddenField

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.services import services
from engage.studio.opening import DesignForm, Opened, open_design
from surveys.designing import Design, EditedMeanwhile, NothingToUndo, revisions_of, undo_change
from surveys.routing import journey

blueprint = Blueprint("design_changes", __name__, url_prefix="/staff/surveys/<slug>")

MOST_SHOWN = 50


class UndoForm(DesignForm):
    then = HiddenField()


@blueprint.post("/undo")
@requires("design_surveys")
def undo(slug: str) -> Response:
    form, who = UndoForm(), staff()
    opened = open_design(slug)
    if not form.is_sent():
        abort(400, "The form was not sent completely. Go back, reload the page and try again.")
    with services().database.writing() as session:
        try:
            survey = session.merge(opened.survey, load=False)
            design = undo_change(
                session, survey=survey, seen=int(form.revision.data or "0"), at=clock.now(), by=who.email
            )
        except EditedMeanwhile as met:
            page = staff_page("studio/design/undo.html", survey=opened.survey, design=met.design, form=form)
            return make_response(page, 409)
        except NothingToUndo:
            design = opened.design
    return make_response(redirect(_place(opened, design, form.then.data or ""), 303))


@blueprint.get("/history")
@requires("design_surveys")
def history(slug: str) -> str:
    opened = open_design(slug)
    with services().database.reading() as session:
        revisions = revisions_of(session, survey=opened.survey, most=MOST_SHOWN)
    return staff_page("studio/design/history.html", survey=opened.survey, design=opened.design, revisions=revisions)


def _place(opened: Opened, design: Design, then: str) -> str:
    """The page where somebody pressed the button, where what it shows still exists; else the list around it."""
    home = f"/staff/surveys/{opened.survey.slug}"
    inside = re.fullmatch(rf"{re.escape(home)}((?:/[A-Za-z0-9_-]+)*)", then)
    if not inside:
        return home
    parts = inside[1].split("/")[1:]
    known = {
        "themes": {theme.id for theme in design.questionnaire.themes},
        "questions": {asked.id for page in journey(design.questionnaire) for asked in page.questions},
        "scales": {scale.id for scale in design.questionnaire.scales},
    }
    if len(parts) > 1 and parts[0] in known and parts[1] not in known[parts[0]]:
        return f"{home}/{parts[0]}"
    return then
