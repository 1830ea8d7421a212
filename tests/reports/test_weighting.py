"""Figures weighted to a reference population, and when they are not published."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest
from sqlalchemy.orm import Session

from reports.board_report.annex import annex
from reports.statistics.proportions import wilson
from reports.survey_figures import SurveyFigures
from reports.tabulation import Estimate, Figure, Shown, Suppressed, Weighted, WeightedShare, WhyNot
from reports.why_not_weighted import why_not_weighted
from reports.words import Words
from surveys.answers import Value
from surveys.questionnaire import Questionnaire
from surveys.storage import tables
from tests.factories import a_collector, a_questionnaire, a_survey, some_answers
from tests.reports.conftest import Answered
from tests.reports.referenced_survey import a_referenced_survey, refer, sexes
from tests.reports.test_results import document, store, theme

Answers = list[dict[str, Value]]
HALVES = ("connection,patient,50", "connection,staff,50")


def people(connection: str | None, *, chose: int, did_not: int, quote: str = "yes") -> Answers:
    """People with one connection, some of whom chose waiting among what matters most."""
    about = {"connection": connection, "quote": quote}
    return [
        *[some_answers(most_important=("waiting",), **about)] * chose,
        *[some_answers(most_important=("staff",), **about)] * did_not,
    ]


def answered(session: Session, *groups: Answers) -> tables.Survey:
    survey = a_survey(session)
    store(session, a_collector(session, survey), [one for group in groups for one in group])
    return survey


def chosen(weighted: dict[str, Any], id_: str = "waiting") -> dict[str, Any]:
    return next(one for one in weighted["figures"] if (one["id"], one["measure"]) == (id_, "chosen"))


def test_one_characteristic_is_post_stratified_beside_the_unweighted_figure(session: Session) -> None:
    patients = people("patient", chose=60, did_not=20)
    survey = answered(session, patients, people("staff", chose=10, did_not=30))
    refer(session, survey, *HALVES)
    found = document(session)
    weighted = found["weighted"]
    assert (weighted["method"], weighted["characteristics"], weighted["usable"]) == (
        "post-stratified",
        ["connection"],
        True,
    )
    # Weights 0.75 and 1.5: 120 squared over 80 * 0.75^2 + 40 * 1.5^2.
    assert (weighted["design_effect"], weighted["effective_number"], weighted["trimmed"]) == (1.13, 107, 0)
    waiting = chosen(weighted)
    assert waiting["base"] == 120
    assert waiting["unweighted"]["value"] == pytest.approx(100 * 70 / 120)
    assert waiting["unweighted"]["value"] == theme(found, "waiting")["chosen"]["percent"]
    # Half of 75 % of the first and 25 % of the second.
    number = 120**2 / (80 * 0.75**2 + 40 * 1.5**2)
    low, high = wilson(0.5 * number, number) or (0, 0)
    assert waiting["weighted"] == {"value": 50, "low": round(100 * low), "high": round(100 * high)}


def test_people_who_did_not_tell_keep_the_weight_1(session: Session) -> None:
    patients = people("patient", chose=60, did_not=20)
    men = people("staff", chose=10, did_not=30)
    survey = answered(session, patients, men, people(None, chose=80, did_not=0))
    refer(session, survey, *HALVES)
    # 120 people at half, and 80 at all.
    assert chosen(document(session)["weighted"])["weighted"]["value"] == 70


def test_several_characteristics_are_raked(session: Session) -> None:
    survey = answered(
        session,
        people("patient", chose=20, did_not=20),
        people("patient", chose=40, did_not=20, quote="no"),
        people("staff", chose=10, did_not=20),
        people("staff", chose=20, did_not=10, quote="no"),
    )
    refer(session, survey, *HALVES, "quote,yes,30", "quote,no,70")
    weighted = document(session)["weighted"]
    assert (weighted["method"], weighted["characteristics"]) == ("raked", ["connection", "quote"])
    # Fitted in turn, the four groups hold 20.6, 59.4, 27.4 and 52.6 of 160 people.
    assert chosen(weighted)["weighted"]["value"] == 59


def without_choosing() -> Questionnaire:
    """A questionnaire that does not ask which themes matter most."""
    small = a_questionnaire()
    return replace(small, pages=tuple(page for page in small.pages if page.id != "most_important"))


def test_scores_and_positive_answers_are_weighted_where_nothing_is_chosen(session: Session) -> None:
    def rating(connection: str, *answers: str) -> Answers:
        people = [some_answers(waiting__importance=answer, connection=connection) for answer in answers]
        return [{key: value for key, value in person.items() if key != "most_important"} for person in people]

    patients = rating("patient", *["very"] * 60, *["not"] * 20)
    survey = a_survey(session, without_choosing())
    store(session, a_collector(session, survey), [*patients, *rating("staff", *["very"] * 10, *["not"] * 30)])
    refer(session, survey, *HALVES)
    figures = {one["measure"]: one for one in document(session)["weighted"]["figures"] if one["id"] == "waiting"}
    assert figures["percent_positive"]["unweighted"]["value"] == pytest.approx(100 * 70 / 120)
    assert figures["percent_positive"]["weighted"]["value"] == 50
    assert figures["score_0_10"]["unweighted"]["value"] == pytest.approx(70 / 12)
    assert figures["score_0_10"]["weighted"]["value"] == 5.0


def test_a_weighted_share_is_hidden_where_few_of_a_group_gave_the_answer(session: Session) -> None:
    # With the unweighted share, the weighted one would tell that three of the staff chose it.
    patients = people("patient", chose=60, did_not=20)
    survey = answered(session, patients, people("staff", chose=3, did_not=37))
    refer(session, survey, *HALVES)
    weighted = document(session)["weighted"]
    assert weighted["usable"]
    assert chosen(weighted)["weighted"] == {"value": "suppressed", "low": "suppressed", "high": "suppressed"}
    assert chosen(weighted)["unweighted"]["value"] == pytest.approx(100 * 63 / 120)
    assert chosen(weighted, "digital")["weighted"]["value"] == 0


def test_uneven_weights_are_not_used(session: Session) -> None:
    patients = people("patient", chose=100, did_not=50)
    survey = answered(session, patients, people("staff", chose=6, did_not=6))
    refer(session, survey, "connection,patient,40", "connection,staff,60")
    weighted = document(session)["weighted"]
    assert (weighted["usable"], weighted["figures"]) == (False, [])
    assert weighted["design_effect"] > 2
    assert weighted["why_not"] == "uneven"


def test_two_people_of_one_group_are_not_weighted_by(session: Session) -> None:
    survey = answered(session, people("patient", chose=6, did_not=4), people("staff", chose=1, did_not=1))
    refer(session, survey, *HALVES)
    weighted = document(session)["weighted"]
    assert (weighted["usable"], weighted["effective_number"]) == (False, "suppressed")
    assert weighted["why_not"] == "hidden"


def test_a_group_from_which_nobody_answered_is_named(session: Session) -> None:
    patients = people("patient", chose=30, did_not=20)
    survey = answered(session, patients)
    refer(session, survey, *HALVES)
    weighted = document(session)["weighted"]
    assert (weighted["usable"], weighted["design_effect"]) == (False, "suppressed")
    assert (weighted["why_not"], weighted["why_not_about"]) == ("empty", "Member of staff")


def test_hidden_groups_are_not_weighted_by(session: Session) -> None:
    a_referenced_survey(session, sexes(40, 4), "sex,female,50", "sex,male,50")
    weighted = document(session)["weighted"]
    assert (weighted["usable"], weighted["figures"], weighted["effective_number"]) == (False, [], "suppressed")
    assert (weighted["why_not"], weighted["why_not_about"]) == ("hidden", "What is your sex?")


def test_one_audience_is_weighted_alone(session: Session) -> None:
    survey = answered(session, people("patient", chose=60, did_not=20), people("staff", chose=10, did_not=30))
    others = [*people("patient", chose=10, did_not=10), *people("staff", chose=10, did_not=10)]
    store(session, a_collector(session, survey, audience="staff"), others)
    refer(session, survey, *HALVES, audience="patients")
    weighted = document(session)["weighted"]
    assert (weighted["audience"], weighted["base"]) == ("patients", 120)
    assert (chosen(weighted)["base"], chosen(weighted)["weighted"]["value"]) == (120, 50)


@pytest.mark.parametrize("why_not", [None, *get_args(WhyNot)])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_why_nothing_is_weighted_is_said_in_the_language_of_the_report(why_not: WhyNot | None, language: str) -> None:
    few = Suppressed("small base")
    made: Weighted[Figure] = Weighted(
        "raked", ("sex",), few, few, few, few, False, why_not, (), why_not_about="Male" if why_not == "empty" else ""
    )
    sentence = why_not_weighted(Words(language), made)
    assert bool(sentence) is (why_not is not None)
    assert ("Male" in sentence) is (why_not == "empty")
    assert sentence.isascii() is (language == "en" or why_not is None)


def test_weighted_figures_that_are_all_hidden_get_a_sentence_in_place_of_a_table(cancer_survey: Answered) -> None:
    hidden: Figure = Suppressed("small base")
    shares = tuple(
        WeightedShare(
            theme.id, "chosen", Shown(190), Estimate(Shown(40.0), None, None), Estimate(hidden, hidden, hidden)
        )
        for theme in cancer_survey.questionnaire.themes
    )
    weighted = Weighted("raked", ("age",), Shown(190), Shown(1.1), Shown(170.0), Shown(0), True, None, shares)
    survey = SurveyFigures(replace(cancer_survey.results, weighted=weighted), cancer_survey.questionnaire, "en")
    printed = annex(survey)["weighted"]
    assert printed.table is None
    assert printed.sentences[-1].startswith("They are not shown")
    assert not any("rest on" in sentence for sentence in printed.sentences)
