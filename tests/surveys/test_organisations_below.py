"""An organisation and everything below it in the tree."""

from sqlalchemy.orm import Session

from surveys.organisations import ensure_root, organisation_and_below
from surveys.storage import tables


def an_organisation(session: Session, slug: str, parent: tables.Organisation) -> tables.Organisation:
    made = tables.Organisation(slug=slug, name=slug.title(), kind="trust", parent_id=parent.id)
    session.add(made)
    session.flush()
    return made


def test_the_whole_tree_below_an_organisation_is_found_and_nothing_beside_it(session: Session) -> None:
    root = ensure_root(session)
    north, south = an_organisation(session, "north", root), an_organisation(session, "south", root)
    site = an_organisation(session, "site", north)
    assert organisation_and_below(session, root.id) == {root.id, north.id, south.id, site.id}
    assert organisation_and_below(session, north.id) == {north.id, site.id}
    assert organisation_and_below(session, site.id) == {site.id}


def test_an_organisation_that_does_not_exist_has_nothing_below_it(session: Session) -> None:
    assert organisation_and_below(session, ensure_root(session).id + 1) == frozenset()


def test_a_ring_made_by_mistake_is_walked_once(session: Session) -> None:
    root = ensure_root(session)
    north = an_organisation(session, "north", root)
    site = an_organisation(session, "site", north)
    north.parent_id = site.id
    session.flush()
    assert organisation_and_below(session, north.id) == {north.id, site.id}
