"""Roles and permissions: the one table, in the code and in the documentation."""

import re
from pathlib import Path

import pytest
from flask import Flask

from engage.access.guards import access_rule, requires
from engage.access.permissions import ALLOWED, PERMISSIONS, ROLES, permissions_of


def test_a_permission_that_does_not_exist_is_noticed_at_once() -> None:
    with pytest.raises(ValueError, match="not a permission"):
        requires("see_everything")  # type: ignore[arg-type]  # The mistake that is tested.


# Asked for inside a page that more people may open, not by an address of its own.
INSIDE_PAGES = {
    "see_themes_so_far",
    "read_unmasked",
}


def test_every_permission_is_given_to_somebody_and_asked_for_by_a_page(application: Flask) -> None:
    asked_for = {access_rule(application, endpoint) for endpoint in application.view_functions}
    assert set(PERMISSIONS) == {permission for allowed in ALLOWED.values() for permission in allowed}
    assert set(PERMISSIONS) - INSIDE_PAGES <= asked_for


def test_an_officer_is_editor_publisher_analyst_and_triage() -> None:
    assert permissions_of(["officer"]) == permissions_of(["editor", "publisher", "analyst", "triage"])


def test_a_role_of_an_earlier_version_allows_nothing() -> None:
    assert permissions_of(["superuser"]) == frozenset()


def test_the_table_in_the_documentation_is_the_table_in_the_code() -> None:
    page = (Path(__file__).parents[3] / "docs" / "operations.md").read_text("utf-8")
    heading = re.search(r"^\| permission \|(.*)\|$", page, re.MULTILINE)
    assert heading
    roles = [cell.strip().replace(" ", "_") for cell in heading[1].split("|")]
    assert roles == list(ROLES)
    rows = re.findall(r"^\| `(\w+)`[^|]*\|(.*)\|$", page[heading.end() :].split("\n\n")[0], re.MULTILINE)
    assert [permission for permission, _ in rows] == list(PERMISSIONS)
    for permission, cells in rows:
        told = {role for role, cell in zip(roles, cells.split("|"), strict=True) if cell.strip() == "yes"}
        assert told == {role for role in ROLES if permission in ALLOWED[role]}, permission
