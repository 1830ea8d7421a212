"""Which files are made, and what they are called."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.print_plan import KINDS, Row, contents_csv, pieces

WARD = Row("7C3QX8", "Ward 7", "Alliance / Trust / St Mary’s", None)


def files(*rows: Row, languages: tuple[str, ...] = ("en",), kinds: tuple[str, ...] = ("poster-a4",)) -> list[str]:
    return [piece.file for piece in pieces(rows, languages=languages, kinds=kinds)]


def test_a_file_is_called_by_place_kind_and_language() -> None:
    assert files(WARD, languages=("en", "ur"), kinds=("poster-a4", "screen")) == [
        "st-marys-ward-7-poster-a4-en.pdf",
        "st-marys-ward-7-poster-a4-ur.pdf",
        "st-marys-ward-7-screen-en.png",
        "st-marys-ward-7-screen-ur.png",
    ]


def test_two_rows_of_one_name_are_told_apart_by_their_codes() -> None:
    assert files(WARD, Row("222222", "Ward 7", "Other / St Mary’s", None)) == [
        "st-marys-ward-7-7c3qx8-poster-a4-en.pdf",
        "st-marys-ward-7-222222-poster-a4-en.pdf",
    ]


def test_a_name_without_latin_letters_is_called_by_its_code() -> None:
    assert files(Row("7C3QX8", "عيادة", "", None)) == ["7c3qx8-poster-a4-en.pdf"]


def test_a_row_for_one_language_is_printed_in_that_one_only() -> None:
    urdu = Row("222222", "Ward 8", "", "ur")
    assert files(WARD, urdu, languages=("en", "ur")) == [
        "st-marys-ward-7-poster-a4-en.pdf",
        "st-marys-ward-7-poster-a4-ur.pdf",
        "ward-8-poster-a4-ur.pdf",
    ]
    assert files(urdu) == []


_rows = st.lists(
    st.builds(Row, st.from_regex(r"[2-9]{6}", fullmatch=True), st.text(max_size=200), st.text(max_size=60), st.none()),
    max_size=6,
    unique_by=lambda row: row.code,
)


@given(_rows)
def test_every_file_has_a_name_of_its_own_that_any_system_takes(rows: list[Row]) -> None:
    names = files(*rows, kinds=tuple(KINDS))
    assert len(names) == len(set(names)) == len(rows) * len(KINDS)
    assert all(len(name) < 120 and name.isascii() and name[0].isalnum() and "/" not in name for name in names)


def test_the_list_of_files_is_harmless_in_a_spreadsheet() -> None:
    planned = pieces((Row("7C3QX8", "=1+1", "", None),), languages=("en",), kinds=("poster-a4",))
    assert "'=1+1" in contents_csv(planned, base_url="https://s.nhs.uk")
