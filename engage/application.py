"""Putting the web application together."""

from __future__ import annotations

import importlib
from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.middleware.proxy_fix import ProxyFix

from engage import assets, compression, error_pages, request_log
from engage.access.guards import guard
from engage.address_parts import plain_integers
from engage.allowed_hosts import AllowedHosts
from engage.respond.routes import MOST_BYTES
from engage.security_headers import SecurityHeaders
from engage.services import Services
from engage.settings import TEMPLATES, Settings, load_settings
from engage.unit_of_work import Database

# Each module exposes its routes as ``blueprint``.
BLUEPRINTS = (
    "engage.assets",
    "engage.health.routes",
    "engage.respond.routes",
    "engage.access.routes",
    "engage.access.second_factor_pages",
    "engage.access.account_pages",
    "engage.people.pages",
    "engage.people.invitation_pages",
    "engage.studio.routes",
    "engage.studio.design.changes",
    "engage.studio.design.themes",
    "engage.studio.design.questions",
    "engage.studio.design.single_question",
    "engage.studio.design.scales",
    "engage.studio.beginning",
    "engage.studio.questionnaire_files",
    "engage.studio.about.routes",
    "engage.studio.organisation",
    "engage.studio.editions.pages",
    "engage.studio.editions.texts",
    "engage.studio.editions.files",
    "engage.studio.preview.routes",
    "engage.studio.preview.officer",
    "engage.studio.preview.readers",
    "engage.studio.strategy_import.documents",
    "engage.studio.strategy_import.reviewing",
    "engage.studio.going_live.routes",
    "engage.studio.removing",
    "engage.studio.sign_ups",
    "engage.studio.sharing.planning",
    "engage.studio.sharing.places",
    "engage.studio.sharing.prints",
    "engage.studio.sharing.wordings",
    "engage.organisations.masking",
    "engage.organisations.routes",
    "engage.organisations.sharing",
    "engage.audit.routes",
    "engage.insight.routes",
    "engage.insight.commentary.routes",
    "engage.insight.reference.routes",
    "engage.insight.waves.routes",
    "engage.insight.results_of_others",
    "engage.insight.live.routes",
    "engage.insight.ideas.routes",
    "engage.insight.suggestions.routes",
    "engage.insight.agreement.routes",
    "engage.insight.agreement.blind",
    "engage.insight.agreement.outcome",
    "engage.insight.quotes.routes",
    "engage.insight.workshops.routes",
    "engage.insight.comments.routes",
    "engage.insight.moderation.routes",
    "engage.insight.coding.frames",
    "engage.insight.coding.codes",
    "engage.insight.coding.search",
    "engage.insight.coding.keyboard",
)


class StaffSessions(SecureCookieSessionInterface):
    """Sessions of Flask's own, for staff pages alone: a respondent's request reads none and never sets one."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return super().open_session(app, request) if request.path.startswith("/staff") else None


def create_application(settings: Settings | None = None) -> Flask:
    """The application of this installation, ready to be served. SettingsFault where a setting is unusable."""
    settings = settings or load_settings()
    request_log.set_up(settings.log_level)
    application = Flask("engage", template_folder=str(TEMPLATES), static_folder=None)
    application.session_interface = StaffSessions()
    put_to_work(application, settings)
    application.jinja_env.globals["asset"] = application.extensions["engage"].assets.address
    guard(application)
    plain_integers(application)
    compression.compress(application)
    error_pages.handle_errors(application)
    for name in BLUEPRINTS:
        application.register_blueprint(importlib.import_module(name).blueprint)
    logged = request_log.RequestLog(AllowedHosts(application.wsgi_app, settings.allowed_hosts))
    secured: Any = SecurityHeaders(logged, secure=settings.secure)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        secured = ProxyFix(secured, x_for=hops, x_proto=hops, x_host=hops)
    application.wsgi_app = secured  # type: ignore[method-assign]  # Flask documents this way to wrap an application.
    return application


def put_to_work(application: Flask, settings: Settings) -> None:
    """Let the application serve the installation that the settings describe, with connections of its own."""
    application.config.update(_configuration(settings))
    database = Database(settings.database_url, settings.drafts_url)
    application.extensions["engage"] = Services(settings, database, assets.Assets())


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.secret_key_fallbacks),
        "MAX_CONTENT_LENGTH": MOST_BYTES,
        "MAX_FORM_MEMORY_SIZE": MOST_BYTES,
        "SESSION_COOKIE_NAME": "__Host-staff" if settings.secure else "staff",
        "SESSION_COOKIE_SECURE": settings.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PROPAGATE_EXCEPTIONS": False,
    }
