"""Reading the file of a reference population, with every fault that it may have, and keeping it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from surveys.reference_population import (
    MOST_BYTES,
    Fault,
    Field,
    Group,
    ReferenceFaults,
    equality_fields,
    fields_of,
    find_reference,
    put_reference,
    read_reference,
    remove_reference,
    template,
)
from tests.factories import NOW, a_collector, a_questionnaire, a_survey

HEAD = "characteristic,group,share,source,date\n"
AGE = Field("age", "How old are you?", {"young": "16 to 34", "middle": "35 to 64", "old": "65 or over"})
PLACE = Field("place", "Place", {"A": "A", "A / North": "A / North", "A / South": "A / South"})
AUDIENCE = Field("audience", "Audience", {"patients": "Patients", "staff": "Staff"})
FIELDS = (AGE, PLACE, AUDIENCE)


def rows(*given: str) -> bytes:
    return (HEAD + "".join(f"{row}\n" for row in given)).encode()


def faults(content: bytes) -> list[tuple[int, str]]:
    with pytest.raises(ReferenceFaults) as refused:
        read_reference(content, FIELDS)
    return [(fault.line, fault.message) for fault in refused.value.faults]


def test_groups_are_named_by_id_or_label_and_may_hold_several() -> None:
    found = read_reference(
        rows("age,16 to 34|MIDDLE,60.2%,Trust register,2026-03", "Age,old,40,Trust register,2026-03"), FIELDS
    )
    (age,) = found.characteristics
    assert (age.field, age.source, age.date) == ("age", "Trust register", "2026-03")
    assert age.groups == (
        Group(("young", "middle"), "16 to 34, 35 to 64", 60.2),
        Group(("old",), "65 or over", 40.0),
    )
    assert found.audience == ""


def test_a_column_may_hold_labels_and_another_the_audience() -> None:
    content = (
        "\ufeffGroup;characteristic;share;label;audience;date;source\r\n"
        "young;age;40;Younger people;Patients;2021;Census\r\n"
        "middle|old;age;60;;patients;2021;Census\r\n\r\n"
    ).encode()
    found = read_reference(content, FIELDS)
    assert found.audience == "patients"
    assert [group.label for group in found.characteristics[0].groups] == ["Younger people", "35 to 64, 65 or over"]


@pytest.mark.parametrize(
    ("row", "line", "says"),
    [
        ("age,ancient,50,Census,2021", 3, "age has no group “ancient”; it has young, middle, old"),
        ("age,middle|,50,Census,2021", 3, "age has no group (empty)"),
        ("age,young,50,Census,2021", 3, "young of age is in line 2 already"),
        ("age,old,0,Census,2021", 3, "the share “0” is no percentage"),
        ("age,old,many,Census,2021", 3, "the share “many” is no percentage"),
        ("age,old,nan,Census,2021", 3, "the share “nan” is no percentage"),
        ("age,old,101,Census,2021", 3, "the share “101” is no percentage"),
        ("age,old,50,,2021", 3, "the source is missing"),
        (f"age,old,50,{'x' * 301},2021", 3, "the source has more than 300 characters"),
        ("age,old,50,Census,last year", 3, "the date “last year” is none"),
        ("age,old,50,Census,2021-13", 3, "the date “2021-13” is none"),
        ("age,old,50,Register,2021", 3, "age has another source or date in line 2"),
        ("age,old,40,Census,2021", 2, "the shares of age come to 90, not to 100"),
        ("age,old,50,Census,2021,too,many", 3, "this row has 7 cells for 5 columns"),
        ('age,"old,50,Census,2021', 3, "cannot be read as CSV"),
    ],
)
def test_each_fault_is_told_with_its_line(row: str, line: int, says: str) -> None:
    found = faults(rows("age,young,50,Census,2021", row))
    assert [(number, says in message) for number, message in found] == [(line, True)]


def test_faults_of_several_rows_are_told_together() -> None:
    found = faults(rows("age,young,x,Census,2021", "colour,red,50,Census,2021", "age,ancient,50,Census,2021"))
    assert [line for line, _ in found] == [2, 3, 4]
    assert found[1][1] == "“colour” is no characteristic; there are age, place, audience"


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"", 1, "lacks characteristic, group, share, source, date"),
        (HEAD.encode(), 1, "no row below"),
        (b"characteristic,group,share\n", 1, "lacks source, date"),
        (HEAD.replace("date", "date,colour").encode(), 1, "the first line has colour"),
        (HEAD.replace("date", "date,date").encode(), 1, "a column twice"),
        (b"\xff\xfe", 1, "not in UTF-8"),
        (b"a\x00b", 1, "no CSV file"),
        (b"x" * (MOST_BYTES + 1), 1, "more than 256 KB"),
        (rows(*["age,young,50,Census,2021"] * 501), 503, "more than 500 rows"),
        (rows("age,young|middle|old,100,Census,2021"), 2, "age has one group only"),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, line: int, says: str) -> None:
    found = faults(content)
    assert [(number, says in message) for number, message in found] == [(line, True)]


def test_shares_may_miss_100_by_their_rounding() -> None:
    assert read_reference(rows("age,young,33.3,Census,2021", "age,middle|old,66.3,Census,2021"), FIELDS)
    assert faults(rows("age,young,33.3,Census,2021", "age,middle|old,66.1,Census,2021"))


def test_a_place_and_one_below_it_are_not_two_groups() -> None:
    found = faults(rows("place,A,60,Register,2025", "place,A / North,40,Register,2025"))
    assert [(line, "A / North of place is in line 2 already" in message) for line, message in found] == [(3, True)]


def test_the_audience_is_one_for_the_whole_file() -> None:
    head = HEAD.replace("date", "date,audience")
    one, other = "age,young,50,Census,2021,patients\n", "age,middle|old,50,Census,2021,{}\n"
    assert [line for line, _ in faults((head + one + other.format("staff")).encode())] == [3]
    assert [line for line, _ in faults((head + one + other.format("visitors")).encode())] == [3]


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (HEAD + text).encode("utf-8", "replace")))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_file_holds_it_is_read_or_its_faults_have_lines(content: bytes) -> None:
    told: tuple[Fault, ...] = ()
    try:
        read_reference(content, FIELDS)
    except ReferenceFaults as refused:
        told = refused.faults
    # Nothing that is invented at random is a whole population.
    assert told
    assert all(fault.line >= 1 and fault.message for fault in told)


def test_a_survey_offers_its_questions_audiences_and_places(session: Session) -> None:
    survey = a_survey(session, replace(a_questionnaire(), equality=("age", "sex")))
    a_collector(session, survey)
    a_collector(session, survey, audience="staff", place="Alliance / South")
    found = {field.id: field for field in fields_of(session, survey=survey)}
    assert {"age", "sex", "audience", "place", "connection", "waiting.importance"} <= found.keys()
    assert found["sex"].values == {"female": "Female", "male": "Male"}
    assert found["audience"].values == {"patients": "Patients", "staff": "Staff"}
    assert list(found["place"].values) == [
        "Alliance",
        "Alliance / North",
        "Alliance / North / Trust",
        "Alliance / South",
    ]
    # A question with several answers makes no groups.
    assert "most_important" not in found


def test_the_template_lacks_only_shares_and_sources(session: Session) -> None:
    survey = a_survey(session, replace(a_questionnaire(), equality=("sex",)))
    text = template(equality_fields(session, survey=survey))
    assert text == (
        "characteristic,group,share,source,date,label,audience\r\nsex,female,,,,Female,\r\nsex,male,,,,Male,\r\n"
    )
    filled = text.replace(",,,,", ",50,Register,2026,")
    found = read_reference(filled.encode(), fields_of(session, survey=survey))
    assert [group.share for group in found.characteristics[0].groups] == [50, 50]


def test_a_population_is_kept_replaced_and_removed(session: Session) -> None:
    survey = a_survey(session)
    assert find_reference(session, survey=survey) is None
    assert not remove_reference(session, survey=survey)
    for number in (40, 50):
        population = read_reference(
            rows(f"age,young,{number},Census,2021", f"age,middle|old,{100 - number},Census,2021"), FIELDS
        )
        put_reference(
            session, survey=survey, population=population, file_name="a.csv", at=NOW, by="someone@example.org"
        )
        session.expire_all()
        kept = find_reference(session, survey=survey)
        assert kept is not None
        assert (kept.population, kept.file_name, kept.given_by) == (population, "a.csv", "someone@example.org")
    assert remove_reference(session, survey=survey)
    assert find_reference(session, survey=survey) is None
