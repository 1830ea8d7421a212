"""The workshop pack: every part with the same letters, sheets readable from afar, nothing on a wall that is hidden."""

from __future__ import annotations

import dataclasses
import datetime
import io

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from reports.code_reading import codes_on
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Group, Results, Suppressed
from reports.words import Words
from reports.workshop_live import LiveSurvey
from reports.workshop_pack import RUNNING_ORDER, workshop_pack_html, workshop_pack_pdf
from reports.workshop_themes import card_points, discussion_questions
from surveys.questionnaire import EasyRead, Questionnaire, Text
from surveys.workshops.letters import theme_keys
from tests.reports.conftest import Answered
from tests.reports.pdf_checks import faults, page_texts

MILLIMETRE = 72 / 25.4
A4, A3, LANDSCAPE, SCREEN = (210, 297), (297, 420), (297, 210), (339, 190)
LIVE = LiveSurvey("https://survey.example.org", "7C3QX8")
PARTS = ["Facilitator sheet", "Theme sheets", "Cards to sort", "Cards in large print"]
FORMS = ["Voting sheet", "Capture sheet", "Evaluation form"]


def in_arabic(questionnaire: Questionnaire, *, themes: int) -> Questionnaire:
    """The first themes alone, with Arabic titles and easy-read texts."""
    easy = EasyRead(Text((("en", "Easy"), ("ar", "سهل"))), (Text((("en", "Short."), ("ar", "جملة قصيرة."))),))
    return dataclasses.replace(
        questionnaire,
        languages=("en", "ar"),
        themes=tuple(
            dataclasses.replace(
                theme,
                plain_title=Text((*theme.plain_title.by_language, ("ar", f"محور {number}"))),
                explanation=Text((*theme.explanation.by_language, ("ar", "نريد أن يقل الانتظار للجميع."))),
                easy_read=easy,
            )
            for number, theme in enumerate(questionnaire.themes[:themes])
        ),
    )


def of_its_themes(results: Results[Figure], questionnaire: Questionnaire) -> Results[Figure]:
    """The results as those of a survey that has these themes alone."""
    ids = {theme.id for theme in questionnaire.themes}

    def trimmed(group: Group[Figure]) -> Group[Figure]:
        themes = tuple(table for table in group.themes if table.theme_id in ids)
        return dataclasses.replace(group, themes=themes, questions=tuple(one for one in group.questions if of(one.key)))

    def of(key: str) -> bool:
        return key.partition(".")[0] in ids

    everybody, audiences = trimmed(results.everybody), tuple(map(trimmed, results.audiences))
    return dataclasses.replace(results, everybody=everybody, audiences=audiences, differences=())


@pytest.fixture(scope="module")
def screen_pdf(cancer_survey: Answered) -> bytes:
    return workshop_pack_pdf(cancer_survey.results, cancer_survey.questionnaire, language="en", form="screen")


@pytest.fixture(scope="module")
def arabic_pdf(cancer_survey: Answered) -> bytes:
    """Three themes in Arabic, with easy read and a code for people in the room."""
    questionnaire = in_arabic(cancer_survey.questionnaire, themes=3)
    return workshop_pack_pdf(
        of_its_themes(cancer_survey.results, questionnaire), questionnaire, language="ar", live=LIVE
    )


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in millimetres."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            (round(float(page.mediabox[2]) / MILLIMETRE), round(float(page.mediabox[3]) / MILLIMETRE))
            for page in document.pages
        ]


def parts(pdf: bytes) -> dict[str, list[int]]:
    """The pages of each part, by the bookmarks beside those of single themes."""
    document = pypdfium2.PdfDocument(pdf)
    starts = [
        (mark.get_title(), mark.get_dest().get_index())
        for mark in document.get_toc()
        if mark.get_title() in PARTS or mark.get_title() in FORMS
    ]
    ends = [start for _, start in starts[1:]] + [len(document)]
    return {title: list(range(start, end)) for (title, start), end in zip(starts, ends, strict=True)}


def test_the_pack_is_one_document_with_a_bookmark_for_each_part(workshop_pdf: bytes) -> None:
    found = parts(workshop_pdf)
    assert list(found) == [*PARTS, *FORMS]
    by_size = {title: {sizes(workshop_pdf)[page] for page in pages} for title, pages in found.items()}
    assert by_size["Theme sheets"] == by_size["Voting sheet"] == {A3}
    assert by_size["Capture sheet"] == {LANDSCAPE}
    for title in ("Facilitator sheet", "Cards to sort", "Cards in large print", "Evaluation form"):
        assert by_size[title] == {A4}
    contents = page_texts(workshop_pdf)[2]
    for title, pages in found.items():
        first, last = pages[0] + 1, pages[-1] + 1
        assert f"{title} {first}–{last} A" in contents or f"{title} {first} A" in contents


def test_every_part_gives_a_theme_the_same_letter(
    cancer_survey: Answered, workshop_pdf: bytes, screen_pdf: bytes
) -> None:
    texts, found = page_texts(workshop_pdf), parts(workshop_pdf)
    keys = theme_keys(cancer_survey.questionnaire)
    assert list(keys.values()) == list("ABCDEFGH")
    vote = next(text for text in page_texts(screen_pdf) if "three most important themes" in text)
    for theme in cancer_survey.questionnaire.themes:
        shown = f"{keys[theme.id]} {theme.plain_title.in_language('en')}"
        for title in ("Theme sheets", "Cards to sort", "Cards in large print", "Voting sheet", "Capture sheet"):
            assert sum(shown in texts[page] for page in found[title]) == 1, (title, shown)
        assert f"{shown} {theme.id}" in " ".join(texts[page] for page in found["Capture sheet"])
        assert shown in vote
        assert sum(shown in text for text in page_texts(screen_pdf)) == 3


def test_letters_follow_the_questionnaire_and_never_the_results(cancer_survey: Answered) -> None:
    survey = SurveyFigures(cancer_survey.results, cancer_survey.questionnaire, "en")
    in_order = [theme.id for theme in survey.questionnaire.themes]
    assert [theme.id for theme in survey.themes] != in_order
    assert list(theme_keys(cancer_survey.questionnaire)) == in_order
    many = dataclasses.replace(
        cancer_survey.questionnaire,
        themes=tuple(dataclasses.replace(survey.themes[0], id=f"theme-{number}") for number in range(28)),
    )
    assert list(theme_keys(many).values())[25:] == ["Z", "AA", "AB"]


def test_each_theme_has_one_sheet_with_its_result_and_room_for_notes(
    cancer_survey: Answered, workshop_pdf: bytes
) -> None:
    texts, sheets = page_texts(workshop_pdf), parts(workshop_pdf)["Theme sheets"]
    assert len(sheets) == len(cancer_survey.questionnaire.themes)
    for page, theme in zip(sheets, cancer_survey.questionnaire.themes, strict=True):
        assert " ".join(theme.explanation.in_language("en").split()) in texts[page]
        for wanted in ("of 130)", "Talk about", "Notes", "These are the views of people who chose to answer."):
            assert wanted in texts[page]


def test_sheets_can_be_read_from_one_and_a_half_metres(workshop_pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(workshop_pdf)
    for page in (parts(workshop_pdf)["Theme sheets"][0], parts(workshop_pdf)["Voting sheet"][0]):
        text = document[page].get_textpage()
        read = text.get_text_range()
        # The mark of a demonstration, the survey's name and the page's number are not for reading from afar.
        small = (
            "Demonstration: not real answers",
            f"{page + 1} / {len(document)}",
            "What matters most in cancer care?",
        )
        aside = {place for one in small for place in range(read.index(one), read.index(one) + len(one))}
        # pdfium gives sizes in CSS pixels, and those of text in a chart before the chart is scaled up to the sheet.
        in_pixels = [
            pdfium.FPDFText_GetFontSize(text.raw, place)
            for place in range(text.count_chars())
            if place not in aside and not read[place].isspace()
        ]
        of_the_page = [size for size in in_pixels if size > 12.5]
        assert min(of_the_page) * 0.75 >= 24
        in_the_chart = [size for size in in_pixels if size <= 12.5]
        scale = (297 - 32) * MILLIMETRE / 340
        assert all(size * scale >= 24 for size in in_the_chart)


def test_the_pack_has_what_a_facilitator_needs(cancer_survey: Answered, workshop_pdf: bytes) -> None:
    texts = page_texts(workshop_pdf)
    text = " ".join(texts[page] for page in parts(workshop_pdf)["Facilitator sheet"])
    for wanted in (
        "Running order: 90 minutes",
        "0:30 30 Small groups",
        "What cannot change We cannot change the national waiting time standards",
        "Access needs",
        "Ground rules to read out",
        "If somebody is worried or at risk",
        "Call 01632 960 140",
        "By 30 April 2027 we will publish",
        "Who gave few answers?",
        "no code for the room",
    ):
        assert wanted in text, wanted
    assert sum(minutes for minutes, *_ in RUNNING_ORDER) == 90


def test_what_is_said_of_the_room_stands_beneath_the_parts_of_the_pack(workshop_pdf: bytes) -> None:
    (page,) = [text for text in page_texts(workshop_pdf) if "What is in this pack" in text]
    assert "The themes and their letters" in page
    assert "no code for the room" in page


def test_parts_that_a_step_needs_are_listed_as_the_language_lists_them(arabic_pdf: bytes) -> None:
    words = Words("ar")
    parts_needed = [words(f"workshop_part_{part}") for part in ("sheets", "capture")]
    assert "، ".join(parts_needed) in page_texts(arabic_pdf)[0]


def test_screens_are_wide_and_have_every_part_of_an_online_workshop(cancer_survey: Answered, screen_pdf: bytes) -> None:
    texts = page_texts(screen_pdf)
    assert set(sizes(screen_pdf)) == {SCREEN}
    assert faults(screen_pdf) == []
    assert all("Demonstration: not real answers" in text for text in texts)
    wanted = [
        "What matters most",
        "Today: 90",
        "Ground rules",
        "What people were told",
        "Who answered, and who is missing",
    ]
    closing = ["Vote", "What did we say?", "What happens next"]
    assert len(texts) == len(wanted) + 2 * len(cancer_survey.questionnaire.themes) + len(closing)
    for heading, text in zip(wanted, texts, strict=False):
        assert heading in text
    for heading, text in zip(closing, texts[-3:], strict=True):
        assert heading in text


def test_who_answered_keeps_to_one_screen_when_answers_came_in_over_two_months(cancer_survey: Answered) -> None:
    period = (datetime.date(2025, 10, 31), datetime.date(2026, 11, 20))
    questionnaire = dataclasses.replace(cancer_survey.questionnaire, themes=())
    results = dataclasses.replace(of_its_themes(cancer_survey.results, questionnaire), period=period)
    texts = page_texts(workshop_pack_pdf(results, questionnaire, language="en", form="screen"))
    assert sum("Who answered, and who is missing" in text for text in texts) == 1
    assert len(texts) == 6


def test_the_second_question_follows_from_what_stands_out(cancer_survey: Answered) -> None:
    survey = SurveyFigures(cancer_survey.results, cancer_survey.questionnaire, "en")
    asked = {theme.id: discussion_questions(survey, theme)[1] for theme in survey.themes}
    assert "hard to understand" in asked["planning-ahead"]
    assert "see this differently" in asked["technology"]
    assert any("do first" in question for question in asked.values())


@pytest.mark.parametrize("form", ["print", "screen"])
def test_nothing_hidden_can_be_read_off_a_wall(small_survey: Answered, form: str) -> None:
    html = workshop_pack_html(small_survey.results, small_survey.questionnaire, language="en", form=form)  # type: ignore[arg-type]  # One of two.
    assert "Staff who" not in html
    assert "staff chose" not in html
    assert "of 6" not in html.replace("\u00a0", " ")


def test_a_theme_whose_choices_are_hidden_says_so(cancer_survey: Answered) -> None:
    hidden = Suppressed("small base")
    group = cancer_survey.results.audiences[0]
    themes = tuple(dataclasses.replace(one, chosen_count=hidden, chosen_base=hidden) for one in group.themes)
    audiences = (dataclasses.replace(group, themes=themes), *cancer_survey.results.audiences[1:])
    results = dataclasses.replace(cancer_survey.results, audiences=audiences)
    html = workshop_pack_html(results, cancer_survey.questionnaire, language="en")
    assert html.count("how many chose it cannot be shown.") == len(themes)


def test_the_pack_reads_from_right_to_left(arabic_pdf: bytes) -> None:
    assert faults(arabic_pdf) == []
    texts = page_texts(arabic_pdf)
    with pikepdf.open(io.BytesIO(arabic_pdf)) as document:
        assert str(document.Root.Lang) == "ar"
    for wanted in ("ورقة التصويت", "تحدثوا عن", "جملة قصيرة."):
        assert any(wanted in text for text in texts), wanted
    # Sheet, card, large print, easy read, votes and notes for each of three themes; the last three keep two a page.
    assert sizes(arabic_pdf).count(A3) == 3 + 1


def test_people_in_the_room_find_the_code_of_their_own_way_in(arabic_pdf: bytes) -> None:
    with pypdfium2.PdfDocument(arabic_pdf) as document:
        page = next(page for page in document if "7C3 QX8" in page.get_textpage().get_text_range())
        assert "survey.example.org" in page.get_textpage().get_text_range()
        assert codes_on(page.render(scale=150 / 72).to_pil()) == ["HTTPS://SURVEY.EXAMPLE.ORG/7C3QX8"]


def test_long_texts_flow_on_and_are_never_cut(cancer_survey: Answered) -> None:
    theme = cancer_survey.questionnaire.themes[0]
    sentence = "Everybody should be able to read every word of this sentence. "
    long = dataclasses.replace(
        theme,
        plain_title=Text((("en", "A very long name of a theme " * 4 + "ends"),)),
        explanation=Text((("en", sentence * 40 + "The end of the explanation."),)),
        easy_read=EasyRead(theme.plain_title, tuple(Text((("en", sentence + "Last."),)) for _ in range(14))),
    )
    questionnaire = dataclasses.replace(cancer_survey.questionnaire, themes=(long,))
    pdf = workshop_pack_pdf(of_its_themes(cancer_survey.results, questionnaire), questionnaire, language="en")
    texts = page_texts(pdf)
    assert faults(pdf) == []
    text = " ".join(texts)
    # On the sheet and in large print; a card to sort has no room for it and sends people to the sheet.
    assert text.count("The end of the explanation.") == 2
    assert text.count("Read the whole text on sheet A.") == 1
    assert text.count("Last.") == 14
    assert any("Notes" in one for one in texts)


def test_the_type_on_a_card_shrinks_with_its_text_until_there_is_no_room() -> None:
    explanation = "Words on a card. "
    chosen = [card_points("A title", explanation * times) for times in (1, 20, 30, 200)]
    assert chosen[0] == 17
    assert chosen[1] is not None
    assert chosen[2] is not None
    assert chosen[1] > chosen[2]
    assert chosen[3] is None
