"""What a first visit to each staff page costs, and whom it speaks to."""

from urllib.parse import urlsplit

from tests.end_to_end.staff_site import StaffSite
from tests.end_to_end.staff_visits import Visit

MOST_BYTES = 60 * 1024


def pages(visits: list[Visit]) -> list[Visit]:
    return [visit for visit in visits if visit.is_page]


def test_a_first_visit_stays_within_its_bytes(staff_visits: list[Visit]) -> None:
    """HTML, style sheets, scripts and pictures, compressed as they are sent."""
    sizes = {visit.page.path: sum(size for _, size in visit.fetched) for visit in pages(staff_visits)}
    too_large = {path: size for path, size in sizes.items() if size > MOST_BYTES}
    assert not too_large
    # A page without its style sheet would be measured too small.
    assert min(sizes.values()) > 3 * 1024


def test_a_page_speaks_to_nobody_else(staff_site: StaffSite, staff_visits: list[Visit]) -> None:
    own = urlsplit(staff_site.address).netloc
    for visit in pages(staff_visits):
        others = [name for name, _ in visit.fetched if urlsplit(name).netloc not in (own, "")]
        assert not others, visit.page.path


def test_no_page_breaks_its_own_policy(staff_visits: list[Visit]) -> None:
    """An inline script or style, or anything of another host, is a complaint in the console."""
    said = {visit.page.path: visit.console for visit in pages(staff_visits) if visit.console}
    assert not said
