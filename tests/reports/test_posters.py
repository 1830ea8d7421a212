"""Posters and leaflets: any phone can read the code, any person the rest, and they promise what the survey declares."""

from __future__ import annotations

import dataclasses
import datetime
import io
from functools import cache
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter
from sqlalchemy.orm import Session

from engage.application import create_application
from engage.settings import load_settings
from reports import leaflet as leaflets
from reports import poster as posters
from reports.documents import DocumentFailed, File
from reports.invitation import Invitation, invitation_for
from reports.poster import SHEETS, Size
from surveys.designing import new_design
from surveys.organisations import ensure_root
from surveys.questionnaire import OtherWay, Questionnaire, Text
from surveys.storage import tables
from tests.factories import NOW, a_collector, a_survey, words
from tests.reports.answered_survey import shipped_questionnaire
from tests.reports.pdf_checks import faults, page_texts

ADDRESS = "HTTPS://SURVEY.NORTHFIELD.NHS.UK/7C3QX8"
SIZES: tuple[Size, ...] = get_args(Size)
DPI = 150
MILLIMETRES = 25.4


def invitation(questionnaire: Questionnaire | None = None, **changes: object) -> Invitation:
    asked = Invitation(
        questionnaire or shipped_questionnaire(),
        "https://survey.northfield.nhs.uk",
        "7C3QX8",
        "en",
        closes=datetime.date(2027, 1, 31),
        version="1.0",
    )
    return dataclasses.replace(asked, **changes)  # type: ignore[arg-type]


@cache
def setting_of_the_shipped_texts(size: Size) -> int:
    """Where the search for the largest setting ends; most posters here have no more to say, and begin with it."""
    return posters.poster_pdf(invitation(), size=size).place


def poster_pdf(asked: Invitation, *, size: Size) -> bytes:
    return posters.poster_pdf(asked, size=size, begin=setting_of_the_shipped_texts(size)).pdf


def leaflet_pdf(asked: Invitation) -> bytes:
    return leaflets.leaflet_pdf(asked).pdf


def a_logo() -> File:
    picture = Image.new("RGB", (300, 100), "#003087")
    ImageDraw.Draw(picture).rectangle((20, 20, 280, 80), fill="#ffffff")
    written = io.BytesIO()
    picture.save(written, "PNG")
    return File("logo.png", "image/png", written.getvalue())


def pictures(pdf: bytes, dpi: int = DPI) -> list[Image.Image]:
    """Each page as pixels."""
    return [page.render(scale=dpi / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]


def read_codes(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def degraded(picture: Image.Image) -> dict[str, Image.Image]:
    """The picture, and what a cheap printer and an unsteady hand make of it."""
    half = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BILINEAR)
    return {
        "as it is": picture,
        "at half scale": half,
        "blurred": picture.filter(ImageFilter.GaussianBlur(2)),
        "at half scale and blurred": half.filter(ImageFilter.GaussianBlur(1)),
    }


@pytest.fixture(scope="module", params=SIZES)
def poster(request: pytest.FixtureRequest) -> tuple[Size, bytes]:
    return request.param, poster_pdf(invitation(logo=a_logo()), size=request.param)


@pytest.fixture(scope="module")
def leaflet() -> bytes:
    return leaflet_pdf(invitation(logo=a_logo()))


def test_the_code_on_a_poster_is_the_address_even_small_and_blurred(poster: tuple[Size, bytes]) -> None:
    (page,) = pictures(poster[1])
    assert {how: read_codes(picture) for how, picture in degraded(page).items()} == {
        how: [ADDRESS] for how in degraded(page)
    }


def test_the_code_on_a_leaflet_is_the_address_even_small_and_blurred(leaflet: bytes) -> None:
    outside, inside = pictures(leaflet)
    assert all(read_codes(picture) == [ADDRESS] for picture in degraded(outside).values())
    assert read_codes(inside) == []


def test_the_code_is_as_large_as_its_reading_distance_asks_and_stands_lower_right(poster: tuple[Size, bytes]) -> None:
    size, pdf = poster
    (page,) = pictures(pdf)
    (found,) = zxingcpp.read_barcodes(page)
    corners = found.position
    width = (corners.top_right.x - corners.top_left.x) / DPI * MILLIMETRES
    assert width == pytest.approx(SHEETS[size].code_width, rel=0.04)
    assert corners.top_left.x > page.width / 2
    assert corners.top_left.y > page.height / 2


def test_modules_never_shrink_under_what_scans_well() -> None:
    assert SHEETS["a5"].module_width(29) == pytest.approx(30 / 29)
    assert [SHEETS[size].module_width(57) for size in SIZES] == [1.0, 2.0, 3.4]


def type_sizes(pdf: bytes, wanted: str) -> set[float]:
    """Points of the type in which a line of the first page is set."""
    page = pypdfium2.PdfDocument(pdf)[0]
    text = page.get_textpage()
    everything = text.get_text_range()
    start = everything.index(wanted)
    return {round(pdfium.FPDFText_GetFontSize(text.raw, place), 1) for place in range(start, start + len(wanted))}


def test_address_and_code_can_be_read_from_afar(poster: tuple[Size, bytes]) -> None:
    size, pdf = poster
    smallest = {"a5": 18, "a4": 24, "a3": 32}[size]
    # pdfium gives the size before the page's own scaling, so in CSS pixels: 0.75 points each.
    assert min(type_sizes(pdf, "7C3 QX8")) * 0.75 >= smallest
    assert min(type_sizes(pdf, "survey.northfield.")) * 0.75 >= smallest


def test_a_poster_is_one_page_that_says_everything_a_poster_must(poster: tuple[Size, bytes]) -> None:
    (text,) = page_texts(poster[1])
    for wanted in (
        "What matters most in cancer care?",
        "Takes about",
        "Closes on 31 January 2027",
        "Point your phone camera here",
        "survey.northfield.nhs.uk",
        "7C3 QX8",
        "What happens next",
        "We do not read answers straight away",
        "In partnership with",
        f"7C3QX8 · v1.0 · {poster[0].upper()} · en",
    ):
        assert wanted in text


def test_posters_and_leaflets_are_tagged_without_fault(poster: tuple[Size, bytes], leaflet: bytes) -> None:
    assert faults(poster[1]) == []
    assert faults(leaflet) == []


def test_a_poster_promises_only_what_the_survey_declares() -> None:
    silent = shipped_questionnaire(other_ways=(), partners=(), sign_up=())
    (text,) = page_texts(poster_pdf(invitation(silent), size="a4"))
    assert "Other ways" not in text
    assert "partnership" not in text
    outside, _ = page_texts(leaflet_pdf(invitation(silent)))
    assert "Stay in touch" not in outside


def test_help_in_another_language_is_offered_in_that_language() -> None:
    polish = OtherWay("language", Text((("en", "Ask for an interpreter."), ("pl", "Poproś o tłumacza."))))
    (text,) = page_texts(poster_pdf(invitation(shipped_questionnaire(other_ways=(polish,))), size="a5"))
    assert "Ask for an interpreter." in text
    assert "Poproś o tłumacza." in text


def test_a_leaflet_explains_every_theme_on_one_folded_sheet(leaflet: bytes) -> None:
    _, inside = page_texts(leaflet)
    for theme in shipped_questionnaire().themes:
        assert theme.plain_title.in_language("en") in inside
        assert " ".join(theme.explanation.in_language("en").split()) in inside


def test_a_further_language_and_a_demonstration_do_not_take_a_second_sheet() -> None:
    asked = invitation(
        shipped_questionnaire(demonstration=True, languages=("en", "ar")),
        base_url="http://127.0.0.1:8000",
        version="1.1",
    )
    assert len(page_texts(leaflet_pdf(asked))) == 2


def test_many_themes_flow_on_to_further_sheets_and_none_is_lost() -> None:
    themes = shipped_questionnaire().themes
    many = tuple(
        dataclasses.replace(theme, id=f"{theme.id}-{copy}", plain_title=words(f"Theme {copy} {theme.id}"))
        for copy in range(2)
        for theme in themes
    )
    # The last settings are the smallest; where they do not fit, no larger one would.
    pages = page_texts(leaflets.leaflet_pdf(invitation(shipped_questionnaire(themes=many)), begin=20).pdf)
    assert len(pages) > 2
    assert all(theme.plain_title.in_language("en") in " ".join(pages) for theme in many)


def test_a_demonstration_says_so_on_every_page() -> None:
    demonstration = invitation(shipped_questionnaire(demonstration=True))
    real = invitation(shipped_questionnaire(demonstration=False))
    for pdf in (poster_pdf(demonstration, size="a5"), leaflet_pdf(demonstration)):
        assert all("Demonstration: not real answers" in text for text in page_texts(pdf))
    assert "Demonstration" not in "".join(page_texts(poster_pdf(real, size="a5")))


def test_an_arabic_poster_runs_from_the_right_and_keeps_the_code_at_the_right() -> None:
    title = Text((("en", "What matters most?"), ("ar", "ما الأهم بالنسبة لك؟")))
    arabic = invitation(shipped_questionnaire(title=title, languages=("en", "ar")), language="ar")
    pdf = poster_pdf(arabic, size="a4")
    assert faults(pdf) == []
    (page,) = pictures(pdf)
    (found,) = zxingcpp.read_barcodes(page)
    assert found.text == ADDRESS
    assert found.position.top_left.x > page.width / 2
    # The headline, white on its band, starts at the right and leaves the left of the band empty.
    band = page.crop((0, int(page.height * 0.12), page.width, int(page.height * 0.18)))
    outer = [band.crop(box) for box in ((0, 0, band.width // 4, band.height), (band.width * 3 // 4, 0, *band.size))]
    left, right = (sum(half.histogram()[230:]) for half in outer)
    assert right > left


def test_an_unknown_language_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(DocumentFailed, match="no texts in 'fr'; it has en"):
        invitation(language="fr")


def test_texts_that_do_not_fit_are_refused_with_a_remedy() -> None:
    long = shipped_questionnaire(title=words("Why " * 200 + "?"))
    with pytest.raises(DocumentFailed, match=r"do not fit on one A5 page\. Shorten the title"):
        poster_pdf(invitation(long), size="a5")


def test_long_texts_are_set_smaller_before_they_are_refused() -> None:
    longer = shipped_questionnaire(title=words("What would make the biggest difference to people like you? " * 3))
    pdf = poster_pdf(invitation(longer), size="a5")
    assert len(page_texts(pdf)) == 1
    assert read_codes(pictures(pdf)[0]) == [ADDRESS]


def test_a_collectors_invitation_has_its_language_and_the_last_day_of_its_survey(session: Session) -> None:
    survey = a_survey(session, shipped_questionnaire(), closes=datetime.date(2027, 3, 28))
    made = invitation_for(
        session,
        collector=a_collector(session, survey),
        base_url="https://survey.northfield.nhs.uk",
        time_zone="Europe/London",
    )
    # The clocks change on that day: closing is at the midnight that ends it, wherever UTC stands.
    assert made.closes == datetime.date(2027, 3, 28)
    assert made.language == "en"
    assert made.version == "1.0"


def test_every_printed_address_is_served(tmp_path: Path) -> None:
    environment = {"ENGAGE_INSTANCE": str(tmp_path), "ENGAGE_BASE_URL": "https://survey.northfield.nhs.uk"}
    served = create_application(load_settings(environment)).url_map.bind("survey.northfield.nhs.uk")
    printed = invitation().values(sheet=SHEETS["a5"], print_kind="A5")
    for link in ("link", "outcome_link", "sign_up_link"):
        served.match(urlsplit(printed[link]).path)


def test_a_survey_that_is_not_published_has_no_posters_because_its_dates_may_change(session: Session) -> None:
    design = new_design(
        session, organisation=ensure_root(session), questionnaire=shipped_questionnaire(), at=NOW, by="o@example.org"
    )
    collector = a_collector(session, session.get_one(tables.Survey, design.survey_id))
    with pytest.raises(DocumentFailed, match=r"not published yet.*Publish it first"):
        invitation_for(session, collector=collector, base_url="https://x.nhs.uk", time_zone="Europe/London")


def test_a_poster_names_the_wifi_of_the_organisation(session: Session) -> None:
    survey = a_survey(session, shipped_questionnaire())
    session.get_one(tables.Organisation, survey.organisation_id).standing_texts = {"wifi": " NHS Guest "}
    made = invitation_for(
        session, collector=a_collector(session, survey), base_url="https://x.nhs.uk", time_zone="Europe/London"
    )
    (text,) = page_texts(poster_pdf(made, size="a5"))
    assert "join the wifi “NHS Guest” first" in text


def test_an_edition_that_is_not_published_is_printed_in_the_surveys_own_language(session: Session) -> None:
    survey = a_survey(session)
    collector = a_collector(session, survey)
    collector.language = "ur"
    made = invitation_for(session, collector=collector, base_url="https://x.nhs.uk", time_zone="Europe/London")
    assert made.language == "en"
