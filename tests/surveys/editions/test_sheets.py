"""The translator's spreadsheet: everything comes back as it went out, and everything wrong is said by row."""

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.answers.parsing import clean_text
from surveys.editions import add_language, texts_of, translations, with_translations
from surveys.editions.reading import ReadSheet, read_translation_sheet, restored_text
from surveys.editions.sheets import KEY, SOURCE, STATUS, Kind, translation_column, translation_sheet
from surveys.importing.files import FileFault
from surveys.preparation import Edition, Preparation
from surveys.questionnaire import Questionnaire
from tests.factories import a_questionnaire
from tests.surveys.editions.test_editions import in_urdu, reworded
from tests.surveys.strategies import questionnaires

KINDS: tuple[Kind, ...] = ("xlsx", "csv")
HEADER = (KEY, "Where it appears", SOURCE, translation_column("ur"), STATUS, "Notes")
TROUBLE = ["=1+1", "+44", "-5", "@x", "'quoted'", "''", "'Roedd", "a\n\nb", 'said "no"', "אבג (x)", "اردو؟", "_x0041_",
           "a;b c", "﹢＝1", "x" * 10_000, "😀👩‍⚕️", "\u200fabc\u200e"]  # fmt: skip

any_words = st.one_of(st.sampled_from(TROUBLE), st.text(max_size=40)).map(clean_text).filter(bool)


def read(tmp_path: Path, content: bytes, questionnaire: Questionnaire, edition: Edition, kind: Kind) -> ReadSheet:
    path = tmp_path / f"sheet.{kind}"
    path.write_bytes(content)
    return read_translation_sheet(path, questionnaire, edition)


def a_sheet(kind: Kind, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> bytes:
    if kind == "csv":
        text = io.StringIO(newline="")
        csv.writer(text).writerows([header, *rows])
        return text.getvalue().encode("utf-8-sig")
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate([header, *rows]):
            for place, cell in enumerate(cells):
                sheet.write_string(line, place, cell)
    return stream.getvalue()


def nothing_translated() -> tuple[Questionnaire, Preparation]:
    return add_language(a_questionnaire(), Preparation(), "ur")


@pytest.mark.parametrize("kind", KINDS)
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(questionnaire=questionnaires(), data=st.data())
def test_a_sheet_brings_every_translation_back_exactly(
    tmp_path: Path, kind: Kind, questionnaire: Questionnaire, data: st.DataObject
) -> None:
    untranslated = add_language(questionnaire, Preparation(), "ur")
    keys = data.draw(st.lists(st.sampled_from([key for key, _ in texts_of(questionnaire)]), unique=True))
    translated = with_translations(*untranslated, "ur", {key: data.draw(any_words) for key in keys})
    content = translation_sheet(translated[0], translated[1].edition("ur"), kind=kind, right_to_left=("ur",))
    sheet = read(tmp_path, content, untranslated[0], untranslated[1].edition("ur"), kind)
    assert not sheet.faults
    assert with_translations(*untranslated, "ur", sheet.words, made_from=sheet.made_from) == translated
    again = read(tmp_path, content, translated[0], translated[1].edition("ur"), kind)
    assert not again.changes
    assert again.same == len(keys)


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_is_a_formula_and_every_cell_is_what_it_was(tmp_path: Path, kind: Kind) -> None:
    both = nothing_translated()
    keys = [key for key, _ in texts_of(both[0])][: len(TROUBLE)]
    wanted = dict(zip(keys, TROUBLE, strict=True))
    translated = with_translations(*both, "ur", wanted)
    content = translation_sheet(translated[0], translated[1].edition("ur"), kind=kind)
    assert read(tmp_path, content, both[0], both[1].edition("ur"), kind).words == wanted
    if kind == "csv":
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
    else:
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [cell.value for row in book.active.iter_rows() for cell in row if cell.data_type != "n"]
        assert all(cell.data_type in ("s", "n") for row in book.active.iter_rows() for cell in row)
    assert not [cell for cell in cells if cell and cell[0] in "=+-@"]


def test_an_apostrophe_that_a_translator_wrote_stays() -> None:
    assert restored_text("'Roedd") == "'Roedd"
    assert restored_text("'=1") == "=1"
    assert restored_text("''x") == "'x"


def test_a_workbook_for_urdu_reads_from_right_to_left_in_its_cells() -> None:
    questionnaire, preparation = in_urdu(a_questionnaire())
    content = translation_sheet(questionnaire, preparation.edition("ur"), kind="xlsx", right_to_left=("ur",))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert (sheet["C2"].alignment.readingOrder, sheet["D2"].alignment.readingOrder) == (1, 2)


def test_a_file_without_what_is_ready_holds_what_is_left() -> None:
    questionnaire, preparation = in_urdu(a_questionnaire(), but=("privacy",))
    edition = preparation.edition("ur")
    content = translation_sheet(reworded(questionnaire, "New name"), edition, kind="csv", only_open=True)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [(row[KEY], row[STATUS]) for row in rows] == [("title", "out of date"), ("privacy", "missing")]


@pytest.mark.parametrize("kind", KINDS)
def test_words_that_changed_since_the_download_are_told(tmp_path: Path, kind: Kind) -> None:
    questionnaire, preparation = nothing_translated()
    content = a_sheet(kind, ("title", "", "An older name", "نام"), ("privacy", "", "", ""))
    sheet = read(tmp_path, content, questionnaire, preparation.edition("ur"), kind)
    assert [(change.key, change.is_late, change.became) for change in sheet.changes] == [("title", True, "new")]
    assert sheet.empty == 1
    changed, noted = with_translations(questionnaire, preparation, "ur", sheet.words, made_from=sheet.made_from)
    assert {one.key: one.status for one in translations(changed, noted.edition("ur"))}["title"] == "out_of_date"


@pytest.mark.parametrize("kind", KINDS)
def test_an_old_translation_is_ready_again_only_where_the_translator_says_so(tmp_path: Path, kind: Kind) -> None:
    questionnaire, preparation = in_urdu(a_questionnaire())
    words = questionnaire.title.in_language("ur")
    questionnaire = reworded(questionnaire, "New name")
    for says, expected in (("out of date", []), (" Ready ", ["confirmed"])):
        content = a_sheet(kind, ("title", "", "New name", words, says))
        sheet = read(tmp_path, content, questionnaire, preparation.edition("ur"), kind)
        assert [change.became for change in sheet.changes] == expected


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_wrong_is_said_by_row(tmp_path: Path, kind: Kind) -> None:
    questionnaire, preparation = nothing_translated()
    content = a_sheet(
        kind,
        ("title", "", "", "الف"),
        ("title", "", "", "ب"),
        ("themes.gone.title", "", "", "پ"),
        ("", "", "Something", "ت"),
        ("privacy", "", "", "x" * 10_001),
    )
    sheet = read(tmp_path, content, questionnaire, preparation.edition("ur"), kind)
    assert sheet.words == {"title": "الف"}
    told = {fault.line: fault.message for fault in sheet.faults}
    assert sorted(told) == [3, 4, 5, 6]
    assert "stands in row 2 already" in told[3]
    assert "no text with the key “themes.gone.title”" in told[4]
    assert "key is missing" in told[5]
    assert "10,001 characters" in told[6]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("header", "message"),
    [
        ((KEY, SOURCE, translation_column("pl")), "for another language: pl"),
        ((KEY, SOURCE, "Urdu"), r"no column “Translation \(ur\)”"),
        (("key", SOURCE, translation_column("ur")), "no column “Key"),
    ],
)
def test_a_sheet_that_is_not_this_one_is_refused(
    tmp_path: Path, kind: Kind, header: tuple[str, ...], message: str
) -> None:
    questionnaire, preparation = nothing_translated()
    with pytest.raises(FileFault, match=message):
        read(tmp_path, a_sheet(kind, header=header), questionnaire, preparation.edition("ur"), kind)


def a_bomb() -> bytes:
    stream = io.BytesIO(a_sheet("xlsx", ("title", "", "", "x")))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b"<a/>" + b" " * (50 * 1024 * 1024))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("xlsx", b""),
        ("xlsx", b"\xd0\xcf\x11\xe0 an old workbook"),
        ("xlsx", b"PK\x03\x04 half a file"),
        ("xlsx", a_sheet("xlsx", ("title", "", "", "x"))[:-200]),
        ("xlsx", a_bomb()),
        ("xlsx", a_sheet("csv")),
        ("csv", b""),
        ("csv", b"\xff\xfe" + "Key".encode("utf-16-le")),
        ("csv", a_sheet("xlsx")),
        ("csv", a_sheet("csv") + b'"title,"never closed'),
        ("csv", a_sheet("csv") + b"title,,,\xe9\r\n"),
        ("csv", b"x" * (5 * 1024 * 1024 + 1)),
    ],
)
def test_damaged_and_hostile_files_are_refused(tmp_path: Path, kind: Kind, content: bytes) -> None:
    questionnaire, preparation = nothing_translated()
    with pytest.raises(FileFault):
        read(tmp_path, content, questionnaire, preparation.edition("ur"), kind)
