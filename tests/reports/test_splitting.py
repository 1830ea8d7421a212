"""Which fields results can be split by, and by which name."""

from __future__ import annotations

import dataclasses

from sqlalchemy.orm import Session

from tests.factories import a_collector, a_questionnaire, a_survey, some_answers
from tests.reports.test_results import document, store


def test_a_background_question_that_nobody_answered_yet_has_empty_groups(session: Session) -> None:
    store(session, a_collector(session), [some_answers()] * 30)
    found = document(session, by="sex")
    assert {group["value"]: group["responses"] for group in found["groups"]} == {
        "female": 0,
        "male": 0,
        "prefer_not_to_say": 0,
    }


def test_a_question_named_like_a_property_is_told_apart_by_its_prefix(session: Session) -> None:
    questionnaire = a_questionnaire()
    pages = tuple(
        dataclasses.replace(
            page,
            questions=tuple(
                dataclasses.replace(one, id="place") if one.id == "connection" else one for one in page.questions
            ),
        )
        for page in questionnaire.pages
    )
    survey = a_survey(session, a_questionnaire(pages=pages))
    people = [
        {"place" if key == "connection" else key: value for key, value in some_answers(connection=one).items()}
        for one in ["patient"] * 30 + ["staff"] * 25
    ]
    store(session, a_collector(session, survey, place="Alliance / North"), people)
    assert [group["value"] for group in document(session, by="place")["groups"]] == ["Alliance / North"]
    by_answer = document(session, by="answer:place")["groups"]
    assert {group["value"]: group["responses"] for group in by_answer if group["responses"]} == {
        "patient": 30,
        "staff": 25,
    }
