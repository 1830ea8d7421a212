"""The published versions of a survey: who, when, what changed; and any two of them side by side."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from flask import Response, abort, make_response, request
from wtforms import Form, SelectField

from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.services import services
from engage.studio.going_live.saying import english_name
from engage.studio.overview import own_survey
from surveys.comparing import Difference, compare, in_short
from surveys.publishing import load_version, versions_of
from surveys.storage import tables

MOST_DESCRIBED = 20
"""Of how many versions the list says what changed; older ones can still be compared."""


class CompareForm(Form):
    """Sent with GET: it changes nothing, so it needs no token."""

    earlier = SelectField("Compare version")
    later = SelectField("with version")


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list, with what changed since the one before it."""

    version: tables.QuestionnaireVersion
    changed: str


@requires("design_surveys")
def show_versions(slug: str) -> Response:
    """The list, newest first, with the two that the address names compared; else the two newest."""
    who = staff()
    with services().database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        found = versions_of(session, survey=survey)
        # The rows are loaded already, so that reading their questionnaires asks the database for nothing more.
        published = {version.number: load_version(session, version.id) for version in found[-MOST_DESCRIBED:]}
        asked = [request.args.get(name, "") for name in ("earlier", "later")]
        for version in found:
            if version.number in asked and version.number not in published:
                published[version.number] = load_version(session, version.id)
        session.expunge_all()
    numbers = [version.number for version in found]
    form = CompareForm(request.args)
    form.earlier.choices = form.later.choices = {number: number for number in reversed(numbers)}
    earlier, later = _chosen(asked, numbers)
    form.earlier.data, form.later.data = earlier, later
    differences: tuple[Difference, ...] = ()
    if earlier != later:
        differences = compare(published[earlier], published[later])
    changed = {
        after.number: in_short(compare(published[before.number], published[after.number]))
        for before, after in pairwise(found)
        if before.number in published
    }
    page = staff_page(
        "studio/going_live/versions.html",
        survey=survey,
        versions=[
            VersionLine(version, changed.get(version.number, "" if version is not found[0] else "The first version."))
            for version in reversed(found)
        ],
        form=form,
        earlier=earlier,
        later=later,
        differences=differences,
        language_name=english_name,
    )
    return make_response(page)


def _chosen(asked: list[str], numbers: list[str]) -> tuple[str, str]:
    """The versions to compare: those asked for where they exist, else the newest with the one before it."""
    if not numbers:
        return "", ""
    before = numbers[-2] if len(numbers) > 1 else numbers[-1]
    earlier, later = (number if number in numbers else "" for number in asked)
    return earlier or before, later or numbers[-1]
