"""Two requests at the same moment, each of which alone would be allowed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from engage import clock
from engage.access.accounts import account_named, roles_of
from engage.access.permissions import permissions_of
from engage.access.second_factors import new_recovery_codes, use_code
from engage.access.sessions import Staff
from engage.people.invitations import accept_invitation, invite
from engage.people.managing import PersonRefused, change_roles
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.storage import tables
from tests.factories import NOW, an_account


def test_one_link_makes_one_account(database: Database) -> None:
    with database.writing() as session:
        organisation_id = an_account(session, "administrator").organisation_id
        token = invite(
            session, organisation_id=organisation_id, email="ann@example.org", roles=["viewer"], at=clock.now(), by="x"
        )
    together = Barrier(4)

    def accept(number: int) -> bool:
        together.wait()
        with database.writing() as session:
            name = f"Person {number}"
            account = accept_invitation(session, token=token, name=name, password_hash="x", at=clock.now())
            return account is not None

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(accept, range(4))) == [False, False, False, True]


def test_one_recovery_code_lets_one_in(database: Database, settings: Settings) -> None:
    with database.writing() as session:
        account = an_account(session, "officer")
        codes = new_recovery_codes(session, account=account, at=NOW, by="x")
    together = Barrier(4)

    def give(_number: int) -> bool:
        together.wait()
        with database.writing() as session:
            found = account_named(session, email="officer@example.org")
            return use_code(session, settings, account=found, typed=codes[0], at=NOW) is not None

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(give, range(4))) == [False, False, False, True]


@pytest.mark.parametrize("attempt", range(3))
def test_two_administrators_who_remove_each_other_leave_one(database: Database, attempt: int) -> None:
    with database.writing() as session:
        pair = [an_account(session, "administrator", email=f"{name}@example.org") for name in ("one", "two")]
        ids, organisation_id = [account.id for account in pair], pair[0].organisation_id
    together = Barrier(2)

    def remove_the_other(number: int) -> bool:
        permissions = permissions_of(["administrator"])
        who = Staff(
            ids[number], organisation_id, "x@example.org", "", ("administrator",), permissions, NOW, False, False
        )
        together.wait()
        try:
            with database.writing() as session:
                other = session.get_one(tables.Account, ids[1 - number])
                change_roles(session, who, account=other, roles=["viewer"], at=NOW)
        except PersonRefused:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(remove_the_other, range(2))) == [False, True]
    with database.reading() as session:
        left = [roles_of(session, account) for account in session.scalars(select(tables.Account))]
    assert sorted(left) == [("administrator",), ("viewer",)]
