"""The addresses of the pages of comments."""

from __future__ import annotations

from flask import Blueprint

from engage.insight.comments import overview

blueprint = Blueprint("comments", __name__, url_prefix="/staff/surveys/<slug>/comments")

blueprint.get("")(overview.overview)
