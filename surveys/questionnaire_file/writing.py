"""Writing a questionnaire as a YAML file that a person can go on working with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from surveys.questionnaire import Questionnaire
from surveys.questionnaire_file.survey_keys import QUESTIONNAIRE


def to_yaml(questionnaire: Questionnaire) -> str:
    """The questionnaire as a file that reads back to an equal one; a text in one language stands as a plain string."""
    document = _shortened(QUESTIONNAIRE.write(questionnaire), questionnaire.language, set(questionnaire.languages))
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def blank_texts(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Where texts are still blank in the questionnaire's own language, such as "themes.faster-care.title"."""
    return tuple(_blanks(QUESTIONNAIRE.write(questionnaire), questionnaire.language, ()))


def _blanks(part: Any, own: str, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(part, list):
        for number, inner in enumerate(part, start=1):
            name = inner.get("id") or inner.get("page") if isinstance(inner, dict) else None
            yield from _blanks(inner, own, (*path, str(name or number)))
    elif isinstance(part, dict):
        if part.get(own) == "":
            yield ".".join(path)
        for key, inner in part.items():
            yield from _blanks(inner, own, (*path, key))


def _shortened(part: Any, own: str, languages: set[str]) -> Any:
    if isinstance(part, list):
        return [_shortened(inner, own, languages) for inner in part]
    if not isinstance(part, dict):
        return part
    if set(part) == {own} and isinstance(part[own], str):
        return part[own]
    return {key: _shortened(inner, own, languages) for key, inner in part.items()}


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as they are read, and never an anchor."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text and not any(line.endswith(" ") for line in text.split("\n")) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
