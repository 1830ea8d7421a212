"""Deny by default: a request reaches a view only if the view says who may use it.

``@public`` lets everybody in; ``@requires("permission")`` lets in signed-in staff whose roles allow it. A view that
says neither cannot be reached at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from engage.access.permissions import PERMISSIONS, Permission

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class AccessRule:
    """``permission`` None: everybody may use the view."""

    permission: Permission | None


def public(view: View) -> View:
    """Everybody may use this view."""
    view.access_rule = AccessRule(None)  # type: ignore[attr-defined]
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Only staff whose roles include ``permission`` may use this view."""
    if permission not in PERMISSIONS:
        raise ValueError(f"{permission!r} is not a permission of engage/access/permissions.py")

    def declare(view: View) -> View:
        view.access_rule = AccessRule(permission)  # type: ignore[attr-defined]
        return view

    return declare


def access_rule(application: Flask, endpoint: str) -> AccessRule | None:
    """The rule that the endpoint's view declares, or None if it declares nothing."""
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
        current_app.logger.error("The view %s declares no access rule, so nobody can reach it.", request.endpoint)
        abort(404)
    if rule.permission is None:
        return None
    # The database is asked about a session only where a view needs one: public pages never read the staff cookie.
    from engage.access.sessions import signed_in_account

    g.account = signed_in_account()
    if g.account is None:
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("access.sign_in", next=wanted), 303)
    if rule.permission not in g.account.permissions:
        abort(403)
    return None
