"""Who can be asked to code comments a second time."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.access.permissions import ALLOWED
from surveys.storage import tables


def possible_coders(session: Session, *, organisation_id: int) -> dict[str, str]:
    """Those who may code comments in this organisation, as a list names them, by their address."""
    account, role = tables.Account, tables.AccountRole
    may_code = [name for name, allowed in ALLOWED.items() if "code_comments" in allowed]
    rows = session.execute(
        select(account.email, account.name)
        .join(role, role.account_id == account.id)
        .where(account.organisation_id == organisation_id, account.disabled_at.is_(None), role.role.in_(may_code))
        .distinct()
        .order_by(account.email)
    )
    return {email: f"{name} ({email})" if name else email for email, name in rows}
