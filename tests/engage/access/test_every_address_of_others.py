"""Every staff address of one organisation, tried by every role of another one below it in the tree."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engage.access.permissions import ALLOWED, ROLES, Role
from surveys.organisations import add_organisation, ensure_root
from surveys.sharing import agree_sharing
from surveys.storage import tables
from tests.engage.access.every_address import ENDING, SLUG, Visitor, World
from tests.factories import NOW

# What an agreement opens to whoever may see results, and nothing besides.
OPENED = frozenset({"shared.results", "shared.download"})
# They change with every request, or hold what the other organisation did to itself.
OF_REQUESTS = frozenset({"staff_session", "throttle", "audit_event", "audit_head"})


@pytest.fixture(scope="module")
def outsiders(world: World) -> int:
    """An organisation with which nothing is shared."""
    with world.database.writing() as session:
        return add_organisation(session, parent=ensure_root(session), name="Outsiders", kind="provider").id


@pytest.fixture(scope="module")
def readers(world: World) -> int:
    """An organisation that may read all results of the survey."""
    with world.database.writing() as session:
        added = add_organisation(session, parent=ensure_root(session), name="Readers", kind="provider")
        survey = session.scalars(select(tables.Survey).where(tables.Survey.slug == SLUG)).one()
        agree_sharing(session, survey=survey, reader=added, scope="all", reference="DSA-1", at=NOW, by="a@example.org")
        return added.id


def stored(world: World, *, of: int | None = None) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, or those of one organisation."""
    rows = {}
    with world.database.reading() as session:
        for name, table in tables.Base.metadata.tables.items():
            if name in OF_REQUESTS:
                continue
            query = select(table).order_by(*table.primary_key)
            if of is not None and name == "organisation":
                query = query.where(table.c.id == of)
            elif of is not None and "organisation_id" in table.c:
                query = query.where(table.c.organisation_id == of)
            elif of is not None:
                continue
            rows[name] = [tuple(row) for row in session.execute(query)]
    return rows


def owner(world: World) -> int:
    with world.database.reading() as session:
        return session.scalars(select(tables.Organisation.id).where(tables.Organisation.parent_id.is_(None))).one()


def tried(world: World, visitor: Visitor, role: Role, opened: frozenset[str]) -> list[str]:
    """What answers in another way than it should to somebody of another organisation."""
    wrong = []
    for rule, method, asked in world.staff_rules():
        if not rule.arguments:
            continue
        path = world.address(rule)
        status = visitor.try_(path, method).status_code
        expected = 403 if asked not in ALLOWED[role] else 200 if rule.endpoint in opened else 404
        if status != expected:
            wrong.append(f"{method} {path} ({rule.endpoint}) gave {status} and not {expected}")
    return wrong


@pytest.mark.parametrize("role", ROLES)
def test_without_an_agreement_nothing_is_found_and_nothing_changed(world: World, outsiders: int, role: Role) -> None:
    visitor = world.signed_in(role, outsiders)
    before = stored(world)
    assert not (wrong := tried(world, visitor, role, frozenset())), "\n".join(wrong)
    assert stored(world) == before


@pytest.mark.parametrize("role", ROLES)
def test_with_an_agreement_the_results_are_found_and_nothing_else(world: World, readers: int, role: Role) -> None:
    visitor = world.signed_in(role, readers)
    before = stored(world)
    assert not (wrong := tried(world, visitor, role, OPENED)), "\n".join(wrong)
    assert stored(world) == before


SECRETS = ("What matters to you?", "secret of the owner", "invited@example.org", "head@example.org", "Waiting room")


@pytest.mark.parametrize("role", ROLES)
def test_pages_of_the_own_organisation_tell_and_change_nothing_of_another(
    world: World, outsiders: int, role: Role
) -> None:
    visitor = world.signed_in(role, outsiders)
    before = stored(world, of=owner(world))
    for rule, method, _ in world.staff_rules():
        if rule.arguments or rule.endpoint in ENDING:
            continue
        answer = visitor.try_(rule.rule, method)
        assert answer.status_code < 500, rule.rule
        for secret in (*SECRETS, world.parts["code"]):
            assert secret not in answer.text, f"{rule.rule} tells {secret}"
    assert stored(world, of=owner(world)) == before
