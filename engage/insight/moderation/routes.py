"""The addresses of moderation, below those of comments."""

from __future__ import annotations

from flask import Blueprint

from engage.insight.moderation import log, passages, translating

blueprint = Blueprint("moderation", __name__, url_prefix="/staff/surveys/<slug>/comments")

blueprint.get("/moderation", endpoint="log")(log.show)
blueprint.get("/moderation.csv", endpoint="log_file")(log.download)
blueprint.get("/<ref>/passages", endpoint="passages")(passages.show)
blueprint.post("/<ref>/passages", endpoint="take_out")(passages.take_out)
blueprint.post("/<ref>/passages/show", endpoint="lift")(passages.lift)
blueprint.post("/<ref>/passages/undo", endpoint="take_back")(passages.take_back)
blueprint.get("/<ref>/translations", endpoint="translations")(translating.show)
blueprint.post("/<ref>/translations", endpoint="save_translation")(translating.save)
blueprint.post("/<ref>/translations/remove", endpoint="remove_translation")(translating.remove)
blueprint.post("/<ref>/language", endpoint="correct_language")(translating.correct)
