"""What numbers in addresses may look like."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter


class PlainInteger(IntegerConverter):
    """Up to nine plain digits: any database can hold it, and digits of other scripts are no second spelling of it."""

    regex = r"[0-9]{1,9}"


def plain_integers(application: Flask) -> None:
    """Make ``<int:…>`` in every address mean that."""
    application.url_map.converters["int"] = PlainInteger
