"""Roles and what they allow: the only place where the two meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

Permission = Literal[
    "use_staff_pages",
    "see_surveys",
    "see_results",
    "make_reports",
    "remove_responses",
    "read_comments",
    "sort_comments",
    "reveal_comments",
    "read_unmasked",
    "moderate_comments",
    "code_comments",
    "choose_quotes",
    "check_quotes",
    "export_sign_ups",
    "read_designs",
    "design_surveys",
    "share_surveys",
    "publish_surveys",
    "watch_surveys",
    "see_themes_so_far",
    "manage_people",
    "manage_organisations",
    "read_audit",
]
Role = Literal[
    "viewer", "patient_partner", "analyst", "triage", "safeguarding", "editor", "publisher", "officer", "administrator"
]

PERMISSIONS: tuple[Permission, ...] = get_args(Permission)
ROLES: tuple[Role, ...] = get_args(Role)

_Permissions = frozenset[Permission]
_SEEING: _Permissions = frozenset({"use_staff_pages", "see_surveys", "see_results"})
_ANALYSING: _Permissions = _SEEING | frozenset(
    {"make_reports", "watch_surveys", "see_themes_so_far", "read_comments", "code_comments", "choose_quotes"}
)
_READING: _Permissions = _SEEING | frozenset(
    {"watch_surveys", "read_comments", "sort_comments", "reveal_comments", "moderate_comments", "check_quotes"}
)
_SORTING: _Permissions = _READING | frozenset({"remove_responses"})
# Whoever recruits people does not see what they say so far, so as not to steer whom they ask.
_EDITING: _Permissions = _SEEING | frozenset({"read_designs", "design_surveys", "share_surveys", "watch_surveys"})
_PUBLISHING: _Permissions = _EDITING | frozenset(
    {"publish_surveys", "export_sign_ups", "see_themes_so_far", "read_comments", "check_quotes"}
)

ALLOWED: dict[Role, frozenset[Permission]] = {
    "viewer": _SEEING,
    # A patient who reads a survey before it is published, and says what could be clearer.
    "patient_partner": frozenset({"use_staff_pages", "read_designs"}),
    "analyst": _ANALYSING,
    "triage": _SORTING,
    # The safeguarding lead acts on what people wrote, names included, so nothing is masked here.
    "safeguarding": _READING | frozenset({"read_unmasked"}),
    "editor": _EDITING,
    "publisher": _PUBLISHING,
    # Whoever runs a survey from its first draft to its report.
    "officer": _EDITING | _PUBLISHING | _ANALYSING | _SORTING,
    # An administrator can give any role to any account, so withholding a permission here would only look safer.
    # Names and numbers in comments are hidden from administrators too, until they ask for them and say why.
    "administrator": frozenset(PERMISSIONS) - {"read_unmasked"},
}

# An administrator may name a safeguarding lead without reading comments as that person does.
GIVEN_BY_ADMINISTRATORS: frozenset[Permission] = frozenset({"read_unmasked"})


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything that any of these roles allows; a role that no longer exists allows nothing."""
    held = set(roles)
    return frozenset(permission for role in ROLES if role in held for permission in ALLOWED[role])
