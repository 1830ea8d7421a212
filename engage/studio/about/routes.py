"""The addresses of the forms about a survey."""

from __future__ import annotations

from flask import Blueprint

from engage.studio.about.audiences import audiences
from engage.studio.about.dates import dates
from engage.studio.about.documents import documents, remove, restore
from engage.studio.about.equality import equality
from engage.studio.about.people import people
from engage.studio.about.purpose import about

blueprint = Blueprint("about", __name__, url_prefix="/staff/surveys/<slug>")

for _view in (about, dates, people, equality, audiences, documents):
    blueprint.add_url_rule(f"/{_view.__name__}", _view.__name__, _view, methods=["GET", "POST"])
for _view in (remove, restore):
    blueprint.add_url_rule(f"/documents/{_view.__name__}", f"{_view.__name__}_document", _view, methods=["POST"])
