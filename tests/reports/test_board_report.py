"""The board report: complete, plain, honest about small numbers, whole on paper and on a phone."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from reports.board_report import board_report_html, board_report_pdf
from reports.commentary import Advised, State, Written
from reports.findings import findings
from reports.reach import reach
from reports.survey_figures import SurveyFigures
from reports.tabulation import Shown
from reports.words import catalogue
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
    assert len(charts) == 4
    for inside, after in charts:
        title = re.match(r"<title>(.+?)</title>", inside)
        assert title is not None
        assert re.search(r"\d", title[1]), "the alternative text gives figures"
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
    assert "thin line" not in text[: text.index("In the rest of this report")], "no line of chance is drawn"
    assert not re.search(r"\d%", re.sub(r"95 %", "", text)), "thirty people give counts and no percentages"
    assert "Demonstration" not in text
    assert faults(board_report_pdf(small_survey.results, small_survey.questionnaire, language="en")) == []


def written(answered: Answered, state: State = "draft") -> Written:
    """What an officer wrote about the survey."""
    first, second, *_ = answered.questionnaire.themes
    return Written(
        edition=2,
        state=state,
        state_on=datetime.date(2026, 11, 20),
        state_by="Amina Patel",
        front=(("purpose", "For decision on the plan."), ("risk", "Risk 4 of the register.")),
        summary=("Care must become faster.", "We heard little from <young> people."),
        advised={first.id: Advised("keep", "It leads."), second.id: Advised("still deciding", "Wait for the review.")},
    )


def test_an_officers_words_fill_page_one_page_two_and_the_decisions(cancer_survey: Answered) -> None:
    pdf = board_report_pdf(
        cancer_survey.results, cancer_survey.questionnaire, language="en", commentary=written(cancer_survey)
    )
    pages = page_texts(pdf)
    assert "Care must become faster. We heard little from <young> people." in pages[0]
    assert "Draft 2, 20 November 2026, Amina Patel" in pages[0]
    assert "keep 1 and still deciding on 1" in pages[0]
    first, second, *_ = cancer_survey.questionnaire.themes
    assert f"Keep: “{first.plain_title.in_language('en')}”." in pages[0]
    assert f"Still deciding: “{second.plain_title.in_language('en')}”." in pages[0]
    assert "Nobody has written a summary yet" not in " ".join(pages)
    assert "Purpose For decision on the plan. Risk Risk 4 of the register." in pages[1]
    decisions = next(page for page in pages if "what the board decides" in page)
    assert "Keep. It leads." in decisions
    assert "Still deciding. Wait for the review." in decisions
    assert decisions.count("Still to be written") == len(cancer_survey.questionnaire.themes) - 2
    assert all("Draft 2: not agreed" in page for page in pages)
    assert faults(pdf) == []


def test_a_final_report_is_marked_as_such_and_no_page_as_a_draft(cancer_survey: Answered) -> None:
    final = written(cancer_survey, "final")
    html = board_report_html(cancer_survey.results, cancer_survey.questionnaire, language="en", commentary=final)
    assert "Final: edition 2, 20 November 2026, Amina Patel" in html
    assert "not agreed" not in html


def test_without_an_officers_words_the_generated_sentences_say_what_they_are(board_html: str) -> None:
    assert "Nobody has written a summary yet." in board_html


def test_a_report_in_arabic_runs_from_right_to_left_and_says_nothing_of_ours_in_english(
    cancer_survey: Answered,
) -> None:
    html = board_report_html(cancer_survey.results, cancer_survey.questionnaire, language="ar")
    assert '<html lang="ar" dir="rtl">' in html
    assert "@top-right { content: string(report-title)" in html
    ours = [
        str(texts["en"])
        for key, texts in catalogue().items()
        if key.startswith(("board_", "table_", "chart_", "chapter_", "annex_", "matters_", "decisions_"))
        and isinstance(texts["en"], str)
        and "{" not in texts["en"]
        and len(texts["en"]) > 12
    ]
    assert len(ours) > 40
    assert [phrase for phrase in ours if phrase in html] == []


def test_a_survey_without_themes_is_reported_by_its_questions(cancer_survey: Answered) -> None:
    pages = tuple(
        dataclasses.replace(
            page,
            questions=tuple(
                one for one in page.questions if getattr(one, "purpose", "") not in ("priority", "clarity")
            ),
        )
        for page in cancer_survey.questionnaire.pages
    )
    plain = dataclasses.replace(cancer_survey.questionnaire, themes=(), ask_about_each_theme=(), pages=pages)
    results = dataclasses.replace(cancer_survey.results, audiences=(), differences=(), places=())
    html = board_report_html(results, plain, language="en")
    summary = html[: html.index('id="contents"')]
    assert "May we quote your words in our report?" in summary
    assert not {'id="matters"', 'id="importance"', 'id="decisions"'} & set(re.findall(r'id="[^"]*"', html))


def test_the_annex_says_where_a_theme_comes_from(cancer_survey: Answered) -> None:
    origin = "Suggested by 23 people in “Ideas for our strategy”, March 2027"
    first, *others = cancer_survey.questionnaire.themes
    themes = (dataclasses.replace(first, origin=words(origin)), *others)
    questionnaire = dataclasses.replace(cancer_survey.questionnaire, themes=themes)
    html = board_report_html(cancer_survey.results, questionnaire, language="en")
    assert html[html.index('id="questions">') :].count(origin) == 1
    assert origin not in html[: html.index('id="questions">')]


def test_nothing_is_drawn_where_nobody_answered(cancer_survey: Answered) -> None:
    nobody = dataclasses.replace(
        cancer_survey.results,
        everybody=dataclasses.replace(cancer_survey.results.everybody, responses=Shown(0)),
        audiences=(),
    )
    html = board_report_html(nobody, cancer_survey.questionnaire, language="en")
    assert "Nobody has answered yet." in html
    assert "<svg" not in html


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
