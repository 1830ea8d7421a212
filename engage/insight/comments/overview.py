"""The hub of a survey's comments: how many wait for whom, and the way to everything that is done with them."""

from __future__ import annotations

from engage.access.guards import requires
from engage.access.staff_pages import staff_page
from engage.insight.comments.opening import open_survey
from engage.services import services
from engage.studio.going_live.standing import today
from surveys.comments.counting import count_queue


@requires("read_comments")
def overview(slug: str) -> str:
    """Counts by level and state, and the links that the person may follow."""
    with services().database.reading() as session:
        opened = open_survey(session, slug)
        counts = count_queue(session, survey=opened.survey, today=today())
        session.expunge_all()
    return staff_page(
        "insight/comments/overview.html", survey=opened.survey, title=opened.title, counts=counts, may=opened.may
    )
