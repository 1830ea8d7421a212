"""Board reports of surveys without themes: what people rated and chose is found, compared and tabled instead."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy.orm import Session

from reports.board_report import board_report_html
from reports.board_report.without_themes import (
    answers_by_audience,
    between_audiences,
    question_findings,
    question_groups,
)
from reports.rating_tables import rated_at_a_glance
from reports.request import disclosed_results
from reports.results_json import to_json
from reports.sentences import audiences_differ, group_differences, ratings
from reports.sentences.ratings import positive_in_ratings
from reports.spreadsheet import results_xlsx
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Filters, RatingTable, Shown, Suppressed
from surveys.answers import Value
from surveys.questionnaire import (
    ChoiceQuestion,
    Option,
    Page,
    Question,
    Questionnaire,
    RatingQuestion,
    Scale,
    ScalePoint,
)
from tests.factories import NOW, a_collector, a_questionnaire, a_response, a_survey, words
from tests.reports import strangers
from tests.reports.bare_survey import plain

ASKED = {"listened": "Did nurses listen to you?", "clean": "Was the clinic clean?", "parking": "Could you park?"}
OFTEN = Scale(
    "often", (ScalePoint("always", words("Always"), 3, positive=True), ScalePoint("never", words("Never"), 1))
)
TRAVEL = ChoiceQuestion(
    id="travel",
    text=words("How did you travel?"),
    options=(Option("bus", words("By bus")), Option("car", words("By car"))),
)
Positive = Mapping[str, int]
"""How many people of an audience answered each question positively."""


def asking(*others: ChoiceQuestion, rated: Sequence[str] = tuple(ASKED)) -> Questionnaire:
    questions: list[Question] = [RatingQuestion(id=id_, text=words(ASKED[id_]), scale="often") for id_ in rated]
    pages = tuple(Page(id=one.id, questions=(one,)) for one in (*questions, *others))
    return a_questionnaire(themes=(), ask_about_each_theme=(), scales=(OFTEN,), pages=pages, equality=(), min_items=1)


def reported(
    session: Session,
    questionnaire: Questionnaire,
    answered: Mapping[str, tuple[int, Positive]],
    *,
    by: str | None = None,
    language: str = "en",
) -> SurveyFigures:
    """What may be said of so many people of each audience, of whom so many answered each question positively."""
    survey = a_survey(session, questionnaire)
    for audience, (people, positive) in answered.items():
        collector = a_collector(session, survey, name=audience, audience=audience, place=f"Trust / {audience}")
        for number in range(people):
            answers: dict[str, Value] = {id_: "always" if number < told else "never" for id_, told in positive.items()}
            if questionnaire.pages[-1].questions[0] is TRAVEL:
                answers["travel"] = "bus" if number < people // 4 else "car"
            a_response(session, collector, answers, at=datetime.date(2026, 11, 3))
    results = disclosed_results(session, slug=questionnaire.slug, filters=Filters(by=by), at=NOW)
    return SurveyFigures(results, questionnaire, language)


PATIENTS: tuple[int, Positive] = (200, {"listened": 180, "clean": 176, "parking": 60})
STAFF: tuple[int, Positive] = (100, {"listened": 60, "clean": 85, "parking": 32})


def test_positive_answers_are_named_by_question_where_scales_run_opposite_ways(session: Session) -> None:
    seldom = Scale(
        "seldom", (ScalePoint("always", words("Always"), 1), ScalePoint("never", words("Never"), 3, positive=True))
    )
    waited = RatingQuestion(id="waited", text=words("Did you have to wait?"), scale="seldom")
    one_way = asking()
    both = dataclasses.replace(
        one_way, scales=(OFTEN, seldom), pages=(*one_way.pages, Page(id="waited", questions=(waited,)))
    )
    told = positive_in_ratings(reported(session, both, {"patients": (80, {"listened": 60, "waited": 20})}))
    assert [plain(one) for one in told] == [
        "Positive answers to “Did nurses listen to you?”, “Was the clinic clean?” and “Could you park?”: “Always”.",
        "Positive answers to “Did you have to wait?”: “Never”.",
    ]


def test_page_one_says_what_people_rated_where_nothing_was_chosen(session: Session) -> None:
    found = question_findings(reported(session, asking(), {"patients": PATIENTS, "staff": STAFF}))
    assert [(plain(one.headline), *map(plain, one.sentences)) for one in found] == [
        (
            "More than half of patients gave a positive answer to 2 of 3 rating questions.",
            "“Did nurses listen to you?” got a positive answer from 8 to 9 in 10 (180 of 200).",
            "About equal with it: “Was the clinic clean?”.",
            "The lowest share: “Could you park?”, 2 to 4 in 10 (60 of 200).",
            "Positive answers here: “Always”.",
        ),
        (
            "Patients gave a positive answer to “Did nurses listen to you?” more often than staff.",
            "Patients: 90% (180 of 200).",
            "Staff: 60% (60 of 100).",
            "The gap is larger than chance alone would explain.",
        ),
        (
            "More than half of staff gave a positive answer to 2 of 3 rating questions.",
            "“Was the clinic clean?” has the highest share of positive answers: 7 to 9 in 10 (85 of 100).",
            "The lowest share: “Could you park?”, 2 to 4 in 10 (32 of 100).",
            "Positive answers here: “Always”.",
        ),
    ]


def test_page_one_says_it_in_arabic(session: Session) -> None:
    found = question_findings(reported(session, asking(), {"patients": PATIENTS, "staff": STAFF}, language="ar"))
    assert plain(found[0].headline) == "أكثر من النصف لدى المرضى أجابوا إيجابًا عن بعض أسئلة التقييم (2 من 3)."
    assert plain(found[0].sentences[1]) == "ويساويه تقريبًا: «Was the clinic clean?»."
    assert "موضوع" not in " ".join(sentence for one in found for sentence in (one.headline, *one.sentences))


@pytest.mark.parametrize(
    ("rated", "people", "positive", "headline", "first"),
    [
        (
            ("listened",),
            100,
            {"listened": 80},
            "More than half of people gave a positive answer to “Did nurses listen to you?”.",
            "That is 7 to 9 in 10 (80 of 100).",
        ),
        (
            ("listened",),
            100,
            {"listened": 50},
            "Half of people or fewer gave a positive answer to “Did nurses listen to you?”.",
            "That is 4 to 6 in 10 (50 of 100).",
        ),
        (
            tuple(ASKED),
            100,
            {"listened": 90, "clean": 70, "parking": 65},
            "More than half of people gave a positive answer to every rating question.",
            "“Did nurses listen to you?” has the highest share of positive answers: 8 to 9 in 10 (90 of 100).",
        ),
        (
            tuple(ASKED),
            100,
            {"listened": 40, "clean": 38, "parking": 35},
            "No rating question got a positive answer from more than half of people.",
            "“Did nurses listen to you?” got a positive answer from 3 to 5 in 10 (40 of 100).",
        ),
        (
            tuple(ASKED),
            30,
            {"listened": 20, "clean": 18, "parking": 15},
            "20 of 30 people gave a positive answer to “Did nurses listen to you?”.",
            "Positive answers here: “Always”.",
        ),
    ],
)
def test_ratings_are_said_by_the_rules_for_themes(
    session: Session, rated: Sequence[str], people: int, positive: Positive, headline: str, first: str
) -> None:
    survey = reported(session, asking(rated=rated), {"patients": (people, positive)})
    found = ratings(survey, survey.audiences[0])
    assert found is not None
    assert (plain(found.headline), plain(found.sentences[0])) == (headline, first)


def test_no_question_leads_and_none_is_counted_where_another_is_hidden(session: Session) -> None:
    survey = reported(session, asking(), {"patients": (100, {"listened": 90, "clean": 60, "parking": 30})})
    listened, clean, parking = survey.results.everybody.questions
    assert isinstance(parking, RatingTable)
    unknown: Figure = Suppressed("secondary")
    hidden = dataclasses.replace(
        parking, base=unknown, counts=dict.fromkeys(parking.counts, unknown), percent_positive=None
    )
    group = dataclasses.replace(survey.results.everybody, questions=(listened, clean, hidden))
    found = ratings(survey, group)
    assert found is not None
    assert (plain(found.headline), *map(plain, found.sentences)) == (
        "More than half of people gave a positive answer to “Did nurses listen to you?”.",
        "That is 8 to 9 in 10 (90 of 100).",
        "Positive answers here: “Always”.",
    )


def test_audiences_that_can_be_compared_in_some_questions_are_not_called_too_small(session: Session) -> None:
    survey = reported(session, asking(), {"patients": (200, {"listened": 120, "clean": 120}), "staff": (90, {})})
    patients, staff = survey.audiences
    first, second, third = (dataclasses.replace(one, words="similar") for one in survey.results.differences)
    compared = (first, second, dataclasses.replace(third, words="too few to say"))
    some = dataclasses.replace(survey, results=dataclasses.replace(survey.results, differences=compared))
    found = audiences_differ(some, patients, staff)
    assert found is not None
    assert (plain(found.headline), *map(plain, found.sentences)) == (
        "Where they can be compared, patients and staff gave similar answers.",
        "One question cannot be compared, because too few people answered it or its numbers are not shown.",
    )


def test_choices_reach_page_one_beside_ratings(session: Session) -> None:
    staff = {"listened": 30, "clean": 25, "parking": 12}
    survey = reported(session, asking(TRAVEL), {"patients": PATIENTS, "staff": (40, staff)})
    assert [plain(one.headline) for one in question_findings(survey)] == [
        "More than half of patients gave a positive answer to 2 of 3 rating questions.",
        "How did you travel? Most often among patients: “By car”.",
        "30 of 40 staff gave a positive answer to “Did nurses listen to you?”.",
    ]


def test_two_audiences_are_tabled_by_what_they_rated_whichever_is_larger(session: Session) -> None:
    survey = reported(session, asking(), {"patients": (100, {**PATIENTS[1], "listened": 90}), "staff": (150, STAFF[1])})
    assert [survey.name(group) for group in survey.audiences] == ["staff", "patients"]
    ((table, sentence),) = between_audiences(survey)
    said = {heading.text: cells[-1] for heading, cells in table.rows}
    assert said["Did nurses listen to you?"] == "Patients more often"
    assert "“Did nurses listen to you?”" in sentence
    assert "theme" not in f"{table.caption} {sentence}".casefold()


def test_only_audiences_that_were_compared_are_said_to_differ_or_not(session: Session) -> None:
    answered = {"patients": (80, {"listened": 60}), "staff": (100, {"listened": 50}), "carers": (70, {"listened": 65})}
    survey = reported(session, asking(rated=("listened",)), answered)
    captions = [table.caption for table, _ in between_audiences(survey)]
    assert sorted(captions) == [
        "Patients and carers: positive answers to each question",
        "Patients and staff: positive answers to each question",
    ]
    assert answers_by_audience(survey) == []
    uncompared = dataclasses.replace(survey, results=dataclasses.replace(survey.results, differences=()))
    assert between_audiences(uncompared) == []
    assert [table.caption for table in answers_by_audience(uncompared)] == [
        "Positive answers to each question, by group"
    ]


def test_groups_are_compared_in_words_and_in_tables_of_ratings_and_choices(session: Session) -> None:
    answered = {"patients": PATIENTS, "public": (100, STAFF[1])}
    survey = reported(session, asking(TRAVEL), answered, by="place")
    said = [plain(one) for one in group_differences(survey)]
    assert any("gave a positive answer to “Did nurses listen to you?”, more than" in one for one in said), said
    assert [table.caption for table in question_groups(survey)] == [
        "Positive answers to each question, by group",
        "How did you travel?",
    ]
    cells = [cell for _, values in question_groups(survey)[0].rows for cell in values]
    assert any("▲" in cell for cell in cells)


def test_the_report_says_nothing_of_themes(session: Session) -> None:
    survey = reported(session, asking(TRAVEL), {"patients": PATIENTS, "staff": STAFF}, by="place")
    for language, theme in (("en", "theme"), ("ar", "موضوعات")):
        html = board_report_html(survey.results, survey.questionnaire, language=language)
        text = re.sub(r"<[^>]*>", " ", re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL))
        assert theme not in text.casefold()
    html = board_report_html(survey.results, survey.questionnaire, language="en")
    assert "Clarity of each theme" not in html
    assert html.count("Positive answers to each question") >= 2


def test_page_two_tables_every_rating_with_what_chance_could_do(session: Session) -> None:
    survey = reported(session, asking(), {"patients": PATIENTS, "staff": STAFF})
    table = rated_at_a_glance(survey)
    rows = {heading.text: tuple(map(plain, cells)) for heading, cells in table.rows}
    assert rows["Could you park?"][:2] == ("30% (60 of 200)", "24% to 37%")


@pytest.mark.parametrize("by", [None, "place"])
def test_nothing_is_printed_of_ratings_that_the_json_does_not_say(session: Session, by: str | None) -> None:
    survey = reported(session, asking(TRAVEL), {"patients": PATIENTS, "staff": (70, STAFF[1])}, by=by)
    document = to_json(survey.results, survey.questionnaire)
    html = board_report_html(survey.results, survey.questionnaire, language="en")
    assert strangers.in_page(document, html) == []
    assert strangers.in_workbook(document, results_xlsx(survey.results, survey.questionnaire, language="en")) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "70 staff answered. How many patients and carers answered cannot be shown."),
        ("ar", "أجاب: طاقم العمل (70). لا يمكن عرض عدد من أجابوا لدى: المرضى ومن يقدّمون الرعاية."),
    ],
)
def test_hidden_numbers_of_people_are_a_sentence_of_their_own(session: Session, language: str, said: str) -> None:
    answered = {"patients": (8, {}), "carers": (4, {}), "staff": (70, STAFF[1])}
    survey = reported(session, asking(), answered)
    html = plain(board_report_html(survey.results, survey.questionnaire, language=language))
    assert said in html
    summary = html[: html.index('id="contents"')]
    assert said.partition(". ")[2] in summary
    assert not re.search(r"(kept back|too few) (patients|carers)", html)


def test_that_everybodys_number_is_hidden_is_said_in_the_same_way(session: Session) -> None:
    survey = reported(session, asking(), {"patients": (30, {"listened": 20})})
    results = dataclasses.replace(
        survey.results, everybody=dataclasses.replace(survey.results.everybody, responses=Suppressed("secondary"))
    )
    html = board_report_html(results, survey.questionnaire, language="en")
    assert "How many people answered cannot be shown." in html
    assert "kept back people answered" not in html
    assert survey.results.everybody.responses == Shown(30)
