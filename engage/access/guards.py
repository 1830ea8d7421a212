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
from engage.typed_texts import AUTOSAVE, typed_texts

View = TypeVar("View", bound=Callable[..., Any])


PUBLIC = "public"
MOST_BYTES_OF_A_FORM = 1024 * 1024
"""Of a form that staff send: an officer's longest texts and all themes of a document together."""
# What is left to somebody whose organisation requires a second factor and who has none yet.
WITHOUT_SECOND_FACTOR = frozenset({"second_factor.set_up", "access.sign_out"})


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
    if "\0" in request.path:
        # No name holds it, and PostgreSQL refuses even to look for it.
        abort(404)
    request.max_content_length = max(request.max_content_length or 0, MOST_BYTES_OF_A_FORM)
    request.max_form_memory_size = max(request.max_form_memory_size or 0, MOST_BYTES_OF_A_FORM)
    # Public pages never read the staff cookie, so what reads it is imported only for the others.
    from engage.access.signed_in import signed_in

    staff = signed_in()
    if staff is None and (AUTOSAVE in request.headers or typed_texts()):
        # Somebody was signed out while they typed: a page for signing in alone would lose it.
        abort(401)
    if staff is None:
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("access.sign_in", next=wanted), 303)
    if staff.must_set_up and request.endpoint not in WITHOUT_SECOND_FACTOR:
        return redirect(url_for("second_factor.set_up"), 303)
    if rule not in staff.permissions:
        abort(403)
    return None
