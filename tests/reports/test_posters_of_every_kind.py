"""Cards, table tents, screens and the rest: each is read back before it leaves, and looks as its kind must."""

from __future__ import annotations

import dataclasses
import io
import zipfile

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from reports.cards import cards_pdf
from reports.code_reading import check_codes, codes_on, page_pictures
from reports.documents import DocumentFailed
from reports.leaflet import leaflet_pdf
from reports.print_bundle import prints_zip
from reports.prints import KINDS, Printer
from surveys import print_plan
from surveys.print_plan import Row, pieces
from surveys.qr_codes import svg_path
from tests.factories import words
from tests.reports.answered_survey import shipped_questionnaire
from tests.reports.pdf_checks import faults, page_texts
from tests.reports.test_posters import ADDRESS, a_logo, degraded, invitation

NEW = ("leaflet-a3", "cards", "cards-a6", "table-tent", "screen")
PAPER = {
    "leaflet-a3": (420, 297),
    "cards": (210, 297),
    "cards-a6": (210, 297),
    "table-tent": (210, 297),
    "screen": (508, 285.75),
}


@pytest.fixture(scope="module")
def printer() -> Printer:
    """Finds the setting of each kind once."""
    return Printer()


@pytest.fixture(scope="module")
def made(printer: Printer) -> dict[str, bytes]:
    return {kind: printer.pdf(invitation(logo=a_logo()), kind) for kind in NEW}


def test_what_is_offered_is_what_can_be_made() -> None:
    assert list(KINDS) == list(print_plan.KINDS)


@pytest.mark.parametrize("kind", NEW)
def test_every_code_is_the_address_even_small_and_blurred(made: dict[str, bytes], kind: str) -> None:
    first = page_pictures(made[kind])[0]
    for how, picture in degraded(first).items():
        assert codes_on(picture) == [ADDRESS] * KINDS[kind].codes, how


@pytest.mark.parametrize("kind", NEW)
def test_every_kind_is_tagged_and_has_its_paper(made: dict[str, bytes], kind: str) -> None:
    assert faults(made[kind]) == []
    width, height = (side / 72 * 25.4 for side in pypdfium2.PdfDocument(made[kind])[0].get_size())
    assert (width, height) == pytest.approx(PAPER[kind], abs=0.5)


@pytest.mark.parametrize("kind", NEW)
def test_every_kind_says_what_an_invitation_must(made: dict[str, bytes], kind: str) -> None:
    text = page_texts(made[kind])[0]
    for wanted in ("What matters most in cancer care?", "Closes on 31 January 2027", "7C3 QX8", "7C3QX8 · v1.0"):
        assert wanted in text


@pytest.mark.parametrize(
    ("kind", "least"), [("leaflet-a3", 1.4), ("cards", 0.8), ("cards-a6", 1.0), ("table-tent", 1.5)]
)
def test_no_module_is_smaller_than_what_scans_well(made: dict[str, bytes], kind: str, least: float) -> None:
    dpi = 300
    found = zxingcpp.read_barcodes(page_pictures(made[kind], dpi=dpi)[0])[0].position
    across = abs(found.top_right.x - found.top_left.x) / dpi * 25.4
    # Nothing here has more modules than a code of version 3 at level Q.
    assert across / 29 >= least * 0.97


def test_a_tent_is_upright_on_both_sides_when_it_is_folded(made: dict[str, bytes]) -> None:
    (page,) = page_pictures(made["table-tent"])
    upper = page.crop((0, 0, page.width, page.height // 2)).rotate(180)
    lower = page.crop((0, page.height // 2, page.width, page.height))
    for side in (upper, lower):
        (found,) = zxingcpp.read_barcodes(side)
        assert abs(found.orientation) < 2
        assert found.position.top_left.x > side.width / 2


def test_cards_lie_on_the_sheet_where_a_cutter_expects_them(made: dict[str, bytes]) -> None:
    codes = zxingcpp.read_barcodes(page_pictures(made["cards"])[0])
    left = sorted(found.position.top_left.x / 150 * 25.4 for found in codes)
    top = sorted(found.position.top_left.y / 150 * 25.4 for found in codes)
    assert left[5] - left[4] == pytest.approx(85, abs=0.5)
    assert [top[at + 2] - top[at] for at in (0, 2, 4, 6)] == pytest.approx([55] * 4, abs=0.5)


def test_a_screen_is_a_picture_of_exactly_its_dots_with_a_code_that_reads(printer: Printer) -> None:
    picture = Image.open(io.BytesIO(printer.file(invitation(), "screen")))
    assert (picture.format, picture.size) == ("PNG", (1920, 1080))
    assert codes_on(picture.convert("L")) == [ADDRESS]


def test_a_leaflet_in_large_print_is_the_same_leaflet_enlarged(made: dict[str, bytes]) -> None:
    small, large = leaflet_pdf(invitation(logo=a_logo())).pdf, made["leaflet-a3"]
    assert page_texts(small)[1] == page_texts(large)[1]
    assert "A3 leaflet" in page_texts(large)[0]


@pytest.mark.parametrize("kind", ["cards", "cards-a6", "table-tent", "screen"])
def test_a_demonstration_says_so_on_every_kind_and_in_arabic_the_code_stays_at_the_right(kind: str) -> None:
    asked = invitation(shipped_questionnaire(demonstration=True, languages=("en", "ar")), language="ar")
    pdf = Printer().pdf(asked, kind)
    assert "عرض توضيحي" in page_texts(pdf)[0]
    page = page_pictures(pdf)[0]
    assert codes_on(page.crop((page.width // 2, 0, page.width, page.height)))


def test_texts_that_do_not_fit_a_card_are_refused_with_a_remedy() -> None:
    long = shipped_questionnaire(title=words("Why " * 150 + "?"))
    with pytest.raises(DocumentFailed, match=r"do not fit on a card\. Shorten the title"):
        cards_pdf(invitation(long), size="card", begin=34)


def test_a_setting_that_fitted_is_tried_first_and_gives_the_same_print() -> None:
    whole = cards_pdf(invitation(), size="card")
    assert whole.place > 0
    again = cards_pdf(invitation(), size="card", begin=whole.place)
    assert (again.place, page_texts(again.pdf)) == (whole.place, page_texts(whole.pdf))


def test_a_print_whose_code_cannot_be_read_is_never_offered(printer: Printer, monkeypatch: pytest.MonkeyPatch) -> None:
    # What a faulty drawing would do: half of the code is missing.
    monkeypatch.setattr("reports.invitation.svg_path", lambda code: svg_path(code)[: len(svg_path(code)) // 2])
    with pytest.raises(DocumentFailed, match="could not be read back"):
        printer.pdf(invitation(), "poster-a5")


def test_a_code_that_leads_elsewhere_is_found(printer: Printer) -> None:
    pdf = printer.pdf(invitation(), "poster-a5")
    with pytest.raises(DocumentFailed):
        check_codes(pdf, content=ADDRESS.replace("7C3QX8", "222222"), on_first_page=1)
    with pytest.raises(DocumentFailed):
        check_codes(pdf, content=ADDRESS, on_first_page=2)


def test_a_bundle_holds_every_file_and_a_list_of_them() -> None:
    rows = (Row("7C3QX8", "Ward 7", "Trust / Site", None), Row("222222", "Café", "", None))
    planned = pieces(rows, languages=("en",), kinds=("poster-a5",))
    told: list[int] = []
    invitations = {(row.code, "en"): dataclasses.replace(invitation(), code=row.code) for row in rows}
    content = prints_zip(planned, invitations=invitations, base_url="https://s.nhs.uk", progress=told.append)
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        assert bundle.namelist() == ["contents.csv", "site-ward-7-poster-a5-en.pdf", "cafe-poster-a5-en.pdf"]
        assert "https://s.nhs.uk/7C3QX8" in bundle.read("contents.csv").decode("utf-8-sig")
        (picture,) = page_pictures(bundle.read("cafe-poster-a5-en.pdf"))
    assert codes_on(picture) == [ADDRESS.replace("7C3QX8", "222222")]
    assert told == [0, 1]


def test_a_bundle_names_the_file_that_could_not_be_made() -> None:
    planned = pieces((Row("7C3QX8", "Ward 7", "", None),), languages=("en",), kinds=("screen",))
    long = invitation(shipped_questionnaire(title=words("Why " * 150 + "?")))
    with pytest.raises(DocumentFailed, match=r"^ward-7-screen-en\.png: The texts do not fit"):
        prints_zip(planned, invitations={("7C3QX8", "en"): long}, base_url="x", progress=lambda _: None)
