"""One-time codes and recovery codes: when they count, that none counts twice, and what a stolen database tells."""

import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from engage.access.accounts import account_named
from engage.access.second_factors import (
    RECOVERY_CODES,
    matching_step,
    new_recovery_codes,
    new_secret,
    opened_secret,
    recovery_codes_left,
    sealed_secret,
    use_code,
)
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.access.authenticator import code_of, with_second_factor
from tests.factories import NOW, an_account

OFFICER = "officer@example.org"


@pytest.fixture
def secret(database: Database, settings: Settings) -> str:
    with database.writing() as session:
        an_account(session, "officer")
    return with_second_factor(database, settings, OFFICER)[0]


def used(database: Database, settings: Settings, typed: str, *, at: datetime.datetime = NOW) -> str | None:
    with database.writing() as session:
        return use_code(session, settings, account=account_named(session, email=OFFICER), typed=typed, at=at)


@pytest.mark.parametrize(("steps", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_counts_for_its_half_minute_and_one_to_either_side(steps: int, counts: bool) -> None:
    secret = new_secret()
    assert (matching_step(secret, code_of(secret, at=NOW, steps=steps), at=NOW) is not None) is counts


@given(st.text(max_size=20))
def test_nothing_that_is_typed_breaks_the_check_of_a_code(typed: str) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    expected = {code_of(secret, at=NOW, steps=steps) for steps in (-1, 0, 1)}
    assert (matching_step(secret, typed, at=NOW) is not None) == ("".join(typed.split()) in expected)


def test_a_code_counts_once(database: Database, settings: Settings, secret: str) -> None:
    code = code_of(secret, at=NOW)
    assert used(database, settings, f" {code[:3]} {code[3:]} ") == "authenticator"
    assert used(database, settings, code) is None


def test_an_earlier_code_does_not_count_after_a_later_one(database: Database, settings: Settings, secret: str) -> None:
    assert used(database, settings, code_of(secret, at=NOW, steps=1)) == "authenticator"
    assert used(database, settings, code_of(secret, at=NOW)) is None
    later = NOW + datetime.timedelta(minutes=1)
    assert used(database, settings, code_of(secret, at=later), at=later) == "authenticator"


def test_each_recovery_code_counts_once_however_it_is_typed(database: Database, settings: Settings) -> None:
    with database.writing() as session:
        account = an_account(session, "officer")
        codes = new_recovery_codes(session, account=account, at=NOW, by=OFFICER)
    assert len(set(codes)) == RECOVERY_CODES
    assert used(database, settings, codes[0]) == "recovery code"
    assert used(database, settings, codes[0]) is None
    assert used(database, settings, codes[1].upper().replace("-", " ").replace("0", "O").replace("1", "l"))
    with database.reading() as session:
        assert recovery_codes_left(session, account_id=account.id) == RECOVERY_CODES - 2


def test_new_recovery_codes_end_those_before(database: Database, settings: Settings) -> None:
    with database.writing() as session:
        account = an_account(session, "officer")
        before = new_recovery_codes(session, account=account, at=NOW, by=OFFICER)
        new_recovery_codes(session, account=account, at=NOW, by=OFFICER)
    assert used(database, settings, before[0]) is None


def test_a_recovery_code_of_somebody_else_does_not_count(database: Database, settings: Settings, secret: str) -> None:
    with database.writing() as session:
        other = an_account(session, "viewer")
        codes = new_recovery_codes(session, account=other, at=NOW, by=other.email)
    assert used(database, settings, codes[0]) is None


def test_a_stolen_database_makes_no_codes(database: Database, settings: Settings) -> None:
    with database.writing() as session:
        an_account(session, "officer")
    secret, codes = with_second_factor(database, settings, OFFICER)
    with database.reading() as session:
        stored = session.scalars(select(tables.Account.second_factor)).one() or b""
        hashes = b"".join(session.scalars(select(tables.RecoveryCode.code_hash)))
    assert secret.encode() not in stored
    assert not any(code.replace("-", "").encode() in hashes for code in codes)
    stranger = dataclasses.replace(settings, secret_key="another key of thirty-two characters and more")
    assert opened_secret(stranger, account_id=1, sealed=stored) is None


def test_a_secret_opens_for_its_own_account_alone(settings: Settings) -> None:
    sealed = sealed_secret(settings, account_id=1, secret="SECRET")
    assert opened_secret(settings, account_id=1, sealed=sealed) == "SECRET"
    assert opened_secret(settings, account_id=2, sealed=sealed) is None
    assert opened_secret(settings, account_id=1, sealed=b"") is None


def test_a_second_factor_outlives_a_change_of_the_secret_key(
    database: Database, settings: Settings, secret: str
) -> None:
    changed = dataclasses.replace(
        settings, secret_key="a new key of thirty-two characters and more", secret_key_fallbacks=(settings.secret_key,)
    )
    assert used(database, changed, code_of(secret, at=NOW)) == "authenticator"
    # From the first use on the former key is not needed any more.
    later = NOW + datetime.timedelta(minutes=1)
    alone = dataclasses.replace(changed, secret_key_fallbacks=())
    assert used(database, alone, code_of(secret, at=later), at=later) == "authenticator"


def test_a_lost_secret_key_lets_nobody_in_by_code(database: Database, settings: Settings, secret: str) -> None:
    with database.writing() as session:
        session.execute(update(tables.Account).values(second_factor=b"changed bytes that nothing opens at all"))
    assert used(database, settings, code_of(secret, at=NOW)) is None
