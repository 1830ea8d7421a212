"""Telephone numbers and addresses in the words of a survey, on pages that may run from right to left."""

from __future__ import annotations

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from surveys.number_runs import with_number_runs


@pass_context
def numbers_apart(context: Context, words: str | None) -> str:
    """The words with each telephone number and address as a stretch of its own that runs from left to right.

    On a page that runs from left to right they need none, and stay as they are.
    """
    if not words or getattr(context.get("_"), "direction", "ltr") == "ltr":
        return words or ""
    marked = with_number_runs(str(escape(words)), lambda run: f'<bdi dir="ltr">{run}</bdi>')
    return Markup(marked)  # noqa: S704 The words were escaped, and a run holds nothing to escape.
