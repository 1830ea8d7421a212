"""The page on which an officer looks through the themes that were found, and puts them into the survey."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from flask import Blueprint, Response, abort, jsonify, make_response, redirect, request
from wtforms import HiddenField, RadioField
from wtforms.validators import AnyOf, InputRequired, Optional, Regexp

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.services import services
from engage.studio.opening import DesignForm, Opened, open_design, save_part
from engage.studio.strategy_import.kept import find_review, find_source, save_review
from engage.typed_texts import AUTOSAVE
from surveys.answers import clean_text
from surveys.designing.themes import TooMany, with_themes
from surveys.strategy_documents import read_document
from surveys.strategy_documents.review import (
    MOST_THEMES,
    Proposed,
    Review,
    begin_review,
    bring_back,
    kept_themes,
    merge,
    move,
    split,
    take_out,
)

blueprint = Blueprint("strategy_review", __name__, url_prefix="/staff/surveys/<slug>/import/review")

MOST_BYTES = 2 * 1024 * 1024
PIECES_SHOWN = 60
LONGEST_TITLE, LONGEST_EXPLANATION = 300, 20_000


class ReviewForm(DesignForm):
    """``revision`` is the number of the review that the page shows, ``design`` the revision of the survey's design.

    The themes' own fields are read apart: there are as many as the review has themes.
    """

    design = HiddenField(validators=[InputRequired(), Regexp(r"^[0-9]{1,9}$")])
    act = HiddenField(validators=[Optional(), Regexp(r"^[a-z]+( [0-9]{1,4}){0,2}$")])
    existing = RadioField(
        "This survey has themes already. What shall happen to them?",
        choices={"replace": "Put these in their place", "add": "Keep them, and add these behind them"},
        validators=[Optional(), AnyOf(["replace", "add"])],
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page shows beside the review itself."""

    errors: dict[str, str]
    overtaken: str = ""
    piece: int = 0


@blueprint.route("", methods=["GET", "POST"])
@requires("design_surveys")
def review(slug: str) -> Response:
    request.max_content_length = request.max_form_memory_size = MOST_BYTES
    opened = open_design(slug)
    with services().database.reading() as session:
        found = find_review(session, survey=opened.survey)
    if found is None:
        return make_response(redirect(f"/staff/surveys/{slug}/import", 303))
    form = ReviewForm()
    if not form.is_sent():
        return _page(opened, form, found, _Shown({}, piece=_first_piece()))
    typed = replace(found, themes=_typed_themes())
    if int(form.revision.data or 0) != found.number:
        return _overtaken(opened, form, typed)
    action, *numbers = (form.act.data or "save").split(" ")
    if action == "use":
        return _use(opened, form, typed)
    try:
        changed, then = _acted(opened, typed, action, [int(number) for number in numbers])
    except (IndexError, ValueError):
        abort(400, "That theme is no longer on the page. Go back, reload the page and try again.")
    return _saved(opened, form, found, changed, then)


def _typed_themes() -> tuple[Proposed, ...]:
    """The themes as the page holds them now, whatever has been typed into it."""
    themes = []
    for at in range(MOST_THEMES * 2):
        title = request.form.get(f"title-{at}")
        if title is None:
            break
        place = request.form.get(f"place-{at}", "")
        themes.append(
            Proposed(
                clean_text(title, lines=False),
                clean_text(request.form.get(f"explanation-{at}", "")),
                kept=f"keep-{at}" in request.form,
                place=int(place) if re.fullmatch(r"[0-9]{1,7}", place, re.ASCII) else -1,
            )
        )
    return tuple(themes)


def _acted(opened: Opened, review: Review, action: str, numbers: list[int]) -> tuple[Review, str]:
    """The review after one of its buttons, and the place on the page to go to."""
    match action, numbers:
        case "save", []:
            return review, ""
        case "up", [at]:
            return move(review, at, -1), f"#theme-{at - 1}"
        case "down", [at]:
            return move(review, at, 1), f"#theme-{at + 1}"
        case "merge", [at]:
            return merge(review, at), f"#theme-{at - 1}"
        case "split", [at, paragraph]:
            return split(review, at, paragraph), f"#theme-{at + 1}"
        case "remove", [at]:
            return take_out(review, at), f"#theme-{max(at - 1, 0)}"
        case "back", [at]:
            changed, place = bring_back(review, at)
            return changed, f"#theme-{place}"
        case "blank", []:
            return replace(review, themes=(*review.themes, Proposed("", ""))), f"#theme-{len(review.themes)}"
        case "pieces", [first]:
            return review, f"?piece={first}#left-out"
        case "way", [way]:
            return _another_way(opened, review, way), ""
    raise ValueError(action)


def _another_way(opened: Opened, review: Review, way: int) -> Review:
    with services().database.reading() as session:
        source = find_source(session, survey=opened.survey, id_=review.source) or abort(404)
        name, content = source.name, source.content
    return begin_review(
        read_document(content, name), source=review.source, name=review.name, number=review.number, way=way
    )


def _saved(opened: Opened, form: ReviewForm, found: Review, changed: Review, then: str) -> Response:
    """Store the review unless somebody else did meanwhile."""
    number = found.number
    if changed != found:
        number += 1
        changed = replace(changed, number=number)
        with services().database.writing() as session:
            survey = session.merge(opened.survey, load=False)
            now = find_review(session, survey=survey, to_change=True)
            if now is None or now.number != found.number:
                return _overtaken(opened, form, replace(changed, number=now.number if now else found.number))
            save_review(session, survey=survey, review=changed, at=clock.now(), by=staff().email)
    if AUTOSAVE in request.headers:
        hints = {"kept": str(len(kept_themes(changed)))}
        return jsonify({"revision": number, "status": "All changes saved", "hints": hints})
    return make_response(redirect(f"/staff/surveys/{opened.survey.slug}/import/review{then}", 303))


def _use(opened: Opened, form: ReviewForm, review: Review) -> Response:
    """Put what is kept into the design."""
    themes = kept_themes(review)
    has_themes = bool(opened.design.questionnaire.themes)
    errors = _faults(review)
    if not themes:
        errors = {"use": "Keep at least one theme: tick the box above its title"}
    if has_themes and not form.existing.data:
        errors["existing"] = "Choose what shall happen to the themes that the survey has already"
    if errors:
        return _page(opened, form, review, _Shown(errors))
    keep_existing = has_themes and form.existing.data == "add"
    form.revision.data = form.design.data
    try:
        outcome = save_part(
            opened,
            form,
            part=lambda content: None if keep_existing else content.questionnaire.themes,
            change=lambda content: replace(
                content, questionnaire=with_themes(content.questionnaire, themes, keep_existing=keep_existing)
            ),
            says=f"{len(themes)} themes taken from {review.name}",
        )
    except TooMany:
        return _page(opened, form, review, _Shown({"use": f"A survey has at most {MOST_THEMES} themes. Keep fewer."}))
    if outcome.overtaken:
        form.design.data = str(outcome.design.revision)
        said = f"{outcome.design.changed_by} changed the survey’s themes while you had this page open"
        return _page(replace(opened, design=outcome.design), form, review, _Shown({}, overtaken=said))
    with services().database.writing() as session:
        survey = session.merge(opened.survey, load=False)
        review = replace(review, number=review.number + 1)
        save_review(session, survey=survey, review=review, at=clock.now(), by=staff().email)
    return make_response(redirect(f"/staff/surveys/{opened.survey.slug}/themes", 303))


def _faults(review: Review) -> dict[str, str]:
    errors: dict[str, str] = {}
    for at, theme in enumerate(review.themes):
        if theme.kept and not theme.title:
            errors[f"title-{at}"] = f"Write a title for theme {at + 1}, or untick it"
        elif theme.kept and len(theme.title) > LONGEST_TITLE:
            errors[f"title-{at}"] = f"Shorten the title of theme {at + 1}: it may have {LONGEST_TITLE} characters"
        elif theme.kept and len(theme.explanation) > LONGEST_EXPLANATION:
            errors[f"explanation-{at}"] = f"Shorten the explanation of theme {at + 1}"
    return errors


def _overtaken(opened: Opened, form: ReviewForm, typed: Review) -> Response:
    if AUTOSAVE in request.headers:
        reply = jsonify({"status": "Not saved: this list was changed in another window. Press Save to decide."})
        reply.status_code = 409
        return reply
    said = "This list was changed in another window or by somebody else"
    return _page(opened, form, typed, _Shown({}, overtaken=said))


def _first_piece() -> int:
    written = request.args.get("piece", "0")
    return int(written) if re.fullmatch(r"[0-9]{1,4}", written, re.ASCII) else 0


def _page(opened: Opened, form: ReviewForm, review: Review, shown: _Shown) -> Response:
    form.revision.data, form.revision.raw_data = str(review.number), None
    form.design.data = form.design.data or str(opened.design.revision)
    page = staff_page(
        "studio/strategy_import/review.html",
        survey=opened.survey,
        design=opened.design,
        form=form,
        review=review,
        errors=shown.errors,
        overtaken=shown.overtaken,
        kept=len(kept_themes(review)),
        first=shown.piece,
        pieces=list(enumerate(review.left_out))[shown.piece : shown.piece + PIECES_SHOWN],
        step=PIECES_SHOWN,
        has_themes=len(opened.design.questionnaire.themes),
    )
    return make_response(page, 409 if shown.overtaken else 422 if shown.errors else 200)
