"""The hub of a survey's comments: how many wait for whom, and the way to everything that is done with them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.staff_pages import staff_page
from engage.insight.comments.opening import open_survey
from engage.insight.comments.saying import LEVEL_NAMES
from engage.services import services
from engage.studio.going_live.standing import today
from surveys.comments.counting import count_queue, count_raised
from surveys.comments.opened_late import first_readings
from surveys.comments.screening import count_outdated


@requires("read_comments")
def overview(slug: str) -> str:
    """Counts by level and state, and the links that the person may follow."""
    with services().database.reading() as session:
        opened = open_survey(session, slug)
        counts = count_queue(session, survey=opened.survey, today=today())
        readings = first_readings(session, survey=opened.survey, zone=ZoneInfo(services().settings.time_zone))
        raised = count_raised(session, survey=opened.survey)
        outdated = count_outdated(session, survey=opened.survey)
        session.expunge_all()
    return staff_page(
        "insight/comments/overview.html",
        survey=opened.survey,
        title=opened.title,
        counts=counts,
        readings=readings,
        raised=raised,
        outdated=outdated,
        levels=LEVEL_NAMES,
        may=opened.may,
        form=StaffForm(formdata=None),
    )
