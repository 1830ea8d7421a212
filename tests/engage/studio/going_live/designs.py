"""Designs for the pages that take a survey live."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from surveys.audiences import ensure_shipped
from surveys.designing import Content, Design, find_design, new_design, save_design
from surveys.organisations import ensure_root
from surveys.preparation import Preparation
from surveys.questionnaire import About, OtherWay, Questionnaire
from surveys.storage import tables
from tests.factories import NOW, TODAY, a_questionnaire, words

BY = "officer@example.org"


def a_ready_questionnaire(**changes: Any) -> Questionnaire:
    """One that the gate lets through."""
    about = About(
        purpose=words("We plan the next five years."),
        can_change=words("You can change what comes first."),
        cannot_change=words("We cannot spend more, because the money is fixed."),
        decision=words("The board decides in June."),
        contact=words("Write to team@example.org."),
        help_line=words("Call 111 if you need help now."),
        outcome_promise=words("We will publish what you said."),
    )
    ways = (OtherWay("telephone", words("Call 01632 960 140.")),)
    return a_questionnaire(**{"about": about, "other_ways": ways, **changes})


def a_ready_preparation(**changes: Any) -> Preparation:
    given = {
        "decision_made": False,
        "closes_on": TODAY + datetime.timedelta(days=60),
        "outcome_on": TODAY + datetime.timedelta(days=120),
        "reader_name": "Sam Reader",
        "reader_email": "sam@example.org",
        "previewed": 1,
    }
    return Preparation(**{**given, **changes})


def a_design(
    session: Session, questionnaire: Questionnaire | None = None, preparation: Preparation | None = None
) -> tables.Survey:
    """A survey with a design that was never published."""
    ensure_shipped(session)
    design = new_design(
        session,
        organisation=ensure_root(session),
        questionnaire=questionnaire or a_ready_questionnaire(),
        preparation=preparation or a_ready_preparation(),
        at=NOW,
        by=BY,
    )
    return session.get_one(tables.Survey, design.survey_id)


def edit(
    session: Session, survey: tables.Survey, questionnaire: dict[str, Any] | None = None, **prepared: Any
) -> Design:
    """Change the design as an officer would, previewed again unless said otherwise."""
    now = find_design(session, survey=survey)
    assert now
    prepared = {"previewed": now.revision + 1, **prepared}

    def change(content: Content) -> Content:
        return Content(
            replace(content.questionnaire, **(questionnaire or {})), replace(content.preparation, **prepared)
        )

    return save_design(
        session,
        survey=survey,
        seen=now.revision,
        part=lambda content: content,
        change=change,
        says="Edit",
        at=NOW,
        by=BY,
    )
