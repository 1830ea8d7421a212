"""The addresses of the commentary's pages."""

from __future__ import annotations

from flask import Blueprint

from engage.insight.commentary import moving, reading, writing

blueprint = Blueprint("commentary", __name__, url_prefix="/staff/surveys/<slug>/commentary")

blueprint.get("")(reading.read)
blueprint.get("/<int:edition>/<file>")(reading.download)
blueprint.route("/write", methods=["GET", "POST"])(writing.write)
blueprint.route("/for-comment", methods=["GET", "POST"])(moving.for_comment)
blueprint.route("/draft", methods=["GET", "POST"])(moving.back_to_draft)
blueprint.route("/final", methods=["GET", "POST"])(moving.make_final)
blueprint.route("/new-edition", methods=["GET", "POST"])(moving.new_edition)
