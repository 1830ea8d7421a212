"""The addresses of the pages that take a survey live and end it."""

from __future__ import annotations

from flask import Blueprint

from engage.studio.going_live import checks, ending, publish, versions

blueprint = Blueprint("going_live", __name__, url_prefix="/staff/surveys/<slug>")

blueprint.get("/checks")(checks.show_checks)
blueprint.post("/checks")(checks.accept)
blueprint.get("/publish")(publish.show_gate)
blueprint.post("/publish")(publish.publish)
blueprint.post("/publish/dates")(publish.publish_dates)
blueprint.get("/published")(publish.show_published)
blueprint.get("/versions")(versions.show_versions)
for end in (ending.close, ending.reopen, ending.withdraw):
    blueprint.route(f"/{end.__name__}", methods=["GET", "POST"])(end)
