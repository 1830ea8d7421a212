"""The board report: complete, plain, honest about small numbers, whole on paper and on a phone."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from reports.board_report import board_report_html, board_report_pdf
from reports.findings import findings
from reports.reach import reach
from reports.survey_figures import SurveyFigures
from reports.tabulation import Breakdown, Shown, Suppressed, ThemeTable
from tests.factories import words
from tests.reports.answered_survey import shipped_questionnaire
from tests.reports.conftest import Answered
from tests.reports.pdf_checks import faults, page_texts


class Reading(HTMLParser):
    """Tags, ids, links and running text of a page, style sheets left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "path", "rect", "img"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() and "style" not in self._open:
            self.cells.append((self._open[-1] if self._open else "", " ".join(data.split())))


def test_the_first_page_stands_alone(board_pdf: bytes) -> None:
    summary = page_texts(board_pdf)[0]
    for wanted in (
        "Northfield Teaching Hospitals NHS Trust",
        "What matters most in cancer care?",
        "Which themes matter most to you?",
        "130 patients answered",
        "60 staff answered",
        "November 2026",
        "What we found",
        "How widely did we hear?",
        "What we ask the board to decide",
    ):
        assert wanted in summary


def test_the_second_page_shows_what_matters_most_with_every_base(board_pdf: bytes) -> None:
    second = page_texts(board_pdf)[1]
    assert second.count("of 130)") >= 8
    assert second.count("of 60)") >= 8


def test_every_page_of_a_demonstration_says_so(board_pdf: bytes) -> None:
    texts = page_texts(board_pdf)
    assert all("Demonstration: not real answers" in text for text in texts)
    assert all(f"Page {number} of {len(texts)}" in text for number, text in enumerate(texts, start=1))


def test_the_pages_that_stand_alone_never_add_patients_and_staff_up(board_pdf: bytes) -> None:
    assert "190" not in " ".join(page_texts(board_pdf)[:2])


def test_contents_lead_to_chapters_that_exist(board_html: str) -> None:
    page = Reading(board_html)
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert len(ids) == len(set(ids))
    assert links
    assert {str(link) for link in links} <= {f"#{one}" for one in ids}


def test_the_page_holds_everything_it_needs_and_no_style_attribute(board_html: str) -> None:
    page = Reading(board_html)
    assert [tag for tag, _ in page.tags].count("style") == 1
    assert not [attributes for _, attributes in page.tags if "style" in attributes or "src" in attributes]
    assert not [tag for tag, _ in page.tags if tag in ("script", "link", "img", "iframe")]
    assert "url(" not in board_html


def test_every_chart_has_a_title_first_and_a_sentence_and_a_table_beside_it(board_html: str) -> None:
    charts = re.findall(r'<svg[^>]*class="chart wide"[^>]*>(.*?)</svg>(.*?)<caption', board_html, flags=re.DOTALL)
    assert len(charts) == 5
    for inside, after in charts:
        title = re.match(r"<title>(.+?)</title><desc>(.+?)</desc>", inside)
        assert title is not None
        assert title[1].endswith(title[2])
        assert 'class="reading"' in after


def test_every_chart_is_drawn_for_a_phone_too_with_the_same_figures(board_html: str) -> None:
    def texts(kind: str) -> list[Counter[str]]:
        drawn = re.findall(rf'<svg[^>]*class="chart {kind}"[^>]*>(.*?)</svg>', board_html, flags=re.DOTALL)
        return [Counter(re.findall(r">([^<>]*\d[^<>]*)</text>", one)) for one in drawn]

    assert texts("wide")
    # A part of a bar that is too narrow for its percentage goes without; the table beneath holds its count.
    assert all(narrow <= wide for narrow, wide in zip(texts("narrow"), texts("wide"), strict=True))


def test_no_percentage_without_its_base_and_no_decimals(board_html: str) -> None:
    page = Reading(board_html)
    figures = [text for tag, text in page.cells if tag in ("td", "text", "p", "li") and "%" in text]
    assert figures
    method = {" ".join(text.split()) for text in board_html_method(board_html)}
    for text in figures:
        if text in method or re.fullmatch(r"\d+%( to \d+%)?", text):
            # A range stands in the row of its share; a part of a bar above the table of its counts.
            continue
        assert len(re.findall(r"\d+%", text)) == len(re.findall(r"\d+% \([\d,]+ of [\d,]+\)", text)), text
    assert not re.search(r"\d\.\d+ ?%", " ".join(figures))


def board_html_method(html: str) -> list[str]:
    """The statements for specialists, which speak of methods and not of people."""
    start = html.index('<ul class="method">')
    return re.findall(r"<li>(.*?)</li>", html[start : html.index("</ul>", start)], flags=re.DOTALL)


def test_the_words_are_plain(cancer_survey: Answered, board_html: str) -> None:
    survey = SurveyFigures(cancer_survey.results, cancer_survey.questionnaire, "en")
    said = [sentence for finding in findings(survey) for sentence in (finding.headline, *finding.sentences)]
    said += reach(survey).reasons
    for sentence in said:
        assert len(sentence.replace("\u00a0", " ").split()) <= 20, sentence
    text = " ".join(text for _, text in Reading(board_html).cells).lower()
    for banned in ("respondent", "significant", "margin of error", "confidence"):
        assert banned not in text.replace("whole respondents", ""), banned


def test_too_few_people_are_a_word_and_their_answers_nowhere(small_survey: Answered) -> None:
    html = board_report_html(small_survey.results, small_survey.questionnaire, language="en")
    text = " ".join(text for _, text in Reading(html).cells)
    assert "Too few staff answered to show what they said." in text
    assert "of 6" not in text
    assert not re.search(r"\d%", re.sub(r"95 %", "", text)), "thirty people give counts and no percentages"
    assert "Demonstration" not in text
    assert faults(board_report_pdf(small_survey.results, small_survey.questionnaire, language="en")) == []


def test_results_that_have_not_passed_disclosure_control_are_refused(cancer_survey: Answered) -> None:
    everybody = dataclasses.replace(cancer_survey.results.everybody, responses=190)
    raw = dataclasses.replace(cancer_survey.results, everybody=everybody)
    with pytest.raises(TypeError, match="only disclosed figures"):
        board_report_html(raw, cancer_survey.questionnaire, language="en")


def test_texts_of_the_survey_cannot_become_markup(cancer_survey: Answered) -> None:
    hostile = shipped_questionnaire(title=words("<script>alert(1)</script>"), organisation=words("</title><img src=x>"))
    html = board_report_html(cancer_survey.results, hostile, language="en")
    assert "<script>" not in html
    assert "<img" not in html


def survey_with_ranks(answered: Answered, **first: object) -> SurveyFigures:
    """The survey with another table for the first theme of the largest audience."""
    survey = SurveyFigures(answered.results, answered.questionnaire, "en")
    lead = survey.audiences[0]
    top = survey.themes[0].id
    changed: list[ThemeTable[Shown | Suppressed]] = [
        dataclasses.replace(table, **first) if table.theme_id == top else table  # type: ignore[arg-type]
        for table in lead.themes
    ]
    groups = tuple(
        dataclasses.replace(group, themes=tuple(changed)) if group.value == lead.value else group
        for group in answered.results.audiences
    )
    results = dataclasses.replace(answered.results, audiences=groups)
    return SurveyFigures(results, answered.questionnaire, "en")


@pytest.mark.parametrize(
    ("tied", "headline"),
    [
        (0, "“Shorter waits at every step” matters most to patients."),
        (1, "Two themes lead among patients and are about equal."),
        (2, "No single theme leads among patients."),
        (5, "No single theme leads among patients."),
    ],
)
def test_a_theme_matters_most_only_where_chance_could_not_say_otherwise(
    cancer_survey: Answered, tied: int, headline: str
) -> None:
    others = [theme.id for theme in cancer_survey.questionnaire.themes if theme.id != "faster-care"]
    survey = survey_with_ranks(cancer_survey, rank=Shown(1), tied_with=tuple(others[:tied]))
    found = findings(survey)[0]
    assert found.headline == headline
    assert ("level with it" in " ".join(found.sentences)) == (tied > 0)


@pytest.mark.parametrize(
    ("people", "channels", "grade"),
    [
        (320, {"Poster": 160, "Letter": 160}, "Fair"),
        (120, {"Poster": 80, "Letter": 40}, "Fair"),
        (120, {}, "Fair"),
        (99, {"Poster": 50, "Letter": 49}, "Weak"),
        (400, {"Poster": 281, "Letter": 119}, "Weak"),
        (400, {"Poster": 280, "Letter": 120}, "Fair"),
    ],
)
def test_how_widely_we_heard_follows_its_rule(
    cancer_survey: Answered, people: int, channels: dict[str, int], grade: str
) -> None:
    base = sum(channels.values())
    breakdown = Breakdown(
        "channel",
        "Channel",
        {name: Shown(count) for name, count in channels.items()},
        {name: name for name in channels},
        Shown(base),
        Shown(people - base),
    )
    results = dataclasses.replace(
        cancer_survey.results,
        everybody=dataclasses.replace(cancer_survey.results.everybody, responses=Shown(people)),
        who_answered=(breakdown,),
    )
    assert reach(SurveyFigures(results, cancer_survey.questionnaire, "en")).grade == grade
