"""Questionnaires that come with the software, ready to be published or to be copied and changed."""

from __future__ import annotations

from pathlib import Path


def library_files() -> dict[str, Path]:
    """The shipped questionnaire files by their name without ending."""
    return {path.stem: path for path in sorted(Path(__file__).parent.glob("*.yaml"))}
