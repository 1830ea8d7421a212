"""Writing the commentary beside the figures: one form for all of it, saved part by part where two people write."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, abort, jsonify, make_response, redirect, request, url_for
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import CommentaryBegun, record
from engage.insight.commentary.opening import Opened, open_commentary
from engage.services import services
from engage.typed_texts import AUTOSAVE
from surveys.commentary.editions import Edition, NotPossible, WrittenMeanwhile, save_texts
from surveys.commentary.merging import decided, replied, seen_as, seen_from
from surveys.commentary.readiness import name_of
from surveys.commentary.references import reference_fault, typed_figures
from surveys.commentary.texts import FRONT, LONGEST, Recommendation, Texts, too_long

ADVICE = {
    "": "Not chosen yet",
    "keep": "Keep it as it is",
    "change": "Change it",
    "merge": "Merge it with another theme",
    "drop": "Drop it",
    "still deciding": "Still deciding",
}
NAMES = ("executive_lead", "author")
_ADVICE, _REASON = "advice-", "reason-"


class WritingForm(StaffForm):
    seen = HiddenField()
    summary = TextAreaField("Summary in your own words")


@requires("make_reports")
def write(slug: str) -> Response:
    """The form; what is final or out for comment is only read."""
    opened = open_commentary(slug)
    if not opened.can_be_written:
        return make_response(redirect(url_for("commentary.read", slug=slug), 303))
    form = _form(opened)
    if form.is_of_another_session():
        return _signed_in_anew(opened, form)
    if not form.is_sent():
        return _page(opened, form)
    texts = _texts_of(form, opened)
    if _faults(form, texts, opened):
        return _page(opened, form)
    try:
        edition = _save(opened, texts, str(form.seen.data or ""))
    except WrittenMeanwhile as met:
        return _page(opened, form, met)
    except NotPossible:
        return make_response(redirect(url_for("commentary.read", slug=slug), 303))
    if AUTOSAVE in request.headers:
        seen = replied(shown=texts, stored=edition.texts, seen=seen_from(str(form.seen.data or "")))
        return jsonify({"seen": seen, "status": "All changes saved", "hints": _typed(texts, opened)})
    there = "commentary.read" if request.form.get("then") == "read" else "commentary.write"
    return make_response(redirect(url_for(there, slug=slug), 303))


def _signed_in_anew(opened: Opened, form: WritingForm) -> Response:
    """What somebody typed before they signed in again, with the token of the new session: they need only save."""
    if AUTOSAVE in request.headers:
        reply = jsonify({"status": "Not saved yet: you signed in again since you opened this page. Press Save."})
        reply.status_code = 422
        return reply
    form.csrf_token.errors = []
    return make_response(_written_page(opened, form, anew=True), 422)


def _form(opened: Opened) -> WritingForm:
    """The form with a line for each part of the front sheet, and an advice and a reason for each theme."""
    fields: dict[str, Any] = {
        key: (StringField if key in NAMES else TextAreaField)(label, [Optional()]) for key, label in FRONT.items()
    }
    for theme_id in opened.themes:
        fields[_ADVICE + theme_id] = SelectField("What you advise", [Optional()], choices=ADVICE)
        fields[_REASON + theme_id] = TextAreaField("Why")
    made: type[WritingForm] = type("WritingForm", (WritingForm,), fields)
    texts = opened.texts
    values = {"seen": seen_as(texts), "summary": texts.summary, **{key: texts.front.get(key, "") for key in FRONT}}
    for theme_id in opened.themes:
        one = texts.theme(theme_id)
        values |= {_ADVICE + theme_id: one.advice or "", _REASON + theme_id: one.reason}
    return made(data=values)


def _texts_of(form: WritingForm, opened: Opened) -> Texts:
    return Texts(
        front={key: form[key].data or "" for key in FRONT},
        summary=form.summary.data or "",
        themes={
            theme_id: Recommendation(form[_ADVICE + theme_id].data or None, form[_REASON + theme_id].data or "")
            for theme_id in opened.themes
        },
    )


def _field_of(part: str) -> str:
    """The field in which a part of the texts is written."""
    kind, _, key = part.partition(".")
    return {"front": key, "theme": _REASON + key}.get(kind, kind)


def _faults(form: WritingForm, texts: Texts, opened: Opened) -> bool:
    """Whether anything cannot be saved, said at its field: what is too long, and figures that do not exist."""
    found = too_long(texts, themes=opened.themes)
    for part, text in texts.by_part():
        fault = reference_fault(text, opened.known)
        if fault and part not in found:
            found[part] = f"{name_of(part, opened.themes)}: {fault[:1].lower()}{fault[1:]}"
    for part, says in found.items():
        form[_field_of(part)].errors = [says]
    return bool(found)


def _save(opened: Opened, texts: Texts, seen: str) -> Edition:
    who, at = staff(), clock.now()
    today = at.astimezone(ZoneInfo(services().settings.time_zone)).date()
    with services().database.writing() as session:
        survey = session.merge(opened.survey, load=False)
        edition = save_texts(
            session, survey=survey, texts=texts, seen=seen, by=who.email, name=who.name, on=today, at=at
        )
        if opened.edition is None and edition.row_version == 1:
            event = CommentaryBegun(survey.slug, edition.number)
            record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
    return edition


def _typed(texts: Texts, opened: Opened) -> dict[str, str]:
    """By the id of an element what to say of figures typed by hand in each text; nothing for most."""
    said = {}
    for part, text in texts.by_part():
        about = part.partition(".")[2] if part.startswith("theme.") else ""
        warnings = [
            f"“{figure}” is typed by hand and stays as it is when the data change."
            + (f" Use {reference.in_text} instead." if reference else "")
            for figure, reference in typed_figures(text, opened.known, about=about)
        ]
        said[f"typed-{_field_of(part)}"] = " ".join(warnings)
    return said


def _page(opened: Opened, form: WritingForm, met: WrittenMeanwhile | None = None) -> Response:
    """The page of the form: 200 as it begins, 422 with its errors, 409 where somebody wrote in the same parts."""
    errors = {name: found[0] for name, found in form.errors.items() if name and found}
    if form.is_submitted() and AUTOSAVE in request.headers:
        meanwhile = f"{met.edition.changed_by} wrote here meanwhile. Press Save to decide." if met else ""
        reply = jsonify({"status": meanwhile or "Not saved yet: " + "; ".join(map(str, errors.values()))})
        reply.status_code = 409 if met else 422
        return reply
    if form.is_submitted() and not met and not errors:
        abort(400)
    if met:
        form.seen.data = decided(met.edition.texts, seen_from(str(form.seen.data or "")), met.parts)
    return make_response(_written_page(opened, form, errors, met), 409 if met else 422 if errors else 200)


def _written_page(
    opened: Opened,
    form: WritingForm,
    errors: dict[str, Any] | None = None,
    met: WrittenMeanwhile | None = None,
    *,
    anew: bool = False,
) -> str:
    return staff_page(
        "insight/commentary/write.html",
        opened=opened,
        form=form,
        errors=errors or {},
        met=met,
        anew=anew,
        theirs=_theirs(met, opened) if met else [],
        typed=_typed(_texts_of(form, opened), opened),
        names=NAMES,
        front=list(FRONT),
        longest=LONGEST,
    )


def _theirs(met: WrittenMeanwhile, opened: Opened) -> list[tuple[str, str]]:
    """What somebody else wrote meanwhile in the parts that both changed."""
    parts = met.edition.texts.parts()
    return [
        (name_of(part, opened.themes), "; ".join(text for text in parts[part] if text) or "Nothing")
        for part in met.parts
        if part in parts
    ]
