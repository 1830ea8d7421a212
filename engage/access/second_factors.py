"""Second factors: one-time codes of an authenticator app (TOTP, RFC 6238), and recovery codes for a lost phone.

The app's secret is kept encrypted under a key made from the installation's secret key, so that a stolen database makes
no codes. Of recovery codes only hashes are kept.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
import secrets
from typing import Literal

import pyotp
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from engage.audit.events import (
    RecoveryCodesMade,
    RecoveryCodeUsed,
    SecondFactorSwitchedOff,
    SecondFactorSwitchedOn,
    record,
)
from engage.settings import Settings
from surveys.drafts.sealing import Unreadable, seal, unseal
from surveys.storage import tables

RECOVERY_CODES = 10
_SECONDS = 30
# Without letters that look like digits; 16 of them are 80 random bits.
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_LOOK_ALIKE = str.maketrans("oil", "011")

Used = Literal["authenticator", "recovery code"]


def new_secret() -> str:
    """160 random bits as an authenticator takes them, in base 32."""
    return pyotp.random_base32()


def app_address(secret: str, *, email: str) -> str:
    """What the QR code says to an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Engage")


def matching_step(secret: str, code: str, *, at: datetime.datetime) -> int | None:
    """The half minute to which the code belongs: the present one, or one to either side for clocks that differ."""
    typed = re.sub(r"\s", "", code)
    now = int(at.timestamp()) // _SECONDS
    maker = pyotp.TOTP(secret)
    found = [step for step in (now - 1, now, now + 1) if _same(maker.generate_otp(step), typed)]
    return found[0] if found else None


def sealed_secret(settings: Settings, *, account_id: int, secret: str) -> bytes:
    """The secret as it may be stored or shown to a browser: only this installation opens it, for this account."""
    return seal(_key(settings.secret_key), secret.encode(), _purpose(account_id))


def opened_secret(settings: Settings, *, account_id: int, sealed: bytes) -> str | None:
    """What was sealed, under the present key or a former one; None if no key opens it."""
    for key in (settings.secret_key, *settings.secret_key_fallbacks):
        try:
            return unseal(_key(key), sealed, _purpose(account_id)).decode()
        except (Unreadable, ValueError):
            continue
    return None


def switch_on(
    session: Session, *, account: tables.Account, sealed: bytes, step: int, at: datetime.datetime, by: str
) -> tuple[str, ...]:
    """From now on the account needs a code at sign-in. Returns its recovery codes, which are stored nowhere."""
    account.second_factor, account.second_factor_at, account.second_factor_step = sealed, at, step
    session.flush()
    record(session, SecondFactorSwitchedOn(account.email), organisation_id=account.organisation_id, by=by, at=at)
    return new_recovery_codes(session, account=account, at=at, by=by)


def switch_off(session: Session, *, account: tables.Account, at: datetime.datetime, by: str) -> None:
    """The password alone opens the account again; its recovery codes are gone."""
    account.second_factor = account.second_factor_at = account.second_factor_step = None
    session.execute(delete(tables.RecoveryCode).where(tables.RecoveryCode.account_id == account.id))
    session.flush()
    record(session, SecondFactorSwitchedOff(account.email), organisation_id=account.organisation_id, by=by, at=at)


def new_recovery_codes(session: Session, *, account: tables.Account, at: datetime.datetime, by: str) -> tuple[str, ...]:
    """Codes in place of those the account had, as they are shown this once: ``k3f9-x2mq-7dw4-hh1t``."""
    session.execute(delete(tables.RecoveryCode).where(tables.RecoveryCode.account_id == account.id))
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(16)) for _ in range(RECOVERY_CODES)]
    session.add_all(tables.RecoveryCode(account_id=account.id, code_hash=_hash(account.id, code)) for code in codes)
    session.flush()
    record(session, RecoveryCodesMade(account.email), organisation_id=account.organisation_id, by=by, at=at)
    return tuple("-".join(re.findall("....", code)) for code in codes)


def recovery_codes_left(session: Session, *, account_id: int) -> int:
    """How many recovery codes are still unused."""
    query = select(func.count()).where(
        tables.RecoveryCode.account_id == account_id, tables.RecoveryCode.used_at.is_(None)
    )
    return session.scalar(query) or 0


def looks_like_recovery_code(typed: str) -> bool:
    """Whether somebody typed one of the long codes, right or wrong."""
    return len(_plain(typed)) == 16


def use_code(
    session: Session, settings: Settings, *, account: tables.Account, typed: str, at: datetime.datetime
) -> Used | None:
    """Use up the code that was typed, of either kind; None if it is wrong or was used before.

    Of two requests with the same code at the same moment one is refused, whichever process serves it.
    """
    if looks_like_recovery_code(typed):
        return _use_recovery_code(session, account, typed, at)
    secret = opened_secret(settings, account_id=account.id, sealed=account.second_factor or b"")
    step = matching_step(secret, typed, at=at) if secret else None
    if secret is None or step is None:
        return None
    newer = or_(tables.Account.second_factor_step.is_(None), tables.Account.second_factor_step < step)
    # Sealed anew, so that a former secret key can one day be left out of the settings.
    sealed = sealed_secret(settings, account_id=account.id, secret=secret)
    used = session.scalar(
        update(tables.Account)
        .where(tables.Account.id == account.id, newer)
        .values(second_factor_step=step, second_factor=sealed)
        .returning(tables.Account.id)
    )
    return None if used is None else "authenticator"


def _use_recovery_code(
    session: Session, account: tables.Account, typed: str, at: datetime.datetime
) -> Literal["recovery code"] | None:
    used = session.scalar(
        update(tables.RecoveryCode)
        .where(
            tables.RecoveryCode.account_id == account.id,
            tables.RecoveryCode.code_hash == _hash(account.id, _plain(typed)),
            tables.RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
        .returning(tables.RecoveryCode.account_id)
    )
    if used is None:
        return None
    event = RecoveryCodeUsed(account.email, recovery_codes_left(session, account_id=account.id))
    record(session, event, organisation_id=account.organisation_id, by=account.email, at=at)
    return "recovery code"


def _plain(typed: str) -> str:
    return re.sub(r"[\s-]", "", typed.lower()).translate(_LOOK_ALIKE)


def _hash(account_id: int, code: str) -> bytes:
    return hashlib.sha256(f"{account_id} {code}".encode("utf-8", "replace")).digest()


def _same(expected: str, typed: str) -> bool:
    return hmac.compare_digest(expected.encode(), typed.encode("utf-8", "replace"))


def _key(secret_key: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"engage second factor").derive(secret_key.encode())


def _purpose(account_id: int) -> bytes:
    return f"second factor of account {account_id}".encode()
