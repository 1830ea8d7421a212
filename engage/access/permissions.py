"""Roles and what they allow: the only place where the two meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

Permission = Literal[
    "use_staff_pages",
    "see_surveys",
    "see_results",
    "make_reports",
    "make_posters",
    "remove_responses",
    "export_sign_ups",
]
Role = Literal["viewer", "analyst", "triage", "editor", "publisher", "administrator"]

PERMISSIONS: tuple[Permission, ...] = get_args(Permission)
ROLES: tuple[Role, ...] = get_args(Role)

_SEEING: frozenset[Permission] = frozenset({"use_staff_pages", "see_surveys", "see_results"})

# An administrator can give any role to any account, so withholding a permission from that role would only look safer.
ALLOWED: dict[Role, frozenset[Permission]] = {
    "viewer": _SEEING,
    "analyst": _SEEING | {"make_reports"},
    "triage": _SEEING | {"remove_responses"},
    "editor": _SEEING | {"make_posters"},
    "publisher": _SEEING | {"make_posters", "export_sign_ups"},
    "administrator": frozenset(PERMISSIONS),
}

# A name for several roles at once, for whoever runs a survey from its first draft to its report.
COMPOUND_ROLES: dict[str, tuple[Role, ...]] = {"officer": ("editor", "publisher", "analyst", "triage")}
ROLE_NAMES: tuple[str, ...] = (*ROLES, *COMPOUND_ROLES)


def roles_named(name: str) -> tuple[Role, ...]:
    """The roles that a name of CONTRACT stands for; ValueError for any other name."""
    if name in COMPOUND_ROLES:
        return COMPOUND_ROLES[name]
    for role in ROLES:
        if role == name:
            return (role,)
    raise ValueError(f"{name!r} is not a role. The roles are {', '.join(ROLE_NAMES)}.")


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything that any of these roles allows; a role that no longer exists allows nothing."""
    held = set(roles)
    return frozenset(permission for role in ROLES if role in held for permission in ALLOWED[role])
