"""Changing what people may do, within one's own organisation and those below it.

Nobody gives more than they hold, nobody changes somebody who holds more, and an organisation never loses its last
administrator.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.access.accounts import disable_account, roles_of, set_roles
from engage.access.permissions import ALLOWED, GIVEN_BY_ADMINISTRATORS, ROLES, Permission, Role, permissions_of
from engage.access.sessions import Staff
from engage.people.invitations import cancel_links_of
from surveys.organisations import organisation_and_below
from surveys.storage import tables


class PersonRefused(ValueError):
    """The person cannot be changed as asked; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody as the list shows them."""

    id: int
    name: str
    email: str
    organisation: str
    roles: tuple[str, ...]
    last_signed_in_at: datetime.datetime | None
    has_second_factor: bool
    is_disabled: bool


def list_people(session: Session, who: Staff) -> tuple[PersonLine, ...]:
    """Everybody of the organisation and of those below it, by organisation, name and address."""
    here = organisation_and_below(session, who.organisation_id)
    found = session.execute(
        select(tables.Account, tables.Organisation.name)
        .join(tables.Organisation, tables.Organisation.id == tables.Account.organisation_id)
        .where(tables.Account.organisation_id.in_(here))
        .order_by(tables.Organisation.name, tables.Account.name, tables.Account.email)
    ).all()
    roles: dict[int, set[str]] = {}
    held = select(tables.AccountRole).join(tables.Account).where(tables.Account.organisation_id.in_(here))
    for row in session.scalars(held):
        roles.setdefault(row.account_id, set()).add(row.role)
    return tuple(
        PersonLine(
            id=account.id,
            name=account.name,
            email=account.email,
            organisation=organisation,
            roles=tuple(role for role in ROLES if role in roles.get(account.id, ())),
            last_signed_in_at=account.last_signed_in_at,
            has_second_factor=account.second_factor_at is not None,
            is_disabled=account.disabled_at is not None,
        )
        for account, organisation in found
    )


def find_person(session: Session, who: Staff, account_id: int) -> tables.Account | None:
    """The account, if it is of the organisation or one below it; None for every other number."""
    account = session.get(tables.Account, account_id)
    if account is None or account.organisation_id not in organisation_and_below(session, who.organisation_id):
        return None
    return account


def organisations_of(session: Session, who: Staff) -> dict[int, str]:
    """The names of the organisation, first, and of those below it, by id."""
    here = organisation_and_below(session, who.organisation_id)
    found = session.scalars(
        select(tables.Organisation).where(tables.Organisation.id.in_(here)).order_by(tables.Organisation.name)
    )
    names = {organisation.id: organisation.name for organisation in found}
    return {who.organisation_id: names[who.organisation_id], **names}


def find_own_invitation(session: Session, who: Staff, invitation_id: int) -> tables.Invitation | None:
    """The invitation, if it is of the organisation or one below it; None for every other number."""
    found = session.get(tables.Invitation, invitation_id)
    if found is None or found.organisation_id not in organisation_and_below(session, who.organisation_id):
        return None
    return found


def roles_to_give(permissions: Iterable[Permission]) -> tuple[Role, ...]:
    """The roles that somebody with these permissions may give: those that allow nothing beyond them."""
    held = _reach(permissions)
    return tuple(role for role in ROLES if ALLOWED[role] <= held)


def check_may_change(session: Session, who: Staff, account: tables.Account) -> None:
    """PersonRefused if the account holds more than whoever wants to change it."""
    if not permissions_of(roles_of(session, account)) <= _reach(who.permissions):
        raise PersonRefused("This person may do more than you may. Ask an administrator to change this.")


def _reach(permissions: Iterable[Permission]) -> frozenset[Permission]:
    """What somebody may give or take: what they hold, and for an administrator what administrators do not use."""
    held = frozenset(permissions)
    return held | GIVEN_BY_ADMINISTRATORS if ALLOWED["administrator"] <= held else held


def change_roles(
    session: Session, who: Staff, *, account: tables.Account, roles: Iterable[Role], at: datetime.datetime
) -> None:
    """Give the account these roles in place of those it has. PersonRefused as this module's first lines say."""
    wanted = frozenset(roles)
    check_may_change(session, who, account)
    if not wanted <= set(roles_to_give(who.permissions)):
        raise PersonRefused("You can only give roles that allow no more than your own.")
    if "manage_people" not in permissions_of(wanted):
        _keep_an_administrator(session, account)
    set_roles(session, account=account, roles=wanted, at=at, by=who.email)


def disable_person(session: Session, who: Staff, *, account: tables.Account, at: datetime.datetime) -> None:
    """As ``disable_account``; links to the account and from its owner end too. PersonRefused as above."""
    check_may_change(session, who, account)
    _keep_an_administrator(session, account)
    cancel_links_of(session, account=account, at=at)
    disable_account(session, account=account, at=at, by=who.email)


def _keep_an_administrator(session: Session, account: tables.Account) -> None:
    # Two administrators who remove each other at the same moment must not both succeed.
    session.get_one(tables.Organisation, account.organisation_id, with_for_update=True, populate_existing=True)
    managing = [role for role in ROLES if "manage_people" in ALLOWED[role]]
    administrators = set(
        session.scalars(
            select(tables.Account.id)
            .join(tables.AccountRole, tables.AccountRole.account_id == tables.Account.id)
            .where(
                tables.Account.organisation_id == account.organisation_id,
                tables.Account.disabled_at.is_(None),
                tables.AccountRole.role.in_(managing),
            )
        )
    )
    if administrators == {account.id}:
        raise PersonRefused("This is the last administrator of the organisation. Make somebody else one first.")
