"""Nothing is reachable by accident: each address says who may use it, or nobody may."""

from pathlib import Path

import pytest
from flask import Flask

from engage.application import create_application
from engage.settings import load_settings


@pytest.fixture
def application(tmp_path: Path) -> Flask:
    return create_application(load_settings({"ENGAGE_INSTANCE": str(tmp_path)}))


def test_every_route_declares_access(application: Flask) -> None:
    undeclared = [
        f"{rule} ({rule.endpoint})"
        for rule in application.url_map.iter_rules()
        if getattr(application.view_functions[rule.endpoint], "access_rule", None) is None
    ]
    assert not undeclared, "\n".join(undeclared)


def test_a_staff_address_is_public_only_for_signing_in(application: Flask) -> None:
    open_to_all = {
        rule.rule
        for rule in application.url_map.iter_rules()
        if rule.rule.startswith(("/staff", "/api"))
        and application.view_functions[rule.endpoint].access_rule == "public"  # type: ignore[attr-defined]  # Set by the decorators of engage.access.guards.
    }
    assert open_to_all == {"/staff/sign-in", "/staff/second-factor", "/staff/invitation/<token>"}


def test_an_address_that_forgot_to_declare_is_refused(application: Flask) -> None:
    application.add_url_rule("/forgotten/address", "forgotten", lambda: "secret")
    answer = application.test_client().get("/forgotten/address")
    assert answer.status_code >= 400
    assert b"secret" not in answer.data
