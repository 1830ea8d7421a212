"""The addresses of the pages of comments."""

from __future__ import annotations

from flask import Blueprint

from engage.insight.comments import opened_late, overview, reading_queue, screening_again, single_comment

blueprint = Blueprint("comments", __name__, url_prefix="/staff/surveys/<slug>/comments")

blueprint.get("")(overview.overview)
blueprint.get("/counts.csv")(opened_late.counts_file)
blueprint.get("/queue")(reading_queue.queue)
blueprint.post("/queue/put-aside")(reading_queue.put_aside)
blueprint.post("/queue/undo")(reading_queue.undo)
blueprint.post("/queue/sort")(reading_queue.sort_now)
blueprint.post("/screening")(screening_again.ask)
blueprint.get("/screening/<name>")(screening_again.progress)
blueprint.post("/screening/<name>/stop")(screening_again.stop)
blueprint.get("/<ref>")(single_comment.one)
blueprint.post("/<ref>")(single_comment.decide)
blueprint.post("/<ref>/reveal")(single_comment.reveal)
