"""A file that says how questions compare: what it may say, and every fault told with its line."""

from __future__ import annotations

import pytest

from surveys.comparing.comparability import ComparedItem, compare_items
from surveys.comparing.comparability_file import LARGEST_MAP, MapFaults, read_map
from tests.factories import a_questionnaire, a_theme


def compared() -> tuple[ComparedItem, ...]:
    """The small questionnaire, and a theme that was not asked about before."""
    before = a_questionnaire()
    return compare_items(before, a_questionnaire(themes=(*before.themes, a_theme("care", "Kinder care"))))


@pytest.mark.parametrize(
    ("content", "is_csv"),
    [
        ("question,comparability\nwaiting.importance, Similar \nconnection,new\n".encode("utf-8-sig"), True),
        (b"comparability;question\r\nSIMILAR;waiting.importance\r\n;\r\nnew;connection\r\n", True),
        (b"waiting.importance: similar\nconnection: new\n", False),
    ],
)
def test_a_file_says_how_questions_compare(content: bytes, is_csv: bool) -> None:
    assert read_map(content, compared(), is_csv=is_csv) == {"waiting.importance": "similar", "connection": "new"}


def test_every_fault_is_told_with_its_line() -> None:
    content = b"question,comparability\nconnection,equal\n\ncolour,new\ncare.importance,same\nconnection,new\n"
    with pytest.raises(MapFaults) as refused:
        read_map(content, compared(), is_csv=True)
    told = [(fault.line, fault.message.partition(";")[0]) for fault in refused.value.faults]
    assert told == [
        (2, "“equal” is none of same, similar, new"),
        (4, "there is no question “colour”"),
        (5, "“care.importance” cannot be compared. It was not asked before. Leave it out, or say new"),
        (6, "“connection” stands in line 2 already"),
    ]


@pytest.mark.parametrize(
    ("content", "is_csv", "line", "reason"),
    [
        (b"question\nconnection\n", True, 1, "the columns question,comparability"),
        (b"question,comparability\nconnection,new,old\n", True, 2, "3 cells for 2 columns"),
        (b'question,comparability\n"connection,new\n', True, 2, "quotation marks"),
        (b"question,comparability\n", True, 1, "says nothing"),
        (b"a\x00b", True, 1, "no CSV file"),
        (b"", False, 1, "says nothing"),
        (b"- connection\n", False, 1, "'question: same'"),
        (b"connection: new\nwaiting.importance: [same]\n", False, 2, "one question and one word"),
        (b"connection: new\na: [", False, 2, "no YAML"),
        (b"\xff\xfe", True, 1, "not in UTF-8"),
        (b"a" * (LARGEST_MAP + 1), True, 1, "too large"),
    ],
)
def test_a_file_that_says_nothing_clear_is_refused(content: bytes, is_csv: bool, line: int, reason: str) -> None:
    with pytest.raises(MapFaults, match=reason) as refused:
        read_map(content, compared(), is_csv=is_csv)
    assert [fault.line for fault in refused.value.faults] == [line]
