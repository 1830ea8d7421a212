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
Role = Literal["viewer", "analyst", "triage", "editor", "publisher", "officer", "administrator"]

PERMISSIONS: tuple[Permission, ...] = get_args(Permission)
ROLES: tuple[Role, ...] = get_args(Role)

_Permissions = frozenset[Permission]
_SEEING: _Permissions = frozenset({"use_staff_pages", "see_surveys", "see_results"})
_ANALYSING: _Permissions = _SEEING | frozenset({"make_reports"})
_SORTING: _Permissions = _SEEING | frozenset({"remove_responses"})
_EDITING: _Permissions = _SEEING | frozenset({"make_posters"})
_PUBLISHING: _Permissions = _SEEING | frozenset({"make_posters", "export_sign_ups"})

ALLOWED: dict[Role, frozenset[Permission]] = {
    "viewer": _SEEING,
    "analyst": _ANALYSING,
    "triage": _SORTING,
    "editor": _EDITING,
    "publisher": _PUBLISHING,
    # Whoever runs a survey from its first draft to its report.
    "officer": _EDITING | _PUBLISHING | _ANALYSING | _SORTING,
    # An administrator can give any role to any account, so withholding a permission here would only look safer.
    "administrator": frozenset(PERMISSIONS),
}


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything that any of these roles allows; a role that no longer exists allows nothing."""
    held = set(roles)
    return frozenset(permission for role in ROLES if role in held for permission in ALLOWED[role])
