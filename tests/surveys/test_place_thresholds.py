"""Reading the file of thresholds, with every fault that it may have, and keeping it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from surveys.library import library_files
from surveys.place_thresholds import (
    MOST_BYTES,
    ThresholdFaults,
    Thresholds,
    find_thresholds,
    put_thresholds,
    read_thresholds,
    remove_thresholds,
)
from surveys.questionnaire_file import read_questionnaire
from tests.factories import NOW, a_questionnaire, a_survey

SHIPPED = read_questionnaire(library_files()["cancer-strategy-themes"].read_bytes())
THEMES = {theme.id for theme in SHIPPED.themes}
HEAD = "theme,measure,acceptable,achievable\n"


def faults(content: bytes) -> list[tuple[int, str]]:
    with pytest.raises(ThresholdFaults) as refused:
        read_thresholds(content, SHIPPED)
    return [(fault.line, fault.message) for fault in refused.value.faults]


def test_themes_are_named_by_id_or_title_and_percentages_with_or_without_the_sign() -> None:
    theme = SHIPPED.themes[1]
    title = theme.title.in_language("en").upper()
    rows = f'{SHIPPED.themes[0].id},chosen,40,60.5\n"{title}",Percent_Positive, 70 % ,70%\n\n'
    assert read_thresholds((HEAD + rows).encode("utf-8-sig"), SHIPPED) == {
        (SHIPPED.themes[0].id, "chosen"): Thresholds(40, 60.5),
        (theme.id, "percent_positive"): Thresholds(70, 70),
    }


def test_columns_may_stand_in_any_order_and_be_parted_by_semicolons() -> None:
    content = b"Achievable;Acceptable;Measure;Theme\r\n80;60;chosen;faster-care\r\n"
    assert read_thresholds(content, SHIPPED) == {("faster-care", "chosen"): Thresholds(60, 80)}


def test_fewer_people_may_be_better(session: Session) -> None:
    head = HEAD.replace("\n", ",direction\n")
    rows = "research,chosen,30,10,Lower is better\nfair-care,chosen,30,40,\n"
    found = read_thresholds((head + rows).encode(), SHIPPED)
    assert found == {
        ("research", "chosen"): Thresholds(30, 10, "lower is better"),
        ("fair-care", "chosen"): Thresholds(30, 40),
    }
    survey = a_survey(session)
    put_thresholds(session, survey=survey, thresholds=found, at=NOW, by="officer@example.org")
    assert find_thresholds(session, survey=survey) == found
    wrong = f"{head}research,chosen,10,30,lower is better\nfair-care,chosen,30,40,down\n"
    assert [(line, text.rpartition("; ")[2]) for line, text in faults(wrong.encode())] == [
        (2, "swap the two"),
        (3, "write higher is better or lower is better, or leave it empty"),
    ]


def test_every_fault_is_told_with_its_line() -> None:
    rows = (
        "faster-care,chosen,40,60\n"
        "slower-care,liked,40,60\n"
        "research,chosen,lots,101\n"
        '"fair-care",chosen,60,\n'
        "technology,chosen,60,40\n"
        "faster-care,chosen,1,2\n"
        "research,percent_positive,nan,-1\n"
    )
    told = faults((HEAD + rows).encode())
    assert [line for line, _ in told] == [3, 3, 4, 4, 5, 6, 7, 8, 8]
    assert told[0][1].startswith("there is no theme “slower-care”; there are ")
    assert told[1][1] == "the measure “liked” is none; write chosen or percent_positive"
    assert told[2][1] == "acceptable “lots” is no percentage; write a number from 0 to 100, such as 60"
    assert told[4][1].startswith("achievable (empty) is no percentage")
    assert told[5][1] == (
        "achievable is 40, less than acceptable, 60; swap the two, or write “lower is better” in a column direction"
    )
    assert told[6][1] == "faster-care and chosen stand in line 2 already; leave one of the two out"


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 1, "the first line is to name the columns theme,measure,acceptable,achievable"),
        (b"theme,measure,acceptable\n", 1, "the first line is to name the columns"),
        (HEAD.encode(), 1, "there is no row below"),
        (HEAD.encode() + b"\xff\xfe", 1, "the file is not in UTF-8"),
        (HEAD.encode() + b"\x00", 1, "this is no CSV file"),
        (b"x" * (MOST_BYTES + 1), 1, "the file has more than 64 KB"),
        (HEAD.encode() + b"faster-care,chosen,1,2,3\n", 2, "this row has 5 cells for 4 columns"),
        (HEAD.encode() + b'faster-care,chosen,"1,2\n', 2, "the row cannot be read as CSV"),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, line: int, message: str) -> None:
    (fault,) = faults(content)
    assert fault[0] == line
    assert fault[1].startswith(message)


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reading(content: bytes) -> None:
    for given_bytes in (content, HEAD.encode() + content):
        told = ()
        with suppress(ThresholdFaults):
            told = tuple(read_thresholds(given_bytes, SHIPPED))
        assert all(theme in THEMES for theme, _ in told)


def test_thresholds_are_kept_replaced_and_removed(session: Session) -> None:
    survey = a_survey(session, a_questionnaire())
    assert find_thresholds(session, survey=survey) == {}
    for acceptable in (10.0, 20.0):
        given_now = {("a", "chosen"): Thresholds(acceptable, 50.0), ("b", "percent_positive"): Thresholds(1.5, 2.5)}
        put_thresholds(session, survey=survey, thresholds=given_now, at=NOW, by="officer@example.org")
        session.expire_all()
        assert find_thresholds(session, survey=survey) == given_now
    assert remove_thresholds(session, survey=survey)
    assert not remove_thresholds(session, survey=survey)
    assert find_thresholds(session, survey=survey) == {}
