"""Making the pages that staff see from templates."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import request, url_for
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engage.access.forms import StaffForm
from engage.access.moments import ago, day_and_time
from engage.access.signed_in import signed_in
from engage.comment_tokens import with_tokens
from engage.languages import grouped, long_date
from engage.number_runs import numbers_apart
from engage.services import services
from engage.settings import TEMPLATES
from surveys.rough_counts import rough


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["url_for"] = url_for
    environment.filters["day"] = lambda moment: long_date(moment, "en")
    environment.filters["ago"] = ago
    environment.filters["moment"] = day_and_time
    environment.globals["this_path"] = lambda: request.path
    environment.filters["grouped"] = lambda number: grouped(number, "en")
    environment.filters["rough"] = rough
    environment.filters["with_tokens"] = with_tokens
    environment.filters["numbers_apart"] = numbers_apart
    return environment


def staff_page(template: str, **values: Any) -> str:
    """The HTML of ``template`` with who is signed in and the button for signing out."""
    found = signed_in()
    context = {
        "errors": {},
        "staff": found,
        "sign_out": StaffForm(formdata=None) if found else None,
        "asset": services().assets.address,
        **values,
    }
    return _environment().get_template(template).render(context)
