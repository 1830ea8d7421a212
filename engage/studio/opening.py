"""Opening a survey's design on a page, and saving one part of it: with script as somebody types, without on a button.

A view reads: open, make the form, save if it was sent, else show. Every form carries the revision that it was made
from; a page that was overtaken shows both texts and saves nothing until the officer decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, jsonify, make_response, redirect, request
from wtforms import HiddenField
from wtforms.validators import InputRequired, Regexp

from engage import clock
from engage.access.forms import StaffForm
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.services import services
from engage.studio.overview import own_survey
from engage.typed_texts import AUTOSAVE
from surveys.designing import Content, Design, EditedMeanwhile, ensure_design, find_design, save_design
from surveys.storage import tables


class DesignForm(StaffForm):
    """A form that changes a part of a design."""

    revision = HiddenField(validators=[InputRequired(), Regexp(r"^[0-9]{1,9}$")])


@dataclass(frozen=True, slots=True)
class Opened:
    """An organisation's own survey with its design as it is now."""

    survey: tables.Survey
    design: Design


def open_design(slug: str) -> Opened:
    """The signed-in person's survey with its design; ends the request with 404 where they have no such survey."""
    who, database = staff(), services().database
    with database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        design = find_design(session, survey=survey)
        session.expunge_all()
    if design is None:
        with database.writing() as session:
            design = ensure_design(
                session,
                survey=session.merge(survey),
                at=clock.now(),
                by=who.email,
                time_zone=services().settings.time_zone,
            )
    return Opened(survey, design)


@dataclass(frozen=True, slots=True)
class Outcome:
    """``overtaken``: nothing was saved, because somebody else changed the same part; ``design`` is as it is now."""

    design: Design
    overtaken: bool


def save_part(
    opened: Opened,
    form: DesignForm,
    *,
    part: Callable[[Content], object],
    change: Callable[[Content], Content],
    says: str,
) -> Outcome:
    """Save one part, as ``save_design`` does. A part that is gone meanwhile ends the request with 404."""
    who = staff()
    with services().database.writing() as session:
        try:
            design = save_design(
                session,
                survey=session.merge(opened.survey, load=False),
                seen=int(form.revision.data or "0"),
                part=part,
                change=change,
                says=says,
                at=clock.now(),
                by=who.email,
            )
        except EditedMeanwhile as met:
            return Outcome(met.design, overtaken=True)
        except LookupError:
            abort(404)
    return Outcome(design, overtaken=False)


def saved(outcome: Outcome, then: str, *, hints: Mapping[str, str] | None = None) -> Response:
    """The reply to what was saved: on to the page ``then``; for a script the new revision and texts by element id."""
    if AUTOSAVE in request.headers:
        said = {
            "revision": outcome.design.revision,
            "status": "All changes saved",
            "hints": dict(hints or {}),
            "frame": {"last-change": "Last change: just now.", "undoes": outcome.design.undoes or ""},
        }
        return jsonify(said)
    return make_response(redirect(then, 303))


def design_page(
    template: str, opened: Opened, form: DesignForm, outcome: Outcome | None = None, **values: Any
) -> Response:
    """The page of a form: 200 as it begins, 422 with its errors, 409 where it was overtaken; with what was typed.

    The template has ``design``, ``form``, ``errors`` (by field name) and ``overtaken`` (a Design or None).
    """
    overtaken = outcome.design if outcome and outcome.overtaken else None
    errors = {name: found[0] for name, found in form.errors.items() if name and found}
    if form.is_submitted() and AUTOSAVE in request.headers:
        problem = f"{overtaken.changed_by} changed this part meanwhile. Press Save to decide." if overtaken else None
        reply = jsonify({"status": problem or "Not saved yet: " + "; ".join(map(str, errors.values()))})
        reply.status_code = 409 if overtaken else 422
        return reply
    # Whoever saves again after reading both texts means their own.
    form.revision.data = str((overtaken or opened.design).revision)
    form.revision.raw_data = None
    page = staff_page(
        template, survey=opened.survey, design=opened.design, form=form, errors=errors, overtaken=overtaken, **values
    )
    return make_response(page, 409 if overtaken else 422 if errors else 200)
