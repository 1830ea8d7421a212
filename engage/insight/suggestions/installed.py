"""Whether the part of Engage that suggests codes is installed, found out without loading it."""

from __future__ import annotations

from importlib.util import find_spec

HOW_TO_INSTALL = (
    "Suggesting codes needs the package scikit-learn, which is not installed here. Ask whoever runs this installation "
    "to install Engage with its optional part “suggest”."
)


def is_installed() -> bool:
    """Whether codes can be suggested here."""
    return find_spec("sklearn") is not None
