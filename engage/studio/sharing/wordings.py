"""Words to send a code with: a text message with its count, and an email, for one row in one language."""

from __future__ import annotations

import datetime
import math
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, jsonify, make_response, request

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.languages import direction, long_date, own_name
from engage.services import services
from engage.studio.overview import own_survey, survey_line
from engage.studio.sharing.forms import WordsForm
from engage.studio.sharing.rows import Shared, what_is_shared
from engage.typed_texts import AUTOSAVE
from surveys.collectors import collectors_of
from surveys.message_words import LANGUAGES, Subject, count_in_words, email_words, text_message
from surveys.questionnaire import Text
from surveys.reading_time import estimated_minutes
from surveys.storage import tables

blueprint = Blueprint("sharing_words", __name__, url_prefix="/staff/surveys/<slug>/share")


@blueprint.route("/words", methods=["GET", "POST"])
@requires("share_surveys")
def words(slug: str) -> Response:
    """The words for the row and language that the address names; what is typed is counted and never kept."""
    who, at = staff(), clock.now()
    form = WordsForm()
    counted = form.is_sent()
    if counted and AUTOSAVE in request.headers:
        return jsonify({"status": "", "hints": {"count": count_in_words(form.text.data or "")}})
    with services().database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        line = survey_line(session, survey=survey, at=at)
        shared = what_is_shared(session, survey=survey)
        rows = [one for one in collectors_of(session, survey=survey) if one.stopped_at is None]
        organisation = session.get_one(tables.Organisation, survey.organisation_id)
        session.expunge_all()
    row = next((one for one in rows if one.code == request.args.get("row", "").upper()), rows[0] if rows else None)
    subject = None
    if row is not None:
        wanted = request.args.get("language") or row.language
        language = wanted if wanted in shared.languages else shared.languages[0]
        subject = _subject(shared, survey, organisation, row, language)
        if not form.is_submitted():
            form.text.data = text_message(subject)
    page = staff_page(
        "studio/sharing/words.html",
        form=form,
        errors={"text": form.text.errors[0]} if form.text.errors else {},
        survey=line,
        shared=shared,
        rows=rows,
        row=row,
        languages=[(language, own_name(language)) for language in shared.languages],
        subject=subject,
        is_ours=subject is not None and subject.language in LANGUAGES,
        direction=direction(subject.language) if subject else "ltr",
        count=count_in_words(form.text.data or ""),
        email=email_words(subject) if subject else "",
    )
    return make_response(page, 422 if form.text.errors else 200)


def _subject(
    shared: Shared, survey: tables.Survey, organisation: tables.Organisation, row: tables.Collector, language: str
) -> Subject:
    asked, standing, settings = shared.questionnaire, organisation.standing_texts, services().settings

    def said(text: Text | None) -> str:
        return text.in_language(language) if text else ""

    closes = shared.preparation.closes_on
    if shared.is_published:
        # A survey closes at the midnight that ends its last day.
        ends = survey.closes_at - datetime.timedelta(microseconds=1) if survey.closes_at else None
        closes = ends.astimezone(ZoneInfo(settings.time_zone)).date() if ends else None
    return Subject(
        language=language,
        sender=str(standing.get("sender") or "") or said(asked.organisation) or organisation.name,
        title=said(asked.title),
        purpose=said(asked.about.purpose),
        minutes=max(1, math.ceil(estimated_minutes(asked)[0])),
        closes=long_date(closes, language) if closes else "",
        closes_short=_without_year(closes, language) if closes else "",
        address=f"{settings.base_url}/{row.code}",
        telephone=next((said(way.text) for way in asked.other_ways if way.kind == "telephone"), ""),
        other_ways=[said(way.text) for way in asked.other_ways],
        contact=said(asked.about.contact),
    )


def _without_year(day: datetime.date, language: str) -> str:
    """A date in words; its year matters only where it is not this one."""
    words = long_date(day, language)
    return words.replace(str(day.year), "").strip() if language == "en" and day.year == clock.now().year else words
