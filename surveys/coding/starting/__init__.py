"""Code frames to start from, in our own words: one for themes of a strategy, one for experience of care.

Each is a YAML file with ``name``, ``purpose`` and ``codes``; each code has ``name``, ``definition``, ``include``,
``exclude`` and ``example``, none of them empty. The first code is for praise that names nothing and for "nothing to
add", which would otherwise be counted as points that people made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from surveys.coding.frames import CodeText

_FOLDER = Path(__file__).parent
_ORDER = ("strategy", "experience")


@dataclass(frozen=True, slots=True)
class StartingFrame:
    """One frame to start from; ``purpose`` says for which comments it is meant."""

    id: str
    name: str
    purpose: str
    codes: tuple[CodeText, ...]


@cache
def starting_frames() -> Mapping[str, StartingFrame]:
    """Each by its id, in the order to offer them. ValueError where a file lacks a part or has one that is unknown."""
    return MappingProxyType({name: _read(name) for name in _ORDER})


def _read(name: str) -> StartingFrame:
    held: dict[str, Any] = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))
    if set(held) != {"name", "purpose", "codes"}:
        raise ValueError(f"{name}.yaml: has {sorted(held)} instead of name, purpose and codes")
    return StartingFrame(name, held["name"], held["purpose"], tuple(_code(name, one) for one in held["codes"]))


def _code(file: str, held: dict[str, str]) -> CodeText:
    known = {one.name for one in fields(CodeText)}
    if set(held) != known or not all(text.strip() for text in held.values()):
        raise ValueError(f"{file}.yaml: the code {held.get('name')!r} must have {sorted(known)}, none of them empty")
    return CodeText(**held)
