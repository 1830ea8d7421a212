"""The questionnaire file: reading it with every fault and its line, and writing the canonical document.

One table of keys (``survey_keys``) says how a file is read, how the canonical document of a published version is
written and what the JSON Schema states, so that the three cannot drift apart.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from surveys.questionnaire import Questionnaire
from surveys.questionnaire_file.faults import Fault, QuestionnaireFaults
from surveys.questionnaire_file.forms import FAULTY, LANGUAGE_CODE
from surveys.questionnaire_file.nodes import MOST_BYTES, ListNode, MapNode, Node, ScalarNode
from surveys.questionnaire_file.place import Lines, Place, Reading
from surveys.questionnaire_file.schema import json_schema
from surveys.questionnaire_file.sources import node_of, read_nodes
from surveys.questionnaire_file.survey_keys import QUESTIONNAIRE
from surveys.questionnaire_file.writing import blank_texts, to_yaml
from surveys.questionnaire_rules import check_rules, check_unfinished

__all__ = [
    "MOST_BYTES",
    "Fault",
    "Lines",
    "QuestionnaireFaults",
    "blank_texts",
    "canonical_json",
    "from_document",
    "json_schema",
    "read_questionnaire",
    "read_unfinished",
    "read_with_lines",
    "to_document",
    "to_yaml",
]


def read_questionnaire(content: bytes, *, is_json: bool = False) -> Questionnaire:
    """The questionnaire that a file holds. QuestionnaireFaults with everything that is wrong, structure and rules."""
    return read_with_lines(content, is_json=is_json)[0]


def read_with_lines(content: bytes, *, is_json: bool = False) -> tuple[Questionnaire, Lines]:
    """As ``read_questionnaire``, with the line of every part, so that a later check can say where something is."""
    return _read(content, is_json, blanks=False)


def read_unfinished(content: bytes, *, is_json: bool = False) -> Questionnaire:
    """The questionnaire of a file on which somebody still works.

    Texts may be blank, translations and themes may be missing, and nothing need be asked yet. QuestionnaireFaults with
    everything else that is wrong.
    """
    return _read(content, is_json, blanks=True)[0]


def _read(content: bytes, is_json: bool, *, blanks: bool) -> tuple[Questionnaire, Lines]:
    root, faults = read_nodes(content, is_json=is_json)
    if root is None and not faults:
        faults = [Fault(None, "The file is empty. Begin with “format: 1”; the shipped surveys show the rest.")]
    if root is None:
        raise QuestionnaireFaults(faults)
    if not isinstance(root, MapNode):
        found = "a list" if isinstance(root, ListNode) else "a single text"
        message = f"The file holds {found}. A questionnaire is a map of keys, beginning with “format: 1”."
        raise QuestionnaireFaults([*faults, Fault(root.line, message)])
    reading = Reading(_languages(root), strict=not blanks, blanks=blanks)
    questionnaire = QUESTIONNAIRE.read(root, Place(reading))
    faults += reading.faults
    if questionnaire is not FAULTY:
        check = check_unfinished if blanks else check_rules
        for path, message in check(questionnaire, unreadable=frozenset(reading.unreadable)):
            faults.append(Fault(reading.lines.line_of(path), message))
    if faults:
        raise QuestionnaireFaults(faults)
    return questionnaire, reading.lines


def to_document(questionnaire: Questionnaire) -> dict[str, Any]:
    """The canonical document: the structure of the file, every text as a map by language, nothing that is unset."""
    document: dict[str, Any] = QUESTIONNAIRE.write(questionnaire)
    return document


def from_document(document: Mapping[str, Any], *, blanks: bool = False) -> Questionnaire:
    """The questionnaire of a canonical document. ValueError where it is none.

    Rules are not checked again: a published version stays what it is when rules grow stricter. ``blanks`` lets texts
    be empty, as in a design that is not finished.
    """
    root = node_of(document)
    languages = _languages(root) if isinstance(root, MapNode) else ()
    reading = Reading(languages, strict=False, blanks=blanks)
    questionnaire = QUESTIONNAIRE.read(root, Place(reading))
    if reading.faults or not isinstance(questionnaire, Questionnaire):
        raise QuestionnaireFaults(reading.faults)
    return questionnaire


def canonical_json(questionnaire: Questionnaire) -> str:
    """The canonical document as text: equal questionnaires give equal text, and its SHA-256 names the version."""
    return json.dumps(to_document(questionnaire), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _languages(root: MapNode) -> tuple[str, ...]:
    """The languages in which texts must stand, the default first; empty where the file does not say it rightly."""
    own, further = root.get("language"), root.get("languages")
    nodes: list[Node] = [own] if own is not None else []
    nodes += further.items if isinstance(further, ListNode) else []
    codes = [node.text.strip() for node in nodes if isinstance(node, ScalarNode)]
    sound = own is not None and all(LANGUAGE_CODE.fullmatch(code) for code in codes)
    return tuple(dict.fromkeys(codes)) if sound else ()
