"""Making the pages that the public sees from templates, in the language of their address."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engage.assets import Assets
from engage.languages import DEFAULT, Wording, wording
from engage.number_runs import numbers_apart
from engage.settings import TEMPLATES

# A template that forgets a value fails in its test instead of printing nothing on a patient's phone.
_USUAL: dict[str, Any] = {
    "errors": {},
    "service": None,
    "organisation": None,
    "logo": None,
    "languages": (),
    "back": None,
    "demonstration": False,
}


@cache
def environment() -> Environment:
    """The templates of public pages: escaped, strict, and without blank lines."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["numbers_apart"] = numbers_apart
    return made


def urgent_help(words: Wording) -> str:
    """What people are told who need help now, where a survey has no words of its own for it."""
    return words(
        "Do not use this survey if you need medical help. We do not read answers straight away. "
        "Call 999 in an emergency, or 111 if you need help now."
    )


def page(template: str, language: str, assets: Assets, **values: Any) -> str:
    """The HTML of ``template`` in ``language``, with the values that every page may have left empty where not given."""
    context = {
        **_USUAL,
        "_": wording(language),
        "language": language,
        "language_path": "" if language == DEFAULT else f"/{language}",
        "asset": assets.address,
        "urgent_help": urgent_help(wording(language)),
        **values,
    }
    return environment().get_template(template).render(context)
