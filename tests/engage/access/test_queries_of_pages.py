"""However many surveys an organisation has, no staff page asks more than 30 things of the database."""

import pytest

from engage.unit_of_work import Database
from surveys.collectors import add_collector
from surveys.designing import ensure_design
from surveys.organisations import ensure_root
from surveys.publishing import list_surveys, publish
from surveys.sharing import agree_sharing
from surveys.storage import tables
from tests.engage.access.every_address import World
from tests.engage.query_counter import counted
from tests.factories import NOW, a_questionnaire

SURVEYS, COLLECTORS, MOST = 40, 10, 30
PAGES_OF_OTHERS = ("shared.results", "shared.download")


@pytest.fixture(scope="module")
def busy(world: World) -> World:
    """The organisation with many surveys more, and as many that another one shares with it."""
    with world.database.writing() as session:
        root = ensure_root(session)
        other = tables.Organisation(parent_id=root.id, slug="other", name="Other", kind="provider")
        session.add(other)
        session.flush()
        for owner in (root, other):
            for number in range(SURVEYS):
                asked = a_questionnaire(slug=f"survey-{owner.slug}-{number}")
                publish(session, organisation=owner, questionnaire=asked, at=NOW, by="a@example.org")
        for survey in list_surveys(session):
            if survey.organisation_id == other.id:
                agree_sharing(
                    session, survey=survey, reader=root, scope="all", reference="DSA", at=NOW, by="a@example.org"
                )
                continue
            ensure_design(session, survey=survey, at=NOW, by="a@example.org")
            for number in range(COLLECTORS):
                add_collector(
                    session, survey=survey, name=f"Place {number}", place=f"Site {number}", at=NOW, by="a@example.org"
                )
    return world


def test_every_page_stays_within_its_queries(busy: World) -> None:
    with busy.database.reading() as session:
        root = ensure_root(session).id
    visitor, too_many = busy.signed_in("administrator", root), []
    served: Database = busy.application.extensions["engage"].database
    for rule, method, _ in busy.staff_rules():
        if method != "GET":
            continue
        path = busy.address(rule)
        if rule.endpoint in PAGES_OF_OTHERS:
            path = busy.address(rule, owner="other", slug="survey-other-7")
        with counted(served) as statements:
            answer = visitor.try_(path, "GET")
        assert answer.status_code < 500, path
        if len(statements) > MOST:
            too_many.append(f"{path} asked {len(statements)} times")
    assert not too_many, "\n".join(too_many)


def test_the_counter_counts(busy: World) -> None:
    with counted(busy.database) as statements, busy.database.reading() as session:
        list_surveys(session)
    assert len(statements) == 1
