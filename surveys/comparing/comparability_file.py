"""A file that says how questions compare with those of an earlier survey, as CSV or YAML, read with its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import yaml

from surveys.comparing.comparability import COMPARABILITIES, Comparability, ComparedItem
from surveys.reference_population.faults import Fault, in_words, quoted
from surveys.small_tables import UnreadableTable, table_rows

LARGEST_MAP = 200_000
"""Bytes of such a file."""
COLUMNS = ("question", "comparability")


class MapFaults(ValueError):
    """The file cannot be taken; ``faults`` says everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"line {fault.line}: {fault.message}" for fault in self.faults))


def read_map(content: bytes, items: Iterable[ComparedItem], *, is_csv: bool) -> dict[str, Comparability]:
    """What a file says of the questions, by item key: a CSV with the columns question and comparability, or YAML pairs.

    ``items`` are the questions that it may speak of. Raises MapFaults with every fault and its line.
    """
    known = {item.key: item for item in items}
    found: dict[str, Comparability] = {}
    lines: dict[str, int] = {}
    faults: list[Fault] = []
    for line, key, said in _pairs(content, is_csv=is_csv):
        comparability = next((one for one in COMPARABILITIES if one == said.casefold()), None)
        if comparability is None:
            faults.append(Fault(line, f"{quoted(said)} is none of {in_words(COMPARABILITIES)}"))
        if key not in known:
            faults.append(Fault(line, f"there is no question {quoted(key)}; there are {in_words(known)}"))
        elif not known[key].can_be_chosen and comparability not in (None, "new"):
            reason = known[key].reason
            faults.append(Fault(line, f"{quoted(key)} cannot be compared. {reason} Leave it out, or say new"))
        if key in lines:
            faults.append(Fault(line, f"{quoted(key)} stands in line {lines[key]} already; leave one of the two out"))
        lines.setdefault(key, line)
        if comparability is not None:
            found[key] = comparability
    if faults:
        raise MapFaults(faults)
    return found


def _pairs(content: bytes, *, is_csv: bool) -> list[tuple[int, str, str]]:
    """Line, question and what is said of it. Raises MapFaults for what is no such file at all."""
    if len(content) > LARGEST_MAP:
        raise _refused("the file is too large; say only what should differ from the printed table")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused("the file is not in UTF-8; save it as UTF-8 and give it again") from None
    pairs = list(_of_csv(text) if is_csv else _of_yaml(text))
    if not pairs:
        raise _refused("the file says nothing of any question; add a line for each that it is about")
    return pairs


def _of_csv(text: str) -> Iterator[tuple[int, str, str]]:
    try:
        for line, held in table_rows(text, COLUMNS):
            yield line, held["question"], held["comparability"]
    except UnreadableTable as unreadable:
        raise MapFaults([unreadable.fault]) from None


def _of_yaml(text: str) -> Iterator[tuple[int, str, str]]:
    try:
        document = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _refused("the file is no YAML; check the line", mark.line + 1 if mark else 1) from None
    if document is None:
        return
    if not isinstance(document, yaml.MappingNode):
        raise _refused("the file must say 'question: same', 'question: similar' or 'question: new' on each line")
    for key, said in document.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or not isinstance(said, yaml.ScalarNode):
            raise _refused("write one question and one word on a line, such as 'colour: similar'", line)
        yield line, key.value.strip(), said.value.strip()


def _refused(message: str, line: int = 1) -> MapFaults:
    return MapFaults([Fault(line, message)])
