"""Reading the bytes of a file, YAML or JSON, into nodes with their lines."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

import yaml

from surveys.questionnaire_file.faults import Fault
from surveys.questionnaire_file.nodes import MOST_BYTES, Building, ListNode, MapNode, Node, ScalarNode, Unreadable

_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


def read_nodes(content: bytes, *, is_json: bool) -> tuple[Node | None, list[Fault]]:
    """The tree of a file (None where it cannot be read) and every fault met on the way."""
    building = Building()
    try:
        text = _decoded(content)
        (_read_json if is_json else _read_yaml)(text, building)
    except Unreadable as unreadable:
        return None, [*building.faults, unreadable.fault]
    return building.root, building.faults


def node_of(value: object) -> Node:
    """The tree of a document that this package itself wrote: dicts, lists, texts, numbers, True and False."""
    if isinstance(value, Mapping):
        return MapNode(None, [(str(key), None, node_of(inner)) for key, inner in value.items()])
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ListNode(None, [node_of(inner) for inner in value])
    if isinstance(value, str):
        return ScalarNode(value, None, plain=False)
    return ScalarNode(json.dumps(value), None, plain=True)


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Unreadable(None, f"The file is larger than {MOST_BYTES:,} bytes. Shorten it, or divide the survey.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(1, "The file is written in UTF-16. Save it as UTF-8.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise Unreadable(line, "This line holds bytes that are not UTF-8. Save the file as UTF-8.") from fault
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(line, "This line holds a zero byte (U+0000). Delete it, or save the file as UTF-8 text.")
    return text


def _read_yaml(text: str, building: Building) -> None:
    documents = 0
    line = 1
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if event.start_mark is not None:
                line = event.start_mark.line + 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise Unreadable(line, "A second document begins here (---). A file holds one questionnaire.")
            else:
                _take_event(event, line, building)
    except yaml.MarkedYAMLError as fault:
        raise _yaml_fault(fault) from fault
    except yaml.reader.ReaderError as fault:
        place = text.count("\n", 0, fault.position) + 1 if isinstance(fault.position, int) else line
        message = "This line holds a character that no text file should have. Delete it and type the text again."
        raise Unreadable(place, message) from fault
    except (yaml.YAMLError, ValueError, OverflowError) as fault:
        raise Unreadable(line, "The file cannot be read as YAML from about here. Check quotes and indents.") from fault


def _take_event(event: yaml.Event, line: int, building: Building) -> None:
    match event:
        case yaml.AliasEvent():
            building.alias(str(event.anchor), line=line)
        case yaml.ScalarEvent():
            _refuse_tag(event.tag, line, building)
            building.scalar(event.value, line=line, plain=not event.style, anchor=event.anchor)
        case yaml.SequenceStartEvent():
            _refuse_tag(event.tag, line, building)
            building.start(ListNode(line), event.anchor)
        case yaml.MappingStartEvent():
            _refuse_tag(event.tag, line, building)
            building.start(MapNode(line), event.anchor)
        case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
            building.end()
        case _:
            # The beginning and end of stream and document say nothing about the questionnaire.
            pass


def _refuse_tag(tag: str | None, line: int, building: Building) -> None:
    if tag is not None:
        message = f"Tags such as {tag[:60]} are not allowed, for they could run code. Take the tag out."
        building.faults.append(Fault(line, message))


def _yaml_fault(fault: yaml.MarkedYAMLError) -> Unreadable:
    mark = fault.problem_mark or fault.context_mark
    problem = fault.problem or "it cannot be read"
    if "\\t" in problem or "cannot start any token" in problem:
        hint = "Indent with spaces, never tabs, and put quotation marks round a text that begins with a special sign."
    elif "mapping values are not allowed" in problem:
        hint = "Put quotation marks round a text that holds a colon, and check the indents."
    elif "end of stream" in problem or "quoted scalar" in problem:
        hint = "A quotation mark or bracket is opened and never closed; it may be on an earlier line."
    else:
        hint = "Check the indents, the colons and the quotation marks of this line and the one before."
    return Unreadable(mark.line + 1 if mark else None, f"This is not valid YAML: {problem}. {hint}")


_JSON_TOKEN = re.compile(
    r"""[ \t\r\n]*(?:(?P<sign>[{}\[\]:,])|(?P<text>"(?:[^"\\]|\\.)*")|(?P<plain>-?[0-9][0-9eE.+-]*|true|false|null))""",
    re.DOTALL,
)


def _read_json(text: str, building: Building) -> None:
    """Goes through the signs of JSON once, checking their order with a stack of what may come next."""
    expected = ["value"]
    place, line = 0, 1
    while expected:
        token = _JSON_TOKEN.match(text, place)
        begin = token.start(token.lastgroup or 0) if token else _next_sign(text, place)
        line += text.count("\n", place, begin)
        if token is None:
            raise _json_fault(text, begin, line)
        _take_token(token, line, expected, building)
        line += text.count("\n", begin, token.end())
        place = token.end()
    rest = _next_sign(text, place)
    if rest < len(text):
        line += text.count("\n", place, rest)
        raise Unreadable(line, "Something stands after the end of the JSON. Delete it.")


def _take_token(token: re.Match[str], line: int, expected: list[str], building: Building) -> None:
    """``expected`` from its end: what may come next. "items" and "pairs" are lists and maps that are still open."""
    wanted = expected.pop()
    sign, written, plain = token["sign"], token["text"], token["plain"]
    if wanted in ("more items", "more pairs") and sign == ",":
        expected += [wanted, "value"] if wanted == "more items" else [wanted, "value", "colon", "key"]
    elif (wanted in ("more items", "first item") and sign == "]") or (
        wanted in ("more pairs", "first pair") and sign == "}"
    ):
        building.end()
    elif wanted == "first item":
        expected += ["more items", "value"]
        _take_token(token, line, expected, building)
    elif wanted == "first pair" and written is not None:
        expected += ["more pairs", "value", "colon", "key"]
        _take_token(token, line, expected, building)
    elif wanted == "colon" and sign == ":":
        pass
    elif wanted == "value" and sign in ("{", "["):
        building.start(MapNode(line) if sign == "{" else ListNode(line))
        expected.append("first pair" if sign == "{" else "first item")
    elif written is not None and wanted in ("key", "value"):
        building.scalar(_json_text(written, line), line=line, plain=False)
    elif plain is not None and wanted == "value":
        building.scalar(plain, line=line, plain=True)
    else:
        raise _json_fault(token.string, token.start(token.lastgroup or 0), line)


def _json_text(written: str, line: int) -> str:
    try:
        text: str = json.loads(written, strict=False)
    except ValueError as fault:
        raise Unreadable(
            line, "This text has an escape (\\…) that JSON does not know. Write the sign itself."
        ) from fault
    return text


def _next_sign(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\r\n":
        place += 1
    return place


def _json_fault(text: str, place: int, line: int) -> Unreadable:
    if place >= len(text):
        return Unreadable(line, "The JSON ends too early. A quotation mark or bracket is opened and never closed.")
    message = f"This is not valid JSON at {text[place]!r}. Check the commas, the quotation marks and the brackets."
    return Unreadable(line, message)
