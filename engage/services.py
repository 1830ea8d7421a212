"""What the views of one web application share, made once when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from engage.assets import Assets
    from engage.settings import Settings
    from engage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class Services:
    """Reached in a view through ``services()``."""

    settings: Settings
    database: Database
    assets: Assets


def services() -> Services:
    """The services of the application that serves this request."""
    found: Services = current_app.extensions["engage"]
    return found
