"""Every staff address against every role, from the application's own list of addresses."""

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from engage.access.guards import PUBLIC, access_rule, requires
from engage.access.permissions import ALLOWED, PERMISSIONS, ROLES, Role, permissions_of
from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW, a_collector, a_response, a_survey, an_account

# What stands for each part of an address; a new part must be added here to be tested.
PARTS = {"slug": "small-survey", "file": "board-report.pdf"}


@pytest.fixture
def parts(database: Database) -> dict[str, str]:
    with database.writing() as session:
        survey = a_survey(session)
        collector = a_collector(session, survey)
        a_response(session, collector)
        session.add(
            tables.Job(
                organisation_id=survey.organisation_id,
                kind="report",
                parameters={"survey": survey.slug},
                asked_at=NOW,
                asked_by="officer@example.org",
                finished_at=NOW,
                result_path="a-finished-report-22ch",
            )
        )
        return {**PARTS, "code": collector.code, "name": "a-finished-report-22ch"}


def staff_rules(application: Flask) -> list[tuple[Rule, str]]:
    return [
        (rule, method)
        for rule in application.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
        if rule.rule.startswith("/staff") and access_rule(application, rule.endpoint) != PUBLIC
    ]


def address(rule: Rule, parts: dict[str, str]) -> str:
    return re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda found: parts[found[1]], rule.rule)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reaches_what_it_may_and_nothing_else(
    application: Flask, signed_in_as: SignedInAs, parts: dict[str, str], role: Role
) -> None:
    browser = signed_in_as(role)
    for rule, method in staff_rules(application):
        if rule.endpoint == "access.sign_out":
            continue
        path = address(rule, parts)
        token = browser.token("/staff/")
        answer = browser.client.open(path, method=method, data={"csrf_token": token} if method == "POST" else None)
        allowed = access_rule(application, rule.endpoint) in ALLOWED[role]
        assert (answer.status_code == 403) is not allowed, f"{role} {method} {path} gave {answer.status_code}"
        assert answer.status_code < 500


def test_nobody_reaches_anything_without_signing_in(application: Flask, parts: dict[str, str]) -> None:
    browser = StaffBrowser(application)
    for rule, method in staff_rules(application):
        path = address(rule, parts)
        answer = browser.client.open(path, method=method)
        assert answer.status_code == 303, path
        assert answer.headers["Location"].startswith("/staff/sign-in")


def test_another_organisation_finds_nothing(
    application: Flask, database: Database, signed_in_as: SignedInAs, parts: dict[str, str]
) -> None:
    with database.writing() as session:
        other = tables.Organisation(slug="other", name="Another trust", kind="trust")
        root = session.query(tables.Organisation).first()
        other.parent_id = root.id if root else None
        session.add(other)
        session.flush()
        an_account(session, "administrator").organisation_id = other.id
    browser = StaffBrowser(application)
    assert browser.sign_in("administrator@example.org").status_code == 303
    assert "What matters to you?" not in browser.get("/staff/").text
    for rule, method in staff_rules(application):
        if not rule.arguments or method == "POST":
            continue
        assert browser.get(address(rule, parts)).status_code == 404, rule.rule


def test_a_permission_that_does_not_exist_is_noticed_at_once() -> None:
    with pytest.raises(ValueError, match="not a permission"):
        requires("see_everything")  # type: ignore[arg-type]  # The mistake that is tested.


def test_every_permission_is_given_to_somebody_and_asked_for_by_a_page(application: Flask) -> None:
    asked_for = {access_rule(application, endpoint) for endpoint in application.view_functions}
    assert set(PERMISSIONS) == {permission for allowed in ALLOWED.values() for permission in allowed}
    assert set(PERMISSIONS) <= asked_for


def test_an_officer_is_editor_publisher_analyst_and_triage() -> None:
    assert permissions_of(["officer"]) == permissions_of(["editor", "publisher", "analyst", "triage"])


def test_a_role_of_an_earlier_version_allows_nothing() -> None:
    assert permissions_of(["superuser"]) == frozenset()


def test_the_table_in_the_documentation_is_the_table_in_the_code() -> None:
    page = (Path(__file__).parents[3] / "docs" / "operations.md").read_text("utf-8")
    for role in ROLES:
        row = re.search(rf"^\| {role} \|(.*)\|$", page, re.MULTILINE)
        assert row, role
        told = {
            cell.strip() == "yes" and permission
            for cell, permission in zip(row[1].split("|"), PERMISSIONS, strict=True)
        }
        assert told - {False} == set(ALLOWED[role])
