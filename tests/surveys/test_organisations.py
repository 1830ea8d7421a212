"""The tree of organisations."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.organisations import (
    OrganisationNotFound,
    OrganisationRefused,
    add_organisation,
    ensure_root,
    find_organisation,
    organisation_and_below,
    organisations_above,
    rename_organisation,
    tree_below,
)
from surveys.storage import tables


def below(session: Session, parent: tables.Organisation, name: str, kind: str = "provider") -> tables.Organisation:
    return add_organisation(session, parent=parent, name=name, kind=kind)


def test_the_tree_stands_in_order_with_the_path_of_each(session: Session) -> None:
    root = ensure_root(session, name="Alliance")
    south, north = below(session, root, "South", "place"), below(session, root, "North", "place")
    below(session, north, "Trust B")
    below(session, north, "Trust A")
    lines = [(branch.depth, " / ".join(branch.path)) for branch in tree_below(session, root.id)]
    assert lines == [
        (0, "Alliance"),
        (1, "Alliance / North"),
        (2, "Alliance / North / Trust A"),
        (2, "Alliance / North / Trust B"),
        (1, "Alliance / South"),
    ]
    assert [(b.depth, b.path) for b in tree_below(session, south.id)] == [(0, ("Alliance", "South"))]
    assert [one.name for one in organisations_above(session, find_organisation(session, slug="trust-a"))] == [
        "North",
        "Alliance",
    ]
    assert tree_below(session, 10**9) == []


def test_short_names_are_made_from_names_and_are_unique(session: Session) -> None:
    root = ensure_root(session)
    first = below(session, root, "St. Zoë's  Hospice")
    assert (first.name, first.slug) == ("St. Zoë's Hospice", "st-zoe-s-hospice")
    assert below(session, first, "St. Zoë's Hospice").slug == "st-zoe-s-hospice-2"
    assert below(session, root, "医院").slug == "organisation"
    assert find_organisation(session, slug=" ST-ZOE-S-HOSPICE ") is first
    with pytest.raises(OrganisationNotFound, match="st-zoe-s-hospice"):
        find_organisation(session, slug="nowhere")


@pytest.mark.parametrize(
    ("name", "kind", "slug"),
    [
        ("", "site", None),
        ("x" * 201, "site", None),
        ("A / B", "site", None),
        ("trust a", "site", None),
        ("Fine", "galaxy", None),
        ("Fine", "site", "trust-a"),
        ("Fine", "site", "Not Fine"),
    ],
)
def test_what_cannot_be_an_organisation_is_refused(session: Session, name: str, kind: str, slug: str | None) -> None:
    root = ensure_root(session)
    below(session, root, "Trust A")
    with pytest.raises(OrganisationRefused):
        add_organisation(session, parent=root, name=name, kind=kind, slug=slug)


def test_a_new_name_keeps_the_short_one(session: Session) -> None:
    root = ensure_root(session)
    one, _ = below(session, root, "Trust A"), below(session, root, "Trust B")
    rename_organisation(session, organisation=one, name=" Trust  C ")
    assert (one.name, one.slug) == ("Trust C", "trust-a")
    rename_organisation(session, organisation=one, name="Trust C")
    with pytest.raises(OrganisationRefused, match="already"):
        rename_organisation(session, organisation=one, name="TRUST B")


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(parents=st.lists(st.integers(0, 9), min_size=1, max_size=10))
def test_every_tree_is_listed_whole_and_agrees_with_what_is_below(
    empty_sqlite_database: Database, parents: list[int]
) -> None:
    with Session(empty_sqlite_database.writing_engine) as session:
        made = [ensure_root(session)]
        for number, parent in enumerate(parents):
            made.append(below(session, made[parent % len(made)], f"Organisation {number}"))
        for one in made:
            branches = tree_below(session, one.id)
            assert {branch.organisation.id for branch in branches} == organisation_and_below(session, one.id)
            above = [each.name for each in organisations_above(session, one)]
            assert branches[0].path == (*reversed(above), one.name)
            for branch in branches[1:]:
                assert branch.path[:-1] in {each.path for each in branches}
        session.rollback()
