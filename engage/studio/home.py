"""The first page: the organisation's surveys, and what needs a person."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.services import services
from engage.studio.home_lines import draft_lines, home_lines, shared_lines


@requires("use_staff_pages")
def home() -> str:
    """What the person may see: every survey, or for a patient partner the drafts to read."""
    who = staff()
    if "see_surveys" not in who.permissions:
        return _drafts_to_read()
    zone = ZoneInfo(services().settings.time_zone)
    with services().database.reading() as session:
        lines = home_lines(
            session,
            organisation_id=who.organisation_id,
            at=clock.now(),
            zone=zone,
            sorts_comments="sort_comments" in who.permissions,
        )
        shared = shared_lines(session, organisation_id=who.organisation_id) if "see_results" in who.permissions else []
    return staff_page("studio/home.html", surveys=lines, shared=shared, may=who.permissions)


def _drafts_to_read() -> str:
    who = staff()
    drafts = []
    if "read_designs" in who.permissions:
        with services().database.reading() as session:
            drafts = draft_lines(session, organisation_id=who.organisation_id)
    return staff_page("studio/drafts_to_read.html", drafts=drafts)
