"""Deny by default: a request reaches a view only if the view says who may use it.

``@public`` lets everybody in; ``@requires("permission")`` lets in signed-in staff whose roles allow it. A view that
says neither cannot be reached at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from flask import Flask, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from engage.access.permissions import PERMISSIONS, Permission

View = TypeVar("View", bound=Callable[..., Any])


PUBLIC = "public"


def public(view: View) -> View:
    """Everybody may use this view."""
    view.access_rule = PUBLIC  # type: ignore[attr-defined]  # A function takes any attribute.
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Only staff whose roles include ``permission`` may use this view."""
    if permission not in PERMISSIONS:
        raise ValueError(f"{permission!r} is not a permission of engage/access/permissions.py")

    def declare(view: View) -> View:
        view.access_rule = permission  # type: ignore[attr-defined]  # A function takes any attribute.
        return view

    return declare


def access_rule(application: Flask, endpoint: str) -> str | None:
    """What the endpoint's view declares: "public", the permission it requires, or None if it declares nothing."""
    return getattr(application.view_functions.get(endpoint), "access_rule", None)


def guard(application: Flask) -> None:
    """Put every endpoint of the application behind its access rule. Static files are declared public here."""
    if "static" in application.view_functions:
        public(application.view_functions["static"])
    application.before_request(_check_access)


def _check_access() -> Response | None:
    if request.endpoint is None:
        return None
    rule = access_rule(current_app, request.endpoint)
    if rule is None:
        structlog.get_logger().error("undeclared view", endpoint=request.endpoint)
        abort(404)
    if rule == PUBLIC:
        return None
    # Public pages never read the staff cookie, so what reads it is imported only for the others.
    from engage.access.signed_in import signed_in

    staff = signed_in()
    if staff is None:
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("access.sign_in", next=wanted), 303)
    if rule not in staff.permissions:
        abort(403)
    return None
