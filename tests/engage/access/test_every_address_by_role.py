"""Every staff address, with every method, tried by every role of the organisation that it belongs to."""

import pytest
from sqlalchemy import select

from engage.access.permissions import ALLOWED, ROLES, Role
from surveys.storage import tables
from tests.engage.access.every_address import ENDING, World


def own(world: World) -> int:
    with world.database.reading() as session:
        return session.scalars(select(tables.Organisation.id).where(tables.Organisation.parent_id.is_(None))).one()


# What leads nowhere even for those who may, because nothing is shared with the organisation that shares.
LEADS_NOWHERE = {"shared.results", "shared.download"}


def test_every_address_leads_somewhere(world: World) -> None:
    """Else the tests beside this one would try addresses that nobody could reach, and prove nothing."""
    visitor, lost = world.signed_in("administrator", own(world)), []
    for rule, method, _ in world.staff_rules():
        missing = rule.arguments - {*world.parts}
        assert not missing, f"say in PARTS what stands for {missing} of {rule.rule}"
        if method == "GET" and rule.endpoint not in LEADS_NOWHERE:
            answer = visitor.try_(world.address(rule), "GET")
            if answer.status_code not in (200, 302, 303):
                lost.append(f"{rule.endpoint} {world.address(rule)} gave {answer.status_code}")
    assert not lost, "\n".join(lost)


def test_every_address_asks_for_a_permission_of_its_own(world: World) -> None:
    for rule, _, asked in world.staff_rules():
        assert any(asked in ALLOWED[role] for role in ROLES), f"{rule.rule} asks for {asked}"


def test_nobody_reaches_anything_without_signing_in(world: World) -> None:
    for rule, method, _ in world.staff_rules():
        answer = world.application.test_client().open(world.address(rule), method=method)
        assert answer.status_code == 303, rule.rule
        assert answer.headers["Location"].startswith("/staff/sign-in"), rule.rule


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reaches_what_it_may_and_nothing_else(world: World, role: Role) -> None:
    visitor, wrong = world.signed_in(role, own(world)), []
    for rule, method, asked in world.staff_rules():
        if rule.endpoint in ENDING:
            continue
        answer = visitor.try_(world.address(rule), method)
        allowed = asked in ALLOWED[role]
        if (answer.status_code == 403) is allowed or answer.status_code >= 500:
            wrong.append(f"{method} {world.address(rule)} asks for {asked} and gave {answer.status_code}")
    assert not wrong, "\n".join(wrong)


NONSENSE = ("0", "99999999999999999999", "٣", "%00", "%ED%A0%80", "..", "x" * 300)


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_in_an_address_is_not_found(world: World, nonsense: str) -> None:
    visitor, wrong = world.signed_in("administrator", own(world)), []
    for rule, method, _ in world.staff_rules():
        for part in rule.arguments:
            if method == "GET":
                answer = visitor.try_(world.address(rule, **{part: nonsense}), "GET")
                if answer.status_code not in (404, 303):
                    wrong.append(f"{world.address(rule, **{part: nonsense})} gave {answer.status_code}")
    assert not wrong, "\n".join(wrong)
